"""Division of words at line ends, for print only.

One vowel makes a syllable, and the consonant directly before a vowel goes with it. So a word
may break before each consonant that a vowel follows, once a vowel has been, and between two
vowels.
"""

import re

from common.turkish.letters import SOFT_HYPHEN, VOWELS, lower, words

# letters a word must have, letters left before and after a break
TEXT_LIMITS = (7, 3, 3)
TABLE_LIMITS = (16, 4, 4)

# A word that is not part of a code or a joined name and does not stand before an apostrophe.
_WORD = re.compile(r"(?<![\w.&/@'’-])[^\W\d_]+(?![\w'’@/-]|\.\w)")
_MARKUP = re.compile(r"(<[^>]*>|&#?\w+;)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_WHOLE = words("h1 h2 h3 h4 h5 h6 a code pre svg style script title")
_TABLE = frozenset(("td", "th"))
_VOID = words("br img hr col input wbr")


def syllables(word: str) -> list[str]:
    """``elektrik`` gives ``["e", "lekt", "rik"]``; a word without vowels stays whole."""
    small = lower(word)
    breaks = [0]
    for place in range(1, len(small)):
        before, here = small[place - 1], small[place]
        opens = here not in VOWELS and small[place + 1 : place + 2] in set(VOWELS)
        if any(letter in VOWELS for letter in small[:place]) and (
            opens or (here in VOWELS and before in VOWELS)
        ):
            breaks.append(place)
    return [word[first:last] for first, last in zip(breaks, [*breaks[1:], len(word)], strict=True)]


def soft_hyphenate(text: str, *, table: bool = False) -> str:
    """Plain text with soft hyphens in its long words; in a table only in very long ones.

    Words in capitals, codes, addresses, joined names (Web-Tapu) and words before an
    apostrophe stay whole.
    """
    limits = TABLE_LIMITS if table else TEXT_LIMITS
    return _WORD.sub(lambda match: _hyphenated(match[0], limits), text)


def soft_hyphenate_html(html: str) -> str:
    """The same for the text of well-formed HTML; headings and links stay whole."""
    open_tags: list[str] = []
    out = []
    for piece in _MARKUP.split(html):
        if tag := _TAG.match(piece):
            _follow(tag, piece, open_tags)
        elif not piece.startswith("&") and not _WHOLE.intersection(open_tags):
            piece = soft_hyphenate(piece, table=not _TABLE.isdisjoint(open_tags))
        out.append(piece)
    return "".join(out)


def _follow(tag: re.Match[str], piece: str, open_tags: list[str]) -> None:
    name = tag[2].lower()
    if tag[1]:
        if name in open_tags:
            while open_tags.pop() != name:
                pass
    elif name not in _VOID and not piece.endswith("/>"):
        open_tags.append(name)


def _hyphenated(word: str, limits: tuple[int, int, int]) -> str:
    least, before, after = limits
    if len(word) < least or word.isupper():
        return word
    out, place = "", 0
    for syllable in syllables(word):
        if before <= place <= len(word) - after:
            out += SOFT_HYPHEN
        out += syllable
        place += len(syllable)
    return out
