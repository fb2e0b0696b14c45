"""Names of bodies and units that are shortened or altered."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from common.turkish.letters import lower, title, upper
from documents.plan.language.inflection import inflected, possessed
from documents.plan.language.terms import CONJUNCTIONS, Name, Vocabulary
from documents.plan.language.words import Word

_LONGEST = 10  # words that a name may have


@dataclass(frozen=True, slots=True)
class Slip:
    """A run of words ``first`` … ``last`` that ought to read ``suggestion``."""

    first: int
    last: int
    suggestion: str


class NameRule:
    """Finds phrases that share first word and head with a canonical name and are not names.

    A phrase is a run of capitalised words that ends with a head in the possessive
    (``… Müdürlüğü``, ``… Ekibimizin``). It is a slip where it

    * shortens the name: ``Strateji Müdürlüğü`` for ``Strateji Geliştirme Müdürlüğü``;
    * alters it: ``Stratejik Plan Hazırlık Ekibi`` for ``Stratejik Planlama Ekibi``;
    * alters its first word only: ``Stratejik Geliştirme Müdürlüğü``;
    * is one of the variants listed with the name;
    * has capitals inside a word: ``Bilgi İŞlem Müdürlüğü``.
    """

    def __init__(self, vocabulary: Vocabulary):
        right = (*vocabulary.names, *vocabulary.accepted)
        self.right = sorted(right, key=lambda name: -len(name.words))  # the longest match counts
        self.legal = vocabulary.legal
        self.law_words = [inflected(word) for word in vocabulary.law_words]
        self.other_offices = vocabulary.other_offices
        self.altered_heads = vocabulary.altered_heads
        self.names: dict[str, list[Name]] = defaultdict(list)
        for name in vocabulary.names:
            # Of a name of two words nothing is left to shorten or alter.
            if len(name.words) > 2 and name.compound and name.proper:
                self.names[name.head].append(name)
        self.variants = [(Name(text), name) for name in vocabulary.names for text in name.variants]
        self.heads = {name.head: possessed(name.head) for name in right if name.compound}
        known = {name.words: name.head for name in (*right, *vocabulary.usual)}
        self.siblings = Counter((words[0], head) for words, head in known.items())
        self._head_of: dict[str, str | None] = {}

    def slips(self, words: list[Word]) -> Iterator[Slip]:
        for last, word in enumerate(words):
            yield from self._listed_variants(words, last)
            head = self._head(word.form)
            if head is None or not word.capital:
                continue
            first = self._start(words, last)
            if slip := self._slip(words, first, last, head):
                yield slip

    def _head(self, form: str) -> str | None:
        if form not in self._head_of:
            self._head_of[form] = next(
                (head for head, pattern in self.heads.items() if pattern.fullmatch(form)), None
            )
        return self._head_of[form]

    def _start(self, words: list[Word], last: int) -> int:
        """Walk left over capitalised words and the conjunctions between them."""
        first = last
        while first > 0 and words[first].joined and last - first < _LONGEST:
            before = words[first - 1]
            if before.tail or self._head(before.form):
                break
            if not before.capital and before.form not in CONJUNCTIONS:
                break
            first -= 1
        return first

    def _slip(self, words: list[Word], first: int, last: int, head: str) -> Slip | None:
        forms = [word.form for word in words[first : last + 1]]
        for name in self.right:
            if name.head == head and name.matches(forms[-len(name.words) :]):
                start = last + 1 - len(name.words)
                if any(_mixed(word.raw) for word in words[start : last + 1]):
                    return Slip(start, last, _corrected(name, words[last]))
                return None
        if not self.other_offices.isdisjoint(forms) or self._named_by_law(words, forms, last):
            return None
        candidates = [
            (likeness, -len(name.words), start, name)
            for name in self.names[head]
            for likeness, start in self._likeness(forms, name)
        ]
        if not candidates:
            return None
        _, _, start, name = max(candidates, key=lambda candidate: candidate[:2])
        return Slip(first + start, last, _corrected(name, words[last]))

    def _named_by_law(self, words: list[Word], forms: list[str], last: int) -> bool:
        if not any(name.matches(forms[-len(name.words) :]) for name in self.legal):
            return False
        sentence = [word.form for word in words if word.sentence == words[last].sentence]
        return any(pattern.fullmatch(form) for pattern in self.law_words for form in sentence)

    def _likeness(self, forms: list[str], name: Name) -> Iterator[tuple[int, int]]:
        """How much a phrase looks like ``name``, and from which of its words on."""
        starts = [place for place, form in enumerate(forms[:-1]) if form == name.words[0]]
        if not starts:
            start = len(forms) - len(name.words)
            if (
                start >= 0
                and forms[start + 1 : -1] == list(name.words[1:-1])
                and _akin(forms[start], name.words[0])
            ):
                yield len(name.words), start
            return
        start = starts[-1]
        middle, own = forms[start + 1 : -1], name.words[1:-1]
        if len(middle) > len(own) + 1 or (CONJUNCTIONS & set(middle)) - set(own):
            return  # another thing stands between, or two things are joined
        akin = sum(any(_akin(form, word) for form in middle) for word in own)
        only = name.head in self.altered_heads and self.siblings[name.words[0], name.head] == 1
        if akin or only or not middle:
            yield akin, start

    def _listed_variants(self, words: list[Word], last: int) -> Iterator[Slip]:
        for variant, name in self.variants:
            first = last + 1 - len(variant.words)
            run = words[max(first, 0) : last + 1]
            if variant.matches([word.form for word in run]) and all(word.joined for word in run[1:]):
                same_head = variant.head == name.head
                yield Slip(first, last, _corrected(name, words[last]) if same_head else name.text)


def _akin(one: str, other: str) -> bool:
    """Whether the words share their stem: ``plan`` and ``planlama``, ``hizmetler`` and ``hizmetleri``."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and long.startswith(short)


def _mixed(raw: str) -> bool:
    """Whether capitals stand inside a word."""
    return raw not in (lower(raw), title(raw), upper(raw))


def _corrected(name: Name, head: Word) -> str:
    """The canonical name with the inflection of the phrase that it replaces."""
    before = " ".join(name.text.split()[:-1])
    if head.raw == upper(head.raw) and len(head.raw) > 1:
        return f"{upper(before)} {head.raw}{head.tail}"
    return f"{before} {title(head.raw)}{head.tail}"
