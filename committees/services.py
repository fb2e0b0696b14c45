"""Writes on those who decide: elected terms of the council, seats in it and in Upper Management."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from committees.models import Seat, Term
from common.decisions import Invalid
from common.history import service
from institution.holdings import alone, begin
from institution.holdings import delegate as delegate
from institution.holdings import end as end
from institution.holdings import end_delegation as end_delegation
from institution.models import Body, User
from institution.roles import Role


@service
def open_term(
    *, body: Body, starts_on: dt.date, full_membership: int, by: Any, ends_on: dt.date | None = None
) -> Term:
    """An elected term; `full_membership` counts the mayor (üye tam sayısı). Raises Invalid if two overlap."""
    alone([body.pk])
    if ends_on and ends_on < starts_on:
        raise Invalid(_("The last day cannot be before the first."), field="ends_on")
    during = Term.objects.during(starts_on, ends_on).filter(body=body)
    if same := during.filter(starts_on=starts_on, ends_on=ends_on, full_membership=full_membership).first():
        return same
    if during.exists():
        raise Invalid(_("Another term runs in this time; end it first."), field="starts_on")
    return Term.objects.create(
        body=body, starts_on=starts_on, ends_on=ends_on, full_membership=full_membership
    )


@service
def change_term(
    *, term: Term, by: Any, full_membership: int, ends_on: dt.date | None, reason: str = ""
) -> Term:
    """Correct the full membership or the last day of a term; what stays the same leaves no trace."""
    alone([term.body_id])
    term.refresh_from_db()
    if ends_on and ends_on < term.starts_on:
        raise Invalid(_("The last day cannot be before the first."), field="ends_on")
    if Term.objects.during(term.starts_on, ends_on).filter(body=term.body).exclude(pk=term.pk).exists():
        raise Invalid(_("Another term runs in this time; end it first."), field="ends_on")
    if (term.full_membership, term.ends_on) != (full_membership, ends_on):
        term.full_membership, term.ends_on = full_membership, ends_on
        term.save()
    return term


@service
def appoint(
    *,
    body: Body,
    person: User,
    starts_on: dt.date,
    by: Any,
    role: str = Role.MEMBER,
    ends_on: dt.date | None = None,
    reason: str = "",
) -> Seat:
    """Seat a person, in the term that runs on the first day, with the rights of the role."""
    term = Term.objects.during(starts_on, starts_on).filter(body=body).first()
    seat = Seat(body=body, person=person, role=role, starts_on=starts_on, ends_on=ends_on, term=term)
    return begin(seat, by=by)
