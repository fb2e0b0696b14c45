"""Writes of the intake: take a document in, keep what was found in it, place its pieces."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from common import jobs
from common.decisions import Invalid, require
from common.history import service
from documents.files import kinds
from documents.files import services as files
from documents.reports import permissions, services
from documents.reports.intake import pieces as cut
from documents.reports.intake.contents import Wish, files_of, rows_of, text_of
from documents.reports.intake.reading import KINDS
from documents.reports.models import Intake, Report, ReportSection

APPEND, REPLACE = "append", "replace"


def bring(*, report: Report, upload: File, by: Any, now: dt.datetime, section: int = 0) -> Intake:
    """Keep a Word or Excel file and have it read; its tables are suggested for the section of that number.

    Raises Invalid as files.keep does, and for other kinds.
    """
    require(permissions.can_write(by, report))
    name = kinds.clean_name(upload.name or "")
    if kinds.extension_of(name) not in KINDS:
        raise Invalid(
            _("“%(name)s” is neither Word nor Excel. Save it as .docx or .xlsx and upload that.")
            % {"name": name}
        )
    # Outside the transaction: a large file is written while others go on saving.
    return _bring(report=report, kept=files.keep(upload), section=section, by=by, now=now)


@service
def _bring(*, report: Report, kept: files.Kept, section: int, by: Any, now: dt.datetime) -> Intake:
    report = Report.objects.locked(report.pk)
    require(permissions.can_write(by, report))
    file = files.record(kept=kept, body=report.body, by=by, now=now)
    intake = Intake(report=report, file=file, found={"wanted": section} if section else {})
    intake.save()
    jobs.enqueue(
        kind="reports.read", key=intake.key, args={"report": report.pk, "intake": intake.pk}, by=by,
        title=_("Reading “%(name)s”") % {"name": kept.name},
    )  # fmt: skip
    return intake


@service
def keep_found(*, intake: Intake, found: dict[str, Any], folder: Path, by: Any, now: dt.datetime) -> Intake:
    """Keep what the reader found; its pictures become files of the group's room. Once, however often asked."""
    report = Report.objects.locked(intake.report_id)
    intake = Intake.objects.select_related("file").get(pk=intake.pk)
    if intake.read_at:
        return intake
    stem = intake.file.name.rpartition(".")[0][:100]
    for number, picture in enumerate(found.get("pictures", ()), 1):
        name = _("%(document)s, picture %(number)s") % {"document": stem, "number": number}
        # The child has drawn it anew: it is our own work, and no stranger's.
        content = (folder / picture["file"]).read_bytes()
        file = files.store_bytes(
            content=content, name=f"{name}.{picture['kind']}", body=report.body, by=by, now=now
        )
        picture["file"] = file.pk
    intake.found, intake.read_at = intake.found | found, now
    intake.save()
    return intake


class WayMissing(Invalid):
    """A section that holds something already, and nobody said whether to add to it or to replace it."""


@service
def place(
    *,
    intake: Intake,
    wishes: dict[int, Wish],
    ways: dict[int, str],
    revisions: dict[int, int],
    units: list[str],
    by: Any,
    now: dt.datetime,
) -> list[ReportSection]:
    """Put pieces into their sections, all or none; each section gets one history row.

    `wishes` by place of the piece, `ways` (append or replace) and `revisions` by number of the section.
    Raises WayMissing, SavedMeanwhile (somebody wrote there meanwhile), Invalid, Refused.
    """
    report = Report.objects.locked(intake.report_id)
    require(permissions.can_write(by, report))
    intake = Intake.objects.select_related("file").get(pk=intake.pk)
    intake.report = report
    wanted: dict[int, list[int]] = {}
    for number, wish in sorted(wishes.items()):
        if wish.section is not None and str(number) not in intake.placed:
            wanted.setdefault(wish.section.number, []).append(number)
    if not wanted:
        raise Invalid(_("No piece has a section yet. Choose at least one section."))
    filled = []
    for section in report.sections.filter(number__in=wanted).order_by("number"):
        mine = {number: wishes[number] for number in wanted[section.number]}
        revision = revisions.get(section.number, -1)
        filled.append(_fill(intake, section, mine, ways.get(section.number, ""), revision, units, by, now))
    placed = {str(piece): number for number, numbers in wanted.items() for piece in numbers}
    intake.placed = intake.placed | placed
    intake.save()
    return filled


def _fill(
    intake: Intake,
    section: ReportSection,
    wishes: dict[int, Wish],
    way: str,
    revision: int,
    units: list[str],
    by: Any,
    now: dt.datetime,
) -> ReportSection:
    standing = section.rows if section.is_table else section.html
    if standing and way not in (APPEND, REPLACE) and section.revision == revision:
        raise WayMissing(
            _("“%(section)s” holds text already. Say whether to add to it or to replace it.")
            % {"section": section.heading},
            field=f"way-{section.number}",
        )
    stays = standing if way != REPLACE else standing[:0]
    if section.is_table:
        words: dict[str, Any] = {"rows": [*stays, *rows_of(intake, section, wishes, units)]}
    else:
        words = {"html": stays + "".join(text_of(intake, number, section) for number in wishes)}
    reason = _("Taken from “%(name)s”.") % {"name": intake.file.name}
    try:
        filled = services.fill_section(
            section=section, revision=revision, by=by, now=now, reason=reason, **words
        )
    except services.SavedMeanwhile:
        raise
    except Invalid as refusal:
        raise Invalid(f"{section.heading}: {refusal.message}", field=f"way-{section.number}") from refusal
    for number in wishes:
        for picture in cut.pictures(intake.pieces[number]):
            file = files_of(intake)[picture["number"]]
            services.attach_kept(section=section, file=file, by=by, now=now)
    return filled
