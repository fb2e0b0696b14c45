"""What stands in a Word file, in reading order: headings, text, lists, tables, pictures, notes.

The document's own XML is walked, since what converters leave out they leave out without a word
(fields, formulas, moved text, lists by style). Here everything is either a block or a note that says
what was left out. Changes that are marked in the file count as accepted. Needs nothing of Django.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import groupby, takewhile
from pathlib import Path
from typing import Any

import docx
from lxml import etree

from documents.reports.intake.blocks import Block, block_text, blocks_html
from documents.reports.intake.pictures import Unshowable, keep_picture
from documents.reports.intake.word_styles import Lists, Styles
from documents.reports.intake.word_tables import grid, settle_spans, table_html
from documents.reports.intake.word_xml import (
    MC,
    WP,
    A,
    M,
    R,
    V,
    W,
    attribute,
    is_on,
    parsed,
    text_of,
    w,
)

MOST_BLOCKS = 100_000
GONE = {w("del"), w("moveFrom")}
CARRIERS = {
    w(name) for name in ("ins", "moveTo", "smartTag", "customXml", "fldSimple", "bdo", "dir", "sdtContent")
}
NOTE = re.compile(r'<sup data-note="([^"]*)"></sup>')
SAFE_LINK = re.compile(r"(https://|mailto:)", re.IGNORECASE)


class Refused(Exception):
    """The file is not read; the message is a code of intake.reading.SENTENCES."""


def read(path: Path, folder: Path) -> dict[str, Any]:
    """{blocks, notes, pictures}; pictures lie in `folder` under the names that are told of them."""
    try:
        document = docx.Document(str(path))
    except ValueError as error:  # a template, a Strict document, something else in this clothing
        raise Refused("not_word") from error
    return Reader(document.part, folder).all()


class Reader:
    """One walk through one document."""

    def __init__(self, part: Any, folder: Path) -> None:
        self.part, self.folder = part, folder
        for relation in part.rels.values():
            if relation.is_external and relation.reltype.endswith("/image"):
                raise Refused("elsewhere")
        self.styles = Styles(self._related("/styles"))
        self.lists = Lists(self._related("/numbering"), self.styles)
        self.footnotes = {
            kind: {attribute(note, W, "id"): text_of(note) for note in tree} if tree is not None else {}
            for kind, tree in (
                ("footnoteReference", self._related("/footnotes")),
                ("endnoteReference", self._related("/endnotes")),
            )
        }
        self.notes: list[dict[str, str]] = []
        self.pictures: list[dict[str, Any]] = []
        self.tracked = 0
        self.floating: list[Any] = []  # text boxes of the paragraph that is being read

    def all(self) -> dict[str, Any]:
        body = self.part.element.body
        blocks: list[Block] = []
        for block in self._blocks(body):
            blocks.append(block)
            if len(blocks) > MOST_BLOCKS:
                raise Refused("too_long")
        if self.tracked:
            self._note("tracked", str(self.tracked))
        for name in ("header", "footer"):
            trees = list(self._all_related(f"/{name}"))
            for words in sorted({text_of(tree) for tree in trees} - {""}):
                self._note(name, words)
            if any(next(tree.iter(f"{A}blip", f"{V}imagedata"), None) is not None for tree in trees):
                self._note(f"{name}_picture", "")
        comments = self._related("/comments")
        for comment in comments if comments is not None else ():
            self._note("comment", f"{attribute(comment, W, 'author')}: {text_of(comment)}")
        return {"blocks": blocks, "notes": self.notes, "pictures": self.pictures}

    # Blocks

    def _blocks(self, parent: Any) -> Iterator[Block]:
        for child in parent:
            tag = child.tag
            if tag == w("p"):
                yield from self._paragraph(child)
            elif tag == w("tbl"):
                yield from self._table(child)
            elif tag == w("sdt"):
                gallery = child.find(f".//{w('docPartGallery')}")
                if gallery is not None and attribute(gallery, W, "val") == "Table of Contents":
                    self._note("contents", "")
                elif (content := child.find(w("sdtContent"))) is not None:
                    yield from self._blocks(content)
            elif tag in GONE:
                self.tracked += 1
            elif tag in CARRIERS:
                yield from self._blocks(child)
            elif tag == f"{MC}AlternateContent":
                yield from self._blocks(self._chosen(child))
            elif tag == w("altChunk"):
                self._note("embedded", "")
            elif tag == f"{M}oMathPara":
                yield self._formula(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        properties = paragraph.find(w("pPr"))
        style = self.styles.of(properties)
        if style.is_contents:
            self._note("contents", text_of(paragraph))
            return
        self.floating = []
        pieces = list(self._inline(paragraph, style.bold))
        boxes, self.floating = self.floating, []
        level = style.level if (own := self.styles.own_level(properties)) is None else own
        item = self.lists.of(properties, style) if level is None else None
        yield from self._split(pieces, level, item, style)
        for box in boxes:
            yield from self._blocks(box)

    def _split(self, pieces: list[Any], level: int | None, item: Any, style: Any) -> Iterator[Block]:
        """A paragraph's words as one block; a picture in it stands after it as a block of its own."""
        words = [piece for piece in pieces if isinstance(piece, tuple)]
        pictures = [piece for piece in pieces if isinstance(piece, dict)]
        text = " ".join("".join(escaped_back(piece[0]) for piece in words if not piece[4]).split())
        if text or any(piece[4] for piece in words):
            bold = bool(words) and all(piece[1] for piece in words if piece[0].strip())
            heading = level is not None or style.is_title
            html = written(words, plain=heading)
            block: Block = {"kind": "text", "html": html, "text": text}
            if heading:
                block |= {"kind": "heading", "level": 0 if style.is_title else level}
            elif item:
                block |= {"kind": "item", "level": item.level, "ordered": item.ordered, "number": item.number}
            elif style.is_caption:
                block["caption"] = True
            if bold:
                block["bold"] = True
            if any(piece[4] for piece in words):
                block["noted"] = " ".join("".join(escaped_back(piece[0]) for piece in words).split())
            yield block
        yield from pictures

    def _table(self, table: Any) -> Iterator[Block]:
        rows = list(self._rows(table))
        cells = [cell for row in rows for cell in row["cells"]]
        if len(cells) == 1:  # a frame around some words, not a table
            yield from cells[0]["blocks"]
            return
        if any(cell["text"] or cell["blocks"] for cell in cells):
            settle_spans(rows)
            yield {"kind": "table", "html": table_html(rows), "grid": grid(rows)}
            # A table's cell holds words only; its pictures stand after it.
            for cell in cells:
                yield from (block for block in cell["blocks"] if block["kind"] == "picture")

    def _rows(self, table: Any) -> Iterator[dict[str, Any]]:
        for child in table:
            if child.tag in CARRIERS:
                yield from self._rows(child)
            elif child.tag == w("sdt") and (content := child.find(w("sdtContent"))) is not None:
                yield from self._rows(content)
            elif child.tag == w("tr"):
                properties = child.find(w("trPr"))
                if properties is not None and properties.find(w("del")) is not None:
                    self.tracked += 1
                    continue
                head = properties is not None and is_on(properties.find(w("tblHeader")))
                before = self.styles.before(properties)  # columns that the row leaves out at its beginning
                yield {"head": head, "cells": [*before, *self._cells(child)]}

    def _cells(self, row: Any) -> Iterator[dict[str, Any]]:
        for child in row:
            if child.tag in CARRIERS:
                yield from self._cells(child)
            elif child.tag == w("sdt") and (content := child.find(w("sdtContent"))) is not None:
                yield from self._cells(content)
            elif child.tag == w("tc"):
                blocks = list(self._blocks(child))
                yield {
                    "blocks": blocks,
                    "text": "\n".join(block_text(block) for block in blocks if block_text(block)),
                    "html": blocks_html(blocks, flat=True),
                    **self.styles.spans(child.find(w("tcPr"))),
                }

    # Lines

    def _inline(self, parent: Any, bold: bool, href: str = "") -> Iterator[Any]:
        """(html, bold, italic, link, is it a note) of each run, and pictures as blocks."""
        for child in parent:
            tag = child.tag
            if tag == w("r"):
                yield from self._run(child, bold, href)
            elif tag == w("hyperlink"):
                yield from self._inline(child, bold, self._target(child) or href)
            elif tag in GONE:
                self.tracked += 1
            elif tag == w("sdt"):
                if (content := child.find(w("sdtContent"))) is not None:
                    yield from self._inline(content, bold, href)
            elif tag in CARRIERS:
                self.tracked += tag in (w("ins"), w("moveTo"))
                yield from self._inline(child, bold, href)
            elif tag == f"{MC}AlternateContent":
                yield from self._inline(self._chosen(child), bold, href)
            elif tag in (f"{M}oMath", f"{M}oMathPara"):
                yield escape(self._formula(child)["text"]), False, False, href, False

    def _run(self, run: Any, bold: bool, href: str) -> Iterator[Any]:
        look = self.styles.look(run.find(w("rPr")), bold)
        if look.hidden and (words := text_of(run)):
            self._note("hidden", words)
            return
        for child in run:
            tag = child.tag
            if tag == w("t"):
                yield escape(look.shifted(child.text or "")), look.bold, look.italic, href, False
            elif tag in (w("tab"), w("ptab")):
                yield " ", look.bold, look.italic, href, False
            elif tag in (w("br"), w("cr")):
                mark = " " if attribute(child, W, "type") in ("page", "column") else "<br>"
                yield mark, look.bold, look.italic, href, False
            elif tag == w("noBreakHyphen"):
                yield "\u2011", look.bold, look.italic, href, False
            elif tag == w("sym"):
                yield self._symbol(child), look.bold, look.italic, href, False
            elif tag in (w("footnoteReference"), w("endnoteReference")):
                words = self.footnotes[etree.QName(tag).localname].get(attribute(child, W, "id"), "")
                if words:
                    yield f'<sup data-note="{escape(words)}"></sup>', False, False, "", True
            elif tag in (w("drawing"), w("pict"), w("object")):
                yield from self._drawn(child)
            elif tag == f"{MC}AlternateContent":
                plain = child.find(f"{MC}Fallback/{w('t')}")
                if plain is not None:  # a coloured sign, and the same as a letter
                    yield escape(plain.text or ""), look.bold, look.italic, href, False
                    continue
                for chosen in self._chosen(child):
                    yield from self._drawn(chosen)

    def _symbol(self, symbol: Any) -> str:
        """A sign of a decorative face: nobody can say what it looks like without that face."""
        code = int(attribute(symbol, W, "char") or "2022", 16)
        if code > 0x10FFFF or not chr(code).isprintable():
            self._note("symbol", attribute(symbol, W, "font"))
            return "•"
        return escape(chr(code))

    def _formula(self, formula: Any) -> Block:
        words = "".join(node.text or "" for node in formula.iter(f"{M}t"))
        self._note("formula", words)
        return {"kind": "text", "html": escape(words), "text": words}

    def _target(self, link: Any) -> str:
        relation = self.part.rels.get(attribute(link, R, "id"))
        target = relation.target_ref if relation is not None and relation.is_external else ""
        return target if SAFE_LINK.match(target) else ""

    # What is drawn

    def _drawn(self, drawing: Any) -> Iterator[Block]:
        # What stands in a box is read with the box, another box in it too.
        boxes = [box for box in drawing.iter(w("txbxContent")) if not in_box(box, drawing)]
        self.floating += boxes
        told = drawing.find(f".//{WP}docPr")
        alt = (told.get("descr") or told.get("title") or "") if told is not None else ""
        blips = [
            (blip, attribute(blip, R, "embed"), alt)
            for blip in drawing.iter(f"{A}blip")
            if not in_box(blip, drawing)
        ]
        blips += [
            (image, attribute(image, R, "id"), attribute(image.getparent(), "", "alt"))
            for image in drawing.iter(f"{V}imagedata")
            if not in_box(image, drawing)
        ]
        for element, relation, words in blips:
            if attribute(element, R, "link"):
                raise Refused("elsewhere")
            yield from self._picture(relation, " ".join(words.split()))
        if not boxes and not blips and drawing.tag != w("pict"):
            self._note("drawing", alt or (told.get("name", "") if told is not None else ""))

    def _picture(self, relation: str, alt: str) -> Iterator[Block]:
        found = self.part.rels.get(relation)
        if found is None or found.is_external:
            self._note("picture", alt)
            return
        number = len(self.pictures)
        try:
            kept = keep_picture(found.target_part.blob, self.folder / str(number))
        except Unshowable:
            self._note("picture", alt or Path(str(found.target_part.partname)).name)
            return
        self.pictures.append({"file": str(number), "alt": alt, "kind": kept})
        yield {"kind": "picture", "number": number, "alt": alt}

    # Parts of the file

    def _chosen(self, alternate: Any) -> Any:
        """Of two ways to write one thing the first, so that nothing is there twice."""
        return next((child for child in alternate if len(child)), ())

    def _related(self, kind: str) -> Any:
        return next(self._all_related(kind), None)

    def _all_related(self, kind: str) -> Iterator[Any]:
        for relation in self.part.rels.values():
            if relation.reltype.endswith(kind) and not relation.is_external:
                yield parsed(relation.target_part.blob)

    def _note(self, what: str, text: str) -> None:
        self.notes.append({"what": what, "text": " ".join(text.split())[:2000]})


def written(pieces: list[tuple], *, plain: bool = False) -> str:
    """Runs as HTML, neighbours of the same look together; a heading keeps no bold of its own."""
    html = []
    for (bold, italic, href, _note), runs in groupby(pieces, key=lambda piece: piece[1:]):
        words = "".join(run[0] for run in runs)
        if words.strip():
            words = f"<strong>{words}</strong>" if bold and not plain else words
            words = f"<em>{words}</em>" if italic else words
            words = f'<a href="{escape(href)}">{words}</a>' if href else words
        html.append(words)
    return "".join(html).strip()


def escaped_back(html: str) -> str:
    """The words of one run; a note's in brackets."""
    if note := NOTE.fullmatch(html):
        return f" [{unescape(note[1])}]"
    return " " if html.startswith("<") else unescape(html)


def in_box(element: Any, drawing: Any) -> bool:
    """Whether it stands in a text box of the drawing."""
    above = takewhile(lambda one: one is not drawing, element.iterancestors())
    return any(one.tag == w("txbxContent") for one in above)
