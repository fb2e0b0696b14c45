"""Drafts of the plan: frozen words with their sources, what bodies decided on them, the printed file."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.history import AuditedQuerySet, audited, for_name_field
from common.workflow import Badge
from documents.drafts.workflow import DRAFT, DraftState
from documents.files.models import StoredFile
from institution.models import Body, PlanPeriod, User


class DraftVersion(models.Model):
    """The plan's text, frozen as draft n; its words never change, only its state does."""

    period = models.ForeignKey(
        PlanPeriod, models.PROTECT, related_name="drafts", verbose_name=_("plan period")
    )
    number = models.PositiveSmallIntegerField(_("number of the draft"))
    state = models.CharField(_("state"), max_length=12, choices=DraftState, default=DraftState.FROZEN)
    digest = models.CharField(_("SHA-256 of the words"), max_length=64)
    findings = models.JSONField(_("findings when frozen"), default=list)
    """[{rule, severity: blocks|warns, sentence, place, url}] as they stood on freezing"""
    frozen_at = models.DateTimeField(_("frozen at"))
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("frozen by"))
    pdf = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("printed file")
    )

    pages = models.JSONField(default=dict, blank=True)
    """of the printed file: on which page each block stands, by its anchor"""

    objects = AuditedQuerySet.as_manager()
    history = audited(excluded=("pages",))

    class Meta:
        verbose_name = _("draft")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="draft_number_once")]

    def __str__(self) -> str:
        return gettext("Draft %(n)d") % {"n": self.number}

    def get_absolute_url(self) -> str:
        return reverse("drafts:read", args=[self.pk])

    @property
    def badge(self) -> Badge:
        return DRAFT.badge(self.state)

    @property
    def adoption(self) -> DraftDecision | None:
        """The council's decision that made it the plan, once its sitting has ended."""
        return self.decisions.filter(kind=DraftDecision.Kind.ADOPTION).first()

    @property
    def blocking(self) -> list[dict]:
        return [f for f in self.findings if f["severity"] == "blocks"]


class DraftBlock(models.Model):
    """One block of a frozen draft: a heading, a paragraph group, a table, a card, a picture's data."""

    class Kind(models.TextChoices):
        CHAPTER = "chapter", _("chapter")
        SECTION = "section", _("section")
        TEXT = "text", _("text")
        TABLE = "table", _("table")
        BODIES = "bodies", _("bodies")
        CALENDAR = "calendar", _("work calendar")
        OUTLOOK = "outlook", _("mission, vision, values")
        GOAL = "goal", _("goal")
        CARD = "card", _("objective card")
        COSTS = "costs", _("cost table")
        NOTICE = "notice", _("notice")

    draft = models.ForeignKey(DraftVersion, models.PROTECT, related_name="blocks")
    position = models.PositiveIntegerField()
    chapter = models.CharField(_("chapter"), max_length=5)
    anchor = models.CharField(max_length=60)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    data = models.JSONField(_("text of the block"), default=dict)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name, verbose_name_plural = _("block of a draft"), _("blocks of a draft")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["draft", "position"], name="block_position_once")]

    def __str__(self) -> str:
        return f"{self.chapter} {self.anchor}"


class DraftSource(models.Model):
    """Where the words of a block come from; read from both ends."""

    class Kind(models.TextChoices):
        REPORT = "report", _("report section")
        CARD = "card", _("plan data")
        BODY = "body", _("bodies")
        CALENDAR = "calendar", _("work calendar")
        GUIDE = "guide", _("guide")

    block = models.ForeignKey(DraftBlock, models.PROTECT, related_name="sources", verbose_name=_("block"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    ref = models.CharField(max_length=80, db_index=True)
    """"sectionversion:12", "objective:3": what it is, for the way back"""
    label = models.CharField(_("source"), max_length=300)
    detail = models.TextField(_("where it comes from"), blank=True)
    url = models.CharField(max_length=300, blank=True)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name, verbose_name_plural = _("source of a block"), _("sources of a block")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label


class DraftDecision(models.Model):
    """What a body decided or said of a draft: a dated record, with a file if any."""

    class Kind(models.TextChoices):
        ENDORSEMENT = "endorsement", _("Endorsement by the Planning Team")
        APPROVAL = "approval", _("Approval by Upper Management")
        EXECUTIVE_OPINION = "opinion", _("Opinion of the executive committee")
        COMMISSION_REPORT = "commission", _("Report of the plan and budget commission")
        ADOPTION = "adoption", _("Adoption by the council")

    RECORDS = (Kind.EXECUTIVE_OPINION, Kind.COMMISSION_REPORT)
    """Made elsewhere and filed here"""

    draft = models.ForeignKey(DraftVersion, models.PROTECT, related_name="decisions")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("body")
    )
    decided_on = models.DateField(_("date"))
    number = models.CharField(_("number"), max_length=50, blank=True)
    present = models.PositiveSmallIntegerField(_("present"), null=True, blank=True)
    in_favour = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    note = models.TextField(_("summary"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    recorded_for = for_name_field()

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("record")
        ordering = ["decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "kind"], name="draft_decision_once"),
            models.CheckConstraint(
                condition=Q(present=None) | Q(present__gte=F("in_favour") + F("against")),
                name="draft_decision_counts",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Objection(models.Model):
    """A numbered objection with which a draft was returned, tied to a chapter."""

    draft = models.ForeignKey(DraftVersion, models.PROTECT, related_name="objections")
    number = models.PositiveSmallIntegerField(_("number"))
    chapter = models.CharField(_("chapter"), max_length=5, blank=True)
    text = models.TextField(_("objection"))
    raised_on = models.DateField(_("date"))
    answer = models.TextField(_("answer"), blank=True)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("objection")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="objection_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
