"""What may be uploaded: the kinds of file, and how the bytes themselves prove each of them.

A name is a claim; the content decides. Nothing is kept unpacked: see office.py.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

import puremagic
from django.utils.translation import gettext as _

from common.decisions import Invalid
from documents.files.office import MEGABYTE

LONGEST_NAME = 150
HEAD = 4096


@dataclass(frozen=True)
class Kind:
    """One kind of file: how people call it, how it is served, how its bytes prove it."""

    label: str
    content_type: str
    proves: Callable[[IO[bytes]], bool]


def _signature(extension: str) -> Callable[[IO[bytes]], bool]:
    return lambda stream: extension in _by_signature(stream)


def _office(main: str) -> Callable[[IO[bytes]], bool]:
    def proves(stream: IO[bytes]) -> bool:
        return bool((names := _members(stream)) and "[Content_Types].xml" in names and main in names)

    return proves


def _open_document(content_type: str) -> Callable[[IO[bytes]], bool]:
    def proves(stream: IO[bytes]) -> bool:
        return "mimetype" in _members(stream) and _beginning(stream, "mimetype") == content_type.encode()

    return proves


def _text(stream: IO[bytes]) -> bool:
    """No control bytes but tabs and line ends, and not the beginning of a page or a document."""
    stream.seek(0)
    if re.match(rb"\s*(<!doctype|<html|<svg|<\?xml|<script|%PDF|\{\\rtf)", _head(stream), re.IGNORECASE):
        return False
    stream.seek(0)
    return all(
        not re.search(rb"[\x00-\x08\x0b\x0e-\x1f]", part) for part in iter(lambda: stream.read(MEGABYTE), b"")
    )


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

KINDS = {
    "pdf": Kind("PDF", "application/pdf", _signature(".pdf")),
    "docx": Kind("DOCX", f"{_OOXML}wordprocessingml.document", _office("word/document.xml")),
    "xlsx": Kind("XLSX", f"{_OOXML}spreadsheetml.sheet", _office("xl/workbook.xml")),
    "pptx": Kind("PPTX", f"{_OOXML}presentationml.presentation", _office("ppt/presentation.xml")),
    "odt": Kind("ODT", f"{_ODF}text", _open_document(f"{_ODF}text")),
    "ods": Kind("ODS", f"{_ODF}spreadsheet", _open_document(f"{_ODF}spreadsheet")),
    "png": Kind("PNG", "image/png", _signature(".png")),
    "jpg": Kind("JPG", "image/jpeg", _signature(".jpg")),
    "txt": Kind("TXT", "text/plain; charset=utf-8", _text),
    "csv": Kind("CSV", "text/csv; charset=utf-8", _text),
}
OFFICE = ("docx", "xlsx", "pptx", "odt", "ods")
_ALIASES = {"jpeg": "jpg"}
PICTURES = (KINDS["png"].content_type, KINDS["jpg"].content_type)
ACCEPT = ",".join(f".{extension}" for extension in KINDS)


def of(name: str) -> str:
    """The kind, as a key of KINDS, that a file's name promises; Invalid, naming the file, for any other."""
    extension = extension_of(name)
    if extension not in KINDS:
        raise Invalid(
            _("“%(name)s” cannot be uploaded: only %(kinds)s are accepted.")
            % {"name": name, "kinds": ", ".join(kind.label for kind in KINDS.values())}
        )
    return extension


def extension_of(name: str) -> str:
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    return _ALIASES.get(extension, extension)


def clean_name(name: str) -> str:
    """A file name without folders, control and direction marks, and of bearable length."""
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    base = "".join(c for c in base if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    base = re.sub(r'[<>:"|?*]', "-", base)
    base = re.sub(r"\s+", " ", base).strip()
    stem, dot, extension = base.rpartition(".")
    if not dot:
        stem, extension = base, ""
    stem = stem[: LONGEST_NAME - len(extension) - 1].strip(" .") or "dosya"
    return f"{stem}.{extension}" if extension else stem


def _members(stream: IO[bytes]) -> set[str]:
    try:
        with zipfile.ZipFile(_rewound(stream)) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, ValueError):
        return set()


def _beginning(stream: IO[bytes], member: str) -> bytes:
    """Of one file within; nothing where it is damaged or locked."""
    try:
        with zipfile.ZipFile(_rewound(stream)) as archive, archive.open(member) as file:
            return file.read(100).strip()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return b""


def _by_signature(stream: IO[bytes]) -> set[str]:
    try:
        return {match.extension for match in puremagic.magic_string(_head(stream))}
    except (puremagic.PureError, ValueError):
        return set()


def _head(stream: IO[bytes]) -> bytes:
    return _rewound(stream).read(HEAD)


def _rewound(stream: IO[bytes]) -> IO[bytes]:
    stream.seek(0)
    return stream
