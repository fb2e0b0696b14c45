"""Background work of the reports: what the calendar brings, and reading what a group brought."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import jobs
from common.history import SystemActor
from common.jobs.services import report as report_job
from common.jobs.sweeper import TIMER
from documents.files import services as files
from documents.files.tasks import screened
from documents.reports import notices, permissions
from documents.reports.export import pdf, word
from documents.reports.export import services as export
from documents.reports.export.parts import document
from documents.reports.export.record import record
from documents.reports.intake import pieces, reading
from documents.reports.intake import services as intake_services
from documents.reports.models import Intake, Report
from institution.models import User

MAKER = SystemActor("Yazdırma")


@jobs.timed("reports.dates", every=timedelta(hours=1), title=gettext_lazy("Notices of due dates"))
def tell_dates(job: Any, progress: Any) -> None:
    """Each hour, so that a machine that slept in the morning makes up for it; each date is told once."""
    notices.tell_dates(by=TIMER, now=timezone.now())


@jobs.handler(
    "reports.read",
    can_see=lambda user, job: bool(_report_of(user, job)),
    can_retry=lambda user, job: bool(
        (report := _report_of(user, job)) and permissions.can_write(user, report)
    ),
    done_url=lambda job: reverse("reports:taken", args=[job.args["report"], job.args["intake"]]),
)
def read(job: Any, progress: Callable[..., None]) -> None:
    """Read the file in a confined child, cut it into pieces and keep them."""
    intake = Intake.objects.select_related("file__blob", "report").get(pk=job.args["intake"])
    if intake.read_at:
        return
    # The examination has a job of its own; where that has not had its turn yet, it is done here.
    if refusal := screened(intake.file_id):
        raise jobs.JobError(refusal)
    name = intake.file.name
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        progress(0, 3, _("Reading the file"))
        found = reading.read(files.place(intake.file.blob), intake.kind, name=name, folder=Path(folder))
        progress(1, 3, _("Finding the sections"))
        sections = list(intake.report.sections.all())
        if intake.kind == "docx":
            cut = pieces.of_document(found["blocks"], sections)
        else:
            cut = pieces.of_workbook(found["sheets"], sections)
        if not cut:
            raise jobs.JobError(_("“%(name)s” holds no text and no table.") % {"name": name})
        progress(2, 3, _("Keeping what was found"))
        intake_services.keep_found(
            intake=intake,
            found={
                "pieces": cut,
                "notes": found["notes"],
                "pictures": found.get("pictures", []),
            },
            folder=Path(folder),
            by=User.objects.get(pk=job.requested_by_id),
            now=timezone.now(),
        )


@jobs.handler(
    export.KIND,
    can_see=lambda user, job: job.requested_by_id == user.pk and bool(_report_of(user, job)),
    can_retry=lambda user, job: job.requested_by_id == user.pk,
    done_url=lambda job: (
        reverse("files:download", args=[job.args["file"]])
        if "file" in job.args
        else reverse("reports:report", args=[job.args["report"]])
    ),
)
def make_file(job: Any, progress: Callable[..., None]) -> None:
    """Make the report as a file of the group's room; the job then knows which."""
    if "file" in job.args:
        return
    report = Report.objects.select_related("body", "period", "template_version").get(pk=job.args["report"])
    number, form = job.args["version"], job.args["format"]
    people = ("submitted_by", "closed_by")
    version = report.versions.select_related(*people).get(number=number) if number else None
    progress(0, 2, _("Setting the text"))
    if version and form == export.RECORD:
        make = record(report, version, with_marks=job.args["marks"]).build
    else:
        make = partial(pdf.build if form == "pdf" else word.build, document(report, version))
    progress(1, 2, _("Making the file"))
    content = make()
    name, room = export.file_name(report, number, form), export.room_of(report, job.args)
    with transaction.atomic():  # both or neither: a second run after a stop makes no second file
        file = files.store_bytes(content=content, name=name, body=room, by=MAKER, now=timezone.now())
        report_job(job=job, args=job.args | {"file": file.pk})


def _report_of(user: Any, job: Any) -> Report | None:
    return Report.objects.visible_to(user).filter(pk=job.args["report"]).first()
