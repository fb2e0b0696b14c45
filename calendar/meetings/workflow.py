"""States of a meeting and of a vote in it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.workflow import Workflow


class MeetingState(TextChoices):
    PLANNED = "planned", _("Planned")
    CALLED = "called", _("Called")
    OPEN = "open", _("Sitting open")
    ADJOURNED = "adjourned", _("Adjourned for lack of quorum")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Called off")


M = MeetingState

MEETING = Workflow(
    name="meeting",
    title=_("Meeting"),
    next={
        M.PLANNED: (M.CALLED, M.CANCELLED),
        M.CALLED: (M.OPEN, M.ADJOURNED, M.CANCELLED),
        M.OPEN: (M.ADJOURNED, M.CLOSED),
        M.ADJOURNED: (),
        M.CLOSED: (),
        M.CANCELLED: (),
    },
    label=dict(M.choices),
    tone={
        M.PLANNED: "idle",
        M.CALLED: "info",
        M.OPEN: "ok",
        M.ADJOURNED: "warn",
        M.CLOSED: "idle",
        M.CANCELLED: "idle",
    },
    icon={
        M.PLANNED: "circle-dashed",
        M.CALLED: "send",
        M.OPEN: "play",
        M.ADJOURNED: "calendar-x",
        M.CLOSED: "lock",
        M.CANCELLED: "circle-slash",
    },
    owner={
        M.PLANNED: _("Directorate"),
        M.CALLED: _("Clerk"),
        M.OPEN: _("Clerk"),
        M.ADJOURNED: _("Directorate"),
        M.CLOSED: _("nobody"),
        M.CANCELLED: _("nobody"),
    },
    audit={
        M.PLANNED: _("meeting planned"),
        M.CALLED: _("meeting called"),
        M.OPEN: _("sitting opened"),
        M.ADJOURNED: _("sitting adjourned"),
        M.CLOSED: _("sitting closed"),
        M.CANCELLED: _("meeting called off"),
    },
)


class VoteState(TextChoices):
    OPEN = "open", _("Vote open")
    CARRIED = "carried", _("Carried")
    LOST = "lost", _("Not carried")
    CANCELLED = "cancelled", _("Cancelled")


V = VoteState

VOTE = Workflow(
    name="vote",
    title=_("Vote"),
    next={V.OPEN: (V.CARRIED, V.LOST, V.CANCELLED), V.CARRIED: (), V.LOST: (), V.CANCELLED: ()},
    label=dict(V.choices),
    tone={V.OPEN: "info", V.CARRIED: "ok", V.LOST: "stop", V.CANCELLED: "idle"},
    icon={V.OPEN: "circle-dot", V.CARRIED: "circle-check", V.LOST: "circle-x", V.CANCELLED: "circle-slash"},
    owner={V.OPEN: _("Clerk"), V.CARRIED: _("nobody"), V.LOST: _("nobody"), V.CANCELLED: _("nobody")},
    audit={
        V.OPEN: _("vote opened"),
        V.CARRIED: _("vote closed: carried"),
        V.LOST: _("vote closed: not carried"),
        V.CANCELLED: _("vote cancelled"),
    },
)
