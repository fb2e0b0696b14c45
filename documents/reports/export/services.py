"""Writes of the export: have a report made as a file, keep the file."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from common import jobs
from common.decisions import Invalid, require
from common.history import service
from common.jobs.models import Job
from documents.reports import criteria, permissions
from documents.reports.export.parts import document
from documents.reports.export.record import record
from documents.reports.models import Report, ReportVersion
from institution.models import Body
from institution.roles import Kind

FORMATS = {"pdf": "PDF", "docx": "Word"}
RECORD = "record"
KIND = "reports.export"


@service
def ask(*, report: Report, version: ReportVersion | None, form: str, by: Any) -> Job:
    """Have the report made in a format; the same words asked for again are the same file.

    Raises Invalid for another format, Refused for who may not read the report.
    """
    require(permissions.can_see(by, report))
    if form == RECORD:
        return _ask_record(report, version, by)
    if form not in FORMATS:
        raise Invalid(_("A report is given as PDF or as Word."))
    number = version.number if version else 0
    digest = document(report, version).digest
    return jobs.enqueue(
        kind=KIND,
        key=f"{report.pk}-{by.pk}-{number}-{form}-{digest}",
        args={"report": report.pk, "version": number, "format": form},
        by=by,
        title=_title(report, version, form),
    )


def _ask_record(report: Report, version: ReportVersion | None, by: Any) -> Job:
    """The record of a closed evaluation; with the marks where this person may see them."""
    if version is None or not version.outcome:
        raise Invalid(_("There is a record once the evaluation has been closed."))
    marks = bool(permissions.can_see_marks(by, report, version))
    digest = record(report, version, with_marks=marks).digest
    return jobs.enqueue(
        kind=KIND,
        key=f"{report.pk}-{by.pk}-{version.number}-{RECORD}-{digest}",
        args={"report": report.pk, "version": version.number, "format": RECORD, "marks": marks},
        by=by,
        title=_("%(report)s, version %(number)s, record of the evaluation")
        % {"report": report.title, "number": version.number},
    )


def room_of(report: Report, args: dict[str, Any]) -> Body:
    """Whose room keeps the file: the group's, or the team's for marks that the group does not see."""
    hidden = args.get("marks") and report.template_version and not report.template_version.shows_marks
    if hidden and criteria.of(report):
        return Body.objects.kind(Kind.PLANNING_TEAM).get(period=report.period_id)
    return report.body


def _title(report: Report, version: ReportVersion | None, form: str) -> str:
    told = _("version %(number)s") % {"number": version.number} if version else _("text being written")
    return f"{report.title}, {told}, {FORMATS[form]}"


def file_name(report: Report, number: int, form: str) -> str:
    """Without what a file system takes for a folder."""
    told = _("version %(number)s") % {"number": number} if number else _("text being written")
    if form == RECORD:
        told, form = f"{told}, {_('record of the evaluation')}", "pdf"
    return PurePath(f"{report.title} ({told})".replace("/", "-")).name[:140] + f".{form}"


def lately(report: Report, user: Any) -> list[Job]:
    """What this person asked for of this report, the newest first."""
    return list(Job.objects.filter(kind=KIND, key__startswith=f"{report.pk}-{user.pk}-").order_by("-pk")[:3])
