"""States of a report and of its sections."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.workflow import Workflow


class ReportState(TextChoices):
    REQUESTED = "requested", _("Requested")
    WRITING = "writing", _("Being written")
    SUBMITTED = "submitted", _("Awaiting evaluation")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Not taken into the plan")
    CANCELLED = "cancelled", _("Cancelled")


R = ReportState
WITH_GROUP = (R.REQUESTED, R.WRITING, R.RETURNED)
EVALUATED = (R.RETURNED, R.ACCEPTED, R.DECLINED)
FINISHED = (R.ACCEPTED, R.DECLINED)
_GROUP, _TEAM, _NOBODY = _("Sub-working group"), _("Planning Team"), _("nobody")

REPORT = Workflow(
    name="report",
    title=_("Report"),
    next={
        R.REQUESTED: (R.WRITING, R.CANCELLED),
        R.WRITING: (R.SUBMITTED, R.CANCELLED),
        R.SUBMITTED: (R.RETURNED, R.ACCEPTED, R.DECLINED),
        R.RETURNED: (R.SUBMITTED, R.CANCELLED),
        R.ACCEPTED: (),
        R.DECLINED: (),
        R.CANCELLED: (),
    },
    label=dict(R.choices),
    tone={
        R.REQUESTED: "idle",
        R.WRITING: "info",
        R.SUBMITTED: "info",
        R.RETURNED: "stop",
        R.ACCEPTED: "ok",
        R.DECLINED: "warn",
        R.CANCELLED: "idle",
    },
    icon={
        R.REQUESTED: "circle-dashed",
        R.WRITING: "pen-line",
        R.SUBMITTED: "send",
        R.RETURNED: "corner-up-left",
        R.ACCEPTED: "circle-check",
        R.DECLINED: "circle-slash",
        R.CANCELLED: "circle-slash",
    },
    owner={
        R.REQUESTED: _GROUP,
        R.WRITING: _GROUP,
        R.SUBMITTED: _TEAM,
        R.RETURNED: _GROUP,
        R.ACCEPTED: _NOBODY,
        R.DECLINED: _NOBODY,
        R.CANCELLED: _NOBODY,
    },
    audit={
        R.REQUESTED: _("report requested"),
        R.WRITING: _("writing begun"),
        R.SUBMITTED: _("report submitted"),
        R.RETURNED: _("report returned"),
        R.ACCEPTED: _("report accepted"),
        R.DECLINED: _("report not taken"),
        R.CANCELLED: _("request cancelled"),
    },
)


class SectionState(TextChoices):
    EMPTY = "empty", _("Empty")
    WRITING = "writing", _("Being written")
    DONE = "done", _("Done")
    SUBMITTED = "submitted", _("Awaiting decision")
    RETURNED = "returned", _("Returned, awaits an answer")
    ANSWERED = "answered", _("Answered")
    ACCEPTED = "accepted", _("Accepted")
    EDITED = "edited", _("Accepted with an edit")
    DECLINED = "declined", _("Not taken into the plan")
    MERGED = "merged", _("Merged with another section")


S = SectionState

TAKEN = (S.ACCEPTED, S.EDITED)
"""Whose words are a source of the plan."""
CLOSED = (*TAKEN, S.DECLINED, S.MERGED)
"""Decided for good: the group writes it no more."""
COMPLETE = (S.DONE, S.SUBMITTED, S.ANSWERED, *CLOSED)
"""What counts as finished in "n of m sections"."""
CAME_BACK = (S.RETURNED, S.ANSWERED)

SECTION = Workflow(
    name="section",
    title=_("Section of a report"),
    next={
        S.EMPTY: (S.WRITING, S.DONE, S.SUBMITTED),
        S.WRITING: (S.EMPTY, S.DONE),
        S.DONE: (S.EMPTY, S.WRITING, S.SUBMITTED),
        S.SUBMITTED: (S.RETURNED, S.ACCEPTED, S.EDITED, S.DECLINED, S.MERGED),
        S.RETURNED: (S.ANSWERED,),
        S.ANSWERED: (S.RETURNED, S.SUBMITTED),
        S.ACCEPTED: (),
        S.EDITED: (),
        S.DECLINED: (),
        S.MERGED: (),
    },
    label=dict(S.choices),
    tone={
        S.EMPTY: "idle",
        S.WRITING: "info",
        S.DONE: "ok",
        S.SUBMITTED: "info",
        S.RETURNED: "stop",
        S.ANSWERED: "info",
        S.ACCEPTED: "ok",
        S.EDITED: "ok",
        S.DECLINED: "warn",
        S.MERGED: "seal",
    },
    icon={
        S.EMPTY: "circle-dashed",
        S.WRITING: "circle-dot",
        S.DONE: "check",
        S.SUBMITTED: "send",
        S.RETURNED: "corner-up-left",
        S.ANSWERED: "message-square",
        S.ACCEPTED: "circle-check",
        S.EDITED: "pen-line",
        S.DECLINED: "circle-slash",
        S.MERGED: "git-merge",
    },
    owner={
        S.EMPTY: _GROUP,
        S.WRITING: _GROUP,
        S.DONE: _GROUP,
        S.SUBMITTED: _TEAM,
        S.RETURNED: _GROUP,
        S.ANSWERED: _GROUP,
        S.ACCEPTED: _NOBODY,
        S.EDITED: _NOBODY,
        S.DECLINED: _NOBODY,
        S.MERGED: _NOBODY,
    },
    audit={
        S.EMPTY: _("section emptied"),
        S.WRITING: _("section being written"),
        S.DONE: _("section completed"),
        S.SUBMITTED: _("section submitted"),
        S.RETURNED: _("section returned"),
        S.ANSWERED: _("remark answered"),
        S.ACCEPTED: _("section accepted"),
        S.EDITED: _("section accepted with an edit"),
        S.DECLINED: _("section not taken"),
        S.MERGED: _("section merged"),
    },
)
