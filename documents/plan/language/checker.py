"""One pass of all rules over a text or a piece of HTML."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from common.turkish.letters import lower, title, upper
from documents.plan.language.foreign import ForeignRule
from documents.plan.language.html import read_html
from documents.plan.language.ligatures import LIGATURES, LigatureRule
from documents.plan.language.names import NameRule
from documents.plan.language.terms import Vocabulary
from documents.plan.language.words import Word, words_of


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake: the words as they stand, where they stand, and what they should be.

    ``line`` and ``column`` count from one, ``offset`` from zero, in the text in composed form
    (NFC). ``suggestion`` is empty where only a person can tell. ``place`` is for HTML only: the
    last id before the words.
    """

    rule: str
    text: str
    line: int
    column: int
    offset: int
    suggestion: str
    message: str
    place: str = ""


class _Mistake(NamedTuple):
    rule: str
    run: list[Word]
    suggestion: str
    message: str


def check(text: str, vocabulary: Vocabulary) -> list[Finding]:
    """All findings in ``text``, in its order."""
    text = unicodedata.normalize("NFC", text)
    found = [_finding(text, mistake) for mistake in _mistakes(words_of(text), vocabulary)]
    return sorted(found, key=lambda finding: finding.offset)


def check_html(html: str, vocabulary: Vocabulary) -> list[Finding]:
    """All findings in the text, the notes and the picture texts of ``html``.

    ``line`` is the number of the block (paragraph, heading, cell …) that holds the words.
    """
    read = read_html(html)
    return [
        replace(found, line=read.block_at(found.offset), place=read.place_at(found.offset))
        for found in check(read.text, vocabulary)
    ]


@lru_cache(maxsize=4)
def _rules(vocabulary: Vocabulary) -> tuple[NameRule, ForeignRule, LigatureRule]:
    return NameRule(vocabulary), ForeignRule(vocabulary), LigatureRule(vocabulary)


def _mistakes(words: list[Word], vocabulary: Vocabulary) -> Iterator[_Mistake]:
    names, foreign, ligatures = _rules(vocabulary)
    for slip in names.slips(words):
        message = _("“%(text)s” is not the name in use. Write “%(suggestion)s”.")
        yield _Mistake("name", words[slip.first : slip.last + 1], slip.suggestion, message)
    for other in foreign.words(words):
        message = (
            _("“%(text)s” is a word of another kind of institution. Write “%(suggestion)s”.")
            if other.suggestion
            else _("“%(text)s” belongs to another kind of institution, which is not named here.")
        )
        yield _Mistake("foreign_institution", [words[other.place]], other.suggestion, message)
    for word in words:
        yield from _broken(word, ligatures)


def _broken(word: Word, ligatures: LigatureRule) -> Iterator[_Mistake]:
    whole = "".join(LIGATURES.get(sign, sign) for sign in word.raw)
    if whole != word.raw:
        message = _("“%(text)s” is written with joined letters, which a search does not find.")
        yield _Mistake("joined_letters", [word], whole + word.tail, message)
    elif repaired := ligatures.repaired(word.form):
        message = _("Letters are missing from “%(text)s”. It should probably be “%(suggestion)s”.")
        yield _Mistake("lost_ligature", [word], _like(word, repaired), message)
    elif word.damaged:
        message = _("“%(text)s” holds a sign that cannot be read.")
        yield _Mistake("unreadable_sign", [word], "", message)


def _like(word: Word, text: str) -> str:
    """``text`` in the capitals of ``word`` and with what follows its apostrophe."""
    for style in (lower, title, upper):
        if style(word.raw) == word.raw:
            return style(text) + word.tail
    return text + word.tail


def _finding(text: str, mistake: _Mistake) -> Finding:
    first, last = mistake.run[0], mistake.run[-1]
    wrong = " ".join(word.raw for word in mistake.run) + last.tail
    return Finding(
        rule=mistake.rule,
        text=wrong,
        line=text.count("\n", 0, first.start) + 1,
        column=first.start - text.rfind("\n", 0, first.start),
        offset=first.start,
        suggestion=mistake.suggestion,
        message=mistake.message % {"text": wrong, "suggestion": mistake.suggestion},
    )
