"""Writes of files: bytes once by their hash, a name for each use."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from common import turkish
from common.decisions import Invalid, require
from common.history import service
from documents.files import door, kinds, permissions, screening
from documents.files.door import Kept
from documents.files.models import Blob, Download, StoredFile
from documents.files.refusals import refusal
from documents.files.uploads import MEGABYTE, limit
from institution.models import Body


def store(*, upload: File, **where: Any) -> StoredFile:
    """Keep an uploaded file and name it; raises as `keep`, further arguments as for `record`."""
    return record(kept=keep(upload), **where)


def keep(upload: File) -> Kept:
    """Take the bytes of what the form gave (`upload` has name, size, chunks).

    Raises Invalid, in words that name the file, when it is too large, empty, of a kind that is not
    accepted, not what its name says, or holds what could do harm. Called before a transaction begins,
    so that a slow disk blocks nobody.
    """
    name = kinds.clean_name(upload.name or "")
    kind = kinds.of(name)
    if not upload.size:
        raise refusal("empty", name)
    check_size(upload.size)
    return door.admit(upload, name, kind)


def store_bytes(*, content: bytes, name: str, **where: Any) -> StoredFile:
    """Keep what the application itself made: nobody needs to be protected from it."""
    with door.aside(1) as [part]:
        part.write_bytes(content)
        digest, size = door.settled(part)
    content_type = kinds.KINDS[kinds.of(name)].content_type
    return record(kept=Kept(digest, size, content_type, kinds.clean_name(name)), **where)


def check_size(size: int) -> None:
    """Raise Invalid for a file of more than UPLOAD_MAX_MB."""
    if size > limit():
        shown = max(round(size / MEGABYTE), settings.UPLOAD_MAX_MB + 1)
        raise Invalid(
            _(
                "The file is %(size)s MB; at most %(limit)s MB can be uploaded. Divide the document or shrink the PDF."
            )
            % {"size": turkish.number(shown), "limit": turkish.number(settings.UPLOAD_MAX_MB)}
        )


def place(blob: Blob) -> Path:
    """Where a blob's bytes lie."""
    return door.place(blob.sha256)


def _check_quota(body: Body, kept: Kept) -> None:
    """The room is held, so that two at once do not both take the last place in it."""
    files = StoredFile.objects.filter(body=Body.objects.select_for_update().get(pk=body.pk))
    if files.filter(blob=kept.digest).exists():
        return
    most = settings.ROOM_QUOTA_MB * MEGABYTE
    if (taken := files.size()) + kept.size > most:
        raise Invalid(
            _(
                "“%(name)s” was not stored: the files of %(room)s take %(taken)s MB of %(most)s MB. "
                "Ask the system administrator for more room."
            )
            % {
                "name": kept.name,
                "room": body,
                "taken": turkish.number(round(taken / MEGABYTE)),
                "most": turkish.number(settings.ROOM_QUOTA_MB),
            }
        )


@service
def record(
    *, kept: Kept, body: Body | None, by: Any, now: dt.datetime, is_public: bool = False
) -> StoredFile:
    """Name kept bytes in a body's room (None: in nobody's, for files open to all).

    Raises Invalid where the room would hold more than ROOM_QUOTA_MB.
    """
    if body:
        _check_quota(body, kept)
    blob, _made = Blob.objects.get_or_create(
        sha256=kept.digest, defaults={"size": kept.size, "content_type": kept.content_type, "stored_at": now}
    )
    stored = StoredFile(
        blob=blob, body=body, name=kept.name, is_public=is_public, uploaded_by_id=by.pk, uploaded_at=now
    )
    stored.save()
    screening.begin(file=stored, kept=kept, by=by)
    return stored


def upload(*, body: Body, upload: File, by: Any, now: dt.datetime) -> StoredFile:
    """Add a file to a body's room; under the name of one that is there, as its next version.

    Raises Refused, and Invalid as `keep` and `record` do.
    """
    require(permissions.can_upload(by, body))
    return store(upload=upload, body=body, by=by, now=now)


@service
def copy(*, file: StoredFile, body: Body, name: str, by: Any, now: dt.datetime) -> StoredFile:
    """The same content once more, under this name in another body's room; once, however often it is asked.

    Raises Invalid as `record` does.
    """
    name = kinds.clean_name(name)
    if same := StoredFile.objects.filter(blob=file.blob_id, body=body, name=name).first():
        return same
    blob = file.blob
    kept = Kept(
        blob.sha256, blob.size, blob.content_type, name, is_examined=file.is_clean, is_clean=file.is_clean
    )
    return record(kept=kept, body=body, by=by, now=now)


@service
def note_download(*, file: StoredFile, by: Any, now: dt.datetime) -> None:
    """That the person was given the file."""
    Download(file=file, at=now, person_id=by.pk, person_name=by.get_full_name()).save()


@service
def open_to_all(*, file: StoredFile, by: Any, now: dt.datetime) -> None:
    """Let everybody who holds a seat open a file; one that is open already stays so."""
    file = StoredFile.objects.select_for_update().get(pk=file.pk)
    if not file.is_public:
        file.is_public = True
        file.save(update_fields=["is_public"])
