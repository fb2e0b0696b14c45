"""A text as words with their places, soft hyphens and divided words taken into account."""

import re
from dataclasses import dataclass

from common.turkish.letters import fold, lower, without_soft_hyphens

_LETTERS = r"[^\W\d_]+"
# Signs of no meaning that stand where a font's joined letter was: private use, control signs,
# and the mark of what could not be read. All but the last are invisible.
_INVISIBLE = r"[\ue000-\uf8ff\x00-\x08\x0b\x0e-\x1f\x7f]"
_UNREADABLE = "\ufffd"
_DIVIDED = r"(?:\u00ad\s*|[\u200b-\u200d\u2060\ufeff]|[-\u2010][ \t]*\r?\n[ \t]*)"
_WORD = re.compile(
    rf"(?P<word>{_LETTERS}(?:(?:{_DIVIDED}|{_INVISIBLE}|{_UNREADABLE})+{_LETTERS})*)"
    r"(?P<tail>['’‘ʼ`´][^\W\d_]+)?\u00ad?"
)
_DIVISION = re.compile(_DIVIDED)
_DAMAGE = re.compile(rf"{_INVISIBLE}|{_UNREADABLE}")
_UNSEEN = re.compile(_INVISIBLE)
_SENTENCE_END = re.compile(r"[.!?…]\s|\n\s*\n|\f")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text.

    ``raw`` is the word as a reader sees it, without divisions; ``form`` is its search form;
    ``tail`` what follows an apostrophe, with it. ``damaged`` says that a sign of no meaning
    stands in it; ``joined`` that only a gap lies between the word and the one before it;
    ``sentence`` is the number of its sentence.
    """

    start: int
    raw: str
    form: str
    tail: str
    damaged: bool
    joined: bool
    sentence: int

    @property
    def capital(self) -> bool:
        return self.raw[0] != lower(self.raw[0])


def words_of(text: str) -> list[Word]:
    """All words of ``text`` in their order."""
    words: list[Word] = []
    end, sentence = 0, 0
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        if _SENTENCE_END.search(gap):
            sentence += 1
        whole = without_soft_hyphens(_DIVISION.sub("", match["word"]))
        # A gap may hold one line break; an empty line or a new page parts two names.
        joined = bool(words) and not gap.strip() and gap.count("\n") < 2 and "\f" not in gap
        end = match.end()
        words.append(
            Word(
                start=match.start(),
                raw=_UNSEEN.sub("", whole),
                form=fold(_DAMAGE.sub("", whole)),
                tail=match["tail"] or "",
                damaged=bool(_DAMAGE.search(whole)),
                joined=joined,
                sentence=sentence,
            )
        )
    return words
