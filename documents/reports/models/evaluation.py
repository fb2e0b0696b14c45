"""What was submitted, frozen, and what the team decided on it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.history import AuditedQuerySet, audited, for_name_field
from common.workflow import Badge
from documents.reports.models.writing import Report, ReportSection
from documents.reports.querysets import (
    QuestionQuerySet,
    SectionVersionQuerySet,
    VersionQuerySet,
)
from documents.reports.workflow import SECTION, ReportState, SectionState
from institution.models import User


class ReportVersion(models.Model):
    """A submission: frozen text, and the evaluation's close once the team is through with it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("submitted by"))
    submitted_for = for_name_field()
    due_on = models.DateField(_("evaluation due on"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        blank=True,
        choices=[
            (state.value, state.label)
            for state in (ReportState.ACCEPTED, ReportState.RETURNED, ReportState.DECLINED)
        ],
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
        return gettext("%(thing)s, version %(n)d") % {"thing": self.report, "n": self.number}


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
        return gettext("%(thing)s, version %(n)d") % {"thing": self.section, "n": self.version.number}

    @property
    def is_table(self) -> bool:
        return self.section.is_table

    @property
    def is_changed(self) -> bool:
        return bool(self.added or self.removed)


class SectionDecision(models.Model):
    """The team's decision on one section of a version; one for each, changeable until the close.

    Of a merge, `html` or `rows` hold the joined text, which at the close becomes that of `target`, a
    section that another group wrote; `target_revision` is the text of it that was joined.
    """

    class Choice(models.TextChoices):
        ACCEPT = "accept", _("Accept")
        EDIT = "edit", _("Accept with an edit")
        RETURN = "return", _("Return")
        DECLINE = "decline", _("Do not take")
        MERGE = "merge", _("Merge")

    section_version = models.OneToOneField(
        SectionVersion, models.PROTECT, related_name="decision", verbose_name=_("submitted section")
    )
    choice = models.CharField(_("decision"), max_length=7, choices=Choice)
    reason = models.TextField(_("reason"), blank=True)
    html = models.TextField(_("edited text"), blank=True)
    rows = models.JSONField(_("edited rows"), default=list, blank=True)
    target = models.ForeignKey(
        ReportSection,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged with"),
    )
    target_revision = models.PositiveIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_for = for_name_field()
    revision = models.PositiveIntegerField(default=1)

    objects = AuditedQuerySet.as_manager()
    history = audited(excluded=("revision", "target_revision"))

    class Meta:
        verbose_name = _("decision")
        constraints = [
            models.CheckConstraint(
                condition=~Q(choice__in=["return", "decline"]) | ~Q(reason=""), name="refusal_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(choice="merge", target__isnull=False, target_revision__isnull=False)
                | (~Q(choice="merge") & Q(target=None, target_revision=None)),
                name="merge_has_target",
            ),
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
            self.Choice.DECLINE: SECTION.badge(SectionState.DECLINED),
            self.Choice.MERGE: SECTION.badge(SectionState.MERGED),
        }[self.Choice(self.choice)]


class SectionOpinion(models.Model):
    """What one evaluator holds of a section, beside the team's one decision; theirs to change until the close."""

    class Choice(models.TextChoices):
        ACCEPT = "accept", _("Would accept it")
        EDIT = "edit", _("Would accept it with an edit")
        RETURN = "return", _("Would return it")

    section_version = models.ForeignKey(
        SectionVersion, models.PROTECT, related_name="opinions", verbose_name=_("submitted section")
    )
    choice = models.CharField(_("opinion"), max_length=6, choices=Choice)
    words = models.TextField(_("grounds"), blank=True)
    given_at = models.DateTimeField(_("given at"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("given by"))
    given_for = for_name_field()

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("evaluator’s opinion")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["section_version", "given_by"], name="opinion_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.section_version}: {self.get_choice_display()}"

    @property
    def badge(self) -> Badge:
        tone, icon = {
            self.Choice.ACCEPT: ("ok", "circle-check"),
            self.Choice.EDIT: ("ok", "pen-line"),
            self.Choice.RETURN: ("stop", "corner-up-left"),
        }[self.Choice(self.choice)]
        return Badge(self.get_choice_display(), tone, icon)


class VersionMarks(models.Model):
    """What one evaluator gives a version by the criteria of its template; theirs to change until the close.

    Those of the person who closes the evaluation are the team's.
    """

    version = models.ForeignKey(
        ReportVersion, models.PROTECT, related_name="marks", verbose_name=_("version")
    )
    marks = models.JSONField(_("marks"), default=dict, blank=True)
    """by the criterion's name, a step of criteria.SCALE"""
    given_at = models.DateTimeField(_("given at"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("given by"))
    given_for = for_name_field()

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name, verbose_name_plural = _("marks"), _("marks")
        ordering = ["given_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "given_by"], name="marks_once_each")]

    def __str__(self) -> str:
        return f"{self.version}: {self.given_by}"


class SectionQuestion(models.Model):
    """A question to the group while its section is judged; the answer comes without the report coming back."""

    section_version = models.ForeignKey(
        SectionVersion, models.PROTECT, related_name="questions", verbose_name=_("submitted section")
    )
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_for = for_name_field()
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_for = for_name_field()

    objects = QuestionQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("question to the group")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="answer_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.section_version}: {self.text[:60]}"
