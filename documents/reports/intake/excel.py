"""What stands in an Excel file: its sheets as rows of cells. Needs nothing of Django.

A text is itself; other cells are pairs: ["n", "1234.5"], ["d", "2024-07-09"], ["e", "#REF!"] for an
error, ["f", ""] for a formula whose value was never worked out.
"""

from __future__ import annotations

import datetime as dt
import math
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils import range_boundaries

MOST_SHEETS = 30
MOST_ROWS = 2_050  # a section's table keeps 2,000; above it stand a title and the heads
MOST_COLUMNS = 60
LEFT_OUT = {  # by the note that tells of it: parts of the file that are no cells
    "drawn": ("xl/media/", "xl/charts/"),
    "cell_comments": ("xl/comments", "xl/threadedComments/"),
}
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read(path: Path) -> dict[str, Any]:
    """{sheets: [{title, hidden, rows, long}], notes}; `long` where there are more rows than are read."""
    with path.open("rb") as file, zipfile.ZipFile(path) as archive:  # by its name it would want one
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheets = [_sheet(sheet, archive) for sheet in book.worksheets[:MOST_SHEETS]]
        parts = archive.namelist()
    notes = [{"what": "columns", "text": sheet["title"]} for sheet in sheets if sheet.pop("wide")]
    notes += [{"what": "sheet", "text": sheet.title} for sheet in book.worksheets[MOST_SHEETS:]]
    notes += [
        {"what": what, "text": ""}
        for what, held in LEFT_OUT.items()
        if any(part.startswith(held) for part in parts)
    ]
    return {"sheets": [sheet for sheet in sheets if sheet["rows"]], "notes": notes}


def _sheet(sheet: Any, archive: zipfile.ZipFile) -> dict[str, Any]:
    sheet.reset_dimensions()  # what the file says of its size may be wrong by a million
    rows: list[list[Any]] = []
    long = wide = False
    for cells in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1):
        wide = wide or any(cell.value is not None for cell in cells[MOST_COLUMNS:])
        rows.append([_cell(cell) for cell in cells[:MOST_COLUMNS]])
    if len(rows) > MOST_ROWS:
        long = any(any(row) for row in rows[MOST_ROWS:])
        del rows[MOST_ROWS:]
    # Merged cells and formulas without a value are not told by the library in this way of reading.
    merged, unworked = _told_apart(archive, sheet._worksheet_path)
    for row, column in unworked:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = ["f", ""]
    for first_column, first_row, last_column, last_row in merged:
        _fill_down(rows, first_row - 1, last_row - 1, first_column - 1, last_column - 1)
    while rows and not any(rows[-1]):
        rows.pop()
    return {
        "title": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "rows": rows,
        "long": long,
        "wide": wide,
    }


def _cell(cell: Any) -> Any:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return ["e", str(value)]
    if isinstance(value, bool):
        return "Evet" if value else "Hayır"
    if isinstance(value, float) and not math.isfinite(value):
        return ["e", "#NUM!"]
    if isinstance(value, (int, float, Decimal)):
        shown = value * 100 if "%" in (cell.number_format or "") else value
        return ["n", f"{Decimal(str(round(shown, 8))):f}"]
    if isinstance(value, (dt.datetime, dt.date)):
        return ["d", value.isoformat()[:10]]
    return " ".join(str(value).split(" ")).strip()


def _told_apart(
    archive: zipfile.ZipFile, path: str
) -> tuple[list[tuple[int, int, int, int]], list[tuple[int, int]]]:
    """Merged ranges, and (row, column) of formulas without a value, of the rows that are read."""
    merged: list[Any] = []
    unworked: list[tuple[int, int]] = []
    with archive.open(path.lstrip("/")) as part:
        tags = (f"{MAIN}c", f"{MAIN}mergeCell", f"{MAIN}row")
        for _event, element in etree.iterparse(part, tag=tags, resolve_entities=False, no_network=True):
            if element.tag == f"{MAIN}mergeCell" and len(merged) < MOST_ROWS:
                merged.append(range_boundaries(element.get("ref", "A1")))
            elif element.tag == f"{MAIN}c":
                value = element.find(f"{MAIN}v")
                if element.find(f"{MAIN}f") is not None and (value is None or not value.text):
                    column, row, _c, _r = range_boundaries(element.get("r", "A1"))
                    unworked.append((row - 1, column - 1))
            else:
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    return merged, unworked


def _fill_down(rows: list[list[Any]], first: int, last: int, left: int, right: int) -> None:
    """What is merged downwards holds for each row; what is merged across stands once."""
    if first >= len(rows) or left >= len(rows[first]):
        return
    for number in range(first, min(last + 1, len(rows))):
        row = rows[number]
        row += [""] * (left + 1 - len(row))
        row[left] = rows[first][left]
        for column in range(left + 1, min(right + 1, len(row))):
            row[column] = ""
