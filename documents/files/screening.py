"""Files in quarantine: examined without haste, scanned where there is a scanner, then let out or kept aside.

Each write is a step that may be repeated: a machine may die between it and the note of it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from common import jobs
from common.history import Stale, service, transition
from documents.files import clamd, door, kinds, notices
from documents.files.models import Blob, Screening, StoredFile
from documents.files.refusals import Unfit
from documents.files.workflow import SCREENING, ScreeningState

JOB = "files.screen"


def begin(*, file: StoredFile, kept: door.Kept, by: Any) -> None:
    """Within the act that names the file: note what the door did, and have done what it left."""
    if kept.is_clean and not kept.was_stripped:
        return
    state = ScreeningState.CLEAN if kept.is_clean else ScreeningState.WAITING
    decided_at = file.uploaded_at if kept.is_clean else None
    Screening(
        file=file,
        state=state,
        is_examined=kept.is_examined,
        was_stripped=kept.was_stripped,
        decided_at=decided_at,
    ).save()
    if not kept.is_clean:
        title = _("Examination of “%(name)s”") % {"name": file.name}
        jobs.enqueue(kind=JOB, key=str(file.pk), args={"file": file.pk}, by=by, title=title)


def screen(*, file: StoredFile, by: Any, now: dt.datetime) -> Screening:
    """Find out what is in a waiting file, and decide. Raises ScannerSilent, ChildStopped; then nothing has changed.

    Two may examine it at once: the slower finds the bytes gone or the decision made, and tells that.
    """
    waiting = Screening.objects.get(file=file)
    if waiting.state != ScreeningState.WAITING:
        return waiting
    source = door.where(file.blob_id)
    with door.aside(1) as [made]:
        try:
            kind = kinds.extension_of(file.name)
            verdict = (
                door.Verdict(source)
                if waiting.is_examined
                else door.examined(kind, source, made, seconds=door.LONGEST)
            )
            if settings.CLAMAV and (virus := clamd.virus_in(verdict.path)):
                return _decide(waiting, ScreeningState.INFECTED, found=virus, by=by, now=now)
            kept = _let_out(verdict.path, file.blob)
            stripped = waiting.was_stripped or verdict.was_stripped
            return release(screening=waiting, kept=kept, was_stripped=stripped, by=by, now=now)
        except (FileNotFoundError, Stale):
            return Screening.objects.get(file=file)
        except jobs.ChildTimedOut:
            return _decide(waiting, ScreeningState.REFUSED, found="unread", by=by, now=now)
        except Unfit as unfit:
            if not source.exists():
                return Screening.objects.get(file=file)
            return _decide(waiting, ScreeningState.REFUSED, found=unfit.code, by=by, now=now)


@service
def release(
    *, screening: Screening, kept: tuple[str, int], was_stripped: bool, by: Any, now: dt.datetime
) -> Screening:
    """Give the file to its readers; `kept` is the hash and size of the bytes that they get."""
    digest, size = kept
    file = StoredFile.objects.get(pk=screening.file_id)
    if digest != file.blob_id:
        given = {"size": size, "content_type": file.blob.content_type, "stored_at": now}
        file.blob, _made = Blob.objects.get_or_create(sha256=digest, defaults=given)
        file.save()
    _move(screening, ScreeningState.CLEAN, now, was_stripped=was_stripped)
    return screening


@service
def decide(*, screening: Screening, state: str, found: str, by: Any, now: dt.datetime) -> Screening:
    """The file is never handed out; its bytes stay aside as evidence."""
    _move(screening, state, now, found=found)
    notices.tell(screening=screening, by=by, now=now)
    return screening


def _decide(screening: Screening, state: str, *, found: str, by: Any, now: dt.datetime) -> Screening:
    return decide(screening=screening, state=state, found=found, by=by, now=now)


def _move(screening: Screening, to: str, now: dt.datetime, **fields: Any) -> None:
    SCREENING.check(screening.state, to)
    transition(screening, frm=ScreeningState.WAITING, to=to, decided_at=now, **fields)


def _let_out(path: Path, blob: Blob) -> tuple[str, int]:
    """Put what was examined among the others. What was sent stays aside where it is not the same."""
    if path == door.place(blob.sha256):  # another file of the same bytes was let out meanwhile
        return blob.sha256, blob.size
    return door.settled(path)
