"""That a group was reminded of a late report: a fact of the report's history."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import AuditedQuerySet, audited
from documents.reports.models.writing import Report
from institution.models import User


class Reminder(models.Model):
    """One press of the Directorate for one late report; one a day."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="reminders", verbose_name=_("report"))
    sent_on = models.DateField(_("reminded on"))
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("reminded by"))
    days_late = models.PositiveSmallIntegerField(_("days late"))
    told = models.TextField(_("who was told"), blank=True)
    """their names, as they were then"""

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("reminder")
        ordering = ["-sent_on"]
        constraints = [models.UniqueConstraint(fields=["report", "sent_on"], name="reminded_once_a_day")]

    def __str__(self) -> str:
        return f"{self.report}, {self.sent_on}"
