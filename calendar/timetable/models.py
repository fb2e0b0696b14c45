"""The work calendar (çalışma takvimi) of a plan period."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.history import audited
from common.workflow import Badge
from institution.models import Body, PlanPeriod
from timetable.querysets import ActivityQuerySet
from timetable.workflow import ACTIVITY, ActivityState


class Phase(models.TextChoices):
    """The process from circular to monitoring, in order."""

    START = "start", pgettext_lazy("phase", "Start")
    PROGRAMME = "programme", pgettext_lazy("phase", "Preparation programme")
    STATUS = "status", pgettext_lazy("phase", "Status analysis")
    OUTLOOK = "outlook", pgettext_lazy("phase", "Looking ahead")
    STRATEGY = "strategy", pgettext_lazy("phase", "Strategy development")
    DRAFT = "draft", pgettext_lazy("phase", "Draft")
    OPINIONS = "opinions", pgettext_lazy("phase", "Opinions")
    APPROVAL = "approval", pgettext_lazy("phase", "Approval")
    IN_FORCE = "in_force", pgettext_lazy("phase", "In force")
    MONITORING = "monitoring", pgettext_lazy("phase", "Monitoring")


AFTER_ADOPTION = (Phase.IN_FORCE, Phase.MONITORING)


class Activity(models.Model):
    """One task of the calendar: what, when, by which body, and whether the date is law or choice."""

    class Basis(models.TextChoices):
        LAW = "law", _("Law")
        CHOICE = "choice", _("Choice")

    period = models.ForeignKey(
        PlanPeriod, models.PROTECT, related_name="activities", verbose_name=_("plan period")
    )
    phase = models.CharField(_("phase"), max_length=12, choices=Phase)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("Task"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    body = models.ForeignKey(
        Body, models.PROTECT, related_name="activities", verbose_name=_("responsible body")
    )
    basis = models.CharField(_("law or choice"), max_length=6, choices=Basis, default=Basis.CHOICE)
    article = models.CharField(_("article"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ActivityState, default=ActivityState.PLANNED)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    objects = ActivityQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("task of the work calendar")
        ordering = ["starts_on", "order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="activity_dates_in_order"),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | (~Q(state="done") & Q(done_on=None)),
                name="activity_done_has_date",
            ),
            models.CheckConstraint(
                condition=Q(basis="choice") | ~Q(article=""), name="activity_law_has_article"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def badge(self) -> Badge:
        return ACTIVITY.badge(self.state)

    @property
    def is_law(self) -> bool:
        return self.basis == self.Basis.LAW

    @property
    def is_preparation(self) -> bool:
        return self.phase not in AFTER_ADOPTION

    @property
    def is_finished(self) -> bool:
        return self.state in (ActivityState.DONE, ActivityState.CANCELLED)

    def days_late(self, today: dt.date) -> int:
        """Days since the last day of an unfinished task; 0 when it is not late."""
        return 0 if self.is_finished else max(0, (today - self.ends_on).days)
