"""Who may form bodies and seat people in them."""

from django.utils.translation import gettext_lazy as _

from common.decisions import Decision, Denied
from institution.models import Body, PlanPeriod, User
from institution.permissions import runs_process
from institution.workflow import PeriodState


def can_manage_bodies(user: User, period: PlanPeriod | None) -> Decision:
    """Bodies of a plan period, or, with None, the standing ones."""
    if period and period.state == PeriodState.CLOSED:
        return Denied(_("The plan period is closed; its bodies stay as they were."))
    return runs_process(user)


def can_form_bodies(user: User, period: PlanPeriod | None) -> Decision:
    """A planning team or a sub-group of a period."""
    if period is None:
        return Denied(_("No plan period is open yet."))
    return can_manage_bodies(user, period)


def can_manage_body(user: User, body: Body) -> Decision:
    if body.dissolved_on:
        return Denied(_("The body has been dissolved."))
    return can_manage_bodies(user, body.period)


def can_dissolve(user: User, body: Body) -> Decision:
    if body.period is None:
        return Denied(_("This body exists in every plan period; it cannot be dissolved."))
    return can_manage_body(user, body)


def can_appoint(user: User, person: User) -> Decision:
    """Whether the way from the person to a seat is open; whether a body takes them, its own page says."""
    if user == person:
        return Denied(_("Somebody else must appoint you."))
    if not person.is_active:
        return Denied(_("This person’s account is closed."))
    return runs_process(user)


def can_hand_over(user: User, person: User) -> Decision:
    if user == person:
        return Denied(_("Somebody else must hand over your seats."))
    return runs_process(user)
