"""Who may read and who may change the work calendar, and when."""

from django.utils.translation import gettext_lazy as _

from common import grants
from common.decisions import Allowed, Decision, Denied, first_denial
from institution.workflow import PeriodState


def can_read(user) -> Decision:
    """Everybody who holds a seat anywhere."""
    if grants.held(user):
        return Allowed()
    return Denied(
        _("The work calendar is open to those who hold a seat. Ask the Strategy Development Directorate.")
    )


def can_edit(user, period) -> Decision:
    return first_denial(is_directorate(user), open_for_changes(period))


def is_directorate(user) -> Decision:
    return grants.decide(
        user, "manage_process", _("Only the Strategy Development Directorate changes the work calendar.")
    )


def open_for_changes(period) -> Decision:
    """A closed period's calendar stays as it was; after adoption the tasks go on."""
    if period is None:
        return Denied(_("No plan period has been opened yet."))
    if period.state == PeriodState.CLOSED:
        return Denied(
            _("The plan period %(period)s is closed; its calendar stays as it is.") % {"period": period.label}
        )
    return Allowed()
