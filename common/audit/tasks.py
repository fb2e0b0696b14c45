"""Timed work of the history: its signed checkpoints, and the nightly look at all of it."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.audit import checkpoints, keys
from common.audit.verify import verify
from common.jobs.registry import JobError, timed

SHOWN = 3


@timed("audit.checkpoint", every=timedelta(hours=1), title=gettext_lazy("Signing the history"))
def checkpoint(job, progress) -> None:
    """A failure stands on the administrator's first screen."""
    try:
        checkpoints.hourly()
    except (keys.KeyMissing, OSError) as error:
        raise JobError(
            _("The history could not be signed: %(reason)s") % {"reason": error},
        ) from error


@timed("audit.verify", every=timedelta(days=1), title=gettext_lazy("Verifying the history"))
def verify_all(job, progress) -> None:
    """Each night (03.00 in Turkey); what it finds stands on the administrator's first screen."""
    try:
        faults = verify(since=settings.AUDIT_SINCE)
    except keys.KeyMissing as error:
        raise JobError(_("The history could not be verified: %(reason)s") % {"reason": error}) from error
    if faults:
        raise JobError(
            _("The history does not hold: %(count)d faults. First: %(faults)s. Run manage.py verify_audit.")
            % {"count": len(faults), "faults": "; ".join(map(str, faults[:SHOWN]))}
        )
