"""Numbers and money as they are written and read in Turkish, and in English where it is chosen."""

import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

Number = int | Decimal | float

_MINUS = "\u2212"
_SHORT = (  # from this amount, divided by it, word in Turkish, word in English
    (Decimal(10) ** 9, "mr", "bn"),
    (Decimal(10) ** 6, "mn", "m"),
    (Decimal(10) ** 3, "bin", "k"),
)
# No sum of a municipality is longer; what is, would overflow the columns.
_DIGITS = re.compile(
    r"(?P<sign>[-−]?)(?P<whole>[0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{3}){1,4})(?:,(?P<part>[0-9]{1,10}))?"
)


class FormatError(ValueError):
    """What was typed is not a number, an amount, a date or a time; the message says how to write it."""


def is_english(lang: str | None) -> bool:
    """Whether the forms of English are wanted; without ``lang`` the active language decides."""
    return (lang or get_language() or "tr").startswith("en")


def number(value: Number, decimals: int | None = None, lang: str | None = None) -> str:
    """``1234.5`` gives ``1.234,5``.

    ``decimals`` fixes the number of decimals (rounded half up); without it the number
    keeps its own decimals, less the zeros at the end.
    """
    exact = Decimal(str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(exact):,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if not is_english(lang):
        text = text.translate(str.maketrans(",.", ".,"))
    return (_MINUS if exact < 0 else "") + text


def percent(value: Number, decimals: int | None = None, lang: str | None = None) -> str:
    """``44.7`` gives ``%44,7``: in Turkish the sign stands first."""
    text = number(value, decimals, lang)
    if is_english(lang):
        return f"{text}%"
    sign = _MINUS if text.startswith(_MINUS) else ""
    return f"{sign}%{text.removeprefix(_MINUS)}"


def money(value: Number, lang: str | None = None) -> str:
    """Whole amount in TL: ``19.781.759,88 TL``."""
    return f"{number(value, 2, lang)} TL"


def short_money(value: Number, lang: str | None = None) -> str:
    """Amount in TL to one decimal of its order: ``86,2 mn TL``, ``4,4 mr TL``, ``950 bin TL``."""
    exact = Decimal(str(value))
    for order, turkish, english in _SHORT:
        # What rounds up to the order belongs to it: 999.960 is 1 mn, not 1.000 bin.
        if abs(exact) >= order * Decimal("0.99995"):
            shown = (exact / order).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
            word = english if is_english(lang) else turkish
            return f"{number(shown, lang=lang)} {word} TL"
    return f"{number(exact, 0, lang)} TL"


def parse_decimal(text: str, lang: str | None = None) -> Decimal:
    """Read ``1.234,5`` (or ``1234,5``). Groups of three or none; raises ``FormatError``."""
    match = _match(text, lang)
    if match is None:
        raise FormatError(
            _("Enter the number in this form: %(example)s")
            % {"example": number(Decimal("1234.5"), lang=lang)}
        )
    return _value(match)


def parse_money(text: str, lang: str | None = None) -> Decimal:
    """Read an amount in TL with exactly two decimals; ``4.420.505,0`` raises ``FormatError``.

    An amount with one decimal, or with none behind a full stop, can be read in two ways.
    """
    match = _match(re.sub(r"\s*(?:TL|₺)$", "", text.strip()), lang)
    if match and len(match["part"] or "") == 2:
        return _value(match)
    example = _value(match) if match else Decimal("1234.5")
    raise FormatError(
        _("Enter the amount with two decimals: %(example)s") % {"example": number(example, 2, lang)}
    )


def _match(text: str, lang: str | None) -> re.Match[str] | None:
    text = text.strip()
    if is_english(lang):
        text = text.translate(str.maketrans(",.", ".,"))
    return _DIGITS.fullmatch(text)


def _value(match: re.Match[str]) -> Decimal:
    value = Decimal(match["whole"].replace(".", "") + "." + (match["part"] or ""))
    return -value if match["sign"] else value
