"""Suffixes on words, numbers and codes that are known only when the page is made."""

import re
from decimal import Decimal

from common.turkish.letters import VOWELS, fold, lower, words
from common.turkish.numbers import number

APOSTROPHE = "’"

_FOUR = {"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}
_TWO = {"a": "a", "ı": "a", "o": "a", "u": "a", "e": "e", "i": "e", "ö": "e", "ü": "e"}
_HARD = "fstkçşhp"

# In a pattern: H is the vowel of four forms, A of two, D is d or t; small y, n, s stand only
# after a vowel, N only after a compound (müdürlüğü-n-e), where it takes the place of y.
_PATTERNS = {
    "i": "yH",
    "e": "yA",
    "de": "NDA",
    "den": "NDAn",
    "in": "nHn",
    "si": "sH",
    "le": "ylA",
    "inci": "HncH",
}

_ONES = ("sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz")
_TENS = ("", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")
_THOUSANDS = ("", "bin", "milyon", "milyar", "trilyon", "katrilyon")

# Abbreviations that are said neither as a word nor letter by letter in the Turkish way.
_SAID = {"PDF": "ef"}
_LONE = rf"[^{VOWELS}]?[{VOWELS}]"
_SYLLABIC = re.compile(rf"(?:{_LONE}[^{VOWELS}]{{0,2}}(?={_LONE}))*{_LONE}[^{VOWELS}]?")

# Last words of compound names: they take n before a case, and no apostrophe.
_COMPOUND_HEADS = words(
    "müdürlüğü başkanlığı bakanlığı belediyesi kurulu ekibi komisyonu meclisi encümeni grubu "
    "birimi kurumu dairesi şefliği amirliği odası derneği üniversitesi valiliği kaymakamlığı "
    "idaresi memurluğu konseyi planı programı takvimi raporu kanunu yönetmeliği kılavuzu "
    "rehberi tutanağı gündemi salonu binası merkezi sarayı konağı kütüphanesi"
)
_BARE_HEADS = words(
    "müdürlük başkanlık bakanlık belediye kurul ekip komisyon meclis encümen grup birim kurum yönetim üyeler "
    "salon"
)

# Words whose last vowel is written back and said front.
_FRONT = words(
    "saat kontrol rol gol hal petrol protokol sembol dikkat hakikat seyahat ziraat usul kabul "
    "ihlal ihmal iptal işgal festival mahsul meşgul"
)
# Words that change, or do not, against the rule.
_CHANGED = {
    "grup": "grub",
    "adet": "aded",
    "renk": "reng",
    "kayıt": "kayd",
    "kısım": "kısm",
    "metin": "metn",
    "hüküm": "hükm",
    "izin": "izn",
    "isim": "ism",
    "resim": "resm",
    "şehir": "şehr",
    "fikir": "fikr",
    "vakıf": "vakf",
}
_KEPT = words("hukuk tetkik evrak ahlak etik estetik hak")
_SOFT = {"p": "b", "ç": "c", "k": "ğ"}


def suffix(text: str | int | Decimal, kind: str, *, apostrophe: bool | None = None) -> str:
    """The word, number or code with its suffix: ``suffix(83, "i")`` gives ``83’ü``.

    ``kind`` is the suffix in its plainest form: ``i`` (whom), ``e`` (to), ``de`` (in), ``den``
    (from), ``in`` (of), ``si`` (its), ``le`` (with), ``inci`` (-th). Numbers are read out,
    codes by their last letter or number. Names of persons, figures and codes take an
    apostrophe, names of institutions and common nouns none; ``apostrophe`` overrules that.
    """
    shown = text if isinstance(text, str) else number(text)
    if isinstance(text, int) and 1000 <= text <= 9999:
        shown = str(text)  # years, and numbers that need no stop
    if apostrophe is None:
        apostrophe = _takes_apostrophe(shown)
    ending = _ending(_spoken(shown), kind, compound=_is_compound(shown))
    if apostrophe:
        return f"{shown}{APOSTROPHE}{ending}" if ending else shown
    if ending and ending[0] in VOWELS:
        shown = _softened(shown)
    return shown + ending


def locative(place: str) -> str:
    """Where something happens: ``Meclis Salonunda``; empty for a place whose form is not known
    (``Salon 2``, ``SALON``), which a sentence then names without a suffix."""
    last = (place.split() or [""])[-1]
    known = not last.isupper() and lower(last) in _COMPOUND_HEADS | _BARE_HEADS
    return suffix(place, "de", apostrophe=False) if known else ""


def _ending(spoken: str, kind: str, *, compound: bool) -> str:
    """Fill the pattern of ``kind`` in by the sounds of the spoken word."""
    if compound and kind == "si":
        return ""
    pattern = _PATTERNS[kind]
    open_end = spoken[-1] in VOWELS
    if pattern[0] in "yns" and len(pattern) > 1:
        if not open_end:
            pattern = pattern[1:]
        elif compound and pattern in ("yH", "yA"):
            pattern = "n" + pattern[1:]
    elif pattern[0] == "N":
        pattern = "n" + pattern[1:] if compound else pattern[1:]
    elif open_end:
        pattern = pattern[1:]  # 2’nci

    vowel = _last_vowel(spoken)
    sound = spoken[-1]
    out = ""
    for sign in pattern:
        if sign == "H":
            sign = vowel = _FOUR[vowel]
        elif sign == "A":
            sign = vowel = _TWO[vowel]
        elif sign == "D":
            sign = "t" if sound in _HARD else "d"
        out += sign
        sound = sign
    return out


def _last_vowel(spoken: str) -> str:
    vowel = next((letter for letter in reversed(spoken) if letter in _FOUR), "e")
    if spoken in _FRONT:
        return {"a": "e", "o": "ö", "u": "ü"}[vowel]
    return vowel


def _spoken(shown: str) -> str:
    """The last word as it is said, in small letters."""
    if match := re.search(r"(\d{1,2})[.:]00$", shown):  # an hour: 14.00 is said "on dört"
        return _said_number(match[1])
    if match := re.search(r"(\d+(?:\.\d{3})*)\W?$", shown):
        return _said_number(match[1].replace(".", ""))
    word = re.findall(r"[^\W_]+", shown)[-1]
    letters = re.sub(r".*\d", "", word)
    if letters in _SAID:
        return _SAID[letters]
    small = fold(letters)
    if letters.isupper() and (len(letters) < 3 or not _SYLLABIC.fullmatch(small)):
        return small[-1] if small[-1] in VOWELS else small[-1] + "e"
    return small


def _said_number(digits: str) -> str:
    """Last word of a number when it is read out: ``83`` ends with ``üç``."""
    value = int(digits)
    if value == 0:
        return _ONES[0]
    zeros = len(str(value)) - len(str(value).rstrip("0"))
    if zeros == 0:
        return _ONES[value % 10]
    if zeros == 1:
        return _TENS[value // 10 % 10]
    if zeros == 2:
        return "yüz"
    return _THOUSANDS[zeros // 3] if zeros // 3 < len(_THOUSANDS) else "sıfır"


def _takes_apostrophe(shown: str) -> bool:
    last = shown.split()[-1]
    if any(sign.isdigit() for sign in last) or (last.isupper() and len(last) > 1):
        return True
    if shown[0] == lower(shown[0]):
        return False
    return lower(last) not in _COMPOUND_HEADS | _BARE_HEADS


def _is_compound(shown: str) -> bool:
    """Whether the last word already carries a possessive: ``hedef kartı``, ``Üst Kurulu``."""
    parts = shown.split()
    if lower(parts[-1]) in _COMPOUND_HEADS:
        return True
    return len(parts) > 1 and shown[0] == lower(shown[0]) and parts[-1][-1] in "ıiuü"


def _softened(shown: str) -> str:
    """``başlık`` before a vowel is ``başlığ``; words of one syllable keep their last letter."""
    word = lower(re.findall(r"\w+", shown)[-1])
    if word in _CHANGED:
        return shown[: -len(word)] + shown[-len(word)] + _CHANGED[word][1:]
    one_syllable = sum(letter in VOWELS for letter in word) == 1
    if one_syllable or word in _KEPT or word[-1] not in _SOFT:
        return shown
    return shown[:-1] + _SOFT[word[-1]]
