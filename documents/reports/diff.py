"""What changed between two texts, word by word, with the structure of the text kept.

Blocks (paragraphs, list items, table rows and cells) are matched first and words only inside
blocks that belong together, so that a long report costs little and the result is always whole
HTML: a removed paragraph stays a paragraph, its words struck.

One budget holds for all of it, because the same runs while a report is submitted: what would be
matched beyond it is shown as removed and added.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from html import escape
from itertools import groupby, takewhile
from typing import Any, NamedTuple

from django.utils.safestring import SafeString, mark_safe

from common.history_telling import WORD_STEPS, Budget, Matcher
from documents.reports import html, legible

BLOCKS = html.TAGS - html.INLINE - {"img"}
LINES = html.HEADINGS | {"p", "figcaption"}  # blocks of words; all others hold blocks
# A word or a sign, with the space after it: half as many pieces to match as with spaces apart.
TOKEN = re.compile(r"(?:\w+(?:['’.,]\w+)*|[^\w\s]|^\s)\s*")
ALIKE = 0.3  # from this share of common words on, two blocks are one block that was rewritten
NEAR = 20  # old blocks among which the partner of a new one is sought
JUDGED = 1_000  # words by which a block is found to be like another
EXCERPT = 48  # words
LEAD = 7  # words before the first change of an excerpt


@dataclass(frozen=True)
class Diff:
    """The text with its changes marked; words added and removed; the number of changed places."""

    html: SafeString
    added: int = 0
    removed: int = 0
    places: int = 0
    excerpt: SafeString = SafeString("")


class Token(NamedTuple):
    """A word, a sign, a note or a picture, with the inline marks that it stands in."""

    html: str
    marks: tuple[str, ...]
    key: str

    @property
    def is_word(self) -> bool:
        return self.key.isalnum() or any(c.isalnum() for c in self.key)

    @property
    def bare(self) -> Token:
        """The same without the space after it."""
        return Token(self.html.rstrip(), self.marks, self.key)


@dataclass
class Node:
    """A block: either of blocks (`children`) or of words (`tokens`)."""

    tag: str
    start: str
    children: list[Node] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)

    @cached_property
    def key(self) -> str:
        """The same for equal blocks, and short: each block's is part of those of all blocks around it."""
        parts = [self.start, *(t.key for t in self.tokens), *(c.key for c in self.children)]
        return sha256("".join(parts).encode()).hexdigest()

    @cached_property
    def words(self) -> Counter[str]:
        found: list[str] = []
        waiting = [self]
        while waiting and len(found) < JUDGED:
            node = waiting.pop()
            found += [token.key for token in node.tokens[:JUDGED] if token.is_word]
            waiting += reversed(node.children)
        return Counter(found[:JUDGED])


def compare(old: str, new: str) -> Diff:
    """The changes from one text to another. Both are cleaned here: what is shown is what may stand."""
    writer = _Writer()
    writer.blocks(_read(legible.numbered(old)), _read(legible.numbered(new)))
    return writer.result()


@dataclass(frozen=True)
class RowDiff:
    """One row of two tables put together: tone is "", "ins", "del" or "changed"."""

    tone: str
    cells: list[SafeString]


def compare_rows(
    columns: Sequence[dict], old: Sequence[dict], new: Sequence[dict]
) -> tuple[list[RowDiff], Diff]:
    """Two tables of the same columns cell by cell; rows that belong together stand as one row."""
    keys = [column["key"] for column in columns]
    before, after = ([_row(keys, row) for row in rows] for rows in (old, new))
    writer = _Writer()
    rows = list(writer.rows(before, after))
    return rows, writer.result()


def _row(keys: Sequence[str], row: dict) -> Node:
    cells = [_leaf("td", str(row.get(key, ""))) for key in keys]
    return Node("tr", "<tr>", cells)


def _leaf(tag: str, text: str) -> Node:
    return Node(
        tag, f"<{tag}>", tokens=[Token(escape(t, quote=False), (), t.strip()) for t in TOKEN.findall(text)]
    )


def _read(part: html.Node) -> list[Node]:
    """The blocks that a part of the cleaned text holds, their words cut apart."""
    return [_block(child) for child in part.children if child.tag in BLOCKS or not html.empty(child)]


def _block(block: html.Node) -> Node:
    if block.tag in LINES:
        tokens = [token for child in block.children for token in _tokens(child)]
        return Node(block.tag, _start(block), tokens=tokens)
    if block.tag in BLOCKS:
        return Node(block.tag, _start(block), _read(block))
    return Node("", "", tokens=_tokens(block))


def _tokens(child: html.Node, marks: tuple[str, ...] = (), told: str = "") -> list[Token]:
    if child.tag == html.WORDS:
        found = TOKEN.findall(child.words)
        # One object for a word that stands often: hundreds of thousands of them take seconds to make.
        made = {t: Token(escape(t, quote=False), marks, told + t.strip()) for t in set(found)}
        return [made[t] for t in found]
    if child.tag in ("br", "sup", "img"):
        whole = html.written(child)
        return [Token(whole, marks, whole)]
    if to := child.attributes.get("data-figure"):  # the same picture, whatever its number is now
        return [Token(html.written(child), marks, f"#{to}")]
    start = _start(child)
    if start not in marks:  # bold within bold says nothing more
        marks = (*marks, start)
    if child.tag == "a":  # a link elsewhere is another word; bold or not is the same word
        told += sha256(start.encode()).hexdigest()
    return [token for inner in child.children for token in _tokens(inner, marks, told)]


def _start(node: html.Node) -> str:
    written = "".join(f' {name}="{escape(value)}"' for name, value in sorted(node.attributes.items()))
    return f"<{node.tag}{written}>"


class _Writer:
    """Writes the new text with the old one's words struck in place, and counts."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.counted = {"ins": 0, "del": 0}
        self.places = 0
        self.excerpt = ""
        self.named = False
        self.budget = Budget()

    def result(self) -> Diff:
        return Diff(
            mark_safe("".join(self.out)),  # noqa: S308  built from escaped words and sanitised tags
            self.counted["ins"],
            self.counted["del"],
            self.places,
            mark_safe(self.excerpt),  # noqa: S308  built from escaped words
        )

    def blocks(self, old: list[Node], new: list[Node]) -> None:
        for before, after in _paired(old, new, self.budget):
            self.block(before, after)

    def block(self, before: Node | None, after: Node | None) -> None:
        if before is None or after is None:
            self.whole(after or before, "ins" if after else "del")
        elif before.key == after.key:
            self.same(after)
        elif before.children or after.children:
            self.out.append(after.start)
            self.blocks(_as_children(before), _as_children(after))
            self.out.append(_end(after))
        else:
            self.out.append(after.start)
            self.words(before.tokens, after.tokens)
            self.out.append(_end(after))

    def same(self, node: Node) -> None:
        self.out += [node.start, _inline(node.tokens)]
        for child in node.children:
            self.same(child)
        self.out.append(_end(node))

    def whole(self, node: Any, tone: str) -> None:
        """A block that is new, or gone, as a whole."""
        self.out.append(node.start)
        if node.tokens:
            self.runs([(tone, node.tokens)])
        for child in node.children:
            self.whole(child, tone)
        self.out.append(_end(node))

    def words(self, old: list[Token], new: list[Token]) -> None:
        self.runs(list(_runs(old, new, self.budget)))

    def runs(self, runs: list[tuple[str, list[Token]]]) -> None:
        previous = "same"
        for tone, tokens in runs:
            if tone == "same":
                self.out.append(_inline(tokens))
            else:
                self.counted[tone] += sum(token.is_word for token in tokens)
                start = f"<{tone}>"
                if previous == "same":
                    self.places += 1
                    start = f'<{tone} id="d-{self.places}">'
                if previous == "del" and tone == "ins" and not self.out[-1].endswith(" "):
                    self.out.append(" ")
                self.out.append(_changed(tone, start, tokens, _inline))
            previous = tone
        if not self.excerpt:
            self.excerpt = _excerpt(runs)

    def rows(self, old: list[Node], new: list[Node]) -> Iterator[RowDiff]:
        for before, after in _paired(old, new, self.budget):
            tone = "" if before and after else "ins" if after else "del"
            cells = []
            for index in range(len((after or before).children)):  # type: ignore[union-attr]  # one is there
                self.out = []
                self.block(before and before.children[index], after and after.children[index])
                cells.append(mark_safe("".join(self.out[1:-1])))  # noqa: S308  the cell without its own tags
            if before and after and before.key != after.key:
                tone = "changed"
            self.name_row((after or before).children[0])  # type: ignore[union-attr]  # one is there
            yield RowDiff(tone, cells)
        self.out = []

    def name_row(self, first: Node) -> None:
        """Say of which row the excerpt speaks, unless it is the first cell itself that changed."""
        name = _plain(first.tokens)
        if self.excerpt and not self.named:
            self.named = True
            if name and name not in self.excerpt:
                self.excerpt = f"{name}: {self.excerpt}"


def _as_children(node: Node) -> list[Node]:
    return node.children or ([Node("", "", tokens=node.tokens)] if node.tokens else [])


def _end(node: Node) -> str:
    return f"</{node.tag}>" if node.tag else ""


def _inline(tokens: Sequence[Token]) -> str:
    """Words with their marks, each opened once for all words in a row that share it."""
    out: list[str] = []
    standing: tuple[str, ...] = ()
    for marks, run in groupby(tokens, key=lambda token: token.marks):
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(standing, marks, strict=False))))
        out += [_closing(mark) for mark in reversed(standing[shared:])]
        out += marks[shared:]
        out += [t.html for t in run]
        standing = marks
    out += [_closing(mark) for mark in reversed(standing)]
    return "".join(out)


def _closing(mark: str) -> str:
    return f"</{mark.strip('<>').partition(' ')[0]}>"


def _paired(old: list[Node], new: list[Node], budget: Budget) -> Iterator[tuple[Node | None, Node | None]]:
    """Old and new blocks side by side, in reading order; None where one has no partner."""
    matcher = Matcher([n.key for n in old], [n.key for n in new], budget)
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from _alike(old[a:b], new[c:d], budget)


def _alike(old: list[Node], new: list[Node], budget: Budget) -> Iterator[tuple[Node | None, Node | None]]:
    """Partners among changed blocks: each new block takes the first near old one left that is like it."""
    cells = {node.tag for node in old + new} <= {"td", "th"}
    taken = 0
    for after in new:
        near = range(taken, min(taken + NEAR, len(old)))
        partner = next((i for i in near if cells or _are_alike(old[i], after, budget)), None)
        if partner is None:
            yield None, after
            continue
        yield from ((gone, None) for gone in old[taken:partner])
        yield old[partner], after
        taken = partner + 1
    yield from ((gone, None) for gone in old[taken:])


def _are_alike(old: Node, new: Node, budget: Budget) -> bool:
    if old.tag != new.tag or budget.left < WORD_STEPS * (NEAR + 2 * JUDGED):
        return False
    if old.tag == "tr" and old.children and new.children and old.children[0].key == new.children[0].key:
        return True
    before, after = old.words, new.words
    if old.tag in ("table", "thead", "tbody", "ul", "ol") or not (before or after):
        return True
    total = before.total() + after.total()
    budget.spend(WORD_STEPS * (NEAR + total))
    return 2 * (before & after).total() >= ALIKE * total


def _runs(old: list[Token], new: list[Token], budget: Budget) -> Iterator[tuple[str, list[Token]]]:
    """("same" | "del" | "ins", words), islands of one or two words between larger changes dissolved."""
    if not budget.spend(sum(len(mark) for token in old + new for mark in token.marks)):
        # A link's address stands again around each run: a long one would make the page grow with both.
        yield from _flushed(old, new)
        return
    matcher = Matcher([t.key for t in old], [t.key for t in new], budget)
    struck: list[Token] = []
    added: list[Token] = []
    codes = matcher.get_opcodes()
    for position, (op, a, b, c, d) in enumerate(codes):
        if op == "equal" and not _is_island(codes, position, old):
            yield from _flushed(struck, added)
            struck, added = [], []
            yield "same", new[c:d]
        else:
            struck += old[a:b]
            added += new[c:d]
    yield from _flushed(struck, added)


def _flushed(struck: list[Token], added: list[Token]) -> Iterator[tuple[str, list[Token]]]:
    if struck:
        yield "del", struck
    if added:
        yield "ins", added


def _is_island(codes: Sequence[tuple[str, int, int, int, int]], position: int, old: list[Token]) -> bool:
    """Whether equal words are so few, between changes on both sides, that keeping them only confuses."""
    if not 0 < position < len(codes) - 1:
        return False
    _op, start, end, *_new = codes[position]
    kept = sum(token.is_word for token in old[start:end])
    beside = (codes[position - 1], codes[position + 1])
    around = min(max(code[2] - code[1], code[4] - code[3]) for code in beside)
    return kept == 0 or (kept <= 2 and around > 4)


def _changed(tone: str, start: str, tokens: list[Token], written: Callable[[list[Token]], str]) -> str:
    """Words in their mark; the space after them stands outside, so that no line begins with it."""
    text = written([*tokens[:-1], tokens[-1].bare])
    space = " " if tokens[-1].bare != tokens[-1] else ""
    return f"{start}{text}</{tone}>{space}"


def _excerpt(runs: list[tuple[str, list[Token]]]) -> str:
    """The words around the first change, without marks; nothing where nothing changed."""
    first = next((i for i, (tone, _tokens) in enumerate(runs) if tone != "same"), None)
    if first is None:
        return ""
    out, left = [], EXCERPT
    if first:
        lead = runs[first - 1][1]
        kept = lead[-LEAD:]
        out.append(("… " if len(kept) < len(lead) else "") + _plain(kept))
    for tone, tokens in runs[first:]:
        kept = tokens[:left]
        if tone == "ins" and out and out[-1].endswith("</del>"):
            out.append(" ")
        out.append(_plain(kept) if tone == "same" else _changed(tone, f"<{tone}>", kept, _plain))
        left -= sum(t.is_word for t in kept)
        if len(kept) < len(tokens) or left <= 0:
            out.append(" …")
            break
    return "".join(out)


def _plain(tokens: Sequence[Token]) -> str:
    """Words without their marks, notes left out."""
    return "".join(token.html for token in tokens if not token.html.startswith("<"))
