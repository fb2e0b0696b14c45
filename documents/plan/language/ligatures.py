"""Letters that a PDF lost: ``hedeer`` for ``hedefler``."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from documents.plan.language.inflection import bases, endings
from documents.plan.language.terms import Vocabulary

LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}

_JOINED = re.compile("ffi|ffl|ff|fi|fl")
_ANY_ENDING = re.compile(r"[^\W\d_]{0,16}")
_SHORTEST = 4  # letters that must be left of a word before we dare to guess


class LigatureRule:
    """Gives back the word that a broken one was, when the vocabulary holds it.

    Fonts join ff, fi, fl, ffi and ffl into one sign. Where its meaning is lost, the sign falls
    out of the text or leaves its first letter. Only that is looked for: no general spelling.
    """

    def __init__(self, vocabulary: Vocabulary):
        self.sound = vocabulary.sound
        # what is left of a stem → the whole stem and the endings that it takes
        self.remains: dict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
        # what is left of a stem in f → the stem; the first letter of its ending is lost too
        self.open_ends: dict[str, list[str]] = defaultdict(list)
        self.whole: dict[str, re.Pattern[str]] = {}
        for base in (base for word in vocabulary.fragile for base in bases(word)):
            self.whole[base] = endings(base)
            for remains in _broken(base, lost=("", "f")):
                self.remains[remains].append((base, endings(base)))
            if base.endswith("f"):
                for remains in {base[:-1], *_broken(base[:-1], lost=("", "f"))}:
                    self.open_ends[remains].append(base)
                    self.open_ends[remains + "f"].append(base)
        for stem in vocabulary.fragile_verbs:
            for remains in _broken(stem, lost=("",)):
                self.remains[remains].append((stem, _ANY_ENDING))

    def repaired(self, form: str) -> str | None:
        """``hedeer`` gives ``hedefler``; None for a word that is not surely broken."""
        parts = [(form[:cut], form[cut:]) for cut in range(len(form), _SHORTEST - 1, -1)]
        if form in self.sound or any(
            left in self.whole and self.whole[left].fullmatch(rest) for left, rest in parts
        ):
            return None
        return next((repair for left, rest in parts for repair in self._repairs(left, rest)), None)

    def _repairs(self, left: str, rest: str) -> Iterator[str]:
        for base, pattern in self.remains.get(left, ()):
            if pattern.fullmatch(rest):
                yield base + rest
        for base in self.open_ends.get(left, ()):
            # Of what begins with l only the plural is common enough to be guessed.
            for letter in "l" if rest[:2] in ("ar", "er") else "i":
                if endings(base).fullmatch(letter + rest):
                    yield base + letter + rest


def _broken(base: str, lost: tuple[str, ...]) -> set[str]:
    """``şeffaflık`` with one or more of its joined signs replaced by each of ``lost``."""
    parts = _JOINED.split(base)
    signs = _JOINED.findall(base)
    broken = set()
    for choice in product(*((*lost, sign) for sign in signs)):
        text = parts[0] + "".join(sign + part for sign, part in zip(choice, parts[1:], strict=True))
        if text != base:
            broken.add(text)
    return broken
