"""What was read, cut into pieces that each go to one section, with the section that is suggested.

A piece is a plain dictionary that the intake keeps:

    {kind: "text", title, blocks, section}             a heading with what stands below it
    {kind: "table", title, grid, sheet, html, section}  a table that is a section's rows, or a sheet

`section` is the number of the suggested section, or None: not placed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from documents.reports.intake import tables
from documents.reports.intake.blocks import Block, block_text, blocks_html
from documents.reports.intake.matching import SAME, SURE, best

CHAPTER = re.compile(r"\s*(\d+|[IVX]+)[.)\-]?\s+[^\d\s]")  # "6. Sonuç", not "6.1 Yöntem"
LONGEST_HEADING = 120  # characters of a line that is taken for a heading by its look

Piece = dict[str, Any]


def of_document(blocks: list[Block], sections: list[Any]) -> list[Piece]:
    """A Word file's blocks, cut at the headings that name a section or stand as high as those that do."""
    blocks = list(_with_headings(blocks, sections))
    named = _named(blocks, sections)
    cut = min((blocks[place]["level"] for place in named), default=None)
    if cut is None:
        cut = min((b["level"] for b in blocks if b["kind"] == "heading" and b["level"]), default=0)
    pieces: list[Piece] = [_text("", None)]
    for place, block in enumerate(blocks):
        is_cut = block["kind"] == "heading" and (place in named or block["level"] <= cut)
        if is_cut:
            section = named.get(place)
            pieces.append(_text(block["text"], section.number if section else None))
            if section:  # it stands on the page of that section already; elsewhere it goes with the text
                pieces[-1]["heading"] = block
                continue
        pieces[-1]["blocks"].append(block)
    by_number = {section.number: section for section in sections}
    found = [part for piece in pieces for part in _tables_apart(piece, by_number)]
    return [piece for piece in found if piece["kind"] == "table" or piece["blocks"]]


def of_workbook(sheets: list[dict[str, Any]], sections: list[Any]) -> list[Piece]:
    """Each sheet with the table section that its columns fit best; a sheet's title may name it too."""
    pieces = []
    for sheet in sheets:
        section, head = _fitting(sheet["rows"], sections)
        pieces.append(_table(sheet["title"], sheet["rows"], section, head, sheet=sheet["title"]))
        pieces[-1] |= {"long": sheet["long"], "hidden": sheet["hidden"]}
    return pieces


def text_html(piece: Piece, *, under: int | None = None, picture: Any = None) -> str:
    """A piece as text for the section `under`, with its heading where that names another one.

    `picture(block)` gives the HTML of a picture; without it they are left out.
    """
    if piece["kind"] == "table":
        return piece["html"] or tables.as_html(piece["grid"])
    html: list[str] = []
    run: list[Block] = []
    own = [piece["heading"]] if "heading" in piece and piece["section"] != under else []
    for block in [*own, *piece["blocks"]]:
        if block["kind"] != "picture":
            run.append(block)
            continue
        html += [blocks_html(run), picture(block) if picture else ""]
        run = []
    return "".join([*html, blocks_html(run)])


def pictures(piece: Piece) -> list[Block]:
    return [block for block in piece.get("blocks", ()) if block["kind"] == "picture"]


def _with_headings(blocks: Iterable[Block], sections: list[Any]) -> Iterator[Block]:
    """Lines that are headings by their look count as such: those that name a section, and, where the
    document has no heading at all, those that are bold from end to end."""
    blocks = list(blocks)
    titles = [section.title for section in sections]
    styled = any(block["kind"] == "heading" and block["level"] for block in blocks)
    for block in blocks:
        words = block.get("text", "")
        if (
            block["kind"] in ("text", "item")
            and 0 < len(words) <= LONGEST_HEADING
            and not block.get("caption")
        ):
            bold = block.get("bold", False)
            ends = words.rstrip()[-1:] in ".;,"
            likeness = best(words, titles)[1]
            if likeness >= SURE or (bold and likeness >= SAME) or (bold and not styled and not ends):
                level = 1 if likeness >= SAME or CHAPTER.match(words) else 2
                if styled and likeness < SAME:
                    level = 9  # deeper than any cut
                yield block | {"kind": "heading", "level": level}
                continue
        yield block


def _named(blocks: list[Block], sections: list[Any]) -> dict[int, Any]:
    """By place in the document, the section that a heading names. The likest heading has it; another one
    has it too only where it is as good as equal."""
    titles = [section.title for section in sections]
    found = []
    for place, block in enumerate(blocks):
        if block["kind"] == "heading":
            which, score = best(block["text"], titles)
            if score >= SAME:
                found.append((score, place, sections[which]))
    named: dict[int, Any] = {}
    taken: set[int] = set()
    for score, place, section in sorted(found, key=lambda one: (-one[0], one[1])):
        if section.number not in taken or score >= SURE:
            named[place] = section
            taken.add(section.number)
    # Below a heading that names a section, a deeper one that names the same adds nothing.
    return named


def _tables_apart(piece: Piece, sections: dict[int, Any]) -> Iterator[Piece]:
    """The piece, with the tables that are some section's rows as pieces of their own behind what is before them."""
    own = sections.get(piece["section"])
    if own is not None and own.is_table:
        # Words find no place in a table; they are shown and wait for a decision.
        piece = piece | {"section": None, "beside": own.number}
        if listed := _statements(piece["blocks"], own.columns):
            grid, used = listed
            yield _table(piece["title"], grid, own, 0, html=blocks_html(used))
            piece["blocks"] = [block for block in piece["blocks"] if not any(block is one for one in used)]
    rest = piece | {"blocks": []}
    others = [section for section in sections.values() if section.is_table]
    for block in piece["blocks"]:
        if block["kind"] == "table":
            section, head = _fitting(block["grid"], [own] if own is not None and own.is_table else others)
            if section is None and own is not None and own.is_table:
                section, head = _fitting(block["grid"], others)
            if section is not None:
                if rest["blocks"]:
                    yield rest
                yield _table(piece["title"], block["grid"], section, head, html=block["html"])
                rest = piece | {"blocks": []}
                continue
        rest["blocks"].append(block)
    if rest["blocks"]:
        yield rest


def _statements(blocks: list[Block], columns: list[dict]) -> tuple[tables.Grid, list[Block]] | None:
    """The items of a list as rows of a section that holds statements, each below the name of its family
    where there are families; and the blocks that went into them."""
    if [column["type"] for column in columns] not in (["long"], ["choice", "long"]):
        return None
    families = columns[0]["choices"] if len(columns) == 2 else []
    grid: tables.Grid = [[column["title"] for column in columns]]
    used, family = [], ""
    for block in blocks:
        which, score = best(block.get("text", ""), families)
        if score >= SAME:
            family = families[which]
            used.append(block)
        elif block["kind"] == "item":
            grid.append([family, block_text(block)] if families else [block_text(block)])
            used.append(block)
    return (grid, used) if len(grid) > 1 else None


def _fitting(grid: tables.Grid, sections: Iterable[Any]) -> tuple[Any, int]:
    """The section whose columns the table fits best, and the row of its heads; (None, 0) where it fits none."""
    fits = [(*tables.fit(section.columns, grid), section) for section in sections if section.is_table]
    if not fits:
        return None, 0
    score, head, section = max(fits, key=lambda one: one[0])
    return (section, head) if score >= tables.FITS else (None, 0)


def _text(title: str, section: int | None) -> Piece:
    return {"kind": "text", "title": title, "blocks": [], "section": section}


def _table(
    title: str, grid: tables.Grid, section: Any, head: int, *, html: str = "", sheet: str = ""
) -> Piece:
    number = section.number if section is not None else None
    return {
        "kind": "table",
        "title": title,
        "grid": grid,
        "head": head,
        "html": html,
        "sheet": sheet,
        "section": number,
    }
