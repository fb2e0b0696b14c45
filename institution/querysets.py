"""Reads of people, periods, bodies, holdings and legal rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager
from django.db.models import Q

from common import grants
from common.history import AuditedQuerySet
from common.turkish import ascii_fold
from institution.workflow import PeriodState

if TYPE_CHECKING:
    from institution.models import LegalRule, PlanPeriod


class UserQuerySet(AuditedQuerySet):
    def active(self):
        return self.filter(is_active=True)

    def matching(self, words: str):
        """People whose name or e-mail holds the words, however İ, ı and other letters are typed."""
        sought = ascii_fold(words).split()
        found = [
            pk
            for pk, *texts in self.values_list("pk", "full_name", "email", "title")
            if all(word in ascii_fold(" ".join(texts)) for word in sought)
        ]
        return self.filter(pk__in=found)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # built at run time
    def create_user(self, *, email: str, full_name: str, password: str | None = None, **fields: Any):
        user = self.model(email=self.normalize_email(email), full_name=full_name, **fields)
        user.set_password(password)
        user.save()
        return user


def current_of(periods: Iterable[PlanPeriod]) -> PlanPeriod | None:
    """Of periods, the newest first, the one that pages show unless another is chosen."""
    known = list(periods)
    preparing = [period for period in known if period.state == PeriodState.PREPARING]
    return next(iter(preparing or known), None)


class PeriodQuerySet(AuditedQuerySet):
    def current(self):
        """The period being prepared; if there is none, the newest; None on an empty database."""
        return current_of(self)

    def by_code(self, code: str):
        """The period written 2020-2024; raises DoesNotExist, ValueError for another form."""
        first, last = code.replace("–", "-").split("-")
        return self.get(first_year=int(first), last_year=int(last))


class BodyQuerySet(AuditedQuerySet):
    def of(self, period):
        """Bodies of a plan period: the standing ones and its own."""
        return self.filter(Q(period=period) | Q(period=None))

    def kind(self, *kinds: str):
        return self.filter(kind__code__in=kinds)

    def standing_on(self, day: dt.date):
        return self.filter(Q(dissolved_on=None) | Q(dissolved_on__gt=day))

    def where(self, user, *perms: str):
        """Bodies on which the person holds one of the permissions."""
        return self.filter(pk__in=grants.bodies(user, *perms))


class HoldingQuerySet(AuditedQuerySet):
    def on(self, day: dt.date):
        """Who sat there on that day."""
        return self.during(day, day)

    def during(self, first: dt.date, last: dt.date | None):
        """Who sat there on any day of the span; a span without a last day is open."""
        begun = self if last is None else self.filter(starts_on__lte=last)
        return begun.filter(Q(ends_on=None) | Q(ends_on__gte=first))


class LegalRuleQuerySet(AuditedQuerySet):
    def on(self, key: str, day: dt.date) -> LegalRule:
        """The rule in force on that day; raises DoesNotExist where none is recorded."""
        begun = self.filter(key=key, valid_from__lte=day)
        rule: Any = begun.filter(Q(valid_to=None) | Q(valid_to__gte=day)).latest("valid_from")
        return rule
