"""Writes of files: bytes once by their hash, a name for each use."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from common import turkish
from common.decisions import Invalid
from common.history import service
from documents.files import kinds
from documents.files.models import Blob, StoredFile
from documents.files.uploads import MEGABYTE, limit
from institution.models import Body


@dataclass(frozen=True)
class Kept:
    """Bytes that were found acceptable and lie in their place, before anything names them."""

    digest: str
    size: int
    content_type: str
    name: str


def store(*, upload: File, **where: Any) -> StoredFile:
    """Keep an uploaded file and name it; raises as `keep`, further arguments as for `record`."""
    return record(kept=keep(upload), **where)


def keep(upload: File) -> Kept:
    """Take the bytes of what the form gave (`upload` has name, size, chunks).

    Raises Invalid, in words that name the file, when it is too large, empty, of a kind that is not
    accepted, or not what its name says. Called before a transaction begins, so that a slow disk
    blocks nobody.
    """
    name = kinds.clean_name(upload.name or "")
    if not upload.size:
        raise Invalid(_("“%(name)s” is empty.") % {"name": name})
    check_size(upload.size)
    kind = kinds.check(name, upload.file)  # type: ignore[arg-type]  # an upload has its file
    return Kept(_written(upload), upload.size, kind.content_type, name)


def store_bytes(*, content: bytes, name: str, **where: Any) -> StoredFile:
    """Keep what the application itself made, by the same rules; further arguments as for `store`."""
    return store(upload=ContentFile(content, name=name), **where)


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
    return Path(settings.MEDIA_ROOT) / blob.path


def _written(upload: File) -> str:
    """Store the bytes under their hash. Written beside and renamed, so that half a file is never seen."""
    part = Path(settings.MEDIA_ROOT) / "blobs" / f"{uuid.uuid4().hex}.part"
    part.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    try:
        with part.open("wb") as file:
            for chunk in upload.chunks():
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        final = place(Blob(sha256=digest.hexdigest()))
        final.parent.mkdir(exist_ok=True)
        part.replace(final)
    finally:
        part.unlink(missing_ok=True)
    return digest.hexdigest()


@service
def record(
    *, kept: Kept, body: Body | None, by: Any, now: dt.datetime, is_public: bool = False
) -> StoredFile:
    """Name kept bytes in a body's room (None: in nobody's, for files open to all)."""
    blob, _made = Blob.objects.get_or_create(
        sha256=kept.digest, defaults={"size": kept.size, "content_type": kept.content_type, "stored_at": now}
    )
    stored = StoredFile(
        blob=blob, body=body, name=kept.name, is_public=is_public, uploaded_by_id=by.pk, uploaded_at=now
    )
    stored.save()
    return stored
