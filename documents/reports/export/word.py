"""A report as a Word file that can be written on: real headings, repeated table heads, real footnotes."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import docx
from django.utils import translation
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from documents.files import services as files
from documents.reports import html as markup
from documents.reports import legible
from documents.reports.export.parts import Document

FACE = "Calibri"
INK = RGBColor(0x00, 0x3D, 0x4A)
WIDTH, TALLEST = Cm(16), Cm(20)
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


@dataclass(frozen=True)
class Place:
    """Where blocks are written: the document, or a cell of a table; how wide it is, how its paragraphs look."""

    into: Any
    width: int
    style: str | None = None
    bold: bool = False

    def paragraph(self, style: str | None = None) -> Any:
        return self.into.add_paragraph(style=style or self.style)


def build(document: Document) -> bytes:
    with translation.override("tr"):
        return Writer(document).bytes()


class Writer:
    """One file while it is written."""

    def __init__(self, document: Document) -> None:
        self.source = document
        self.file = docx.Document()
        self.notes: list[str] = []
        self.pictures = document.pictures
        self._dress()
        self._cover()
        for part in document.parts:
            self.file.add_heading(part.heading, 1)
            tree = markup.parse(markup.clean(part.html))
            legible.number_figures(tree, part.figures_before, captions=True)
            if part.columns and part.rows:
                self._table([part.heads, *part.cells])
            elif tree.children:
                self._blocks(tree.children, Place(self.file, WIDTH))
            else:
                self.file.add_paragraph("Bu bölüm boştur.").runs[0].italic = True

    def bytes(self) -> bytes:
        if self.notes:
            self._keep_notes()
        held = io.BytesIO()
        self.file.save(held)
        return held.getvalue()

    def _dress(self) -> None:
        """Language, faces and margins; the names of the styles stay those that every Word translates."""
        styles = self.file.styles
        normal = styles["Normal"]
        normal.font.name, normal.font.size = FACE, Pt(11)
        language = OxmlElement("w:lang")
        for name in ("w:val", "w:eastAsia"):
            language.set(qn(name), "tr-TR")
        look = normal.element.get_or_add_rPr()
        for old in look.findall(qn("w:lang")):
            look.remove(old)
        look.append(language)
        for default in styles.element.iter(qn("w:lang")):
            default.set(qn("w:val"), "tr-TR")
        for level, size in ((0, 22), (1, 16), (2, 13), (3, 12), (4, 11)):
            style = styles[f"Heading {level}" if level else "Title"]
            style.font.name, style.font.size, style.font.color.rgb = FACE, Pt(size), INK
            faces = style.element.get_or_add_rPr().get_or_add_rFonts()
            for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                faces.attrib.pop(qn(name), None)
        for section in self.file.sections:
            section.page_width, section.page_height = Cm(21), Cm(29.7)
            section.left_margin = section.right_margin = Cm(2.5)
        told = self.file.core_properties
        told.title, told.author, told.language = self.source.title, self.source.municipality, "tr-TR"

    def _cover(self) -> None:
        self.file.add_paragraph(f"{self.source.municipality} · {self.source.group}")
        self.file.add_paragraph(self.source.title, style="Title")
        self.file.add_paragraph(f"Stratejik plan dönemi {self.source.period}")
        self.file.add_paragraph(self.source.state)
        if self.source.sample:
            self.file.add_paragraph("Örnek veri: kurum ve kişiler kurgudur.")

    def _blocks(self, nodes: list[markup.Node], to: Place) -> None:
        for node in nodes:
            if node.tag in markup.HEADINGS:
                self._line(to.paragraph(f"Heading {node.tag[1]}"), node)
            elif node.tag in ("ul", "ol"):
                self._items(node, to)
            elif node.tag == "table":
                self._rich_table(node, to)
            elif node.tag == "figure":
                self._figure(node, to)
            elif node.tag == "blockquote":
                self._blocks(node.children, replace(to, style="Quote"))
            else:
                self._line(to.paragraph(), node, bold=to.bold)

    def _items(self, node: markup.Node, to: Place, depth: int = 0) -> None:
        """A list; what follows the first paragraph of an item stands below it without a mark of its own."""
        level = "" if depth == 0 else f" {min(depth + 1, 3)}"
        style = ("List Number" if node.tag == "ol" else "List Bullet") + level
        number = self._numbering(style, int(node.attributes.get("start", 1))) if node.tag == "ol" else None
        for item in node.children:
            marked = False
            for child in item.children:
                if child.tag in ("ul", "ol"):
                    self._items(child, to, depth + 1)
                elif marked or child.tag != "p":
                    self._blocks([child], replace(to, style=f"List Continue{level}"))
                else:
                    paragraph, marked = to.paragraph(style), True
                    if number is not None:
                        counted = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                        counted.get_or_add_ilvl().val = 0
                        counted.get_or_add_numId().val = number
                    self._line(paragraph, child, bold=to.bold)

    def _numbering(self, style: str, start: int) -> int:
        """A count of its own for each list; by the style alone all lists of a file count on from one another."""
        counts = self.file.part.numbering_part.element
        of_style = self.file.styles[style].element.pPr.numPr.numId.val
        number = counts.add_num(counts.num_having_numId(of_style).abstractNumId.val)
        number.add_lvlOverride(ilvl=0).add_startOverride(start)
        return number.numId

    def _figure(self, node: markup.Node, to: Place) -> None:
        for child in node.children:
            if child.tag != "img":
                self._line(to.paragraph("Caption"), child)
                continue
            found = markup.PICTURE.fullmatch(child.attributes["src"])
            file = self.pictures[int(found[1])]  # type: ignore[index]  # it was cleaned
            picture = to.paragraph().add_run().add_picture(str(files.place(file.blob)))
            less = min(1, to.width / picture.width, TALLEST / picture.height)
            picture.width, picture.height = int(picture.width * less), int(picture.height * less)
            picture._inline.docPr.set("descr", child.attributes.get("alt", ""))

    def _rich_table(self, node: markup.Node, to: Place) -> None:
        """A table of a text, merged cells where it has them."""
        rows = [(row, part.tag == "thead") for part in node.children for row in part.children]
        taken: set[tuple[int, int]] = set()
        placed = []
        for number, (row, _head) in enumerate(rows):
            column = 0
            for cell in row.children:
                while (number, column) in taken:
                    column += 1
                wide, high = (int(cell.attributes.get(name, 1)) for name in ("colspan", "rowspan"))
                high = min(high, len(rows) - number)
                taken |= {(number + y, column + x) for y in range(high) for x in range(wide)}
                placed.append((cell, number, column, high, wide))
                column += wide
        columns = max((column + 1 for _row, column in taken), default=1)
        table = self._new_table(len(rows), columns, to.into)
        grid = [list(row.cells) for row in table.rows]
        for cell, number, column, high, wide in placed:
            there = grid[number][column]
            if high > 1 or wide > 1:
                there = there.merge(grid[number + high - 1][column + wide - 1])
            self._blocks(cell.children, Place(there, to.width * wide // columns, bold=cell.tag == "th"))
            given = there.paragraphs[0]._p  # every new cell has one
            if given.getnext() is not None:
                there._tc.remove(given)
        for number, (_row, head) in enumerate(rows):
            if head:
                self._repeat(table.rows[number])

    def _table(self, lines: list[list[str]]) -> None:
        """Rows of a section; written cell by cell, since the library looks up each cell anew."""
        table = self._new_table(len(lines), len(lines[0]), self.file)
        for row, line in zip(table.rows, lines, strict=True):
            for cell, words in zip(row.cells, line, strict=True):
                cell.text = words
        self._repeat(table.rows[0])
        for cell in table.rows[0].cells:
            for run in cell.paragraphs[0].runs:
                run.bold = True

    def _new_table(self, rows: int, columns: int, into: Any) -> Any:
        table = into.add_table(rows=rows, cols=columns)
        table.style = "Table Grid"
        return table

    def _repeat(self, row: Any) -> None:
        """The heads of a table stand again on each page."""
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))

    def _line(self, paragraph: Any, node: markup.Node, *, bold: bool = False, italic: bool = False) -> None:
        if node.tag == markup.WORDS:
            run = paragraph.add_run(" ".join(node.words.split("\n")))
            run.bold, run.italic = bold or None, italic or None
        elif node.tag == "br":
            paragraph.add_run().add_break()
        elif words := node.attributes.get("data-note"):
            self._note(paragraph, words)
        elif node.tag == "a" and "href" in node.attributes:
            self._link(paragraph, node, bold=bold, italic=italic)
        else:
            for child in node.children:
                self._line(
                    paragraph,
                    child,
                    bold=bold or node.tag == "strong",
                    italic=italic or node.tag == "em",
                )

    def _link(self, paragraph: Any, node: markup.Node, *, bold: bool, italic: bool) -> None:
        target = node.attributes["href"]
        before = len(paragraph._p)
        for child in node.children:
            self._line(paragraph, child, bold=bold, italic=italic)
        if not target.startswith(("https:", "mailto:")):  # an address of ours says nothing on paper
            return
        link = OxmlElement("w:hyperlink")
        relation = self.file.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), relation)
        for run in list(paragraph._p)[before:]:
            link.append(run)
        paragraph._p.append(link)

    def _note(self, paragraph: Any, words: str) -> None:
        self.notes.append(words)
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self.notes) + 1))
        run._r.append(reference)

    def _keep_notes(self) -> None:
        """The part that the library cannot write; ids 0 and 1 are the lines above the notes."""
        raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        notes = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r>{raised}<w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {escape(words)}</w:t></w:r></w:p></w:footnote>'
            for number, words in enumerate(self.notes, 2)
        )
        lines = (
            '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
            "</w:footnote>"
        )
        xml = f"<w:footnotes {nsdecls('w')}>{lines}{notes}</w:footnotes>"
        parse_xml(xml)  # whole, or an error here and not in Word
        part = PackagePart(PackURI("/word/footnotes.xml"), FOOTNOTES, xml.encode(), self.file.part.package)
        self.file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
