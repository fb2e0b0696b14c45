"""The plan as ordered blocks, in the guide's chapter order, each with its sources.

`compose` reads living data; `services.freeze` stores what it returned, and from then on only
the stored words are read and printed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from common import turkish
from documents.drafts.models import DraftBlock, DraftSource, DraftVersion
from documents.plan import presenters as plan
from documents.plan.guide import CHAPTERS, Chapter
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


def compose(period: PlanPeriod, *, today: dt.date) -> list[Block]:
    """The whole plan as it stands today, in the guide's order."""
    accepted = defaultdict(list)
    for section in reports.accepted(period):
        accepted[section["chapter"]].append(section)
    own = {
        "1": _introduction,
        "2.A": _ownership,
        "2.B": _bodies,
        "2.C": _calendar,
        "4": _outlook,
        "5.A": _goals,
        "5.B": _cards,
        "5.F": _costs,
    }
    blocks: list[Block] = []
    for chapter in CHAPTERS:
        kind = Kind.CHAPTER if chapter.level == 1 else Kind.SECTION
        blocks.append(
            Block(chapter.code, kind, chapter.anchor, {"code": chapter.code, "title": chapter.title})
        )
        content = [_accepted(chapter, section) for section in accepted[chapter.code]]
        if chapter.code in own:
            content += own[chapter.code](period, chapter, today)
        has_sections = any(c.code.startswith(f"{chapter.code}.") for c in CHAPTERS)
        if not content and not has_sections:
            content = [Block(chapter.code, Kind.NOTICE, f"{chapter.anchor}-0", {})]
        blocks += content
    return blocks


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


def _accepted(chapter: Chapter, section: dict[str, Any]) -> Block:
    table = section["kind"] == "table"
    # A report of one section repeats the chapter's heading; a table keeps its title as caption.
    repeats = section["title"] == chapter.title and not table
    data = {"title": "" if repeats else section["title"]}
    if table:
        columns = section["columns"]
        data |= {
            "columns": columns,
            "rows": [[row.get(column["key"], "") for column in columns] for row in section["rows"]],
        }
    else:
        data |= {"html": section["html"]}
    return Block(
        chapter.code,
        Kind.TABLE if table else Kind.TEXT,
        f"{chapter.anchor}-r{section['section_version_id']}",
        data,
        (
            Source(
                From.REPORT,
                f"sectionversion:{section['section_version_id']}",
                f"{section['report']}, {section['number']}. {section['title']}",
                section["detail"],
                section["url"],
            ),
        ),
    )


def _text(chapter: Chapter, name: str, html: str, *sources: Source) -> Block:
    return Block(chapter.code, Kind.TEXT, f"{chapter.anchor}-{name}", {"title": "", "html": html}, sources)


def _period_source(period: PlanPeriod) -> Source:
    circular = (
        f"{turkish.date_short(period.circular_on)} tarihli {period.circular_no} sayılı genelge"
        if period.circular_on
        else ""
    )
    return Source(
        From.GUIDE,
        f"period:{period.pk}",
        f"{period.label} plan dönemi",
        circular,
        reverse("institution:period", args=[period.pk]),
    )


def _introduction(period: PlanPeriod, chapter: Chapter, today: dt.date) -> Iterator[Block]:
    guide = format_html(" Hazırlıkta {} esas alınmıştır.", period.guide) if period.guide else ""
    yield _text(
        chapter,
        "basis",
        format_html(
            "<p>Bu plan {} dönemini kapsar. Yasal dayanağı: {}.{}</p>",
            period.label,
            period.legal_basis.rstrip("."),
            guide,
        ),
        _period_source(period),
    )


def _ownership(period: PlanPeriod, chapter: Chapter, today: dt.date) -> Iterator[Block]:
    if period.circular_on:
        yield _text(
            chapter,
            "circular",
            format_html(
                "<p>Stratejik plan çalışmaları, Belediye Başkanının {} tarihli ve {} sayılı genelgesiyle "
                "başlatılmıştır.</p>",
                turkish.date_long(period.circular_on, lang="tr"),
                period.circular_no,
            ),
            _period_source(period),
        )


def _bodies(period: PlanPeriod, chapter: Chapter, today: dt.date) -> Iterator[Block]:
    yield Block(
        chapter.code,
        Kind.BODIES,
        f"{chapter.anchor}-bodies",
        teams.bodies(period, today),
        (
            Source(
                From.BODY,
                f"period:{period.pk}",
                "Kurullar ve ekipler",
                turkish.date_short(today),
                reverse("teams:index"),
            ),
        ),
    )


def _calendar(period: PlanPeriod, chapter: Chapter, today: dt.date) -> Iterator[Block]:
    if period.activities.exists():
        yield Block(
            chapter.code,
            Kind.CALENDAR,
            f"{chapter.anchor}-calendar",
            timetable.calendar(period, today),
            (
                Source(
                    From.CALENDAR,
                    f"period:{period.pk}",
                    "Çalışma takvimi",
                    turkish.date_short(today),
                    reverse("timetable:index"),
                ),
            ),
        )


def _outlook(period: PlanPeriod, chapter: Chapter, today: dt.date) -> Iterator[Block]:
    outlook = plan.outlook(period)
    if any(outlook.values()):
        yield Block(
            chapter.code,
            Kind.OUTLOOK,
            f"{chapter.anchor}-outlook",
            outlook,
            (
                Source(
                    From.CARD, f"outlook:{period.pk}", "Plan: geleceğe bakış", "", reverse("plan:index")
                ),
            ),
        )


def _goals(period: PlanPeriod, chapter: Chapter, today: dt.date) -> Iterator[Block]:
    goals = plan.goals_with_cards(period)
    if goals:
        yield _overview(
            chapter,
            "Amaçlar",
            ["Kod", "Amaç"],
            [[goal["code"], goal["title"]] for goal in goals],
            Source(From.CARD, f"goals:{period.pk}", "Plan: amaçlar", "", reverse("plan:index")),
        )


def _overview(chapter: Chapter, title: str, heads: list[str], rows: list[list[str]], source: Source) -> Block:
    columns = [{"title": head, "type": "code" if head == "Kod" else "text"} for head in heads]
    data = {"title": title, "columns": columns, "rows": rows}
    return Block(chapter.code, Kind.TABLE, f"{chapter.anchor}-overview", data, (source,))


def _cards(period: PlanPeriod, chapter: Chapter, today: dt.date) -> Iterator[Block]:
    goals = plan.goals_with_cards(period)
    if any(goal["cards"] for goal in goals):
        yield _overview(
            chapter,
            "Hedefler ve sorumlu birimleri",
            ["Kod", "Hedef", "Sorumlu birim"],
            [[card["code"], card["title"], card["responsible"]] for goal in goals for card in goal["cards"]],
            Source(From.CARD, f"objectives:{period.pk}", "Plan: hedefler", "", reverse("plan:index")),
        )
    for goal in goals:
        yield Block(
            chapter.code,
            Kind.GOAL,
            f"{chapter.anchor}-{goal['code'].lower()}",
            {k: v for k, v in goal.items() if k != "cards"},
            (Source(From.CARD, f"goal:{goal['id']}", f"{goal['code']} {goal['title']}", "", goal["url"]),),
        )
        for card in goal["cards"]:
            yield Block(
                chapter.code,
                Kind.CARD,
                f"{chapter.anchor}-{card['code'].lower().replace('.', '-')}",
                card,
                (
                    Source(
                        From.CARD,
                        f"objective:{card['id']}",
                        f"{card['code']} {card['title']}",
                        card["responsible"],
                        card["url"],
                    ),
                ),
            )


def _costs(period: PlanPeriod, chapter: Chapter, today: dt.date) -> Iterator[Block]:
    costs = plan.costs(period)
    if costs["rows"]:
        yield Block(
            chapter.code,
            Kind.COSTS,
            f"{chapter.anchor}-costs",
            costs,
            (Source(From.CARD, f"costs:{period.pk}", "Plan: maliyet tablosu", "", reverse("plan:costs")),),
        )
