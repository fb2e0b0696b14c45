"""Reads that join seats and memberships: who sits in a body, what a person holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from committees.models import Seat
from common.turkish import sort_key
from institution.models import Body, Holding, User
from institution.roles import DECIDING, Role
from teams.models import Membership

ORDER = {role: place for place, role in enumerate([Role.CHAIR, Role.RAPPORTEUR, Role.CLERK, Role.MEMBER])}


def holdings_of(body: Body):
    """All seats or memberships that the body ever had."""
    return (Seat if body.kind.code in DECIDING else Membership).objects.filter(body=body)


def _seats(*either, **conditions):
    return Seat.objects.filter(*either, **conditions).select_related("person__unit", "delegate", "body__kind")


def _memberships(*either, **conditions):
    return Membership.objects.filter(*either, **conditions).select_related(
        "person__unit", "delegate", "represents", "body__kind"
    )


def sitting(bodies: Iterable[Body], day: dt.date) -> dict[int, list[Holding]]:
    """Who sits in each of the bodies on the day: chair first, then by name. Two queries."""
    ids = [body.pk for body in bodies]
    found: dict[int, list[Holding]] = {pk: [] for pk in ids}
    for holding in [*_seats(body__in=ids).on(day), *_memberships(body__in=ids).on(day)]:
        found[holding.body_id].append(holding)
    for holdings in found.values():
        holdings.sort(key=_place)
    return found


def serving(bodies: Iterable[Body], day: dt.date) -> dict[int, list[Holding]]:
    """The same as far as rules of composition ask: by ids alone, without those who left. Two queries."""
    found: dict[int, list[Holding]] = {body.pk: [] for body in bodies}
    for model, more in ((Seat, ()), (Membership, ("represents",))):
        held = model.objects.filter(body__in=found, person__is_active=True).on(day)
        for holding in held.order_by().only("body", "person", "role", *more):
            found[holding.body_id].append(holding)
    return found


def _place(holding: Holding):
    return ORDER[Role(holding.role)], sort_key(holding.person.full_name)


def held_by(person: User) -> list[Holding]:
    """All that the person holds or ever held, the newest first. Two queries."""
    held = [*_seats(person=person), *_memberships(person=person)]
    return sorted(held, key=lambda holding: holding.starts_on, reverse=True)


def delegated_to(person: User) -> list[Holding]:
    """Where the person stands or stood in for somebody else, the newest first. Two queries."""
    held = [*_seats(delegate=person), *_memberships(delegate=person)]
    return sorted(held, key=lambda holding: holding.delegate_from, reverse=True)


def acting(person: User) -> list[Holding]:
    """Both of them together, the newest first. Two queries."""
    theirs = Q(person=person) | Q(delegate=person)
    return sorted(
        [*_seats(theirs), *_memberships(theirs)], key=lambda holding: holding.starts_on, reverse=True
    )


def lasting(holdings: Iterable[Holding], day: dt.date) -> list[Holding]:
    """Those that have not ended by the day."""
    return [h for h in holdings if h.ends_on is None or h.ends_on >= day]
