"""What people write or paste, reduced to the few elements that a report holds.

`clean` runs on every save. The same text goes to the page, the PDF and the plan, so that what it
lets through is the whole list: paragraphs, headings, lists, tables, links, notes. The raw input is
first rebuilt within bounds (a parser given a hundred thousand nested elements does not come back),
then nh3 is the fence, then tables get the head that every reader needs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import takewhile

import nh3
from django.utils.translation import gettext as _

MAX_BYTES = 2_000_000
MAX_PIECES = 150_000  # tags and stretches of text: some 50,000 elements
MAX_DEPTH = 60
MAX_ROWS = 2_000
MAX_SPAN = 50

ROOT, WORDS = "#root", "#words"
INLINE = {WORDS, "a", "br", "em", "strong", "sup"}
HEADINGS = {"h2", "h3", "h4"}
TABLE_PARTS = {"table", "thead", "tbody", "tr", "th", "td"}
TAGS = {"a", "br", "em", "strong", "sup", "p", "ul", "ol", "li", "blockquote"} | HEADINGS | TABLE_PARTS
SAME_AS = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4", "tfoot": "tbody"}
BREAKS = {"address", "article", "aside", "caption", "dd", "div", "dt", "figcaption", "main", "pre", "section"}
UNREAD = {"iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template", "title"}
VOID = {"br"}
ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "sup": {"data-note"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
KEPT = ATTRIBUTES | {"a": {"href", "rel"}}  # rel is written by nh3 itself

# Each piece ends at the next "<", so that no input makes the search run over the text twice.
PIECE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>|<![^<>]*+>|[^<]++|<")
ATTRIBUTE = re.compile(r"([a-zA-Z-]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]++))")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class TextRefused(ValueError):
    """The text cannot be kept. The message says why, and what to do, in the reader's language."""


@dataclass(slots=True)
class Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    words: str = ""


def clean(raw: str) -> str:
    """The text with nothing but the elements that a report holds; clean(clean(x)) == clean(x).

    Raises TextRefused for more than 2 MB, 50,000 elements, 60 levels, or 2,000 rows in a table.
    """
    within_bounds(raw)
    rebuilt = written(parse(UNWRITABLE.sub("", raw)))
    within_bounds(rebuilt)
    fenced = nh3.clean(
        rebuilt,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=kept_value,
        url_schemes={"https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return "".join(map(written, blocks(parse(fenced).children)))


def plain_text(html: str) -> str:
    """The words of a cleaned text: a line for each block and cell, notes in brackets."""
    pieces: list[str] = []
    speak(parse(html), pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def word_count(html: str) -> int:
    """Words of a cleaned text: what stands between spaces and holds a letter or a figure."""
    return sum(any(sign.isalnum() for sign in word) for word in plain_text(html).split())


def for_reading(html: str) -> str:
    """The text with its notes numbered and their words below it; cleaned once more on the way out."""
    tree = parse(clean(html))
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


def within_bounds(html: str) -> None:
    if len(html) > MAX_BYTES or len(html.encode(errors="replace")) > MAX_BYTES:
        raise TextRefused(
            _("The text of this section is larger than 2 MB. Divide it, or attach it as a document.")
        )


def parse(html: str) -> Node:
    """A tree of allowed elements. What does not read as a tag stays as text, unknown tags go."""
    root = Node(ROOT)
    path = [root]
    unread = ""
    for number, piece in enumerate(PIECE.finditer(html)):
        if number > MAX_PIECES or len(path) > MAX_DEPTH:
            raise TextRefused(
                _("This text is too intricate to be kept. Paste it as plain text (Ctrl+Shift+V).")
            )
        closing, name = piece[1], (piece[2] or "").lower()
        name = SAME_AS.get(name, name)
        if unread:
            unread = "" if closing and name == unread else unread
        elif not name:
            words = "" if piece[0].startswith("<!") else unescape(piece[0])
            path[-1].children.append(Node(WORDS, words=words))
        elif name in UNREAD:
            unread = "" if closing else name
        elif name in BREAKS:
            path[-1].children.append(Node(WORDS, words="\n\n"))
        elif name in TAGS and closing:
            close(path, name)
        elif name in TAGS:
            node = Node(name, attributes_of(name, piece[3]))
            path[-1].children.append(node)
            if name not in VOID:
                path.append(node)
    return root


def close(path: list[Node], name: str) -> None:
    for depth in range(len(path) - 1, 0, -1):
        if path[depth].tag == name:
            del path[depth:]
            return


def attributes_of(tag: str, text: str) -> dict[str, str]:
    allowed = KEPT.get(tag, ())
    found = ((match[1].lower(), match[2] or match[3] or match[4] or "") for match in ATTRIBUTE.finditer(text))
    return {name: unescape(value) for name, value in found if name in allowed}


def kept_value(tag: str, name: str, value: str) -> str | None:
    """nh3 asks for each attribute: the value to keep, or None."""
    if name in ("colspan", "rowspan"):
        span = min(int(value), MAX_SPAN) if value.isdecimal() and len(value) < 10 else 1
        return str(span) if span > 1 else None
    if name == "start":
        return value if value.isdecimal() and len(value) < 5 else None
    if name == "href":
        leaves_page = value.lower().startswith(("https:", "mailto:"))
        return value if leaves_page or re.match(r"/[^/\\]", value) else None
    return value


def give_head(table: Node) -> None:
    """Head cells with their direction; a table without any gets its first row as head."""
    rows = [row for part in table.children for row in part.children if row.tag == "tr" and cells(row)]
    if len(rows) > MAX_ROWS:
        raise TextRefused(
            _("A table has %(rows)s rows; at most %(most)s can be kept. Attach it as a document.")
            % {"rows": len(rows), "most": MAX_ROWS}
        )
    has_head = any(cell.tag == "th" for row in rows for cell in cells(row))
    for row in rows:
        row.children = cells(row)
        if row is rows[0] and not has_head:
            for cell in row.children:
                cell.tag = "th"
        direction = "row" if any(cell.tag == "td" for cell in row.children) else "col"
        for cell in row.children:
            cell.children = list(blocks(cell.children))
            if cell.tag == "th":
                cell.attributes["scope"] = direction
    heads = list(takewhile(lambda row: row.children[0].attributes.get("scope") == "col", rows[:-1] or rows))
    sections = ("thead", heads), ("tbody", rows[len(heads) :])
    table.children = [Node(tag, children=part) for tag, part in sections if part]


def cells(row: Node) -> list[Node]:
    return [cell for cell in row.children if cell.tag in ("th", "td")]


def blocks(children: list[Node]) -> Iterator[Node]:
    """The same words as a sequence of blocks: loose words become paragraphs, empty blocks go."""
    loose = Node("p")
    for child in children:
        if child.tag == WORDS:
            first, *others = re.split(r"\n\s*\n", child.words)
            loose.children.append(Node(WORDS, words=first))
            for words in others:
                yield from block(loose)
                loose = Node("p", children=[Node(WORDS, words=words)])
        elif fits_line(child):
            loose.children.append(child)
        else:
            yield from block(loose)
            yield from block(child)
            loose = Node("p")
    yield from block(loose)


def block(node: Node) -> Iterator[Node]:
    if node.tag in HEADINGS | {"p"} and all(map(fits_line, node.children)):
        node.children = list(inlines(node.children))
    elif node.tag in ("ul", "ol"):
        items = (child if child.tag == "li" else Node("li", children=[child]) for child in node.children)
        node.children = [Node("li", children=held) for item in items if (held := [*blocks(item.children)])]
    elif node.tag == "blockquote":
        node.children = list(blocks(node.children))
    elif node.tag == "table":
        give_head(node)
    else:  # an item without its list, a mark around blocks: what it holds stands for itself
        yield from blocks(node.children)
        return
    if not empty(node):
        yield node


def inlines(children: list[Node]) -> Iterator[Node]:
    """A note keeps its words in one place; links and raised letters that lost their sense are plain text."""
    for child in children:
        if child.tag in (WORDS, "br"):
            yield child
        elif child.attributes.get("data-note"):
            yield Node("sup", child.attributes)
        elif child.tag == "sup" or (child.tag == "a" and "href" not in child.attributes):
            yield from inlines(child.children)
        else:
            child.children = list(inlines(child.children))
            if not empty(child):
                yield child


def fits_line(node: Node) -> bool:
    return node.tag in INLINE and all(map(fits_line, node.children))


def empty(node: Node) -> bool:
    """Nothing to read: no word, no note, no row of a table."""
    return not node.words.strip() and node.tag not in ("sup", "tr") and all(map(empty, node.children))


def written(node: Node) -> str:
    """The tree as HTML, attributes in a fixed order."""
    if node.tag == WORDS:
        return escape(node.words, quote=False)
    inner = "".join(map(written, node.children))
    if node.tag == ROOT:
        return inner
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in sorted(node.attributes.items()))
    return f"<{node.tag}{attributes}>" + ("" if node.tag in VOID else f"{inner}</{node.tag}>")


def speak(node: Node, pieces: list[str]) -> None:
    for child in node.children:
        if child.tag == WORDS:
            pieces.append(child.words.replace("\n", " "))
        elif child.tag == "sup":
            pieces.append(f" [{child.attributes.get('data-note', '')}]")
        else:
            speak(child, pieces)
            if child.tag not in INLINE or child.tag == "br":
                pieces.append("\n")
