"""Whether a file may be handed out: who may see it is a question to the rooms (querysets.py)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from common import grants
from common.decisions import Allowed, Decision, Denied
from documents.files.models import StoredFile
from documents.files.refusals import SENTENCES
from documents.files.workflow import ScreeningState
from institution.models import Body
from institution.workflow import PeriodState


def can_download(file: StoredFile) -> Decision:
    """Only what was found fit, whoever asks."""
    if file.is_clean:
        return Allowed()
    if file.state == ScreeningState.WAITING:
        return Denied(
            _("“%(name)s” is still being examined. It can be downloaded as soon as that is done.")
            % {"name": file.name}
        )
    return Denied(why_not(file))


def why_not(file: StoredFile) -> str:
    """Why a file is kept aside, in a sentence that names it."""
    found = file.screening.found
    if file.state == ScreeningState.INFECTED:
        return _(
            "A virus (%(virus)s) was found in “%(name)s”. The file is kept aside and given to nobody. "
            "Have the computer that it came from examined."
        ) % {"name": file.name, "virus": found}
    return str(SENTENCES[found]) % {"name": file.name, "kind": file.kind}


# Who works for a body puts files into its room.
WORKING = ("write_reports", "evaluate_reports", "run_sittings", "record_decisions")


def can_upload(user: Any, body: Body) -> Decision:
    """Who works for a body, and the Directorate; not once the body is dissolved or its period closed."""
    if body.dissolved_on:
        return Denied(_("This body was dissolved; its files can be read."))
    if body.period and body.period.state == PeriodState.CLOSED:
        return Denied(_("The plan period is closed; its files can be read."))
    if any(grants.allows(user, perm, body) for perm in WORKING) or grants.anywhere(user, "manage_process"):
        return Allowed()
    return Denied(
        _("Files are added by those who work for the body and by the Strategy Development Directorate.")
    )


def can_read_downloads(user: Any) -> bool:
    """Who downloaded what is told to those who watch over the process."""
    return grants.anywhere(user, "manage_process") or grants.anywhere(user, "inspect")
