"""Submitting: the group's text is frozen as the next version and goes to the Planning Team."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.decisions import Invalid, require
from common.history import on_behalf_of, service, transition
from documents.reports import content, notices, permissions
from documents.reports.diff import Diff, compare, compare_rows
from documents.reports.models import Report, ReportSection, ReportVersion, SectionVersion
from documents.reports.services import pending, rounds
from documents.reports.workflow import REPORT, SECTION, ReportState, SectionState


@dataclass(frozen=True)
class Obstacle:
    """What keeps a section from being submitted."""

    section: ReportSection
    sentence: str


class Incomplete(Invalid):
    """Parts are missing; `obstacles` names each with its section."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        places = "; ".join(f"{o.section.heading}: {o.sentence}" for o in obstacles)
        super().__init__(_("The report is not complete. %(places)s") % {"places": places})
        self.obstacles = obstacles


def obstacles(sections: list[ReportSection]) -> list[Obstacle]:
    """What the sections still lack: unanswered remarks first, then required parts and unreadable cells."""
    still_open = [section for section in sections if not section.is_closed]
    remarks = [s for s in still_open if s.came_back and not s.is_answered]
    return [
        *(Obstacle(section, _unanswered(section)) for section in remarks),
        *(Obstacle(section, sentence) for section in still_open for sentence in content.problems(section)),
    ]


def _unanswered(section: ReportSection) -> str:
    if section.answer:
        return _("The answer is written; the remark has not been marked as answered.")
    if permissions.answer_allows(section):
        return _("The text was changed; the remark has not been marked as answered.")
    return _("The remark has not been answered.")


@service
def submit(*, report: Report, by: Any, now: dt.datetime) -> ReportVersion:
    """Freeze what the group wrote as the next version and hand it to the team.

    Sections that were accepted earlier stay as they are. Submitting again what is already
    submitted (a double click) gives the same version. Raises Refused, Incomplete.
    """
    report = Report.objects.locked(report.pk)
    if report.state == ReportState.SUBMITTED:
        require(permissions.may_submit(by, report))
        return report.versions.latest("number")
    require(permissions.can_submit(by, report, today=timezone.localdate(now)))
    sections = list(report.sections.all())
    if missing := obstacles(sections):
        raise Incomplete(missing)
    last = report.versions.order_by("-number").first()
    version = ReportVersion(
        report=report,
        number=last.number + 1 if last else 1,
        submitted_at=now,
        submitted_by=by,
        submitted_for=on_behalf_of(by),
        due_on=rounds.due_on(timezone.localdate(now)),
    )
    if report.state == ReportState.REQUESTED:  # all parts optional, and none written
        transition(report, frm=ReportState.REQUESTED, to=ReportState.WRITING)
    REPORT.check(report.state, ReportState.SUBMITTED)
    transition(report, frm=report.state, to=ReportState.SUBMITTED)
    version.save()
    for section in sections:
        if not section.is_closed:
            pending.tell(section, before=by)
            _freeze(section, version)
    what = notices.answered if last else notices.submitted
    notices.tell_team(what, report, once=str(version.number), version=version.number, by=by, now=now)
    return version


def _freeze(section: ReportSection, version: ReportVersion) -> None:
    previous = SectionVersion.objects.filter(section=section).order_by("-version__number").first()
    change = _change(previous, section)
    SectionVersion(
        version=version,
        section=section,
        html=section.html,
        rows=section.rows,
        answer=section.answer,
        words=section.words,
        previous=previous,
        added=change.added,
        removed=change.removed,
        excerpt=change.excerpt,
    ).save()
    SECTION.check(section.state, SectionState.SUBMITTED)
    # By the revision: a save that comes in the same moment loses to it and is told so.
    transition(
        section,
        field="revision",
        frm=section.revision,
        to=section.revision + 1,
        state=SectionState.SUBMITTED,
    )


def _change(previous: SectionVersion | None, section: ReportSection) -> Diff:
    if section.is_table:
        return compare_rows(section.columns, previous.rows if previous else [], section.rows)[1]
    return compare(previous.html if previous else "", section.html)
