"""Turkish in one place: capitals, order, suffixes, numbers and dates.

Python's own ``str.lower``, ``sorted`` and ``str.title`` are wrong for Turkish, and so is every
date or amount that is put together in a template. Import from here; the modules behind it are
``letters``, ``suffixes``, ``numbers``, ``dates`` and ``collation``.
"""

from common.turkish.collation import register_collation, turkish_order
from common.turkish.dates import (
    date_day,
    date_long,
    date_short,
    datetime_long,
    moment,
    parse_date,
    parse_time,
    time,
    year_range,
)
from common.turkish.letters import (
    SOFT_HYPHEN,
    ascii_fold,
    fold,
    lower,
    sort_key,
    title,
    upper,
    without_soft_hyphens,
)
from common.turkish.numbers import (
    FormatError,
    money,
    number,
    parse_decimal,
    parse_money,
    percent,
    short_money,
)
from common.turkish.suffixes import locative, suffix

__all__ = [
    "SOFT_HYPHEN",
    "FormatError",
    "ascii_fold",
    "date_day",
    "date_long",
    "date_short",
    "datetime_long",
    "fold",
    "locative",
    "lower",
    "moment",
    "money",
    "number",
    "parse_date",
    "parse_decimal",
    "parse_money",
    "parse_time",
    "percent",
    "register_collation",
    "short_money",
    "sort_key",
    "suffix",
    "time",
    "title",
    "turkish_order",
    "upper",
    "without_soft_hyphens",
    "year_range",
]
