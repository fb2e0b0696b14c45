"""Tables as an XLSX file whose cells are what they say: no text of a person becomes a formula."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TEXT = 32_767  # of one cell, as the format has it
LONGEST_TITLE = 31
WIDEST = 60  # characters
ELLIPSIS = "…"
# A program that reads a cell again, as after an edit, takes what begins so for a formula; these cells are
# marked as text in their style too. The wide forms are what a Turkish or Asian keyboard may type instead.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


def workbook(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """The file of (title, column names, rows) for each sheet; the names stay in sight when one scrolls.

    Whole numbers, decimals, days, times and None stay what they are; all else is written as text,
    cut where a cell cannot hold it. Times are written in the municipality's time zone.
    """
    book = Workbook(write_only=True)
    for title, columns, rows in sheets:
        sheet = book.create_sheet(NOT_IN_TITLE.sub(" ", str(title))[:LONGEST_TITLE])
        sheet.freeze_panes = "A2"
        # The widths stand before the rows in the file, so the rows are drawn up first.
        drawn = [[_value(value) for value in row] for row in rows]
        for number, name in enumerate(columns):
            longest = max([len(str(name)), *(len(str(row[number] or "")) for row in drawn)])
            sheet.column_dimensions[get_column_letter(number + 1)].width = min(longest, WIDEST) + 2
        sheet.append([_cell(sheet, _value(name), bold=True) for name in columns])
        for row in drawn:
            sheet.append([_cell(sheet, value) for value in row])
        if columns:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(drawn) + 1}"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def download(name: str, sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]) -> HttpResponse:
    """The workbook as a file with today's date in its name."""
    disposition = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.xlsx"'
    return HttpResponse(
        workbook(sheets), content_type=CONTENT_TYPE, headers={"Content-Disposition": disposition}
    )


def _value(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, dt.datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if value is None or isinstance(value, (int, float, Decimal, dt.date, dt.time)):
        return value
    text = CONTROL.sub("", str(value))
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + ELLIPSIS


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"  # after the value: the library takes a leading = for a formula
    if value.startswith(FORMULA):
        cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell
