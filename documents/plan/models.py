"""The plan's data: vision, goals, objectives with their cards, indicators, costs and risks.

Codes are positional (A1, H1.1, PG1.1.1, F1.1.1) and derive from stored numbers. What only a
rule of the guide demands is a finding of documents/plan/rules, never a constraint here.
"""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.history import AuditedQuerySet, audited
from documents.plan.querysets import GoalQuerySet, ObjectiveQuerySet
from institution.models import PlanPeriod, Unit

# More digits than these, and SQLite and JSON numbers would round.
FIGURE_DIGITS = 15


class Outlook(models.Model):
    """Mission and vision of a plan period."""

    period = models.OneToOneField(PlanPeriod, models.PROTECT, related_name="outlook")
    mission = models.TextField(_("mission"), blank=True)
    vision = models.TextField(_("vision"), blank=True)
    is_sample = models.BooleanField(_("sample"), default=False)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("mission and vision")

    def __str__(self) -> str:
        return f"{self.period}"


class CoreValue(models.Model):
    """A core value (temel değer)."""

    period = models.ForeignKey(PlanPeriod, models.PROTECT, related_name="core_values")
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("value"), max_length=100)
    text = models.TextField(_("explanation"), blank=True)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("core value")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Goal(models.Model):
    """A goal (amaç)."""

    period = models.ForeignKey(
        PlanPeriod, models.PROTECT, related_name="goals", verbose_name=_("plan period")
    )
    number = models.PositiveSmallIntegerField(_("code number"))
    title = models.CharField(_("goal"), max_length=300)
    is_sample = models.BooleanField(_("sample"), default=False)

    objects = GoalQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("goal")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="goal_number_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("plan:goal", args=[self.pk])

    @property
    def code(self) -> str:
        return f"A{self.number}"


class Objective(models.Model):
    """An objective (hedef) and what its card says of it."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="objectives", verbose_name=_("goal"))
    number = models.PositiveSmallIntegerField(_("code number"))
    title = models.CharField(_("topic"), max_length=300)
    sentence = models.TextField(_("objective"), blank=True)
    responsible = models.ForeignKey(
        Unit, models.PROTECT, related_name="objectives", verbose_name=_("responsible unit")
    )
    all_units_cooperate = models.BooleanField(_("all units cooperate"), default=False)
    cost_estimate = models.DecimalField(
        _("cost estimate, TL over the period"),
        max_digits=FIGURE_DIGITS,
        decimal_places=2,
        null=True,
        blank=True,
    )
    origin = models.TextField(_("origin"), blank=True)

    objects = ObjectiveQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("objective")
        ordering = ["goal__number", "number"]
        constraints = [models.UniqueConstraint(fields=["goal", "number"], name="objective_number_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("plan:card", args=[self.pk])

    @property
    def code(self) -> str:
        return f"H{self.goal.number}.{self.number}"


class Cooperation(models.Model):
    """A unit that cooperates in an objective."""

    objective = models.ForeignKey(
        Objective, models.CASCADE, related_name="cooperations", verbose_name=_("objective")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cooperations", verbose_name=_("unit"))

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("cooperating unit")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["objective", "unit"], name="cooperates_once")]

    def __str__(self) -> str:
        return str(self.unit)


class Frequency(models.TextChoices):
    MONTHLY = "monthly", _("monthly")
    QUARTERLY = "quarterly", _("every 3 months")
    HALF_YEARLY = "half_yearly", _("every 6 months")
    YEARLY = "yearly", _("yearly")


class Indicator(models.Model):
    """A performance indicator (performans göstergesi) with its weight in the objective, in percent."""

    objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="indicators", verbose_name=_("objective")
    )
    number = models.PositiveSmallIntegerField(_("code number"))
    name = models.CharField(_("indicator"), max_length=300)
    measure = models.CharField(_("unit of measure"), max_length=60, blank=True)
    weight = models.DecimalField(
        _("weight in the objective (%)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    baseline = models.DecimalField(
        _("baseline"), max_digits=FIGURE_DIGITS, decimal_places=2, null=True, blank=True
    )
    monitoring = models.CharField(_("monitoring"), max_length=12, choices=Frequency, blank=True)
    reporting = models.CharField(_("reporting"), max_length=12, choices=Frequency, blank=True)
    is_sample = models.BooleanField(_("sample"), default=False)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("indicator")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["objective", "number"], name="indicator_number_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def code(self) -> str:
        return f"PG{self.objective.goal.number}.{self.objective.number}.{self.number}"


class Target(models.Model):
    """The value that an indicator is to reach in a year."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="targets", verbose_name=_("indicator")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("target"), max_digits=FIGURE_DIGITS, decimal_places=2)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("target")
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["indicator", "year"], name="target_once_a_year")]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.year}"


class PlanActivity(models.Model):
    """An activity or project (faaliyet, proje) of an objective."""

    class Kind(models.TextChoices):
        ACTIVITY = "activity", _("activity")
        PROJECT = "project", _("project")

    objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="activities", verbose_name=_("objective")
    )
    number = models.PositiveSmallIntegerField(_("code number"))
    name = models.CharField(_("activity or project"), max_length=300)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.ACTIVITY)
    is_sample = models.BooleanField(_("sample"), default=False)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("activity or project")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["objective", "number"], name="activity_number_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def code(self) -> str:
        return f"F{self.objective.goal.number}.{self.objective.number}.{self.number}"


class Risk(models.Model):
    """A risk of an objective and the control activity against it."""

    objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="risks", verbose_name=_("objective")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("risk"))
    control = models.TextField(_("control activity"), blank=True)
    is_sample = models.BooleanField(_("sample"), default=False)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("risk")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class YearlyCost(models.Model):
    """Cost of an objective in one year, TL."""

    objective = models.ForeignKey(
        Objective, models.CASCADE, related_name="yearly_costs", verbose_name=_("objective")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    amount = models.DecimalField(_("amount, TL"), max_digits=FIGURE_DIGITS, decimal_places=2)
    is_sample = models.BooleanField(_("sample"), default=False)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("yearly cost")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["objective", "year"], name="cost_once_a_year"),
            models.CheckConstraint(condition=models.Q(amount__gte=Decimal(0)), name="cost_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.objective.code} {self.year}"


class CardNote(models.Model):
    """A finding (tespit) or a need (ihtiyaç) on a card."""

    class Kind(models.TextChoices):
        FINDING = "finding", _("finding of the analysis")
        NEED = "need", _("need")

    objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="notes", verbose_name=_("objective")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("text"))
    is_sample = models.BooleanField(_("sample"), default=False)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("finding of the analysis or need")
        ordering = ["kind", "order", "pk"]

    def __str__(self) -> str:
        return self.text
