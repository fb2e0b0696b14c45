"""What may be uploaded: the kinds of file, and how the bytes themselves prove each of them.

A name is a claim; the content decides. Nothing is unpacked here: an office file is judged by
the directory of its ZIP, which is why a bomb costs nothing.
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

MEGABYTE = 1024 * 1024
LONGEST_NAME = 150
MOST_MEMBERS = 2_000
UNPACKED_AT_MOST = 60 * MEGABYTE
MEMBER_AT_MOST = 10 * MEGABYTE  # of XML; pictures inside may be larger
RATIO_AT_MOST = 200
HEAD = 4096
# Macros of both office families, and foreign objects; an embedded .xlsx is only a chart's data.
PROGRAM = re.compile(r"vbaProject|/embeddings/.*\.bin$|^(Basic|Scripts)/", re.IGNORECASE)


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
_ALIASES = {"jpeg": "jpg"}
ACCEPT = ",".join(f".{extension}" for extension in KINDS)


def check(name: str, stream: IO[bytes]) -> Kind:
    """The kind of a file whose content keeps what its name promises; Invalid, naming the file, otherwise."""
    extension = extension_of(name)
    kind = KINDS.get(extension)
    if kind is None:
        raise Invalid(
            _("“%(name)s” cannot be uploaded: only %(kinds)s are accepted.")
            % {"name": name, "kinds": ", ".join(k.label for k in KINDS.values())}
        )
    if extension not in ("txt", "csv") and zipfile.is_zipfile(_rewound(stream)):
        _check_archive(name, stream)
    if not kind.proves(_rewound(stream)):
        raise Invalid(
            _(
                "“%(name)s” is not a real %(kind)s file: its content says something else. "
                "Save it again in the right format."
            )
            % {"name": name, "kind": kind.label}
        )
    return kind


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


def _check_archive(name: str, stream: IO[bytes]) -> None:
    """Limits on what an archive may unpack to, and no macros or embedded programs in it."""
    try:
        with zipfile.ZipFile(_rewound(stream)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Invalid(_("“%(name)s” is damaged and cannot be opened.") % {"name": name}) from None
    if any(PROGRAM.search(member.filename) for member in members):
        raise Invalid(
            _("“%(name)s” holds macros or embedded objects. Save it without them and upload it again.")
            % {"name": name}
        )
    too_much = (
        len(members) > MOST_MEMBERS
        or sum(m.file_size for m in members) > UNPACKED_AT_MOST
        or any(m.filename.endswith((".xml", ".rels")) and m.file_size > MEMBER_AT_MOST for m in members)
        or any(
            m.file_size > MEGABYTE and m.file_size > RATIO_AT_MOST * max(1, m.compress_size) for m in members
        )
    )
    if too_much:
        raise Invalid(
            _("“%(name)s” unpacks to more than is accepted. Divide it or make it smaller.") % {"name": name}
        )


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
