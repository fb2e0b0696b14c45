"""Tables as XLSX: inert whatever stands in a cell, and the same text after reading."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from common.spreadsheet import LONGEST_TEXT, workbook

LIVE = [
    "=1+1", "=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠a",
    "=", '=HYPERLINK("http://a.example";"x")', "#REF!", "TRUE", "12", "2024-01-02",
]  # fmt: skip


def read(columns, *rows, title="Sayfa"):
    return openpyxl.load_workbook(io.BytesIO(workbook([(title, columns, rows)]))).worksheets[0]


@pytest.mark.parametrize("text", LIVE)
def test_what_could_be_a_formula_stays_text(text):
    cell = read([text], [text])["A2"]
    assert cell.data_type == "s"
    assert cell.value.replace("_x000D_", "\r").replace("\n", "") == text.replace("\n", "").replace("\r", "\r")


def test_no_cell_of_the_file_is_a_formula():
    raw = workbook([("x", ["=a"], [[text] for text in LIVE])])
    book = openpyxl.load_workbook(io.BytesIO(raw))
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} == {"s"}


def test_numbers_days_and_times_stay_what_they_are():
    now = timezone.now().replace(microsecond=0)
    sheet = read(list("abcde"), [3, Decimal("1.50"), dt.date(2026, 3, 1), now, None])
    number, money, day, moment, nothing = next(sheet.iter_rows(min_row=2, values_only=True))
    assert (number, money, nothing) == (3, 1.5, None)
    assert day == dt.datetime(2026, 3, 1)
    assert moment == timezone.make_naive(now)


def test_words_are_written_in_the_language_of_the_page():
    assert read([gettext_lazy("Body")], [gettext_lazy("Body")])["A1"].value == str(gettext_lazy("Body"))


def test_what_a_cell_cannot_hold_is_left_out():
    sheet = read(["a"], ["ab\x00\x0b\ud800c"], ["ğ" * 40_000], title="Kurul/Grup: [1]?*" * 3)
    assert sheet["A2"].value == "abc"
    assert len(sheet["A3"].value) == LONGEST_TEXT
    assert len(sheet.title) <= 31


def test_a_sheet_without_rows_has_its_heading():
    assert list(read(["Ad", "Rol"]).values) == [("Ad", "Rol")]
