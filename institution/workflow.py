"""States of a plan period."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.workflow import Workflow


class PeriodState(TextChoices):
    PREPARING = "preparing", _("In preparation")
    ADOPTED = "adopted", _("Adopted")
    IN_FORCE = "in_force", _("In force")
    CLOSED = "closed", _("Closed")


S = PeriodState

PERIOD = Workflow(
    name="period",
    title=_("Plan period"),
    next={S.PREPARING: (S.ADOPTED,), S.ADOPTED: (S.IN_FORCE,), S.IN_FORCE: (S.CLOSED,), S.CLOSED: ()},
    label=dict(S.choices),
    tone={S.PREPARING: "info", S.ADOPTED: "ok", S.IN_FORCE: "ok", S.CLOSED: "idle"},
    icon={S.PREPARING: "pen-line", S.ADOPTED: "circle-check", S.IN_FORCE: "play", S.CLOSED: "lock"},
    owner={
        S.PREPARING: _("Directorate"),
        S.ADOPTED: _("Directorate"),
        S.IN_FORCE: _("Directorate"),
        S.CLOSED: _("nobody"),
    },
    audit={
        S.PREPARING: _("period opened"),
        S.ADOPTED: _("plan adopted"),
        S.IN_FORCE: _("plan in force"),
        S.CLOSED: _("period closed"),
    },
)
