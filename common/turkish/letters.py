"""Capitals, search forms and alphabetical order."""

import re
import unicodedata
from functools import lru_cache

ALPHABET = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
VOWELS = "aeıioöuüâîû"
SOFT_HYPHEN = "\u00ad"


def words(text: str) -> frozenset[str]:
    """A list of words written as a sentence of them."""
    return frozenset(text.split())


_CIRCUMFLEX = str.maketrans("âîû", "aiu")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´", "'"))
_ASCII = str.maketrans("çğıöşü", "cgiosu")
# Above every ASCII sign, so that signs and figures stand before letters.
_RANK = {letter: chr(0x100 + place) for place, letter in enumerate(ALPHABET)}
# Words that stay small inside a title.
_SMALL = words("ve veya ya yahut ile ki da de mı mi mu mü")


def lower(text: str) -> str:
    """Small letters: ``İZMİR IĞDIR`` gives ``izmir ığdır``. Keeps the length."""
    return text.replace("İ", "i").replace("I", "ı").lower()


def upper(text: str) -> str:
    """Capitals: ``izmir ığdır`` gives ``İZMİR IĞDIR``."""
    return text.replace("i", "İ").replace("ı", "I").upper()


def title(text: str) -> str:
    """Each word with a capital, conjunctions small: ``İnsan Kaynakları ve Eğitim Müdürlüğü``."""

    def one(match: re.Match[str]) -> str:
        word = lower(match[0])
        if match.start() and word in _SMALL:
            return word
        return upper(word[0]) + word[1:]

    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", one, text)


def without_soft_hyphens(text: str) -> str:
    """The text as it is searched, compared and exported."""
    return text.replace(SOFT_HYPHEN, "")


def fold(text: str) -> str:
    """Search form: small letters, no circumflex, one kind of apostrophe, no soft hyphens."""
    text = lower(unicodedata.normalize("NFC", without_soft_hyphens(text)))
    return text.translate(_CIRCUMFLEX).translate(_APOSTROPHES)


def ascii_fold(text: str) -> str:
    """Search form for a keyboard without Turkish letters: ``Şişli`` gives ``sisli``."""
    return fold(text).translate(_ASCII)


@lru_cache(maxsize=8192)
def sort_key(text: str) -> tuple[str, str]:
    """Key for the order of the Turkish alphabet; the text itself breaks ties."""
    return "".join(_rank(letter) for letter in fold(text)), text


def _rank(letter: str) -> str:
    if letter in _RANK:
        return _RANK[letter]
    base = unicodedata.normalize("NFD", letter)[0]
    return _RANK.get(base, letter)
