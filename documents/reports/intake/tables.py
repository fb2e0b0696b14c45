"""A table that was found, as rows of a section: which column goes where, and what each cell becomes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from common import turkish
from documents.reports import content
from documents.reports.intake.matching import SAME, likeness
from documents.reports.shapes import GIVEN_ROWS

LOOKED_AT = 10  # rows in which the heads of the columns are sought
FITS = 0.5  # of the section's columns that a table must have to be suggested for it

Cell = str | list[str]
Grid = list[list[Cell]]


@dataclass(frozen=True)
class Refused:
    """A cell that is not as its column wants it: where it stands in the file, and why."""

    place: str
    sentence: str


@dataclass(frozen=True)
class Taken:
    """What a table becomes in a section."""

    rows: list[dict[str, str]]
    refused: list[Refused]
    left_out: list[str]  # heads of columns that go nowhere


def fit(columns: list[dict], grid: Grid) -> tuple[float, int]:
    """How well a table fits these columns (0 to 1), and which of its rows holds the heads."""
    best, head = 0.0, 0
    for number, row in enumerate(grid[:LOOKED_AT]):
        chosen = suggest(columns, row)
        found = sum(source is not None for source in chosen.values())
        score = found / max(len(columns), 1)
        missing = any(column.get("required") and chosen[column["key"]] is None for column in columns)
        score *= 0.8 if missing else 1.0
        if score > best:
            best, head = score, number
    return best, head


def suggest(columns: list[dict], head: list[Cell]) -> dict[str, int | None]:
    """For each column's key the column of the file with the title most like its own, each used once."""
    pairs = [
        (likeness(column["title"], plain(cell)), number, column["key"])
        for column in columns
        for number, cell in enumerate(head)
        if plain(cell)
    ]
    chosen: dict[str, int | None] = {column["key"]: None for column in columns}
    used: set[int] = set()
    for score, number, key in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if score >= SAME and chosen[key] is None and number not in used:
            chosen[key] = number
            used.add(number)
    return chosen


def take(
    columns: list[dict],
    grid: Grid,
    *,
    head: int,
    chosen: dict[str, int | None],
    units: list[str],
    sheet: str = "",
) -> Taken:
    """The rows below the heads. What cannot be read as its column wants it stays as it was typed and is
    told; what holds no value at all (an error, a formula never worked out) is told and left empty."""
    rows, refused = [], []
    for number, cells in enumerate(grid[head + 1 :], head + 1):
        row = {}
        for column in columns:
            source = chosen.get(column["key"])
            cell = cells[source] if source is not None and source < len(cells) else ""
            row[column["key"]], why = typed(cell, column, units)
            if why and source is not None:
                refused.append(Refused(place(number, source, sheet), why))
        rows.append(row)
    used = set(chosen.values())
    heads = grid[head] if head < len(grid) else []
    left_out = [
        plain(cell) or get_column_letter(number + 1)
        for number, cell in enumerate(heads)
        if number not in used and any(plain(line[number]) for line in grid[head + 1 :] if number < len(line))
    ]
    return Taken([row for row in rows if any(row.values())], refused, left_out)


def typed(cell: Cell, column: dict, units: list[str]) -> tuple[str, str]:
    """A cell as the section keeps it, and why it is not what the column wants."""
    kind = cell[0] if isinstance(cell, list) else ""
    if kind == "e":
        return "", _("The cell holds the error %(error)s; correct it in the file.") % {"error": cell[1]}
    if kind == "f":
        return "", _("The formula has no stored value; open the file in Excel and save it once.")
    text = plain(cell)
    if not text:
        return "", ""
    wanted = column["type"]
    if wanted in ("choice", "unit", GIVEN_ROWS):
        names = units if wanted == "unit" else column.get("choices") or []
        meant = next((name for name in names if turkish.ascii_fold(name) == turkish.ascii_fold(text)), None)
        if meant is None and names:
            return text, _("“%(text)s” is none of the given choices.") % {"text": text[:80]}
        return meant or text, ""
    try:
        content.READERS.get(wanted, str)(text)
    except turkish.FormatError as error:
        return text, str(error)
    return text, ""


def plain(cell: Cell) -> str:
    """A cell as it is written in Turkish."""
    if not isinstance(cell, list):
        return cell.strip()
    kind, value = cell
    if kind == "n":
        return turkish.number(Decimal(value), lang="tr").replace("\u2212", "-")
    if kind == "d":
        return turkish.date_short(dt.date.fromisoformat(value), lang="tr")
    return value if kind == "e" else ""


def place(row: int, column: int, sheet: str) -> str:
    """Where a cell stands in the file: an address in a workbook, row and column in a document."""
    if sheet:
        return _("%(sheet)s, cell %(address)s") % {
            "sheet": sheet,
            "address": f"{get_column_letter(column + 1)}{row + 1}",
        }
    return _("row %(row)s, column %(column)s") % {"row": row + 1, "column": column + 1}


def as_html(grid: Grid) -> str:
    """The table as text: for a section that has no columns."""
    rows = [row for row in grid if any(map(plain, row))]
    wide = max(map(len, rows), default=0)
    lines = []
    for number, row in enumerate(rows):
        tag = "td" if number else "th"
        cells = [plain(cell) for cell in row] + [""] * (wide - len(row))
        lines.append("<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>")
    return f"<table>{''.join(lines)}</table>" if lines else ""
