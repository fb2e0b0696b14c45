"""The door: what comes in is written aside, examined by a confined child, and only then put in its place.

Nothing of a stranger's file is parsed in the process that answers people. A file that is not examined
within UPLOAD_CHECK_SECONDS, and every file where a scanner is configured, waits in quarantine.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File

from common import jobs
from common.decisions import Invalid
from documents.files import kinds
from documents.files.refusals import Unfit, refusal

EXAMINER = Path(__file__).with_name("examiner.py")
LONGEST = 60  # seconds for a file in quarantine
MEMORY = 1024**3
BLOBS, QUARANTINE, INCOMING = "blobs", "quarantine", "incoming"


@dataclass(frozen=True)
class Kept:
    """Bytes that lie in their place before anything names them, and what is known of them."""

    digest: str
    size: int
    content_type: str
    name: str
    is_examined: bool = True
    was_stripped: bool = False
    is_clean: bool = True
    """Examined and, where there is a scanner, found without a virus"""


@dataclass(frozen=True)
class Verdict:
    """The file is fit; what is to be kept lies at `path`."""

    path: Path
    was_stripped: bool = False


def admit(upload: File, name: str, kind: str) -> Kept:
    """Examine an upload and keep its bytes. Raises Invalid, naming the file."""
    try:
        with aside(2) as (part, made):
            _write(upload, part)
            try:
                verdict = examined(kind, part, made, seconds=settings.UPLOAD_CHECK_SECONDS)
                is_examined = True
            except (jobs.ChildTimedOut, jobs.ChildStopped):
                verdict, is_examined = Verdict(part), False
            is_clean = is_examined and not settings.CLAMAV
            digest, size = settled(verdict.path, BLOBS if is_clean else QUARANTINE)
    except Unfit as unfit:
        raise refused(unfit, name) from None
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise refusal("disk_full", name) from error
    content_type = kinds.KINDS[kind].content_type
    return Kept(digest, size, content_type, name, is_examined, verdict.was_stripped, is_clean)


def examined(kind: str, source: Path, target: Path, *, seconds: float) -> Verdict:
    """What the child says of the file. Raises Unfit; ChildTimedOut, ChildStopped where it could not say."""
    said = ask("check", kind, source, target, seconds=seconds)
    return Verdict(target if said["changed"] else source, said["removed"])


def ask(act: str, kind: str, source: Path, target: Path, *, seconds: float) -> dict[str, Any]:
    """Run the examiner. Raises Unfit, with "unread" where the file brought the child down."""
    child = [sys.executable, "-I", str(EXAMINER), act, kind, str(source), str(target)]
    try:
        said = json.loads(jobs.run_child(child, timeout=seconds, memory=MEMORY))
    except (jobs.ChildTimedOut, jobs.ChildStopped):
        raise
    except (jobs.ChildFailed, ValueError):
        raise Unfit("unread") from None
    if said["code"]:
        raise Unfit(said["code"])
    return said


def refused(unfit: Unfit, name: str) -> Invalid:
    return refusal(unfit.code, name, kind=kinds.KINDS[kinds.extension_of(name)].label)


def place(digest: str, room: str = BLOBS) -> Path:
    """Where the bytes of this SHA-256 lie."""
    return Path(settings.MEDIA_ROOT) / room / digest[:2] / digest


def where(digest: str) -> Path:
    """Where they lie now: in quarantine, if they are there."""
    waiting = place(digest, QUARANTINE)
    return waiting if waiting.exists() else place(digest)


@contextmanager
def aside(count: int) -> Iterator[list[Path]]:
    """Names for files that are still being made. None of them outlives the block."""
    folder = Path(settings.MEDIA_ROOT) / INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{uuid.uuid4().hex}.part" for _n in range(count)]
    try:
        yield paths
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def settled(path: Path, room: str = BLOBS) -> tuple[str, int]:
    """Put a finished file in its place by its hash, so that half a file is never seen. Its hash and size."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    size = path.stat().st_size
    final = place(digest, room)
    final.parent.mkdir(parents=True, exist_ok=True)
    path.replace(final)
    return digest, size


def _write(upload: File, part: Path) -> None:
    with part.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
