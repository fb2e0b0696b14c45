"""Who may change the plan, and when. Reading it is open to everybody who holds a seat."""

from django.utils.translation import gettext_lazy as _

from common import grants
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
    """Whether the person edits the plan at whatever time; to others its acts are not offered."""
    return grants.decide(
        user,
        "edit_plan",
        _("Plan data are edited by the Planning Team and the Directorate."),
        among=Body.objects.of(period).where(user, "edit_plan").values_list("pk", flat=True),
    )
