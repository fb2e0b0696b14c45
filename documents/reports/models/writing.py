"""A report of a group while it is being written: its sections and their documents."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.history import audited
from common.workflow import Badge
from documents.files.models import StoredFile
from documents.reports import content
from documents.reports.models.templates import ReportTemplate, SectionShape, TemplateVersion
from documents.reports.querysets import (
    AttachmentQuerySet,
    ReportQuerySet,
    SectionQuerySet,
)
from documents.reports.workflow import (
    CAME_BACK,
    CLOSED,
    REPORT,
    SECTION,
    WITH_GROUP,
    ReportState,
    SectionState,
)
from institution.models import Body, PlanPeriod, User


class Report(models.Model):
    """A report requested from a group, until it is accepted."""

    period = models.ForeignKey(
        PlanPeriod, models.PROTECT, related_name="reports", verbose_name=_("plan period")
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="reports", verbose_name=_("group"))
    template = models.ForeignKey(
        ReportTemplate, models.PROTECT, related_name="reports", verbose_name=_("template")
    )
    template_version = models.ForeignKey(
        TemplateVersion,
        models.PROTECT,
        null=True,
        related_name="reports",
        verbose_name=_("version of the template"),
    )
    title = models.CharField(_("title"), max_length=200)
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.REQUESTED)
    requested_at = models.DateTimeField(_("requested at"))
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("requested by"))

    objects = ReportQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("report")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["period", "state", "due_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "body", "title"],
                condition=~Q(state=ReportState.CANCELLED),
                name="report_requested_once",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def badge(self) -> Badge:
        return REPORT.badge(self.state)

    @property
    def with_group(self) -> bool:
        """The group has the pen."""
        return self.state in WITH_GROUP

    def days_late(self, today: dt.date) -> int:
        """Days past the due date while the group has the pen; otherwise 0."""
        return max(0, (today - self.due_on).days) if self.with_group else 0


class ReportSection(SectionShape):
    """A section as it is being written. `revision` counts saves, so that none overwrites another."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="sections", verbose_name=_("report"))
    html = models.TextField(_("text"), blank=True)
    rows = models.JSONField(_("rows"), default=list, blank=True)
    answer = models.TextField(_("answer to the remark"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SectionState, default=SectionState.EMPTY)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    assigned_to = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )

    objects = SectionQuerySet.as_manager()
    history = audited(excluded=("revision", "saved_at", "saved_by"))

    class Meta(SectionShape.Meta):
        verbose_name = _("section")
        abstract = False
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_section_once")]

    def __str__(self) -> str:
        return self.heading

    @property
    def badge(self) -> Badge:
        return SECTION.badge(self.state)

    def unrecorded(self) -> tuple[str, ...]:
        """What may be ahead of the history while the group writes: a sitting leaves one row."""
        writing = self.state not in (SectionState.SUBMITTED, *CLOSED)
        return ("html", "rows", "answer", "answered_at", "state") if writing else ()

    @property
    def came_back(self) -> bool:
        """Returned by the team, answered or not."""
        return self.state in CAME_BACK

    @property
    def is_answered(self) -> bool:
        """Returned, and marked as answered by somebody of the group; permissions.answer_allows says when."""
        return self.came_back and self.answered_at is not None

    @property
    def is_closed(self) -> bool:
        """Accepted: the group writes it no more."""
        return self.state in CLOSED

    @property
    def words(self) -> int:
        return content.words(self)


class Attachment(models.Model):
    """A file that belongs to a section."""

    section = models.ForeignKey(ReportSection, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    in_text = models.BooleanField(_("picture in the text"), default=False)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("attachment")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)
