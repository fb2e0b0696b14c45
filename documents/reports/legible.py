"""What readers see of a cleaned text: its words, plain and counted, its pictures and notes numbered."""

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _

from documents.reports.html import PICTURE, WORDS, Node, clean, fenced, parse, pictures, speak, written

NUMBERED = ("<figure", "data-figure", "data-note")


def plain_text(html: str) -> str:
    """The words of a cleaned text: a line for each block and cell, notes and what pictures show in brackets."""
    pieces: list[str] = []
    tree = parse(html)
    number_figures(tree)
    speak(tree, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


@lru_cache(maxsize=8)  # one save of a text asks three times
def word_count(html: str) -> int:
    """Words of a cleaned text: what stands between spaces and holds a letter or a figure."""
    return sum(any(sign.isalnum() for sign in word) for word in plain_text(html).split())


def lost_references(html: str) -> int:
    """How many references of a cleaned text lead to no picture in it."""
    there = set(pictures(html))
    return sum(int(number) not in there for number in re.findall(r'data-figure="(\d+)"', html))


def for_reading(html: str, figures_before: int = 0) -> str:
    """The text with its pictures and notes numbered, the notes' words below it; cleaned once more on the way out.

    Pictures count on from `figures_before`, where texts follow each other in one document.
    """
    if not any(sign in html for sign in NUMBERED):
        return fenced(html)
    tree = parse(clean(html))
    number_figures(tree, figures_before, captions=True)
    notes: list[Node] = []
    number_notes(tree, notes)
    if notes:
        tree.children.append(Node("ol", {"class": "notes"}, notes))
    return written(tree)


def number_notes(node: Node, notes: list[Node]) -> None:
    for child in node.children:
        if words := child.attributes.pop("data-note", ""):
            notes.append(Node("li", children=[Node(WORDS, words=words)]))
            child.children = [Node(WORDS, words=f"[{len(notes)}]")]
        number_notes(child, notes)


def numbered(raw: str) -> Node:
    """The tree of a text, cleaned, in which each reference has its picture's number as words."""
    tree = parse(clean(raw))
    number_figures(tree)
    return tree


def number_figures(tree: Node, before: int = 0, *, captions: bool = False) -> None:
    """Write each picture's number where the text refers to it, and before its caption if `captions`."""
    numbers: dict[str, int] = {}
    nodes = list(every(tree))
    for count, figure in enumerate((node for node in nodes if node.tag == "figure"), before + 1):
        numbers.setdefault(PICTURE.fullmatch(figure.children[0].attributes["src"])[1], count)  # type: ignore[index]  # it was cleaned
        if captions:
            number = Node("strong", children=[Node(WORDS, words=figure_name(count) + ".")])
            caption = figure.children[1:] or [Node("figcaption")]
            caption[0].children = [number, Node(WORDS, words=" "), *caption[0].children]
            figure.children[1:] = caption
    for node in nodes:
        if to := node.attributes.get("data-figure"):
            node.children = [Node(WORDS, words=figure_name(numbers.get(to)))]


def figure_name(number: int | None) -> str:
    """ "Figure 2"; for a picture that is not there, a name that is seen to be missing."""
    return _("Figure %(number)s") % {"number": number or "?"}


def every(node: Node) -> Iterator[Node]:
    """The node's descendants in reading order."""
    for child in node.children:
        yield child
        yield from every(child)
