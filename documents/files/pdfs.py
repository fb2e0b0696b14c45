"""PDFs without what acts by itself: scripts, programs, embedded files, moving pictures.

A PDF that holds nothing of the kind is kept as it came, byte for byte, with its signatures.
Reading a stranger's PDF is work for a child process (door.py).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from documents.files.images import as_thumbnail
from documents.files.refusals import Unfit

# Removed wherever they stand.
KEYS = (
    "/AA",
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/EF",
    "/AF",
    "/RichMedia",
    "/RichMediaContent",
    "/XFA",
)
ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/Sound", "/Movie"}
ACTIONS |= {"/RichMediaExecute", "/SetOCGState", "/Trans"}
MOVING = {"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/FileAttachment"}
DEEPEST = 60
END = 1100  # bytes in which a PDF says that it ends
FOR_AN_ARCHIVE = 66_000  # bytes in which a ZIP says so


class Stripped(NamedTuple):
    """`changed`: what is to be kept stands in the target; `removed`: something that acts was taken out."""

    changed: bool
    removed: bool


def strip(source: Path, target: Path) -> Stripped:
    """Write to `target` what is left of the PDF without what acts, where it holds anything of the kind.

    Raises Unfit: "locked", "damaged".
    """
    try:
        with pikepdf.open(source) as pdf:
            if not pdf.pages:
                raise Unfit("damaged")
            removed = sum([_without_action(pdf.Root), *(_inert(thing) for thing in _everything(pdf))])
            if not removed and _is_plain(source):
                return Stripped(changed=False, removed=False)
            pdf.save(target)
            return Stripped(changed=True, removed=bool(removed))
    except pikepdf.PasswordError:
        raise Unfit("locked") from None
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        raise Unfit("damaged") from None


def first_page(source: Path, *, side: int) -> bytes:
    """A small JPEG of the first page."""
    with pypdfium2.PdfDocument(source) as pdf:
        page = pdf[0]
        scale = side / max(page.get_width(), page.get_height(), 1)
        return as_thumbnail(page.render(scale=scale).to_pil(), side=side)


def _without_action(root: Object) -> bool:
    """What is done as the document opens; to show a certain page first is nothing that acts."""
    action = root.get(Name.OpenAction)
    if action is None or isinstance(action, Array):
        return False
    if isinstance(action, Dictionary) and action.get(Name.S) == Name.GoTo and Name.Next not in action:
        return False
    del root[Name.OpenAction]
    return True


def _everything(pdf: Pdf) -> Iterator[Any]:
    """Every dictionary of the file, those within others too."""
    for thing in pdf.objects:
        yield from _within(thing, 0)


def _within(thing: Any, depth: int) -> Iterator[Any]:
    if depth > DEEPEST:
        raise Unfit("damaged")
    if isinstance(thing, Stream):
        thing = thing.stream_dict
    if isinstance(thing, Dictionary):
        yield thing
        parts = list(thing.values())
    elif isinstance(thing, Array):
        parts = list(thing)
    else:
        return
    for part in parts:
        # What is an object of its own is met in its turn.
        if isinstance(part, Dictionary | Array) and not part.is_indirect:
            yield from _within(part, depth + 1)


def _inert(thing: Any) -> bool:
    """Take from a dictionary what acts; whether there was anything."""
    held = set(thing.keys())
    if str(thing.get("/S", "")) in ACTIONS:
        return _emptied(thing, held, but=())
    if str(thing.get("/Subtype", "")) in MOVING and "/Rect" in held:
        return _emptied(thing, held, but=("/Rect",))
    found = held.intersection(KEYS)
    for key in found:
        del thing[key]
    return bool(found)


def _emptied(thing: Any, held: set[str], *, but: tuple[str, ...]) -> bool:
    for key in held.difference(but):
        del thing[key]
    return True


def _is_plain(source: Path) -> bool:
    """Begins and ends as a PDF does, and is nothing else beside."""
    with source.open("rb") as file:
        begins = file.read(5) == b"%PDF-"
        file.seek(max(0, file.seek(0, io.SEEK_END) - FOR_AN_ARCHIVE))
        tail = file.read()
    return begins and b"%%EOF" in tail[-END:] and b"PK\5\6" not in tail
