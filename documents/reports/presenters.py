"""Reports as plain data: accepted sections for the draft, what became of each section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from common import turkish
from common.history import author
from common.workflow import Badge
from documents.reports import content, merging
from documents.reports.diff import RowDiff, compare, compare_rows
from documents.reports.models import Report, ReportSection, ReportVersion, SectionDecision, SectionVersion
from documents.reports.traces import Place, places
from documents.reports.workflow import TAKEN, ReportState
from institution.models import PlanPeriod
from institution.roles import Role
from teams.models import Membership


def accepted(period: PlanPeriod) -> list[dict[str, Any]]:
    """Accepted sections of a period with their final words (the edited ones where they were edited).

    In the order of the plan's chapters, then by due date and number. Each a JSON-able dict:
    report, number, title, chapter, kind, html, columns, rows, section_version_id,
    detail (who accepted it, in Turkish), url, merged (what was merged into it: report, number, title,
    section_version_id, detail, url of each). A section without a word is left out. Two queries.
    """
    frozen = SectionVersion.objects.accepted_in(period).select_related(
        "section__report__body", "version", "decision__decided_by"
    )
    ordered = frozen.order_by(
        "section__chapter", "section__report__due_on", "section__report_id", "section__number"
    )
    told = [one for one in ordered if not content.is_empty(one.section)]
    merged = merging.merged_into(one.section_id for one in told)
    with override("tr"):
        return [_accepted(one, merged.get(one.section_id, [])) for one in told]


def _accepted(frozen: SectionVersion, merges: list[SectionDecision]) -> dict[str, Any]:
    section = frozen.section
    return _source(
        frozen, frozen.decision, _("%(body)s, version %(number)d; accepted by %(name)s on %(date)s.")
    ) | {
        "chapter": section.chapter,
        "kind": section.kind,
        "html": section.html,
        "columns": section.columns,
        "rows": section.rows,
        "merged": [
            _source(
                merge.section_version,
                merge,
                _("%(body)s, version %(number)d; merged by %(name)s on %(date)s."),
            )
            for merge in merges
        ],
    }


def _source(frozen: SectionVersion, decision: SectionDecision, detail: str) -> dict[str, Any]:
    """Where words come from: a frozen section, and in `detail` who decided on it and when."""
    section, report = frozen.section, frozen.section.report
    return {
        "report": report.title,
        "number": section.number,
        "title": section.title,
        "section_version_id": frozen.pk,
        "detail": detail
        % {
            "body": report.body.name,
            "number": frozen.version.number,
            "name": author(decision.decided_by, decision.decided_for),
            "date": turkish.date_short(decision.decided_at),
        },
        "url": f"{reverse('reports:version', args=[report.pk, frozen.version.number])}#s-{section.number}",
    }


@dataclass(frozen=True)
class Change:
    """What a version changed in a section: marked text, or marked rows of its table."""

    html: SafeString | str
    rows: list[RowDiff]
    added: int
    removed: int
    places: int

    @property
    def steps(self) -> range:
        """Numbers of the first changed places, for the links that lead to them."""
        return range(1, min(self.places, 12) + 1)


def change(columns: list[dict], old: Any, new: Any, *, is_table: bool) -> Change:
    """The difference between two states of one section; each has html and rows, None is an empty one."""
    if is_table:
        rows, told = compare_rows(columns, old.rows if old else [], new.rows)
        return Change("", rows, told.added, told.removed, told.places)
    told = compare(old.html if old else "", new.html)
    return Change(told.html, [], told.added, told.removed, told.places)


@dataclass(frozen=True)
class Merger:
    """The other section of a merge, with its address for who may read it."""

    section: ReportSection
    url: str
    change: Change | None = None
    """what it changed in the text of this one"""


@dataclass(frozen=True)
class Fate:
    """What became of one section: how it was decided, what an edit changed, where it stands in the plan.

    `answers` are the newest words if they were sent in answer to a remark: theirs is `previous.decision`.
    `merged_with` is the section into which this one went, `joined` are those that went into this one.
    """

    section: ReportSection
    badge: Badge
    answers: SectionVersion | None = None
    version: int | None = None
    decision: SectionDecision | None = None
    edit: Change | None = None
    places: list[Place] = field(default_factory=list)
    merged_with: Merger | None = None
    joined: list[Merger] = field(default_factory=list)


def fates(report: Report, reader: Any = None) -> list[Fate]:
    """What became of each section of a report, by the newest version in which it was sent.

    A decision is told once the evaluation is closed; until then the section shows its own state.
    Other groups' sections, of a merge, are linked where `reader` may open them. Six queries.
    """
    sections = list(report.sections.without_text().select_related("assigned_to"))
    unsent = report.state in (ReportState.REQUESTED, ReportState.WRITING)
    newest = {} if unsent else SectionVersion.objects.last_by_section(report)
    there = places(frozen.pk for frozen in newest.values())
    merges = merging.merged_into(section.pk for section in sections if section.state in TAKEN)
    others = {merge.section_version.section.report_id for told in merges.values() for merge in told}
    others |= {one.decision.target.report_id for one in newest.values() if _went(one)}
    readable = _readable(others, reader)
    return [
        _fate(section, newest.get(section.pk), there, merges.get(section.pk, []), readable)
        for section in sections
    ]


def _readable(reports: set[int], reader: Any) -> set[int]:
    if not reports or reader is None:
        return set()
    return set(Report.objects.visible_to(reader).filter(pk__in=reports).values_list("pk", flat=True))


def _went(frozen: SectionVersion) -> bool:
    """Whether the section was merged with another, for good."""
    return bool(frozen.version.outcome) and frozen.decision.target_id is not None


def _fate(
    section: ReportSection,
    frozen: SectionVersion | None,
    there: dict[int, list[Place]],
    merges: list[SectionDecision],
    readable: set[int],
) -> Fate:
    answers = frozen if frozen and frozen.previous else None
    if frozen is None or not frozen.version.outcome:
        return Fate(section, section.badge, answers)
    decision = frozen.decision
    edited = decision.choice == SectionDecision.Choice.EDIT
    return Fate(
        section=section,
        badge=section.badge,
        answers=answers,
        version=frozen.version.number,
        decision=decision,
        edit=change(section.columns, frozen, decision, is_table=section.is_table) if edited else None,
        places=there.get(frozen.pk, []),
        merged_with=_merger(decision.target, readable) if decision.target else None,
        joined=_joined(section, merging.texts_of(frozen, merges), merges, readable),
    )


def _merger(section: ReportSection, readable: set[int], told: Change | None = None) -> Merger:
    url = f"{reverse('reports:report', args=[section.report_id])}#s-{section.number}"
    return Merger(section, url if section.report_id in readable else "", told)


def _joined(
    section: ReportSection, texts: list[Any], merges: list[SectionDecision], readable: set[int]
) -> list[Merger]:
    return [
        _merger(
            merge.section_version.section,
            readable,
            change(section.columns, before, merge, is_table=section.is_table),
        )
        for before, merge in zip(texts, merges, strict=False)
    ]


@dataclass(frozen=True)
class Part:
    """One section of a frozen version: its words or what they changed, and the decision where it may be told."""

    frozen: SectionVersion
    change: Change | None
    decision: SectionDecision | None
    edit: Change | None


def parts(version: ReportVersion, *, as_changes: bool, with_decisions: bool) -> list[Part]:
    """The sections of a version for reading; a constant number of queries."""
    frozen = version.sections.without_living_text().select_related("section")
    is_judged = with_decisions or version.number > 1
    frozen = frozen.with_dialogue() if is_judged else frozen.with_questions()
    return [_part(one, as_changes=as_changes, with_decisions=with_decisions) for one in frozen]


def _part(frozen: SectionVersion, *, as_changes: bool, with_decisions: bool) -> Part:
    section = frozen.section
    decision = getattr(frozen, "decision", None) if with_decisions else None
    edited = decision is not None and decision.choice == SectionDecision.Choice.EDIT
    return Part(
        frozen,
        change(section.columns, frozen.previous, frozen, is_table=section.is_table) if as_changes else None,
        decision,
        change(section.columns, frozen, decision, is_table=section.is_table) if edited else None,
    )


@dataclass(frozen=True)
class Waiting:
    """A row of the queue: a submitted version and what it changed, ready to be judged."""

    report: Report
    days: int
    parts: list[SectionVersion]
    answer: str

    @property
    def key(self) -> str:
        """All that the row shows and that may change: what a version froze is named by its number."""
        report = self.report
        shown = (report.pk, report.version_number, report.state, report.judged_by, self.days, self.undecided)
        return repr((*shown, report.title, report.body.name, report.submitter, report.submitter_for))

    @property
    def is_first(self) -> bool:
        return self.report.version_number == 1

    @property
    def undecided(self) -> int:
        return sum(not hasattr(part, "decision") for part in self.parts)

    @property
    def changed(self) -> int:
        return sum(part.is_changed for part in self.parts)

    @property
    def answered(self) -> int:
        return sum(part.previous_id is not None for part in self.parts)  # none is sent without its mark

    @property
    def added(self) -> int:
        return sum(part.added for part in self.parts)

    @property
    def removed(self) -> int:
        return sum(part.removed for part in self.parts)

    @property
    def words(self) -> int:
        return sum(part.words for part in self.parts)

    @property
    def excerpt(self) -> SafeString:
        """The first change of the version; frozen at submission by diff.py, which escaped it."""
        told = next((part.excerpt for part in self.parts if part.excerpt), "")
        return mark_safe(told)  # noqa: S308  escaped by diff.py


def waiting(reports: Iterable[Report], today: dt.date) -> list[Waiting]:
    """Rows of the queue for reports annotated by with_submission. One query, whatever their number."""
    reports = list(reports)
    newest: dict[int, list[SectionVersion]] = {report.pk: [] for report in reports}
    for part in (
        SectionVersion.objects.light().newest_of(reports).select_related("section", "version", "decision")
    ):
        newest[part.version.report_id].append(part)
    return [
        Waiting(
            report,
            (today - timezone.localdate(report.submitted_at)).days,
            newest[report.pk],
            next((part.answer for part in newest[report.pk] if part.answer), ""),
        )
        for report in reports
    ]


def listed(reports: Iterable[Report], today: dt.date) -> list[Report]:
    """The reports of a page, each with what its row shows: `rapporteur` (a name), `section_count`, `complete_count`.

    Two queries, and none of them over more than this page.
    """
    reports = list(reports)
    seats = Membership.objects.filter(body__in={report.body_id for report in reports}, role=Role.RAPPORTEUR)
    names = {seat.body_id: seat.person.full_name for seat in seats.on(today).select_related("person")}
    counts = ReportSection.objects.filter(report__in=reports).progress()
    for report in reports:
        report.rapporteur = names.get(report.body_id, "")
        report.section_count, report.complete_count = counts.get(report.pk, (0, 0))
    return reports
