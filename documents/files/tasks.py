"""Background work of files: examine what waits in quarantine, clear away what was never named."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import jobs
from common.history import SystemActor
from documents.files import clamd, door, permissions, screening
from documents.files.models import Blob, StoredFile
from documents.files.workflow import ScreeningState

EXAMINER = SystemActor("Dosya denetimi")
FORGOTTEN_AFTER = 24 * 60 * 60  # seconds: no upload takes a day


@jobs.handler(
    screening.JOB,
    can_see=lambda user, job: StoredFile.objects.visible_to(user).filter(pk=job.args["file"]).exists(),
    done_url=lambda job: reverse("files:index"),
)
def screen(job: Any, progress: Callable[..., None]) -> None:
    """Ends in failure where the file is not fit, so that the administrator reads of it."""
    if refusal := screened(job.args["file"]):
        raise jobs.JobError(refusal)


@jobs.timed(
    "files.rescreen", every=timedelta(minutes=10), title=gettext_lazy("Examination of waiting uploads")
)
def rescreen(job: Any, progress: Callable[..., None]) -> None:
    """What still waits because the scanner was silent: tried again for as long as it is."""
    if settings.CLAMAV and not clamd.answers():
        return
    long_ago = timezone.now() - timedelta(minutes=5)
    waiting = StoredFile.objects.filter(screening__state=ScreeningState.WAITING, uploaded_at__lt=long_ago)
    refusals = [screened(pk) for pk in waiting.order_by("pk").values_list("pk", flat=True)]
    if any(refusals):
        raise jobs.JobError(" ".join(filter(None, refusals)))


def screened(pk: int) -> str:
    """Examine the file if it waits; why it is not handed out, empty where it is."""
    file = _file(pk)
    try:
        if file.state == ScreeningState.WAITING:
            screening.screen(file=file, by=EXAMINER, now=timezone.now())
    except clamd.ScannerSilent:
        return _(
            "The virus scanner does not answer. “%(name)s” waits and is tried again every ten minutes."
        ) % {"name": file.name}
    except jobs.ChildStopped:
        return _(
            "The examination of “%(name)s” was interrupted. It waits and is tried again every ten minutes."
        ) % {"name": file.name}
    decision = permissions.can_download(_file(pk))
    return "" if decision else str(decision.reason)


def _file(pk: int) -> StoredFile:
    return StoredFile.objects.select_related("screening", "blob").get(pk=pk)


@jobs.timed("files.tidy", every=timedelta(days=1), title=gettext_lazy("Clearing away unfinished uploads"))
def tidy(job: Any, progress: Callable[..., None]) -> None:
    """Bytes whose upload broke off, or that no act came to name."""
    for room in (door.INCOMING, door.BLOBS, door.QUARANTINE):
        for path in _forgotten(Path(settings.MEDIA_ROOT) / room):
            if not Blob.objects.filter(pk=path.name).exists():
                path.unlink(missing_ok=True)


def _forgotten(folder: Path) -> Iterator[Path]:
    """Each is looked at in its turn: the same bytes may be sent again while the others are gone through."""
    old = time.time() - FORGOTTEN_AFTER
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime < old:
                yield path
