"""Writes that are the same for every seat and membership: beginning, end, delegation.

A holding and the grants that follow from it change together. committees and teams each add
the appointment of their own kind of holding, which calls `begin`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from common import grants
from common.decisions import Invalid
from common.history import service
from common.turkish import date_short
from institution.models import Body, Holding, User
from institution.roles import Kind, Role, rights

ONE_AT_A_TIME = {Role.CHAIR, Role.CLERK}
H = TypeVar("H", bound=Holding)


def begin(holding: H) -> H:
    """Save a new holding and its grants; the same appointment made twice gives the first one back.

    Called inside the service that appoints. Raises Invalid for a closed account, a role that the
    body does not have, a second holding of the person in the body, a second chair or clerk.
    """
    # On PostgreSQL two appointments to one body wait for each other here.
    Body.objects.select_for_update().get(pk=holding.body_id)
    same = _others(holding).filter(
        person=holding.person, role=holding.role, starts_on=holding.starts_on, ends_on=holding.ends_on
    )
    if first := same.first():
        return first
    if not holding.person.is_active:
        raise Invalid(_("This person’s account is closed."), field="person")
    if not rights(holding.body.kind.code, holding.role):
        raise Invalid(_("This body has no such role."), field="role")
    _check_span(holding)
    holding.save()
    _follow(holding)
    return holding


@service
def end(*, holding: H, on: dt.date, by: Any, reason: str = "") -> H:
    """Make `on` the last day; a delegation ends with it. Ending twice on one day is one end."""
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
def delegate(*, holding: H, to: User, first: dt.date, last: dt.date, by: Any, reason: str = "") -> H:
    """Let `to` act by this holding from the first to the last day, with the same rights."""
    if holding.body.kind.code == Kind.COUNCIL and holding.role == Role.MEMBER:
        raise Invalid(_("An elected member’s seat cannot be delegated."))
    if to == holding.person:
        raise Invalid(_("The delegate must be somebody else."), field="to")
    if not to.is_active:
        raise Invalid(_("This person’s account is closed."), field="to")
    if last < first:
        raise Invalid(_("The last day cannot be before the first."), field="last")
    if not (holding.holds_on(first) and holding.holds_on(last)):
        raise Invalid(_("The delegation must lie within the seat’s own dates."), field="first")
    holding.delegate, holding.delegate_from, holding.delegate_until = to, first, last
    holding.save()
    _follow(holding)
    return holding


@service
def end_delegation(*, holding: H, on: dt.date, by: Any, reason: str = "") -> H:
    """Make `on` the delegate's last day; a delegation that has not begun is taken back."""
    if holding.delegate_id:
        _cut_delegation(holding, on)
        holding.save()
        _follow(holding)
    return holding


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


def _cut_delegation(holding: Holding, last: dt.date) -> None:
    first, until = holding.delegate_from, holding.delegate_until
    if first is None or until is None or until <= last:
        return
    if first <= last:
        holding.delegate_until = last
    else:
        holding.delegate = holding.delegate_from = holding.delegate_until = None


def _follow(holding: Holding) -> None:
    """Grants for the holder while the holding lasts, for the delegate while the delegation does."""
    spans: list[tuple[User, dt.date, dt.date | None]] = [(holding.person, holding.starts_on, holding.ends_on)]
    if holding.delegate and holding.delegate_from:
        spans.append((holding.delegate, holding.delegate_from, holding.delegate_until))
    grants.follow(
        holding=holding.key,
        body=holding.body,
        spans=spans,
        perms=rights(holding.body.kind.code, holding.role),
    )
