"""Which endings a Turkish noun may take: our own suffix rules.

They are strict on purpose. A lemmatiser finds the root and so takes ``hedeflenen`` for ``hedef``
and ``belediyecilik`` for ``belediye``; these rules know inflection only, never derivation.
"""

import re
from functools import lru_cache

from common.turkish.letters import VOWELS

_BACK = "aıouâ"
_SOFT = {"p": "b", "ç": "c", "k": "ğ", "t": "d"}
_HARD = {soft: hard for hard, soft in _SOFT.items()}
# Words in -s whose possessive looks as if they ended in a vowel: meclis-i, not mecli-si.
_ENDING_IN_S = frozenset({"meclis", "ofis", "servis"})


@lru_cache(maxsize=4096)
def endings(base: str) -> re.Pattern[str]:
    """Pattern of everything that may follow ``base``, the empty ending included."""
    return re.compile(_endings(base))


@lru_cache(maxsize=4096)
def inflected(word: str) -> re.Pattern[str]:
    """Pattern of all inflected forms of a noun, ``ekip`` with ``ekibi`` among them."""
    return re.compile("|".join(f"{base}(?:{_endings(base)})" for base in bases(word)))


@lru_cache(maxsize=4096)
def possessed(word: str) -> re.Pattern[str]:
    """Pattern of the forms of ``word`` as the head of a name: its, our or your ``word``."""
    h = _high(word)
    joint = "s" if word[-1] in VOWELS else ""
    our = "" if joint else h
    base = bases(word)[-1]
    return re.compile(f"{base}(?:{joint}{_third(base)}|{our}[mn]{h}z{_cases(base, vowel=False)}{_COPULA})")


def bases(word: str) -> list[str]:
    """The word and, where it softens before a vowel, its other base: ``ekip``, ``ekib``."""
    if word[-1] not in _SOFT or len(word) < 3:
        return [word]
    if word.endswith("nk"):
        return [word, word[:-1] + "g"]
    return [word, word[:-1] + _SOFT[word[-1]]]


def bare_head(word: str) -> str:
    """The noun inside a possessive: ``müdürlüğü`` gives ``müdürlük``, ``ekibi`` gives ``ekip``.

    A word that does not end like a possessive is returned as it is.
    """
    if word[-1] not in "ıiuü" or len(word) < 4:
        return word
    stem = word[:-1]
    if stem[-1] == "s" and stem[-2] in VOWELS and stem not in _ENDING_IN_S:
        return stem[:-1]
    if stem[-1] in _HARD and stem[-1] != "d":
        return stem[:-1] + _HARD[stem[-1]]
    return stem


_COPULA = "(?:[dt][ıiuü]r(?:l[ae]r)?)?"
# After "in the" and "of the": the one (those) that is (are) there, with its own case.
_KI = "(?:ki(?:ler)?(?:n?(?:i|e|in|de|den))?|)"


def _is_back(word: str) -> bool:
    return next((letter in _BACK for letter in reversed(word) if letter in VOWELS), False)


def _high(word: str) -> str:
    return "[ıu]" if _is_back(word) else "[iü]"


def _low(word: str) -> str:
    return "a" if _is_back(word) else "e"


def _cases(word: str, *, vowel: bool) -> str:
    a, h = _low(word), _high(word)
    y, n = ("y", "n") if vowel else ("", "")
    return f"(?:{y}{h}|{y}{a}|[dt]{a}(?:n|{_KI})|{n}{h}n{_KI}|{y}l{a}|)"


def _third(word: str) -> str:
    """The third person's possessive with its cases: -ı, -ını, -ına, -ında, -ınca …"""
    a, h = _low(word), _high(word)
    return f"{h}(?:n{h}|n{a}|nd{a}(?:n|{_KI})|n{h}n{_KI}|yl{a}|nc{a}|){_COPULA}"


def _endings(base: str) -> str:
    a, h = _low(base), _high(base)
    cases = _cases(base, vowel=False)
    plural = f"l{a}r(?:{_third(base)}|(?:{h}[mn](?:{h}z)?)?{cases}{_COPULA})"
    if base[-1] in VOWELS:
        own = f"s{_third(base)}|[mn](?:{h}z)?{cases}{_COPULA}"
    else:
        own = f"{_third(base)}|{h}[mn](?:{h}z)?{cases}{_COPULA}"
    return f"{plural}|{own}|{_cases(base, vowel=base[-1] in VOWELS)}{_COPULA}"
