"""States of a task of the work calendar."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.workflow import Workflow


class ActivityState(TextChoices):
    PLANNED = "planned", _("Not begun")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


S = ActivityState

ACTIVITY = Workflow(
    name="activity",
    title=_("Task of the work calendar"),
    next={
        S.PLANNED: (S.RUNNING, S.DONE, S.CANCELLED),
        S.RUNNING: (S.DONE, S.CANCELLED),
        S.DONE: (S.RUNNING,),
        S.CANCELLED: (S.PLANNED,),
    },
    label=dict(S.choices),
    tone={S.PLANNED: "idle", S.RUNNING: "info", S.DONE: "ok", S.CANCELLED: "idle"},
    icon={
        S.PLANNED: "circle-dashed",
        S.RUNNING: "circle-dot",
        S.DONE: "circle-check",
        S.CANCELLED: "circle-slash",
    },
    owner={state: _("Directorate") for state in S},
    audit={
        S.PLANNED: _("task planned"),
        S.RUNNING: _("task started"),
        S.DONE: _("task done"),
        S.CANCELLED: _("task cancelled"),
    },
)
