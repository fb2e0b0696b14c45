"""What the check knows: names, words of other institutions, words that lose letters."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from common.turkish.letters import fold
from documents.plan.language.inflection import bare_head, inflected
from documents.plan.language.words import words_of


@dataclass(frozen=True)
class Name:
    """A canonical name with its bare head and the wordings that must not stand for it.

    ``bare`` is needed only where the head cannot be told from the possessive by rule.
    """

    text: str
    bare: str = ""
    variants: tuple[str, ...] = ()

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(word.form for word in words_of(self.text))

    @cached_property
    def head(self) -> str:
        return self.bare or bare_head(self.words[-1])

    def matches(self, forms: Sequence[str]) -> bool:
        """Whether these search forms are the name: the last may inflect, the others stand exactly."""
        *before, last = forms
        return before == list(self.words[:-1]) and bool(inflected(self.head).fullmatch(last))

    @property
    def compound(self) -> bool:
        """Whether the last word is a possessive (``… Müdürlüğü``)."""
        return self.words[-1] != self.head

    @property
    def proper(self) -> bool:
        """A name in capitals (``Stratejik Planlama Ekibi``), not a common noun (``alt çalışma grubu``)."""
        return all(word[0].isupper() for word in self.text.split() if fold(word) not in CONJUNCTIONS)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Everything that a check looks for.

    ``names``: the names to be kept. ``accepted``: other names that are right where they stand.
    ``legal``: names that the law gives our bodies, right in a sentence with one of ``law_words``.
    ``usual``: names that are common elsewhere, to know which words distinguish a name.
    ``ours``: institutions that we are not; in the first person they are residue, except after
    the words listed with them. ``offices``: officers of such institutions, right only beside
    an institution of theirs. ``other_offices``: words that make a head another authority's
    (İl Müdürlüğü). ``altered_heads``: heads of which there is one for a first word, so that
    any other wording between the two is a mistake. ``fragile``: nouns that lose letters in
    PDF text; ``fragile_verbs`` the same with any ending; ``sound``: words that only look broken.
    """

    names: tuple[Name, ...]
    accepted: tuple[Name, ...] = ()
    legal: tuple[Name, ...] = ()
    law_words: tuple[str, ...] = ()
    usual: tuple[Name, ...] = ()
    ours: dict[str, tuple[str, ...]] = field(default_factory=dict)
    offices: tuple[str, ...] = ()
    other_offices: frozenset[str] = frozenset()
    altered_heads: frozenset[str] = frozenset()
    fragile: tuple[str, ...] = ()
    fragile_verbs: tuple[str, ...] = ()
    sound: frozenset[str] = frozenset()


CONJUNCTIONS = frozenset({"ve", "ile", "veya"})
