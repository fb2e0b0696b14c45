"""States of an upload between the door and its readers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.workflow import Workflow


class ScreeningState(TextChoices):
    WAITING = "waiting", _("Being examined")
    CLEAN = "clean", _("Examined")
    INFECTED = "infected", _("Virus found")
    REFUSED = "refused", _("Refused")


S = ScreeningState
_MACHINE, _NOBODY = _("the application"), _("nobody")

SCREENING = Workflow(
    name="screening",
    title=_("Examination of an upload"),
    next={S.WAITING: (S.CLEAN, S.INFECTED, S.REFUSED), S.CLEAN: (), S.INFECTED: (), S.REFUSED: ()},
    label=dict(S.choices),
    tone={S.WAITING: "info", S.CLEAN: "ok", S.INFECTED: "stop", S.REFUSED: "stop"},
    icon={
        S.WAITING: "loader",
        S.CLEAN: "shield-check",
        S.INFECTED: "shield-alert",
        S.REFUSED: "circle-slash",
    },
    owner={S.WAITING: _MACHINE, S.CLEAN: _NOBODY, S.INFECTED: _NOBODY, S.REFUSED: _NOBODY},
    audit={
        S.WAITING: _("examination begun"),
        S.CLEAN: _("found fit"),
        S.INFECTED: _("virus found"),
        S.REFUSED: _("found unfit"),
    },
)
