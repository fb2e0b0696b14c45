"""The plan as ordered blocks, in the guide's chapter order, each with its sources.

`compose` reads living data; `services.freeze` stores what it returned, and from then on only
the stored words are read and printed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html

from common import turkish
from documents.drafts.models import DraftBlock, DraftSource, DraftVersion
from documents.files.models import StoredFile
from documents.plan import presenters as plan
from documents.plan.guide import CHAPTERS, Chapter
from documents.reports import html as markup
from documents.reports import presenters as reports
from institution.models import PlanPeriod
from teams import presenters as teams
from timetable import presenters as timetable

Kind = DraftBlock.Kind
From = DraftSource.Kind


@dataclass(frozen=True)
class Source:
    """Where a block's words come from; `ref` leads back ("sectionversion:12")."""

    kind: str
    ref: str
    label: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True)
class Block:
    """One block: `chapter` is the guide's code, `anchor` its place in page and print."""

    chapter: str
    kind: str
    anchor: str
    data: dict[str, Any] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Living:
    """What the chapters are made of, as it stands on a day; `goals` with their cards."""

    period: PlanPeriod
    today: dt.date
    goals: list[dict[str, Any]]


def compose(period: PlanPeriod, *, today: dt.date) -> list[Block]:
    """The whole plan as it stands today, in the guide's order; Turkish, whoever asks."""
    with translation.override("tr"):
        accepted = defaultdict(list)
        for section in reports.accepted(period):
            accepted[section["chapter"]].append(section)
        living = Living(period, today, plan.goals_with_cards(period))
        return [block for chapter in CHAPTERS for block in _chapter(chapter, living, accepted[chapter.code])]


def _chapter(chapter: Chapter, living: Living, accepted: list[dict[str, Any]]) -> Iterator[Block]:
    """Its heading, the accepted sections that feed it, what the plan's data say; or that nothing is there."""
    kind = Kind.CHAPTER if chapter.level == 1 else Kind.SECTION
    yield Block(chapter.code, kind, chapter.anchor, {"code": chapter.code, "title": chapter.title})
    content = [_accepted(chapter, section) for section in accepted]
    if chapter.code in OWN:
        content += OWN[chapter.code](living, chapter)
    yield from content
    if not content and not any(c.code.startswith(f"{chapter.code}.") for c in CHAPTERS):
        yield Block(chapter.code, Kind.NOTICE, f"{chapter.anchor}-0")


def digest(blocks: list[Block]) -> str:
    """SHA-256 of the words, the same for the same words."""
    words = [[b.chapter, b.kind, b.data] for b in blocks]
    return hashlib.sha256(json.dumps(words, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def frozen(draft: DraftVersion) -> list[Block]:
    """The blocks of a frozen version, as they were stored."""
    return [
        Block(
            block.chapter,
            block.kind,
            block.anchor,
            block.data,
            tuple(Source(s.kind, s.ref, s.label, s.detail, s.url) for s in block.sources.all()),
        )
        for block in draft.blocks.prefetch_related("sources")
    ]


def missing(blocks: list[Block]) -> list[str]:
    """Codes of the chapters for which there is nothing yet."""
    return [block.chapter for block in blocks if block.kind == Kind.NOTICE]


# The charts that print draws for a block beside the pictures of its text; all figures have one count.
CHARTS: dict[str, Callable[[dict[str, Any]], int]] = {
    Kind.BODIES: lambda data: 1,
    Kind.CALENDAR: lambda data: bool(data.get("gantt")),
    Kind.GOAL: lambda data: bool(data.get("amounts")),
    Kind.COSTS: lambda data: 2,
}


def figures_before(blocks: list[Block]) -> dict[str, int]:
    """By a block's anchor, how many figures stand before it: they are numbered through the whole plan."""
    counts = [
        CHARTS[block.kind](block.data)
        if block.kind in CHARTS
        else block.data.get("html", "").count("<figure>")
        for block in blocks
    ]
    return dict(zip((block.anchor for block in blocks), accumulate(counts, initial=0), strict=False))


def pictures(blocks: list[Block]) -> QuerySet[StoredFile]:
    """The files that the blocks show as pictures."""
    shown = {pk for block in blocks for pk in markup.pictures(block.data.get("html", ""))}
    return StoredFile.objects.filter(pk__in=shown).select_related("blob")


def _accepted(chapter: Chapter, section: dict[str, Any]) -> Block:
    table = section["kind"] != "text"
    # A report of one section repeats the chapter's heading; a table keeps its title as caption.
    repeats = section["title"] == chapter.title and not table
    data: dict[str, Any] = {"title": "" if repeats else section["title"]}
    if table:
        columns = section["columns"]
        rows = [[row.get(column["key"], "") for column in columns] for row in section["rows"]]
        data |= {"columns": columns, "rows": rows}
        if section["kind"] != "table":
            data["kind"] = section["kind"]  # a matrix, a list or figures: drawn as such
    else:
        data |= {"html": section["html"]}
    sources = [_of_section(told) for told in (section, *section["merged"])]
    name = f"r{section['section_version_id']}"
    return _block(chapter, Kind.TABLE if table else Kind.TEXT, name, data, *sources)


def _of_section(told: dict[str, Any]) -> Source:
    return Source(
        From.REPORT,
        f"sectionversion:{told['section_version_id']}",
        f"{told['report']}, {told['number']}. {told['title']}",
        told["detail"],
        told["url"],
    )


def _introduction(living: Living, chapter: Chapter) -> Iterator[Block]:
    period = living.period
    guide = format_html(" Hazırlıkta {} esas alınmıştır.", period.guide) if period.guide else ""
    html = format_html(
        "<p>Bu plan {} dönemini kapsar. Yasal dayanağı: {}.{}</p>",
        period.label,
        period.legal_basis.rstrip("."),
        guide,
    )
    yield _block(chapter, Kind.TEXT, "basis", {"title": "", "html": html}, _of_period(period))


def _ownership(living: Living, chapter: Chapter) -> Iterator[Block]:
    period = living.period
    if period.circular_on:
        html = format_html(
            "<p>Stratejik plan çalışmaları, Belediye Başkanının {} tarihli ve {} sayılı genelgesiyle "
            "başlatılmıştır.</p>",
            turkish.date_long(period.circular_on),
            period.circular_no,
        )
        yield _block(chapter, Kind.TEXT, "circular", {"title": "", "html": html}, _of_period(period))


def _of_period(period: PlanPeriod) -> Source:
    circular = (
        f"{turkish.date_short(period.circular_on)} tarihli {period.circular_no} sayılı genelge"
        if period.circular_on
        else ""
    )
    url = reverse("institution:period", args=[period.pk])
    return Source(From.GUIDE, f"period:{period.pk}", f"{period.label} plan dönemi", circular, url)


def _bodies(living: Living, chapter: Chapter) -> Iterator[Block]:
    period, day = living.period, turkish.date_short(living.today)
    source = Source(From.BODY, f"bodies:{period.pk}", "Kurullar ve ekipler", day, reverse("teams:index"))
    yield _block(chapter, Kind.BODIES, "bodies", teams.bodies(period, living.today), source)


def _calendar(living: Living, chapter: Chapter) -> Iterator[Block]:
    period, day = living.period, turkish.date_short(living.today)
    calendar = timetable.calendar(period, living.today)
    if calendar["rows"]:
        url = reverse("timetable:index")
        source = Source(From.CALENDAR, f"calendar:{period.pk}", "Çalışma takvimi", day, url)
        yield _block(chapter, Kind.CALENDAR, "calendar", calendar, source)


def _outlook(living: Living, chapter: Chapter) -> Iterator[Block]:
    outlook = plan.outlook(living.period)
    if outlook["mission"] or outlook["vision"] or outlook["values"]:
        source = _of_plan(f"outlook:{living.period.pk}", "geleceğe bakış")
        yield _block(chapter, Kind.OUTLOOK, "outlook", outlook, source)


def _goals(living: Living, chapter: Chapter) -> Iterator[Block]:
    rows = [[goal["code"], goal["title"]] for goal in living.goals]
    if rows:
        source = _of_plan(f"goals:{living.period.pk}", "amaçlar")
        yield _block(chapter, Kind.TABLE, "overview", _overview("Amaçlar", rows, "Amaç"), source)


def _cards(living: Living, chapter: Chapter) -> Iterator[Block]:
    cards = [card for goal in living.goals for card in goal["cards"]]
    if cards:
        rows = [[card["code"], card["title"], card["responsible"]] for card in cards]
        table = _overview("Hedefler ve sorumlu birimleri", rows, "Hedef", "Sorumlu birim")
        source = _of_plan(f"objectives:{living.period.pk}", "hedefler")
        yield _block(chapter, Kind.TABLE, "overview", table, source)
    for goal in living.goals:
        name = f"{goal['code']} {goal['title']}"
        source = Source(From.CARD, f"goal:{goal['id']}", name, "", goal["url"])
        data = {key: value for key, value in goal.items() if key != "cards"}
        yield _block(chapter, Kind.GOAL, goal["code"].lower(), data, source)
        for card in goal["cards"]:
            name = f"{card['code']} {card['title']}"
            source = Source(From.CARD, f"objective:{card['id']}", name, card["responsible"], card["url"])
            yield _block(chapter, Kind.CARD, card["code"].lower().replace(".", "-"), card, source)


def _costs(living: Living, chapter: Chapter) -> Iterator[Block]:
    costs = plan.costs(living.period)
    if costs["rows"]:
        source = _of_plan(f"costs:{living.period.pk}", "maliyet tablosu", "plan:costs")
        yield _block(chapter, Kind.COSTS, "costs", costs, source)


OWN: dict[str, Callable[[Living, Chapter], Iterator[Block]]] = {
    "1": _introduction,
    "2.A": _ownership,
    "2.B": _bodies,
    "2.C": _calendar,
    "4": _outlook,
    "5.A": _goals,
    "5.B": _cards,
    "5.F": _costs,
}


def _block(chapter: Chapter, kind: str, name: str, data: dict[str, Any], *sources: Source) -> Block:
    return Block(chapter.code, kind, f"{chapter.anchor}-{name}", data, sources)


def _of_plan(ref: str, what: str, page: str = "plan:index") -> Source:
    return Source(From.CARD, ref, f"Plan: {what}", "", reverse(page))


def _overview(title: str, rows: list[list[str]], *heads: str) -> dict[str, Any]:
    """A table of codes and what they stand for, shaped as the tables of reports."""
    columns = [{"title": "Kod", "type": "code"}, *({"title": head, "type": "text"} for head in heads)]
    return {"title": title, "columns": columns, "rows": rows}
