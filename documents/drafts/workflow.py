"""States of a draft version, from frozen text to the council's decision."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.workflow import Workflow


class DraftState(TextChoices):
    FROZEN = "frozen", _("Frozen")
    ENDORSED = "endorsed", _("Endorsed by the Planning Team")
    APPROVED = "approved", _("Approved by Upper Management")
    AT_COUNCIL = "at_council", _("Before the council")
    ADOPTED = "adopted", _("Adopted")
    RETURNED = "returned", _("Returned with objections")
    REJECTED = "rejected", _("Rejected")
    SUPERSEDED = "superseded", _("Replaced by a newer draft")


S = DraftState

DRAFT = Workflow(
    name="draft",
    title=_("Draft of the plan"),
    next={
        S.FROZEN: (S.ENDORSED, S.SUPERSEDED),
        S.ENDORSED: (S.APPROVED, S.SUPERSEDED),
        S.APPROVED: (S.AT_COUNCIL, S.SUPERSEDED),
        S.AT_COUNCIL: (S.ADOPTED, S.RETURNED, S.REJECTED),
        S.RETURNED: (),
        S.REJECTED: (),
        S.ADOPTED: (),
        S.SUPERSEDED: (),
    },
    label=dict(S.choices),
    tone={
        S.FROZEN: "seal",
        S.ENDORSED: "info",
        S.APPROVED: "info",
        S.AT_COUNCIL: "warn",
        S.ADOPTED: "ok",
        S.RETURNED: "stop",
        S.REJECTED: "stop",
        S.SUPERSEDED: "idle",
    },
    icon={
        S.FROZEN: "lock",
        S.ENDORSED: "stamp",
        S.APPROVED: "stamp",
        S.AT_COUNCIL: "landmark",
        S.ADOPTED: "circle-check",
        S.RETURNED: "corner-up-left",
        S.REJECTED: "circle-x",
        S.SUPERSEDED: "file-stack",
    },
    owner={
        S.FROZEN: _("Planning Team"),
        S.ENDORSED: _("Upper Management"),
        S.APPROVED: _("Directorate"),
        S.AT_COUNCIL: _("Upper Council"),
        S.ADOPTED: _("nobody"),
        S.RETURNED: _("Directorate"),
        S.REJECTED: _("Directorate"),
        S.SUPERSEDED: _("nobody"),
    },
    audit={
        S.FROZEN: _("draft frozen"),
        S.ENDORSED: _("draft endorsed"),
        S.APPROVED: _("draft approved"),
        S.AT_COUNCIL: _("draft put on the council’s agenda"),
        S.ADOPTED: _("plan adopted"),
        S.RETURNED: _("draft returned with objections"),
        S.REJECTED: _("draft rejected"),
        S.SUPERSEDED: _("draft replaced"),
    },
)
