"""Where two groups, or a group and the plan, say different things of the same thing.

Read from what was submitted (tables by their columns, texts by their figures) and from the cards.
Names are the same whatever their case, punctuation and bracketed unit; numbers whatever their form.
A thing that one and the same section says twice is no contradiction: only its place tells why.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from common import turkish
from documents.plan.models import CardNote, Goal, Indicator, Objective, PlanActivity, Target
from documents.reports import legible, shapes
from documents.reports.models import ContradictionKind as Kind
from documents.reports.models import Report, ReportSection
from documents.reports.workflow import TAKEN, SectionState
from institution.models import PlanPeriod

# What a table's first text column is about, by its heading; any other heading is a thing of its own.
SUBJECTS = {
    "indicator": ("gösterge", "gösterge adı", "performans göstergesi", "performans göstergeleri"),
    "project": ("proje", "proje adı", "faaliyet veya proje", "faaliyet ve projeler"),
    "stakeholder": ("paydaş", "paydaş adı"),
    "finding": ("tespit", "tespitler"),
}
BASELINES = ("başlangıç değeri", "plan dönemi başlangıç değeri", "mevcut değer")
MEASURES = ("ölçü birimi",)
COMPARED = ("number", "choice", "unit")
VALUES = (
    *(Kind.BASELINE, Kind.MEASURE, Kind.TARGET, Kind.FIGURE),
    *(Kind.COST, Kind.STAKEHOLDER, Kind.JUDGEMENT),
)
NAMED = (Kind.BASELINE, Kind.MEASURE)  # whatever the column's heading
FINDINGS = "3.J"
NUMBER = re.compile(r"(?<![\w.,/])\d[\d.]*(?:,\d+)?(?![\w/]|[.,]\d)")
YEARS = range(1900, 2101)
NEAR = (Decimal("0.8"), Decimal("1.25"))
"""A figure in a text is taken for the one of the table only if it is about as large."""


@dataclass(frozen=True)
class Side:
    """What was said (words), where (a label with its address), and by whom: a group, or a card."""

    words: str
    place: str
    url: str
    by: str = ""


@dataclass(frozen=True)
class Contradiction:
    """`subject` names the thing; `sides` are in the order of the plan's chapters, cards last."""

    kind: str
    subject: str
    sides: tuple[Side, ...]

    @property
    def label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def has_values(self) -> bool:
        """Whether one of its sides can be said to hold."""
        return self.kind in VALUES

    @property
    def key(self) -> str:
        """The same for the same words in the same places; another value makes another contradiction."""
        told = [self.kind, plain(self.subject), sorted((plain(s.words), s.url) for s in self.sides)]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Fact:
    """`aspect` of `subject` has a value: comparable, and with its words and place."""

    kind: str
    subject: str
    aspect: str
    value: Hashable
    side: Side


def contradictions(period: PlanPeriod) -> list[Contradiction]:
    """All of a period, kind by kind, in the order of the alphabet. Seven queries, however much there is."""
    with override("tr"):  # the figures are read as they are written
        sections = _submitted(period)
        plan = _Plan(period)
        tables = [fact for section in sections for fact in _of_table(section)]
        facts = [*tables, *_of_texts(sections, tables), *plan.facts()]
        notes = plan.findings
        found = [
            *_differing(facts),
            *_twice([*(f for s in sections for f in _projects(s)), *plan.projects()]),
            *_overloaded(plan.objectives),
            *_unused_findings(sections, notes),
            *_bare_goals(plan, sections),
            *_unused_reports(sections, notes),
        ]
    order = list(Kind.values)
    return sorted(found, key=lambda c: (order.index(c.kind), turkish.sort_key(c.subject)))


def plain(text: str) -> str:
    """How names are compared: folded, without punctuation and without what stands in brackets at the end."""
    bare = re.sub(r"\s*\([^)]*\)\s*$", "", turkish.fold(text))
    return " ".join(re.findall(r"\w+", bare))


def stems(text: str) -> frozenset[str]:
    """The beginnings of its words, so that a suffix hides nothing."""
    return frozenset(word[:5] for word in plain(text).split() if len(word) > 2)


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two statements say the same: three fifths of all their words are common."""
    return bool(one and other) and len(one & other) >= 0.6 * len(one | other)


# --- What the reports say


def _submitted(period: PlanPeriod) -> list[ReportSection]:
    """The newest words of every section that is before the team or accepted."""
    states = (SectionState.SUBMITTED, *TAKEN)
    found = ReportSection.objects.filter(report__in=Report.objects.of(period).standing(), state__in=states)
    return list(found.select_related("report__body").order_by("chapter", "report_id", "number"))


def _place(section: ReportSection) -> dict[str, str]:
    return {
        "place": f"{section.report.title}, {section.heading}",
        "url": reverse("reports:section", args=[section.report_id, section.number]),
        "by": section.report.body.name,
    }


def _subject(section: ReportSection) -> tuple[str, str]:
    """(what its rows are about, the key of the column that names it); ("", "") for what names nothing."""
    for column in section.columns:
        if column["type"] in ("text", "long", shapes.GIVEN_ROWS):
            heading = plain(column["title"])
            role = next((role for role, names in SUBJECTS.items() if heading in names), "thing")
            return role, column["key"]
    return "", ""


def _of_table(section: ReportSection) -> Iterator[Fact]:
    role, key = _subject(section)
    if not role:
        return
    place = _place(section)
    when = [column["key"] for column in section.columns if column["type"] == "date"]
    for row in section.rows:
        subject, day = row.get(key, ""), " ".join(row.get(name, "") for name in when)
        for column in section.columns:
            words = row.get(column["key"], "")
            kind = _kind(role, column)
            if subject and words and kind:
                aspect = "" if kind in NAMED else f"{plain(column['title'])} {day}".strip()
                shown = f"{column['title']}: {words}" if kind == Kind.TARGET else words
                yield Fact(kind, subject, aspect, _value(words), Side(shown, **place))


def _kind(role: str, column: dict[str, Any]) -> str:
    """Of which kind it is when this column of two rows differs; "" for what may differ."""
    heading, numeric = plain(column["title"]), column["type"] == "number"
    if role == "indicator" and heading in MEASURES:
        return Kind.MEASURE
    if column["type"] not in COMPARED:
        return ""
    if role == "indicator" and heading in BASELINES:
        return Kind.BASELINE
    if role == "indicator" and re.fullmatch(r"\d{4}", heading):
        return Kind.TARGET
    if role == "stakeholder":
        return Kind.STAKEHOLDER
    if role == "project" and numeric:
        return Kind.COST
    return Kind.FIGURE if numeric else Kind.JUDGEMENT


def _value(words: str) -> Hashable:
    try:
        return turkish.parse_decimal(words.removesuffix("TL").strip(), lang="tr").normalize()
    except turkish.FormatError:
        return plain(words)


def _projects(section: ReportSection) -> Iterator[Fact]:
    role, key = _subject(section)
    if role == "project":
        for row in section.rows:
            if name := row.get(key, ""):
                yield Fact(Kind.PROJECT, name, "reports", section.report.body_id, Side("", **_place(section)))


def _of_texts(sections: list[ReportSection], tables: list[Fact]) -> Iterator[Fact]:
    """Sentences that name a figure of a table and give it another value of about its size."""
    figures = [(stems(fact.subject), fact) for fact in tables if fact.kind == Kind.FIGURE]
    figures = [(words, fact) for words, fact in figures if words and isinstance(fact.value, Decimal)]
    for section in sections if figures else ():
        for sentence in re.split(r"(?<=[.!?])\s+|\n", legible.plain_text(section.html)):
            numbers = [n for n in map(_figure, NUMBER.findall(sentence)) if n is not None]
            if len(numbers) != 1:
                continue
            said = stems(sentence)
            for words, fact in figures:
                if words <= said and fact.value and NEAR[0] <= numbers[0] / fact.value <= NEAR[1]:  # type: ignore[operator]  # a Decimal, as filtered above
                    side = Side(sentence.strip(), **_place(section))
                    yield Fact(Kind.FIGURE, fact.subject, fact.aspect, numbers[0].normalize(), side)


def _figure(text: str) -> Decimal | None:
    try:
        number = turkish.parse_decimal(text.rstrip("."), lang="tr")
    except turkish.FormatError:
        return None
    return None if "." not in text and number in YEARS else number


# --- What the plan says


class _Plan:
    """The cards of a period as facts; five queries."""

    def __init__(self, period: PlanPeriod) -> None:
        here = {"objective__goal__period": period}
        self.objectives = list(
            Objective.objects.filter(goal__period=period)
            .select_related("goal", "responsible")
            .order_by("goal__number", "number")
        )
        self._cards = {one.pk: one for one in self.objectives}
        self._indicators = {one.pk: one for one in Indicator.objects.filter(**here)}
        self._targets = list(Target.objects.filter(indicator__in=self._indicators))
        self._activities = list(PlanActivity.objects.filter(**here))
        notes = CardNote.objects.filter(**here, kind=CardNote.Kind.FINDING)
        self.findings = [(note.objective_id, stems(note.text)) for note in notes]

    def _side(self, objective: int, words: str) -> Side:
        card = self._cards[objective]
        return Side(
            words, _("objective card %(code)s") % {"code": card.code}, card.get_absolute_url(), card.code
        )

    def facts(self) -> Iterator[Fact]:
        for one in self._indicators.values():
            if one.baseline is not None:
                side = self._side(one.objective_id, turkish.number(one.baseline))
                yield Fact(Kind.BASELINE, one.name, "", one.baseline.normalize(), side)
            if one.measure:
                side = self._side(one.objective_id, one.measure)
                yield Fact(Kind.MEASURE, one.name, "", plain(one.measure), side)
        for target in self._targets:
            one = self._indicators[target.indicator_id]
            side = self._side(one.objective_id, f"{target.year}: {turkish.number(target.value)}")
            yield Fact(Kind.TARGET, one.name, str(target.year), target.value.normalize(), side)

    def projects(self) -> Iterator[Fact]:
        for one in self._activities:
            if one.kind == PlanActivity.Kind.PROJECT:
                yield Fact(
                    Kind.PROJECT, one.name, "cards", one.objective_id, self._side(one.objective_id, "")
                )


# --- What contradicts


def _differing(facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """Facts on one aspect of one thing, from more than one place, with more than one value.

    What differs in several aspects between the same places (the targets of five years) is one.
    """
    alike: dict[tuple, list[Fact]] = defaultdict(list)
    for same in _by_aspect(facts):
        places = frozenset(fact.side.url for fact in same)
        if len({fact.value for fact in same}) > 1 and len(places) > 1:
            alike[same[0].kind, plain(same[0].subject), places] += same
    for (kind, _name, _places), same in alike.items():
        by_place: dict[str, list[Side]] = defaultdict(list)
        for side in _sides(same):
            by_place[side.url].append(side)
        joined = (replace(said[0], words="; ".join(one.words for one in said)) for said in by_place.values())
        yield Contradiction(kind, same[0].subject, tuple(joined))


def _twice(projects: Iterable[Fact]) -> Iterator[Contradiction]:
    """One project written by two groups, or standing on two cards."""
    for same in _by_aspect(projects):
        if len({fact.value for fact in same}) > 1:
            yield Contradiction(same[0].kind, same[0].subject, _sides(same))


def _by_aspect(facts: Iterable[Fact]) -> Iterable[list[Fact]]:
    groups: dict[tuple, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.kind, plain(fact.subject), fact.aspect].append(fact)
    return groups.values()


def _sides(facts: Iterable[Fact]) -> tuple[Side, ...]:
    return tuple(dict.fromkeys(fact.side for fact in facts))


def _overloaded(objectives: list[Objective]) -> Iterator[Contradiction]:
    by_unit = sorted(objectives, key=lambda one: one.responsible_id)
    for _unit, group in groupby(by_unit, key=lambda one: one.responsible_id):
        theirs = list(group)
        if len(theirs) > settings.UNIT_OBJECTIVES_MOST:
            sides = tuple(Side(one.title, one.code, one.get_absolute_url(), one.code) for one in theirs)
            yield Contradiction(Kind.UNIT, str(theirs[0].responsible), sides)


def _said_findings(section: ReportSection) -> list[str]:
    keys = [c["key"] for c in section.columns if plain(c["title"]) in SUBJECTS["finding"]]
    return [words for row in section.rows for key in keys if (words := row.get(key, ""))]


def _taken_up(finding: str, notes: list[tuple[int, frozenset[str]]]) -> bool:
    said = stems(finding)
    return any(alike(said, words) for _objective, words in notes)


def _unused_findings(sections: list[ReportSection], notes: list) -> Iterator[Contradiction]:
    """Findings of the analysis' last part that stand on no card; asked once there are cards with findings."""
    for section in sections if notes else ():
        if section.chapter == FINDINGS:
            for finding in _said_findings(section):
                if not _taken_up(finding, notes):
                    yield Contradiction(Kind.FINDING, finding, (Side("", **_place(section)),))


def _bare_goals(plan: _Plan, sections: list[ReportSection]) -> Iterator[Contradiction]:
    """Goals none of whose objectives names a finding; asked once the findings have been submitted."""
    if not any(section.chapter == FINDINGS for section in sections):
        return
    supported = {plan._cards[objective].goal_id for objective, _words in plan.findings}
    for goal_id, group in groupby(plan.objectives, key=lambda one: one.goal_id):
        if goal_id not in supported:
            goal: Goal = next(group).goal
            side = Side("", goal.code, goal.get_absolute_url(), goal.code)
            yield Contradiction(Kind.GOAL, f"{goal.code} {goal.title}", (side,))


def _unused_reports(sections: list[ReportSection], notes: list) -> Iterator[Contradiction]:
    """Reports that have findings of which no card takes up a single one."""
    for _report, group in groupby(sorted(sections, key=lambda s: s.report_id), key=lambda s: s.report_id):
        theirs = list(group)
        findings = [finding for section in theirs for finding in _said_findings(section)]
        if notes and findings and not any(_taken_up(finding, notes) for finding in findings):
            report = theirs[0].report
            side = Side("", report.title, reverse("reports:report", args=[report.pk]), report.body.name)
            yield Contradiction(Kind.REPORT, report.title, (side,))
