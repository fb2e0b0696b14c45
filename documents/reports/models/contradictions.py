"""What the team made of a contradiction between reports, or between a report and the plan."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.history import AuditedQuerySet, audited, for_name_field
from common.workflow import Badge
from institution.models import PlanPeriod, User


class ContradictionKind(models.TextChoices):
    BASELINE = "baseline", _("One indicator, two baselines")
    MEASURE = "measure", _("One indicator, two units of measure")
    TARGET = "target", _("One indicator, two targets for a year")
    FIGURE = "figure", _("One figure, two values")
    PROJECT = "project", _("One project in two places")
    COST = "cost", _("One project, two costs")
    STAKEHOLDER = "stakeholder", _("One stakeholder, two assessments")
    JUDGEMENT = "judgement", _("One statement, two judgements")
    UNIT = "unit", _("A unit responsible for too much")
    FINDING = "finding", _("A finding that no objective takes up")
    GOAL = "goal", _("A goal that no finding supports")
    REPORT = "report", _("A report that no objective uses")


class ContradictionDecision(models.Model):
    """One decision on one contradiction; the next one found of the same things with other values is new."""

    class Choice(models.TextChoices):
        CORRECT = "correct", _("Is to be corrected")
        KEEP = "keep", _("Stays as it is")

    period = models.ForeignKey(PlanPeriod, models.PROTECT, related_name="+", verbose_name=_("plan period"))
    key = models.CharField(max_length=32)
    kind = models.CharField(_("kind"), max_length=12, choices=ContradictionKind)
    subject = models.CharField(_("about"), max_length=500)
    sides = models.JSONField(_("what was said"), default=list)
    """[{words, place}]: as they were when it was decided"""
    choice = models.CharField(_("decision"), max_length=7, choices=Choice)
    holds = models.TextField(_("what holds"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_for = for_name_field()
    revision = models.PositiveIntegerField(default=1)

    objects = AuditedQuerySet.as_manager()
    history = audited(excluded=("revision", "key"))

    class Meta:
        verbose_name = _("decision on a contradiction")
        ordering = ["-decided_at"]
        constraints = [
            models.UniqueConstraint(fields=["period", "key"], name="contradiction_decided_once"),
            models.CheckConstraint(condition=~Q(choice="keep") | ~Q(reason=""), name="kept_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"

    @property
    def badge(self) -> Badge:
        if self.choice == self.Choice.CORRECT:
            return Badge(_("To be corrected"), "warn", "pen-line")
        return Badge(_("Stays as it is"), "ok", "circle-check")
