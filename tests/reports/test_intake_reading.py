"""Documents as they come are cut and suggested right; what finds no place is listed whole."""

from __future__ import annotations

import io
import json
import random
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from documents.reports.intake import pieces, reading
from documents.reports.intake.blocks import blocks_html
from tests.reports import word_files
from tests.reports.libreoffice import make as libreoffice

SECTIONS = [
    SimpleNamespace(number=n, title=title, is_table=n == 5, columns=word_files.COLUMNS if n == 5 else [])
    for n, title in enumerate(word_files.TITLES, 1)
]
CORPUS = {
    "plain": word_files.plain,
    "numbered and in capitals": word_files.numbered_capitals,
    "bold lines": word_files.bold_without_styles,
    "no headings": word_files.no_headings,
    "pictures": word_files.pictures,
    "footnotes": word_files.footnotes,
    "marked changes": word_files.tracked,
    "names of other programs": word_files.libreoffice,
    "tables": word_files.tables,
    "100 pages": lambda: word_files.long(100),
    "400 pages": lambda: word_files.long(400),
}
BY_LIBREOFFICE = json.loads(libreoffice.MARKS.read_text())


def read(content: bytes, folder: Path) -> dict:
    path = folder / "rapor.docx"
    path.write_bytes(content)
    return reading.read(path, "docx", name=path.name, folder=folder)


def found_in(piece: dict) -> str:
    rows = " ".join(str(cell) for row in piece.get("grid", ()) for cell in row)
    return pieces.text_html(piece) + rows


def written(name: str) -> tuple[bytes, dict[str, int | None]]:
    """The file, and where each of its marked words belongs."""
    if name in BY_LIBREOFFICE:
        return (libreoffice.FOLDER / f"{name}.docx").read_bytes(), BY_LIBREOFFICE[name]
    made = CORPUS[name]()
    content = made.bytes()
    return (word_files.with_footnotes(content) if name == "footnotes" else content), made.belongs


def test_libreoffice_wrote_all_files_of_its_folder():
    kept = {path.stem for path in libreoffice.FOLDER.glob("*.docx")}
    assert kept == set(BY_LIBREOFFICE) == set(libreoffice.SOURCES)


@pytest.mark.parametrize("name", [*CORPUS, *BY_LIBREOFFICE])
def test_of_each_document_19_of_20_pieces_are_placed_right_and_all_are_listed(name, tmp_path, capsys):
    content, belongs = written(name)
    found = read(content, tmp_path)
    cut = pieces.of_document(found["blocks"], SECTIONS)
    text = {number: found_in(piece) for number, piece in enumerate(cut)}
    right = listed = 0
    for mark, section in belongs.items():
        places = [number for number, words in text.items() if mark in words]
        listed += len(places) == 1
        right += len(places) == 1 and cut[places[0]]["section"] == section
    total = len(belongs)
    with capsys.disabled():
        print(f"\n  {name}: {total} pieces, {right / total:.1%} right, {listed / total:.0%} listed", end="")
    assert listed == total
    assert right >= 0.95 * total


def test_what_libreoffice_keeps_beside_the_words_comes_along_or_is_noted(tmp_path):
    found = {name: read(written(name)[0], tmp_path) for name in BY_LIBREOFFICE}
    html = {name: "".join(block.get("html", "") for block in one["blocks"]) for name, one in found.items()}
    noted = {name: {note["what"] for note in one["notes"]} for name, one in found.items()}

    notes = html["headings-lists-notes"]
    assert notes.count('<sup data-note="5393 sayılı Kanun, md. 41 &amp; ilgili tebliğ."></sup>') == 4
    assert notes.count('<sup data-note="Çalıştay tutanağı."></sup>') == 4
    items = [block for block in found["headings-lists-notes"]["blocks"] if block["kind"] == "item"]
    assert [(item["level"], item["ordered"]) for item in items[:6]] == [
        *((level, False) for level in range(3)),
        *((level, True) for level in range(3)),
    ]
    assert noted["headings-lists-notes"] == {"contents"}

    assert "EKLENEN1" in html["marked-changes"] and "SİLİNEN" not in html["marked-changes"]
    assert noted["marked-changes"] == {"tracked", "comment"}

    assert [picture["alt"] for picture in found["tables-and-pictures"]["pictures"]] == [
        "Paydaş haritası",
        "",
    ] * 2
    assert html["tables-and-pictures"].count('<th colspan="2"><p>Dayanak</p></th>') == 4
    assert html["tables-and-pictures"].count('<td rowspan="2"><p>5393</p></td>') == 4
    assert sum(block.get("caption", False) for block in found["tables-and-pictures"]["blocks"]) == 4
    assert noted["tables-and-pictures"] == set()


def test_the_items_of_a_list_become_statements_each_in_its_family(tmp_path):
    families = ["Güçlü yön", "Zayıf yön"]
    columns = [
        {"key": "family", "title": "Boyut", "type": "choice", "required": True, "choices": families},
        {"key": "text", "title": "GZFT", "type": "long", "required": True, "choices": []},
    ]
    section = SimpleNamespace(number=1, title="GZFT analizi", is_table=True, columns=columns)
    made = word_files.Made()
    made.heading("3. GZFT Analizi")
    made.document.add_paragraph("Güçlü Yönler")
    made.document.add_paragraph("Genç personel", style="List Bullet")
    made.document.add_paragraph("Zayıf Yönlerimiz").runs[0].bold = True
    made.document.add_paragraph("Dağınık hizmet binaları", style="List Bullet")
    made.document.add_paragraph("Bu bölüm çalıştayda hazırlanmıştır.")
    found = pieces.of_document(read(made.bytes(), tmp_path)["blocks"], [section])
    assert found[0]["grid"][1:] == [["Güçlü yön", "Genç personel"], ["Zayıf yön", "Dağınık hizmet binaları"]]
    assert [block["text"] for block in found[1]["blocks"]] == ["Bu bölüm çalıştayda hazırlanmıştır."]


def shape(inner: str) -> str:
    """A drawing with a text box, as Word writes both."""
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in SPACES.items())
    return (
        f"<w:r {word_files.W} {spaces}><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>"
        f"<w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></w:r>"
    )


SPACES = {
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}


def test_a_picture_in_a_text_box_comes_once(tmp_path):
    made = word_files.Made()
    made.picture("Harita")
    paragraph = made.document.paragraphs[-1]._p
    picture = etree.tostring(paragraph.findall(qn("w:r"))[0]).decode()
    paragraph.getparent().remove(paragraph)
    made.document.add_paragraph()._p.append(parse_xml(shape(f"<w:p>{picture}</w:p>")))
    found = read(made.bytes(), tmp_path)
    assert [block["alt"] for block in found["blocks"] if block["kind"] == "picture"] == ["Harita"]


def test_signs_without_a_letter_of_their_own_are_told_and_coloured_ones_are_read(tmp_path):
    made = word_files.Made()
    paragraph = made.document.add_paragraph("Onay")._p
    for char in ("0000", "F0FC", "FFFF", "20AC"):
        paragraph.append(parse_xml(f'<w:r {word_files.W}><w:sym w:font="Wingdings" w:char="{char}"/></w:r>'))
    coloured = "<mc:AlternateContent><mc:Choice Requires='w16se'/><mc:Fallback><w:t>☺</w:t></mc:Fallback>"
    paragraph.append(
        parse_xml(f'<w:r {word_files.W} xmlns:mc="{SPACES["mc"]}">{coloured}</mc:AlternateContent></w:r>')
    )
    found = read(made.bytes(), tmp_path)
    assert found["blocks"][0]["text"] == "Onay•••€☺"
    assert [note["what"] for note in found["notes"]] == ["symbol"] * 3


def test_a_row_that_begins_further_right_keeps_its_columns(tmp_path):
    made = word_files.Made()
    table = made.table(None, rows=(), marked=False)
    row = parse_xml(
        f'<w:tr {word_files.W}><w:trPr><w:gridBefore w:val="2"/></w:trPr><w:tc><w:p><w:r><w:t>İzle</w:t></w:r></w:p>'
        "</w:tc></w:tr>"
    )
    table._tbl.append(row)
    block = read(made.bytes(), tmp_path)["blocks"][0]
    assert block["grid"][1] == ["", "", "İzle"]
    assert '<tr><td colspan="2"></td><td><p>İzle</p></td></tr>' in block["html"]


def test_numbers_go_on_behind_a_paragraph_as_in_word(tmp_path):
    made = word_files.Made()
    for style in ("List Number", "List Number", None, "List Number"):
        made.document.add_paragraph("Madde", style=style)
    blocks = read(made.bytes(), tmp_path)["blocks"]
    assert '<p>Madde</p><ol start="3"><li>Madde</li></ol>' in blocks_html(blocks)


def test_a_picture_in_the_head_of_the_pages_is_told(tmp_path):
    made = word_files.Made()
    made.text(None)
    held = io.BytesIO()
    Image.new("RGB", (9, 9)).save(held, "PNG")
    made.document.sections[0].header.paragraphs[0].add_run().add_picture(held)
    assert {"what": "header_picture", "text": ""} in read(made.bytes(), tmp_path)["notes"]


def test_a_note_on_a_cell_goes_with_its_words(tmp_path):
    made = word_files.footnotes()
    reference = f'<w:r {word_files.W}><w:footnoteReference w:id="2"/></w:r>'
    made.document.tables[0].cell(1, 0).paragraphs[0]._p.append(parse_xml(reference))
    cut = pieces.of_document(read(word_files.with_footnotes(made.bytes()), tmp_path)["blocks"], SECTIONS)
    table = next(piece for piece in cut if piece["section"] == 5)
    assert table["grid"][1][0] == "Mahalle muhtarları [5393 sayılı Kanun, md. 41 & ilgili tebliğ.]"


def test_lines_that_are_no_titles_are_told_quickly(tmp_path):
    """A long list of names has a new word in each of its lines."""
    letters = "abcçdefgğhıijklmnoöprsştuüvyz"
    pick = random.Random(1).choice
    lines = [" ".join("".join(pick(letters) for _ in range(8)) for _ in range(9)) for _ in range(1_500)]
    began = time.process_time()
    pieces.of_document([{"kind": "text", "html": line, "text": line} for line in lines], SECTIONS)
    assert time.process_time() - began < 4
