"""Who may change the municipality's own records, and who may see people."""

from django.utils.translation import gettext_lazy as _

from common import grants
from common.decisions import Allowed, Decision, Denied, first_denial
from institution.models import PlanPeriod, User
from institution.workflow import PERIOD, PeriodState


def runs_process(user: User) -> Decision:
    """The Directorate: periods, bodies, units, the municipality's name, the law's figures."""
    return grants.decide(user, "manage_process", _("Only the Strategy Development Directorate can do this."))


def can_manage_institution(user: User) -> Decision:
    return runs_process(user)


def can_open_period(user: User) -> Decision:
    if PlanPeriod.objects.filter(state=PeriodState.PREPARING).exists():
        return Denied(_("A plan period is in preparation; the next one opens when its plan is adopted."))
    return runs_process(user)


def can_change_period(user: User, period: PlanPeriod) -> Decision:
    closed = Denied(_("The plan period is closed; its records stay as they were."))
    return first_denial(runs_process(user), closed if period.state == PeriodState.CLOSED else Allowed())


def can_move_period(user: User, period: PlanPeriod, to: str) -> Decision:
    """Adoption is the council's: it is recorded with the vote, not here."""
    if to == PeriodState.ADOPTED or not PERIOD.allows(period.state, to):
        return Denied(_("The period cannot take this step now."))
    return runs_process(user)


def can_manage_accounts(user: User) -> Decision:
    return grants.decide(
        user,
        "manage_accounts",
        _("Only the Strategy Development Directorate and the system administrator manage accounts."),
    )


def can_see_people(user: User) -> Decision:
    """The list of all people with their addresses."""
    if grants.anywhere(user, "inspect") or can_manage_accounts(user):
        return Allowed()
    return Denied(_("Only those who manage accounts and inspectors see the list of people."))


def can_see_access(user: User) -> Decision:
    """Who may do what, and who holds what: for those who see all people."""
    if can_see_people(user):
        return Allowed()
    return Denied(_("Only those who manage accounts and inspectors see who may do what."))


def can_see_person(user: User, person: User) -> Decision:
    return Allowed() if user == person else can_see_people(user)
