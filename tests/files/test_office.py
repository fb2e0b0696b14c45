"""An office file that holds what only an attack needs is refused before anything reads it."""

import io

import pytest

from common.decisions import Invalid
from documents.files.office import MEGABYTE, OVERLAP, PIECE, check_office
from tests.files.test_files import office

PACKAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(**parts: bytes) -> io.BytesIO:
    """A Word file; each argument is the content of the part of that stem."""
    names = ["[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"]
    names += ["word/hidden.bin"] if "hidden" in parts else []
    return io.BytesIO(office(*names, **parts))


def relation(kind: str, target: str) -> dict[str, bytes]:
    line = f'<Relationship Id="r1" Type="{PACKAGE}/{kind}" Target="{target}" TargetMode="External"/>'
    return {"document": f"<Relationships>{line}</Relationships>".encode()}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"document": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "DOCTYPE"),
        ({"document": "<?xml version='1.0'?><!DOCTYPE a><a/>".encode("utf-16")}, "DOCTYPE"),
        ({"document": b"<a>".ljust(4 * OVERLAP + PIECE - 4) + b"<!DOCTYPE a>"}, "DOCTYPE"),
        ({"document": "<?xml version='1.0' encoding='cp037'?><a/>".encode("cp037")}, "bozuk"),
        ({"document": b"<?xml version='1.0' encoding='UTF-7'?><a/>"}, "bozuk"),
        ({"hidden": b"<?xml version='1.0'?><!DOCTYPE a><a/>"}, "DOCTYPE"),
        ({"hidden": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)}, "makro"),
        ({"document": b"<w:instrText> DDEAUTO c:\\\\cmd.exe </w:instrText>"}, "makro"),
        (relation("image", "http://169.254.169.254/x.png"), "başka bir yerde"),
        (relation("image", "file:///etc/passwd"), "başka bir yerde"),
        (relation("attachedTemplate", "https://kotu.example/x.dotm"), "başka bir yerde"),
        (relation("attachedTemplate", "file://sunucu/x.dotm"), "başka bir yerde"),
        ({"hidden": b"<a>" + b" x" * (6 * MEGABYTE)}, "kabul edilenden büyük"),
    ],
)
def test_an_attack_is_refused_by_its_reason(parts, said):
    with pytest.raises(Invalid) as refused:
        check_office(word(**parts), "rapor.docx")
    assert "“rapor.docx”" in str(refused.value.message)
    assert said in str(refused.value.message)


@pytest.mark.parametrize(
    "parts",
    [
        {"document": "<a>Ağaç &lt;!DOCTYPE a&gt;</a>".encode("utf-16")},
        relation("hyperlink", "https://www.karesi.bel.tr/"),
        relation("attachedTemplate", "file:///C:\\Users\\ayse\\Sablon.dotx"),
    ],
)
def test_what_offices_write_every_day_is_taken(parts):
    check_office(word(**parts), "rapor.docx")


def test_an_open_document_may_not_fetch_its_pictures():
    for address, is_taken in (("Pictures/1.png", True), ("http://kotu.example/1.png", False)):
        content = f'<o xmlns:x="x"><draw:image xmlns:draw="d" x:href="{address}"/></o>'.encode()
        file = io.BytesIO(
            office(
                "mimetype",
                "content.xml",
                mimetype=b"application/vnd.oasis.opendocument.text",
                content=content,
            )
        )
        if is_taken:
            check_office(file, "yazı.odt")
        else:
            with pytest.raises(Invalid):
                check_office(file, "yazı.odt")


def test_a_part_that_stands_twice_or_climbs_out_is_refused():
    for name in ("../../etc/cron.d/x", "C:\\x", "word\\document.xml"):
        with pytest.raises(Invalid):
            check_office(io.BytesIO(office("[Content_Types].xml", "word/document.xml", name)), "rapor.docx")
    with pytest.warns(UserWarning), pytest.raises(Invalid):
        check_office(
            io.BytesIO(office("[Content_Types].xml", "word/document.xml", "word/document.xml")), "r.docx"
        )
