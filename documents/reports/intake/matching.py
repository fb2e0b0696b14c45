"""Whether two titles mean the same: numbers before them, capitals, suffixes and small slips do not count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from common import turkish

SAME = 0.72  # from here on two titles are taken for one
SURE = 0.9
WITHIN = 0.8
SLIP = 0.84
TELLING = 8  # letters of a word that says by itself what a section is about
STEM = 4  # letters that words of one root share at least; short words must be equal
LONGEST_ENDING = 7  # letters of all suffixes of a word: "analiz", "analizleri", "analizlerinin"
NUMBER = re.compile(
    r"^\s*(?:(?:bolum|kisim|madde|ek|tablo|sekil)\s+)?(?:\d+(?:[.\-]\d+)*|[ivxlc]+(?=[.)\-:\s])|[a-z](?=[.)]))"
    r"\s*[.)\-–:]*\s+"
)
SMALL = frozenset(["ve", "ile", "icin", "bir", "ya", "da", "veya", "of", "the"])


def likeness(one: str, other: str) -> float:
    """0 to 1."""
    return _likeness(_plain(one), _plain(other))


def best(title: str, among: Iterable[str]) -> tuple[int, float]:
    """Place and likeness of the title most like this one; (-1, 0) among none."""
    scores = [likeness(title, other) for other in among]
    highest = max(scores, default=0.0)
    return (scores.index(highest) if scores else -1, highest)


@lru_cache(maxsize=4096)
def _plain(title: str) -> str:
    """Small letters without Turkish dots, since many a title is typed in capitals on another keyboard."""
    words = NUMBER.sub("", turkish.ascii_fold(" ".join(title.split())) + " ")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", words).split())


@lru_cache(maxsize=65536)
def _likeness(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    mine, theirs = _words(one), _words(other)
    # Most lines of a long document are no title: those are told from their length, without a look at the letters.
    score = _shared(mine, theirs) if _at_most(mine, theirs) >= SAME else 0.0
    # All words of one title within the other: "GZFT analizi sonuçları". A single word says enough
    # only where it is long and stands first: "Güncelleme koşulları".
    fewer, more = sorted((mine, theirs), key=len)
    alone = len(fewer) > 1 or (len(fewer[0]) >= TELLING and _same_root(fewer[0], more[0]))
    if alone and all(any(_same_root(word, like) for like in more) for word in fewer):
        score = max(score, WITHIN)
    return round(score, 4)


def _words(title: str) -> tuple[str, ...]:
    words = title.split()
    return tuple(word for word in words if word not in SMALL) or tuple(words)


def _at_most(mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """What `_shared` would say if every word had its like for as long as there are any."""
    pairs = min(len(mine), len(theirs))
    lengths = [sorted(map(len, words), reverse=True) for words in (mine, theirs)]
    return sum(sum(one[:pairs]) for one in lengths) / sum(map(sum, lengths))


def _shared(mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """Letters of words that have their like on the other side, of all letters."""
    left, shared = list(theirs), 0
    for word in mine:
        like = next((other for other in left if _same_root(word, other)), None)
        if like is not None:
            left.remove(like)
            shared += len(word) + len(like)
    return shared / (sum(map(len, mine)) + sum(map(len, theirs)))


@lru_cache(maxsize=65536)
def _same_root(one: str, other: str) -> bool:
    if one == other:
        return True
    pairs = enumerate(zip(one, other, strict=False))
    shared = next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
    endings = len(one) - shared, len(other) - shared
    if shared >= STEM and max(endings) <= LONGEST_ENDING and min(endings) <= max(3, shared // 2):
        return True
    # A word too short to be known by its root: "yön", "yönler", "yönü".
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == STEM - 1 and longer.startswith(shorter):
        ending = longer.removeprefix(shorter)
        return len(ending) < STEM - 1 or ending.startswith(("ler", "lar"))
    # A slip of the pen in a word that is long enough to be known by the rest. Letters that only one of the
    # two has are counted first: it costs little and says no to nearly all.
    amiss = (1 - SLIP) * (len(one) + len(other))
    if len(shorter) <= STEM or len(set(one) ^ set(other)) > amiss or len(longer) - len(shorter) > amiss:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= SLIP
