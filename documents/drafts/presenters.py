"""Blocks as the reading page shows them: with a template, a margin mark, and an outline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from common.history_words import plain
from documents.drafts.compose import Block, Kind, figures_before
from documents.drafts.models import DraftSource
from documents.reports.models import Report, SectionVersion
from documents.reports.traces import Place

From = DraftSource.Kind
# The letter and the icon of a mark say what kind of source it leads to.
MARKS = {
    From.REPORT: ("R", "file-text"),
    From.CARD: ("P", "target"),
    From.BODY: ("K", "users"),
    From.CALENDAR: ("T", "calendar-days"),
    From.GUIDE: ("G", "scale"),
}
HEADINGS = (Kind.CHAPTER, Kind.SECTION)
WIDE = (Kind.TABLE, Kind.BODIES, Kind.CALENDAR, Kind.CARD, Kind.COSTS)


def readable(blocks: list[Block]) -> list[dict[str, Any]]:
    """Each block with its position, partial, margin mark, and the level at which its headings begin."""
    numbers: dict[str, dict[str, int]] = {}
    figures = figures_before(blocks)
    return [
        {
            "position": position,
            "anchor": block.anchor,
            "data": block.data,
            "template": f"drafts/blocks/{block.kind}.html",
            "level": 4 if "." in block.chapter else 3,
            "is_heading": block.kind in HEADINGS,
            "is_wide": block.kind in WIDE and block.data.get("kind") != "list",
            "mark": _mark(block, numbers),
            "figures_before": figures[block.anchor],
        }
        for position, block in enumerate(blocks)
    ]


def _mark(block: Block, numbers: dict[str, dict[str, int]]) -> dict[str, str] | None:
    """The same source has the same mark wherever it is used; `numbers` counts them by letter."""
    if not block.sources:
        return None
    source = block.sources[0]
    letter, icon = MARKS[From(source.kind)]
    known = numbers.setdefault(letter, {})
    number = known.setdefault(source.ref, len(known) + 1)
    return {"text": f"{letter} {number}", "icon": icon, "label": source.label}


def chain(sources: Iterable[Any], user: Any) -> list[dict[str, str]]:
    """Sources of a block (frozen or living) as the pane beside the text lists them; each is named, and
    linked for who may open it."""
    told = list(sources)
    closed = _closed_to(user, [source.ref for source in told if source.kind == From.REPORT])
    return [
        {
            "icon": MARKS[From(source.kind)][1],
            "label": source.label,
            "detail": source.detail,
            "url": "" if source.ref in closed else source.url,
        }
        for source in told
    ]


def _closed_to(user: Any, refs: list[str]) -> set[str]:
    """Those of the sections whose report the person may not open."""
    if not refs:
        return set()
    ids = [int(ref.partition(":")[2]) for ref in refs]
    seen = SectionVersion.objects.filter(pk__in=ids, version__report__in=Report.objects.visible_to(user))
    return set(refs) - {f"sectionversion:{pk}" for pk in seen.values_list("pk", flat=True)}


def outline(blocks: list[Block]) -> list[dict[str, Any]]:
    """Chapters, sections and goals, each with whether anything stands in it yet."""
    empty = {block.chapter for block in blocks if block.kind == Kind.NOTICE}
    return [
        {
            "anchor": block.anchor,
            "code": block.data["code"],
            "title": block.data["title"],
            "sub": block.kind != Kind.CHAPTER,
            "empty": block.chapter in empty,
        }
        for block in blocks
        if block.kind in (*HEADINGS, Kind.GOAL)
    ]


def places_of_sections(section_version_ids: list[int]) -> dict[int, list[Place]]:
    """Where sections of reports stand in frozen drafts, newest draft first: the way back from a source."""
    rows = (
        DraftSource.objects.filter(ref__in=[f"sectionversion:{pk}" for pk in section_version_ids])
        .select_related("block__draft")
        .order_by("-block__draft__number")
    )
    found: dict[int, list[Place]] = {}
    for row in rows:
        draft = row.block.draft
        label = _("Draft %(n)d, %(chapter)s") % {"n": draft.number, "chapter": row.block.chapter}
        if page := draft.pages.get(row.block.anchor):  # printed already, and by a release that counts pages
            label = _("%(place)s, p. %(n)d") % {"place": label, "n": page}
        url = f"{draft.get_absolute_url()}#{row.block.anchor}"
        found.setdefault(int(row.ref.partition(":")[2]), []).append(Place(label, url))
    return found


# What a block's data holds for pictures, forms and addresses, not for readers.
SILENT = {"id", "url", "kind", "key", "type", "required", "choices", "level", "value"}
SILENT |= {"gantt", "nodes", "path", "ranked"}


def words_of(data: dict[str, Any]) -> str:
    """The words of a block, a line a value and a line a row of a table."""
    return "\n".join(_words(data))


def _words(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [line for name, part in value.items() if name not in SILENT for line in _words(part)]
    if isinstance(value, list):
        nested = any(isinstance(part, dict | list) for part in value)
        rows = [_words(part) for part in value] if nested else [sum(map(_words, value), [])]
        return [" · ".join(row) for row in rows if row]
    return [] if isinstance(value, bool) or value in (None, "") else [plain(str(value))]
