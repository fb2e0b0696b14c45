"""Dates and times as they are written and read in Turkish, and in English where it is chosen."""

import datetime as dt
import re

from django.utils.timezone import is_aware, localdate, localtime
from django.utils.translation import gettext as _

from common.turkish.letters import fold
from common.turkish.numbers import FormatError, is_english

MONTHS = (
    "Ocak",
    "Şubat",
    "Mart",
    "Nisan",
    "Mayıs",
    "Haziran",
    "Temmuz",
    "Ağustos",
    "Eylül",
    "Ekim",
    "Kasım",
    "Aralık",
)
_DAYS = ("Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar")
_MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH_NAMED = re.compile(r"(\d{1,2})\s+([^\W\d_]+)\s+(\d{4})(?:\s+[^\W\d_]+)?")
_TIME = re.compile(r"(\d{1,2})[.:](\d{2})")
_YEARS = range(1900, 2200)
# English forms with I fold like Turkish ones do; both sides go through the same fold.
_MONTH_NUMBERS = {
    fold(name): number for names in (MONTHS, _MONTHS_EN) for number, name in enumerate(names, 1)
}


def date_long(value: dt.date, lang: str | None = None) -> str:
    """``9 Temmuz 2024 Salı``; a moment is shown by the clock of Istanbul."""
    day = _local(value)
    if is_english(lang):
        return f"{_DAYS_EN[day.weekday()]}, {_date(day, lang)}"
    return f"{_date(day, lang)} {_DAYS[day.weekday()]}"


def date_day(value: dt.date, lang: str | None = None) -> str:
    """``9 Temmuz``: for tables, where the year is said elsewhere."""
    day = _local(value)
    return f"{day.day} {_month(day, lang)}"


def date_short(value: dt.date, lang: str | None = None) -> str:
    """``09.07.2024``; ``parse_date`` reads it back in either language."""
    day = _local(value)
    separator = "/" if is_english(lang) else "."
    return separator.join((f"{day.day:02}", f"{day.month:02}", f"{day.year:04}"))


def datetime_long(value: dt.datetime, lang: str | None = None) -> str:
    """``9 Temmuz 2024, 14.00``."""
    return f"{_date(_local(value), lang)}, {time(value, lang)}"


def moment(value: dt.datetime, lang: str | None = None) -> str:
    """``14.00`` for a moment of today, with its day for another: ``9 Temmuz 2024, 14.00``."""
    return time(value, lang) if localdate(value) == localdate() else datetime_long(value, lang)


def time(value: dt.time | dt.datetime, lang: str | None = None) -> str:
    """``14.00``."""
    local = localtime(value) if isinstance(value, dt.datetime) and is_aware(value) else value
    separator = ":" if is_english(lang) else "."
    return f"{local.hour:02}{separator}{local.minute:02}"


def year_range(first: int, last: int) -> str:
    """``2025–2029``, with an en dash."""
    return f"{first}–{last}"


def parse_date(text: str) -> dt.date:
    """Read ``1.3.2026``, ``01/03/2026``, ``2026-03-01`` or ``1 Mart 2026``.

    Raises ``FormatError`` for another form and for a day that does not exist.
    """
    text = text.strip()
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif (match := _MONTH_NAMED.fullmatch(text)) and fold(match[2]) in _MONTH_NUMBERS:
        day, month, year = int(match[1]), _MONTH_NUMBERS[fold(match[2])], int(match[3])
    else:
        raise FormatError(_("Enter the date as day, month and year: 09/07/2024"))
    try:
        if year in _YEARS:
            return dt.date(year, month, day)
    except ValueError:
        pass
    raise FormatError(_("There is no such day: %(text)s") % {"text": text})


def parse_time(text: str) -> dt.time:
    """Read ``14.00`` or ``14:00``; raises ``FormatError``."""
    match = _TIME.fullmatch(text.strip())
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise FormatError(_("Enter the time as hour and minute: 14:00"))
    return dt.time(int(match[1]), int(match[2]))


def _local(value: dt.date) -> dt.date:
    return localtime(value) if isinstance(value, dt.datetime) and is_aware(value) else value


def _date(day: dt.date, lang: str | None) -> str:
    return f"{day.day} {_month(day, lang)} {day.year}"


def _month(day: dt.date, lang: str | None) -> str:
    return (_MONTHS_EN if is_english(lang) else MONTHS)[day.month - 1]
