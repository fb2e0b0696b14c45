"""Blocks as the reading page shows them: with a template, a margin mark, and an outline."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from documents.drafts.compose import Block, Kind
from documents.drafts.models import DraftSource
from documents.reports.traces import Place

MARKS = {
    DraftSource.Kind.REPORT: ("R", "file-text"),
    DraftSource.Kind.CARD: ("P", "target"),
    DraftSource.Kind.BODY: ("K", "users"),
    DraftSource.Kind.CALENDAR: ("T", "calendar-days"),
    DraftSource.Kind.GUIDE: ("G", "scale"),
}


def readable(blocks: list[Block]) -> list[dict[str, Any]]:
    """Each block with its position, the partial that draws it and its margin mark (letter, number, icon)."""
    numbers: dict[str, dict[str, int]] = {}
    shown = []
    for position, block in enumerate(blocks):
        mark = None
        if block.sources:
            source = block.sources[0]
            letter, icon = MARKS[DraftSource.Kind(source.kind)]
            known = numbers.setdefault(letter, {})
            mark = {
                "text": f"{letter} {known.setdefault(source.ref, len(known) + 1)}",
                "icon": icon,
                "label": source.label,
            }
        shown.append(
            {
                "position": position,
                "anchor": block.anchor,
                "kind": block.kind,
                "data": block.data,
                "template": f"drafts/blocks/{block.kind}.html",
                "mark": mark,
            }
        )
    return shown


def outline(blocks: list[Block]) -> list[dict[str, Any]]:
    """Chapters and sections, each with whether anything stands in it yet."""
    empty = {block.chapter for block in blocks if block.kind == Kind.NOTICE}
    return [
        {
            "anchor": block.anchor,
            "code": block.data["code"],
            "title": block.data["title"],
            "sub": block.kind == Kind.SECTION,
            "empty": block.chapter in empty,
        }
        for block in blocks
        if block.kind in (Kind.CHAPTER, Kind.SECTION)
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
        url = f"{reverse('drafts:read', args=[draft.pk])}#{row.block.anchor}"
        found.setdefault(int(row.ref.partition(":")[2]), []).append(Place(label, url))
    return found
