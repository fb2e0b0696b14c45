"""Words of another kind of institution, left over from the text that was copied."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from common.turkish.letters import VOWELS, title, upper
from documents.plan.language.inflection import bases, inflected
from documents.plan.language.terms import Vocabulary
from documents.plan.language.words import Word

_OURS = "belediyemiz"
_FRONT = str.maketrans("aıuoü", "eiiöi")
_CASES = r"(?:[ıiuü]|[ae]|d[ae](?:n|ki(?:ler)?(?:n?(?:i|e|in|de|den))?|)|[ıiuü]n(?:ki)?|l[ae]|c[ae]|)"


@dataclass(frozen=True, slots=True)
class Foreign:
    """The word at ``place`` and what it may be replaced by; empty where only a person can tell."""

    place: int
    suggestion: str


class ForeignRule:
    """Finds "our university" and the like, and officers whose institution is not named.

    ``Üniversitemiz`` is never a municipality's word. ``Rektörlük`` is, where the sentence names
    the university (a stakeholder), and is residue where it does not.
    """

    def __init__(self, vocabulary: Vocabulary):
        self.ours = {word: (_first_person(word), after) for word, after in vocabulary.ours.items()}
        self.offices = [inflected(word) for word in vocabulary.offices]
        self.institutions = [inflected(word) for word in vocabulary.ours if word not in vocabulary.offices]

    def words(self, words: list[Word]) -> Iterator[Foreign]:
        named = {
            word.sentence
            for word in words
            if any(pattern.fullmatch(word.form) for pattern in self.institutions) and not self._tail(word, "")
        }
        for place, word in enumerate(words):
            before = words[place - 1].form if place and word.joined else ""
            if match := self._tail(word, before):
                yield Foreign(place, _like(word.raw, _OURS + match[1].translate(_FRONT)) + word.tail)
            elif word.sentence not in named and any(pattern.fullmatch(word.form) for pattern in self.offices):
                yield Foreign(place, "")

    def _tail(self, word: Word, before: str) -> re.Match[str] | None:
        for pattern, excused in self.ours.values():
            if (match := pattern.fullmatch(word.form)) and before not in excused:
                return match
        return None


def _first_person(word: str) -> re.Pattern[str]:
    """``üniversite`` as ``üniversitemiz`` with its cases, which are the group."""
    base = bases(word)[-1]
    joint = "" if word[-1] in VOWELS else "[ıiuü]"
    return re.compile(rf"{base}{joint}m[ıiuü]z({_CASES}(?:[dt][ıiuü]r)?)")


def _like(model: str, text: str) -> str:
    """``text`` in the capitals of ``model``."""
    if len(model) > 1 and model == upper(model):
        return upper(text)
    return title(text) if model == title(model) else text
