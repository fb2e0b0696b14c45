"""What a file looks like before it is opened: a small picture of it, or the first words of a text.

Drawn once by the confined child when somebody first looks, and kept beside the bytes under their hash.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from common import jobs
from documents.files import door, kinds
from documents.files.models import StoredFile
from documents.files.refusals import Unfit

ROOM = "previews"
SECONDS = 3
PICTURED = ("pdf", "png", "jpg")
WORDS = 1200  # characters of a text


def picture(file: StoredFile) -> Path | None:
    """A JPEG of the picture or of the first page; None where there is none. Asked of files found fit only."""
    kind = kinds.extension_of(file.name)
    if kind not in PICTURED:
        return None
    drawn = door.place(file.blob_id, ROOM)
    if not drawn.exists():
        with suppress(OSError, jobs.ChildStopped):  # a disk without room, a stop: a picture less this time
            _draw(kind, door.place(file.blob_id), drawn)
    return drawn if drawn.exists() and drawn.stat().st_size else None


def excerpt(file: StoredFile) -> str:
    """The first lines of a text file; empty for another kind."""
    if kinds.extension_of(file.name) not in ("txt", "csv"):
        return ""
    try:
        with door.place(file.blob_id).open("rb") as text:
            head = text.read(4 * WORDS)
    except FileNotFoundError:
        return ""
    try:
        words = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # A letter cut in two at the end is no other spelling.
        words = (
            head[: error.start].decode() if error.start > len(head) - 4 else head.decode("cp1254", "replace")
        )
    return words[:WORDS]


def _draw(kind: str, source: Path, drawn: Path) -> None:
    """What cannot be drawn leaves an empty file, so that it is not tried at every look."""
    drawn.parent.mkdir(parents=True, exist_ok=True)
    with door.aside(1) as [made]:
        try:
            door.ask("preview", kind, source, made, seconds=SECONDS)
        except (Unfit, jobs.ChildTimedOut):
            made.write_bytes(b"")
        made.replace(drawn)
