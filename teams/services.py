"""Writes on those who write, and the two acts that touch seats and memberships alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from committees import services as committees
from common.decisions import Invalid
from common.history import service
from institution import holdings
from institution import services as institution
from institution.holdings import delegate as delegate
from institution.holdings import end as end
from institution.holdings import end_delegation as end_delegation
from institution.models import Body, Holding, Unit, User
from institution.roles import DECIDING, Role
from teams.models import Membership
from teams.querysets import delegated_to, held_by, holdings_of, lasting

ONE_DAY = dt.timedelta(days=1)


@service
def appoint(
    *,
    body: Body,
    person: User,
    starts_on: dt.date,
    by: Any,
    role: str = Role.MEMBER,
    ends_on: dt.date | None = None,
    represents: Unit | None = None,
    reason: str = "",
) -> Membership:
    """A membership with the rights of the role; in the planning team it represents a spending unit."""
    return holdings.begin(
        Membership(
            body=body, person=person, role=role, starts_on=starts_on, ends_on=ends_on, represents=represents
        ),
        by=by,
    )


@service
def hand_over(
    *,
    person: User,
    successors: Mapping[str, User | None],
    last_day: dt.date,
    by: Any,
    close_account: bool = False,
    reason: str = "",
) -> list[Holding]:
    """End everything that the person holds on `last_day`; name who follows on the day after.

    `successors` names for each holding (by its key) the person who follows, or None where the
    place stays empty; it must name them all, so that nothing is left behind unseen. Where a
    successor already sits in the body, that holding ends as the new one begins. Delegations to
    the person end too. Gives the new holdings; raises Invalid, and changes nothing, where one fails.
    """
    holdings.alone(holding.body_id for holding in [*held_by(person), *delegated_to(person)])
    leaving = lasting(held_by(person), last_day + ONE_DAY)
    if missing := [holding for holding in leaving if holding.key not in successors]:
        raise Invalid(
            _("Say who takes over each seat. Missing: %(bodies)s.")
            % {"bodies": ", ".join(str(holding.body) for holding in missing)}
        )
    for holding in delegated_to(person):
        end_delegation(holding=holding, on=last_day, by=by)
    begun = [_succeed(holding, successors[holding.key], last_day, by) for holding in leaving]
    if close_account:
        institution.close_account(person=person, by=by, reason=reason)
    return [holding for holding in begun if holding]


def _succeed(holding: Holding, successor: User | None, last_day: dt.date, by: Any) -> Holding | None:
    """End one holding and begin its successor's, with the same role, unit and last day."""
    body, until = holding.body, holding.ends_on
    last = max(last_day, holding.starts_on)
    end(holding=holding, on=last, by=by)
    if successor is None:
        return None
    first = last + ONE_DAY
    for own in holdings_of(body).filter(person=successor).during(first, None):
        end(holding=own, on=max(last, own.starts_on), by=by)
    same: dict[str, Any] = {"person": successor, "role": holding.role, "starts_on": first, "ends_on": until}
    if body.kind.code in DECIDING:
        return committees.appoint(body=body, by=by, **same)
    return appoint(body=body, by=by, represents=getattr(holding, "represents", None), **same)


@service
def dissolve(*, body: Body, on: dt.date, by: Any, reason: str = "") -> Body:
    """The body stands through the day before `on`; all its seats or memberships end with it."""
    holdings.alone([body.pk])
    body.refresh_from_db()
    if body.dissolved_on == on:
        return body
    if body.dissolved_on:
        raise Invalid(_("The body has been dissolved."), field="on")
    for holding in lasting(holdings_of(body), on):
        end(holding=holding, on=max(on - ONE_DAY, holding.starts_on), by=by)
    return institution.change_body(body=body, dissolved_on=on, by=by, reason=reason)
