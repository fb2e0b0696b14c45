"""Reports of the sub-groups: templates, the text being written, its frozen versions, the decisions."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.history import AuditedQuerySet, audited, for_name_field
from common.workflow import Badge
from documents.files.models import StoredFile
from documents.plan.guide import CHAPTER_CHOICES
from documents.reports import content
from documents.reports.querysets import (
    ReportQuerySet,
    SectionQuerySet,
    SectionVersionQuerySet,
    TemplateQuerySet,
    VersionQuerySet,
)
from documents.reports.workflow import CAME_BACK, CLOSED, REPORT, SECTION, ReportState, SectionState
from institution.models import Body, PlanPeriod, User


class ReportTemplate(models.Model):
    """What the Directorate asks of a group: ordered sections."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    purpose = models.TextField(_("purpose"), blank=True)
    is_active = models.BooleanField(_("can be requested"), default=True)

    objects = TemplateQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("report template")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SectionShape(models.Model):
    """What a section is to hold; a report keeps its own copy, so later edits of a template leave it alone."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        TABLE = "table", _("Table")

    number = models.PositiveSmallIntegerField(pgettext_lazy("place in the order", "number"))
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.TEXT)
    columns = models.JSONField(_("columns"), default=list, blank=True)
    """[{key, title, type: text|long|number|date|choice|unit, required: bool, choices: [str]}]"""
    required = models.BooleanField(_("required"), default=True)
    length_hint = models.PositiveSmallIntegerField(_("length hint, words"), null=True, blank=True)
    chapter = models.CharField(_("chapter of the plan"), max_length=5, choices=CHAPTER_CHOICES)
    help = models.TextField(_("what the guide asks"), blank=True)

    class Meta:
        abstract = True
        ordering = ["number"]

    @property
    def heading(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def is_table(self) -> bool:
        return self.kind == self.Kind.TABLE


class TemplateSection(SectionShape):
    template = models.ForeignKey(ReportTemplate, models.CASCADE, related_name="sections")

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta(SectionShape.Meta):
        verbose_name = _("section")
        abstract = False
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="template_section_once")]

    def __str__(self) -> str:
        return self.heading


class Report(models.Model):
    """A report requested from a group, until it is accepted."""

    period = models.ForeignKey(
        PlanPeriod, models.PROTECT, related_name="reports", verbose_name=_("plan period")
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="reports", verbose_name=_("group"))
    template = models.ForeignKey(
        ReportTemplate, models.PROTECT, related_name="reports", verbose_name=_("template")
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
        return self.state in (ReportState.REQUESTED, ReportState.WRITING, ReportState.RETURNED)

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


class ReportVersion(models.Model):
    """A submission: frozen text, and the evaluation's close once the team is through with it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("submitted by"))
    submitted_for = for_name_field()
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        blank=True,
        choices=[("accepted", _("Accepted")), ("returned", _("Returned"))],
    )
    closed_at = models.DateTimeField(_("evaluation closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evaluation closed by")
    )
    closed_for = for_name_field()

    objects = VersionQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("version")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once"),
            models.CheckConstraint(
                condition=Q(outcome="", closed_at=None, closed_by=None)
                | (~Q(outcome="") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="evaluation_close_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, {self.number}"


class SectionVersion(models.Model):
    """The words of one section as submitted, and what they changed; never changed themselves."""

    version = models.ForeignKey(
        ReportVersion, models.PROTECT, related_name="sections", verbose_name=_("version")
    )
    section = models.ForeignKey(
        ReportSection, models.PROTECT, related_name="versions", verbose_name=_("section")
    )
    html = models.TextField(_("text"), blank=True)
    rows = models.JSONField(_("rows"), default=list, blank=True)
    answer = models.TextField(_("answer to the remark"), blank=True)
    words = models.PositiveIntegerField(_("words"), default=0)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("follows")
    )
    added = models.PositiveIntegerField(_("words added"), default=0)
    removed = models.PositiveIntegerField(_("words removed"), default=0)
    excerpt = models.TextField(_("first change"), blank=True)
    """the words around it with their marks, for the queue; from diff.py"""

    objects = SectionVersionQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("submitted section")
        ordering = ["section__number"]
        constraints = [models.UniqueConstraint(fields=["version", "section"], name="section_version_once")]

    def __str__(self) -> str:
        return f"{self.section}, {self.version.number}"

    @property
    def is_table(self) -> bool:
        return self.section.is_table

    @property
    def is_changed(self) -> bool:
        return bool(self.added or self.removed)


class SectionDecision(models.Model):
    """The team's decision on one section of a version; one for each, changeable until the close."""

    class Choice(models.TextChoices):
        ACCEPT = "accept", _("Accept")
        EDIT = "edit", _("Accept with an edit")
        RETURN = "return", _("Return")

    section_version = models.OneToOneField(
        SectionVersion, models.PROTECT, related_name="decision", verbose_name=_("submitted section")
    )
    choice = models.CharField(_("decision"), max_length=6, choices=Choice)
    reason = models.TextField(_("reason"), blank=True)
    html = models.TextField(_("edited text"), blank=True)
    rows = models.JSONField(_("edited rows"), default=list, blank=True)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_for = for_name_field()
    revision = models.PositiveIntegerField(default=1)

    objects = AuditedQuerySet.as_manager()
    history = audited(excluded=("revision",))

    class Meta:
        verbose_name = _("decision")
        constraints = [
            models.CheckConstraint(condition=~Q(choice="return") | ~Q(reason=""), name="return_has_reason")
        ]

    def __str__(self) -> str:
        return f"{self.section_version}: {self.badge.label}"

    @property
    def badge(self) -> Badge:
        """What was decided, as a fact: the choice's own label is what a button says."""
        return {
            self.Choice.ACCEPT: Badge(_("Accepted"), "ok", "circle-check"),
            self.Choice.EDIT: Badge(_("Accepted with an edit"), "ok", "pen-line"),
            self.Choice.RETURN: Badge(_("Returned"), "stop", "corner-up-left"),
        }[self.Choice(self.choice)]


class Attachment(models.Model):
    """A file that belongs to a section."""

    section = models.ForeignKey(ReportSection, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("attachment")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)
