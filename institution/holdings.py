"""Writes that are the same for every seat and membership: beginning, end, delegation.

A holding and the grants that follow from it change together. committees and teams each add
the appointment of their own kind of holding, which calls `begin`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import grants
from common.decisions import Invalid
from common.history import service
from common.turkish import date_short
from institution.models import Body, Holding, User
from institution.roles import IN_PERSON, Kind, Role, rights

TAKEN_BACK = gettext_lazy("This seat has been taken back.")
ONE_AT_A_TIME = {Role.CHAIR, Role.CLERK}
H = TypeVar("H", bound=Holding)


def begin(holding: H, *, by: Any) -> H:
    """Save a new holding and its grants; the same appointment made twice gives the first one back.

    Called inside the service that appoints. Raises Invalid for who would seat themselves, a closed account,
    a role that the body does not have, a second holding of the person in the body, a second chair or clerk.
    """
    if holding.person == by:
        raise Invalid(_("Somebody else must appoint you."), field="person")
    alone([holding.body_id])
    same = _others(holding).filter(
        person=holding.person, role=holding.role, starts_on=holding.starts_on, ends_on=holding.ends_on
    )
    if first := same.first():
        return first
    if not holding.person.is_active:
        raise Invalid(_("This person’s account is closed."), field="person")
    if not rights(holding.body.kind.code, holding.role):
        raise Invalid(_("This body has no such role."), field="role")
    formed = holding.body.approval_on
    if formed and holding.starts_on < formed:
        raise Invalid(
            _("The body was formed on %(day)s; a seat in it cannot begin before.")
            % {"day": date_short(formed)},
            field="starts_on",
        )
    _check_span(holding)
    holding.save()
    _follow(holding)
    return holding


@service
def end(*, holding: H, on: dt.date, by: Any, reason: str = "") -> H:
    """Make `on` the last day; a delegation ends with it. Ending twice on one day is one end."""
    _as_it_stands(holding)
    if on < holding.starts_on:
        raise Invalid(
            _("The last day cannot be before the first (%(day)s).") % {"day": date_short(holding.starts_on)},
            field="on",
        )
    if holding.ends_on and on > holding.ends_on:
        raise Invalid(_("It already ends on %(day)s.") % {"day": date_short(holding.ends_on)}, field="on")
    if holding.ends_on != on:
        holding.ends_on = on
        _cut_delegation(holding, on)
        holding.save()
        _follow(holding)
    return holding


@service
def take_back(*, holding: Holding, today: dt.date, by: Any, reason: str = "") -> None:
    """Undo a holding that began today or is yet to begin: it was never there, its rights are gone with
    the next request, and the history keeps both acts. Raises Invalid for one that began before."""
    _as_it_stands(holding)
    if holding.starts_on < today:
        raise Invalid(
            _("It began on %(day)s and can only be ended.") % {"day": date_short(holding.starts_on)}
        )
    grants.follow(holding=holding.key, body=holding.body, spans=[])
    holding.delete()


@service
def delegate(*, holding: H, to: User, first: dt.date, last: dt.date, by: Any, reason: str = "") -> H:
    """Let `to` act by this holding from the first to the last day, with its rights but the vote.

    The same delegation named twice is one.
    """
    _as_it_stands(holding)
    of_council = holding.body.kind.code == Kind.COUNCIL
    if of_council and holding.role == Role.MEMBER:
        raise Invalid(_("An elected member’s seat cannot be delegated."))
    if (holding.delegate, holding.delegate_from, holding.delegate_until) == (to, first, last):
        return holding
    if to == by:
        raise Invalid(_("Somebody else must name you as a delegate."), field="to")
    if to == holding.person:
        raise Invalid(_("The delegate must be somebody else."), field="to")
    if not to.is_active:
        raise Invalid(_("This person’s account is closed."), field="to")
    if last < first:
        raise Invalid(_("The last day cannot be before the first."), field="last")
    if not (holding.holds_on(first) and holding.holds_on(last)):
        raise Invalid(_("The delegation must lie within the seat’s own dates."), field="first")
    if of_council and holding.role == Role.CHAIR and not _member_throughout(holding, to, first, last):
        raise Invalid(_("Only a member of the council can stand in for its chair."), field="to")
    holding.delegate, holding.delegate_from, holding.delegate_until = to, first, last
    holding.save()
    _follow(holding)
    return holding


@service
def end_delegation(*, holding: H, on: dt.date, by: Any, reason: str = "") -> H:
    """Make `on` the delegate's last day; a delegation that has not begun is taken back."""
    _as_it_stands(holding)
    if _cut_delegation(holding, on):
        holding.save()
        _follow(holding)
    return holding


def alone(bodies: Iterable[int]) -> None:
    """On PostgreSQL writes on the seats of one body wait for each other here, always in one order."""
    list(Body.objects.select_for_update(no_key=True).filter(pk__in=bodies).order_by("pk"))


def _as_it_stands(holding: Holding) -> None:
    """Read the holding again once nobody else writes on the body's seats; raises Invalid if it was taken back."""
    alone([holding.body_id])
    everything = type(holding)._default_manager.select_related("person", "delegate", "body__kind")
    try:
        holding.refresh_from_db(from_queryset=everything)
    except holding.DoesNotExist:
        raise Invalid(TAKEN_BACK) from None


def _member_throughout(holding: Holding, person: User, first: dt.date, last: dt.date) -> bool:
    return any(
        own.holds_on(first) and own.holds_on(last)
        for own in _others(holding).filter(person=person, role=Role.MEMBER)
    )


def _others(holding: Holding):
    return type(holding)._default_manager.filter(body=holding.body).exclude(pk=holding.pk)


def _check_span(holding: Holding) -> None:
    if holding.ends_on and holding.ends_on < holding.starts_on:
        raise Invalid(_("The last day cannot be before the first."), field="ends_on")
    beside = _others(holding).during(holding.starts_on, holding.ends_on)
    if already := beside.filter(person=holding.person).first():
        raise Invalid(
            _("%(person)s already sits here as “%(role)s” in this time.")
            % {"person": holding.person, "role": already.get_role_display()},
            field="person",
        )
    if holding.role in ONE_AT_A_TIME and (sole := beside.filter(role=holding.role).first()):
        raise Invalid(
            _("%(person)s is “%(role)s” in this time; end that seat first.")
            % {"person": sole.person, "role": sole.get_role_display()},
            field="role",
        )


def _cut_delegation(holding: Holding, last: dt.date) -> bool:
    """Whether there was anything to cut."""
    first, until = holding.delegate_from, holding.delegate_until
    if first is None or until is None or until <= last:
        return False
    if first <= last:
        holding.delegate_until = last
    else:
        holding.delegate = holding.delegate_from = holding.delegate_until = None
    return True


def _follow(holding: Holding) -> None:
    """Grants for the holder while the holding lasts, for the delegate while the delegation does."""
    perms = rights(holding.body.kind.code, holding.role)
    spans = [grants.Span(holding.person, holding.starts_on, holding.ends_on, perms)]
    if holding.delegate and holding.delegate_from:
        lent = perms - IN_PERSON
        spans.append(
            grants.Span(holding.delegate, holding.delegate_from, holding.delegate_until, lent, holding.person)
        )
    grants.follow(holding=holding.key, body=holding.body, spans=spans)
