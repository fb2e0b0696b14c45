"""Those who decide: the terms of the elected council and the seats in it and in Upper Management."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.querysets import TermQuerySet
from common.history import audited
from institution.models import Body, Holding


class Term(models.Model):
    """An elected term of a council, with its full membership (the mayor counts)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="terms", verbose_name=_("body"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    full_membership = models.PositiveSmallIntegerField(_("full membership with the mayor"))

    objects = TermQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name, verbose_name_plural = _("term"), _("terms")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="term_dates_in_order"
            ),
            models.CheckConstraint(condition=Q(full_membership__gt=0), name="term_has_members"),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.starts_on.year}"


class Seat(Holding):
    """A seat in a body that decides."""

    term = models.ForeignKey(
        Term, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name=_("term")
    )

    history = audited()

    class Meta(Holding.Meta):
        verbose_name, verbose_name_plural = _("seat"), _("seats")
