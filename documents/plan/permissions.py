"""Who may change the plan, and when. Reading it is open to everybody who holds a seat."""

from django.utils.translation import gettext_lazy as _

from common.decisions import Allowed, Decision, Denied, first_denial
from institution.models import Body


def can_edit(user, period) -> Decision:
    """The Directorate and the Planning Team of the period, while the period is being prepared."""
    return first_denial(is_open(period), has_part(user, period))


def is_open(period) -> Decision:
    if period.is_open:
        return Allowed()
    return Denied(
        _("The plan period %(period)s is “%(state)s”; its data can no longer be changed.")
        % {"period": period.label, "state": period.badge.label}
    )


def has_part(user, period) -> Decision:
    if Body.objects.of(period).where(user, "edit_plan").exists():
        return Allowed()
    return Denied(_("Plan data are edited by the Planning Team and the Directorate."))
