"""Reads of people, periods, bodies, holdings and legal rules."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager
from django.db.models import Q

from common import grants
from common.history import AuditedQuerySet
from institution.roles import Kind, Role
from institution.workflow import PeriodState

if TYPE_CHECKING:
    from institution.models import LegalRule


class UserQuerySet(AuditedQuerySet):
    def active(self):
        return self.filter(is_active=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # built at run time
    def create_user(self, *, email: str, full_name: str, password: str | None = None, **fields: Any):
        user = self.model(email=self.normalize_email(email), full_name=full_name, **fields)
        user.set_password(password)
        user.save()
        return user


class PeriodQuerySet(AuditedQuerySet):
    def current(self):
        """The period being prepared; if there is none, the newest; None on an empty database."""
        return self.filter(state=PeriodState.PREPARING).first() or self.first()

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

    def deciding(self):
        return self.kind(Kind.COUNCIL, Kind.MANAGEMENT)

    def writing(self):
        return self.exclude(kind__code__in=[Kind.COUNCIL, Kind.MANAGEMENT])

    def standing_on(self, day: dt.date):
        return self.filter(Q(dissolved_on=None) | Q(dissolved_on__gt=day))

    def where(self, user, *perms: str):
        """Bodies on which the person holds one of the permissions."""
        return self.filter(pk__in=grants.bodies(user, *perms))


class HoldingQuerySet(AuditedQuerySet):
    def on(self, day: dt.date):
        """Who sat there on that day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def voting(self):
        return self.filter(role__in=[Role.CHAIR, Role.MEMBER])


class LegalRuleQuerySet(AuditedQuerySet):
    def on(self, key: str, day: dt.date) -> LegalRule:
        """The rule in force on that day; raises DoesNotExist where none is recorded."""
        return (
            self.filter(key=key, valid_from__lte=day)
            .filter(Q(valid_to=None) | Q(valid_to__gte=day))
            .latest("valid_from")
        )
