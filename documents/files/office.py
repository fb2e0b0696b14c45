"""What must be so of an office file before anything reads it: Word, Excel, PowerPoint, OpenDocument.

An office file is a ZIP of XML. Its directory is measured first and costs nothing; then each part is
looked at as it is unpacked, a piece at a time and never kept, for what only an attack needs. Needs no
settings of Django but for the sentence, so that it runs in a child process as well as in a service.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any
from xml.parsers import expat

from documents.files.refusals import Unfit, refusal

MEGABYTE = 1024 * 1024
MOST_MEMBERS = 2_000
UNPACKED_AT_MOST = 60 * MEGABYTE
MEMBER_AT_MOST = 10 * MEGABYTE  # of XML; pictures inside may be larger
RATIO_AT_MOST = 200  # of members above a megabyte
PIECE = 256 * 1024
OVERLAP = 64  # longer than anything that is looked for, so that no seam hides it

# Macros of both office families, and foreign objects; an embedded .xlsx is only a chart's data.
PROGRAM = re.compile(
    r"vbaProject|/embeddings/.*\.bin$|/activeX/|^(Basic|Scripts)/|^Object \d+/.*\.bin$", re.IGNORECASE
)
BAD_NAME = re.compile(r"^/|^[A-Za-z]:|\\|(^|/)\.\.(/|$)|[\x00-\x1f]")
ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
COMMANDS = re.compile(rb"\bDDE(AUTO|Link)\b|\bmacroEnabled\b", re.IGNORECASE)
ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
READABLE = {b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"iso-8859-9", b"windows-1254"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Relationships that fetch or run their target when the file is opened. A link waits for a click, and a
# workbook that another one quotes is only asked for after a question.
FETCHED = ("/image", "/oleObject", "/frame", "/subDocument", "/attachedTemplate", "/package", "/control")
OWN_DISK = re.compile(r"^(file:///)?[A-Za-z]:[\\/]|^[\w .-]+$")  # a template that lay on the author's disk
ADDRESS = re.compile(r"^\s*([a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
# ODF parts in which a picture, frame or object says where its content lies.
SHOWN = ("image", "object", "object-ole", "plugin", "applet", "floating-frame", "fill-image")


def check_office(file: Any, name: str = "") -> None:
    """Raise Invalid, in a sentence that names the file, unless an office program may read it.

    `file` is an open file (an upload, a File or a stream with seek); it is left at its beginning.
    Takes constant memory and, for the largest that is accepted, about a second.
    """
    try:
        examine(file)
    except Unfit as unfit:
        shown = name or str(getattr(file, "name", "") or "").replace("\\", "/").rpartition("/")[2]
        raise refusal(unfit.code, shown) from None
    finally:
        file.seek(0)


def examine(stream: IO[bytes]) -> None:
    """As check_office, but raises Unfit with the reason's code."""
    stream.seek(0)
    if not stream.read(4).startswith(b"PK\3\4"):  # something else stands before the archive
        raise Unfit("damaged")
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            check_directory(members)
            for member in members:
                _check_member(archive, member)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, OSError, EOFError):
        raise Unfit("damaged") from None
    except RuntimeError:  # so the library says that a password is wanted
        raise Unfit("locked") from None


def check_directory(members: list[zipfile.ZipInfo]) -> None:
    """Names and sizes as the archive's directory has them; nothing is unpacked."""
    names = [member.filename for member in members]
    if any(PROGRAM.search(name) for name in names):
        raise Unfit("programs")
    if len(set(names)) < len(names) or any(BAD_NAME.search(name) for name in names):
        raise Unfit("damaged")
    if any(member.flag_bits & 1 for member in members):
        raise Unfit("locked")
    if (
        len(members) > MOST_MEMBERS
        or sum(m.file_size for m in members) > UNPACKED_AT_MOST
        or any(m.filename.endswith((".xml", ".rels")) and m.file_size > MEMBER_AT_MOST for m in members)
        or any(
            m.file_size > MEGABYTE and m.file_size > RATIO_AT_MOST * max(1, m.compress_size) for m in members
        )
    ):
        raise Unfit("too_much")


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """A part is XML by what it says, whatever its name: a relationship may point to any."""
    if member.is_dir():
        return
    with archive.open(member) as part:
        head = part.read(OVERLAP * 4)
        if head.startswith(OLE):
            raise Unfit("programs")
        if not _is_xml(member.filename, head):
            return
        if member.file_size > MEMBER_AT_MOST:
            raise Unfit("too_much")
        for piece in _pieces(head, part):
            if ENTITIES.search(piece):
                raise Unfit("entities")
            if COMMANDS.search(piece):
                raise Unfit("programs")
    if member.filename.endswith(".rels"):
        _check_references(archive, member, _fetched_by_relationship)
    elif member.filename.rpartition("/")[2] in ("content.xml", "styles.xml"):
        _check_references(archive, member, _fetched_by_frame)


def _is_xml(name: str, head: bytes) -> bool:
    """Refuses XML that is written so that it does not look like XML (EBCDIC, UTF-7 and the like)."""
    plain = _plain(head).lstrip()
    said = ENCODING.match(plain)
    if said and said[1].lower() not in READABLE:
        raise Unfit("damaged")
    if plain.startswith(b"<"):
        return True
    if name.endswith((".xml", ".rels", ".vml")) and plain:
        raise Unfit("damaged")
    if head.startswith(b"\x4c\x6f\xa7\x94"):  # "<?xm" in EBCDIC
        raise Unfit("damaged")
    return False


def _pieces(head: bytes, part: IO[bytes]) -> Iterator[bytes]:
    """The part's bytes with each seam covered twice, and UTF-16 read as if it were plain."""
    rest, piece = b"", head
    while piece:
        plain = _plain(piece)
        yield rest + plain
        rest = (rest + plain)[-OVERLAP:]
        piece = part.read(PIECE)


def _plain(content: bytes) -> bytes:
    return content.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe")


def _check_references(archive: zipfile.ZipFile, member: zipfile.ZipInfo, fetched: Any) -> None:
    """Read the part's elements one after the other, keeping none. It holds no DOCTYPE by now."""

    def element(name: str, attributes: dict[str, str]) -> None:
        if fetched(name.rpartition(" ")[2], {key.rpartition(" ")[2]: v for key, v in attributes.items()}):
            raise Unfit("elsewhere")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = element
    try:
        with archive.open(member) as part:
            parser.ParseFile(part)
    except expat.ExpatError:
        raise Unfit("damaged") from None


def _fetched_by_relationship(element: str, attributes: dict[str, str]) -> bool:
    if element != "Relationship" or attributes.get("TargetMode", "").lower() != "external":
        return False
    kind, target = attributes.get("Type", ""), attributes.get("Target", "")
    return kind.endswith(FETCHED) and not (kind.endswith("/attachedTemplate") and OWN_DISK.match(target))


def _fetched_by_frame(element: str, attributes: dict[str, str]) -> bool:
    return element in SHOWN and bool(ADDRESS.match(attributes.get("href", "")))
