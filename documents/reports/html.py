"""What people write or paste, reduced to the few elements that a report holds.

`clean` runs on every save. The same text goes to the page, the PDF and the plan, so that what it
lets through is the whole list: paragraphs, headings, lists, tables, links, notes, pictures and
references to them. A picture is one of our own files and has words for who does not see it:

    <figure><img alt="…" src="/files/12/picture/"><figcaption>…</figcaption></figure>
    <a data-figure="12"></a>    its number, wherever the text speaks of it

The raw input is
first rebuilt within bounds (a parser given a hundred thousand nested elements does not come back),
then nh3 is the fence, then tables get the head that every reader needs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
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
PICTURE_PARTS = {"figure", "figcaption", "img"}
TAGS = {"a", "br", "em", "strong", "sup", "p", "ul", "ol", "li", "blockquote"}
TAGS |= HEADINGS | TABLE_PARTS | PICTURE_PARTS
SAME_AS = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4", "tfoot": "tbody"}
BREAKS = {"address", "article", "aside", "caption", "dd", "div", "dt", "main", "pre", "section"}
UNREAD = {"iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template", "title"}
VOID = {"br", "img"}
ATTRIBUTES = {
    "a": {"href", "data-figure"},
    "img": {"alt", "src"},
    "ol": {"start"},
    "sup": {"data-note"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
KEPT = ATTRIBUTES | {"a": {"href", "data-figure", "rel"}}  # rel is written by nh3 itself
PICTURE = re.compile(r"/files/([1-9][0-9]{0,17})/picture/")
NUMBER = re.compile(r"[1-9][0-9]{0,17}")

# Each piece ends at the next "<", so that no input makes the search run over the text twice.
PIECE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>|<![^<>]*+>|[^<]++|<")
ATTRIBUTE = re.compile(r"([a-zA-Z-]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]++))")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


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

    Raises TextRefused for more than 2 MB, 50,000 elements, 60 levels, 2,000 rows in a table, or a
    picture without words.
    """
    within_bounds(raw)
    rebuilt = written(parse(UNWRITABLE.sub("", raw)))
    within_bounds(rebuilt)
    return "".join(map(written, blocks(parse(fenced(rebuilt)).children)))


def fenced(html: str) -> str:
    """Nothing but the elements of a report, wherever they stand."""
    return _fence().clean(html)


@cache
def _fence() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=kept_value,
        url_schemes={"https", "mailto"},
        link_rel="noopener noreferrer",
    )


def pictures(html: str) -> list[int]:
    """The files that a cleaned text shows, each once, in reading order."""
    return list(dict.fromkeys(map(int, PICTURE.findall(html))))


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
            if name == "img" and not is_ours(node):
                continue
            path[-1].children.append(node)
            if name not in VOID:
                path.append(node)
    return root


def is_ours(picture: Node) -> bool:
    """Whether it is one of our files; such a one must have words for who does not see it."""
    if not PICTURE.fullmatch(picture.attributes.get("src", "")):
        return False
    alt = picture.attributes["alt"] = " ".join(picture.attributes.get("alt", "").split())
    if not alt:
        raise TextRefused(
            _("A picture has no description. Say in words what it shows, for those who do not see it.")
        )
    return True


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
    if name == "src":
        return value if PICTURE.fullmatch(value) else None
    if name == "data-figure":
        return value if NUMBER.fullmatch(value) else None
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
    elif node.tag == "img":
        node = Node("figure", children=[node])
    elif node.tag == "figure":
        yield from figure(node)
        return
    else:  # an item without its list, a mark around blocks: what it holds stands for itself
        yield from blocks(node.children)
        return
    if not empty(node):
        yield node


def figure(node: Node) -> Iterator[Node]:
    """A figure for each picture within, the last with the caption; all else stands for itself."""
    caption = next((child for child in node.children if child.tag == "figcaption"), Node("figcaption"))
    held = list(blocks([child for child in node.children if child is not caption]))
    bare = [block for block in held if block.tag == "figure" and len(block.children) == 1]
    if empty(caption):
        pass
    elif bare:
        bare[-1].children.append(Node("figcaption", children=one_line(caption.children)))
    else:
        held += blocks(caption.children)
    yield from held


def one_line(children: list[Node]) -> list[Node]:
    """The same words within one line: what holds blocks is left with its words alone."""
    if all(map(fits_line, children)):
        return list(inlines(children))
    pieces: list[str] = []
    speak(Node(ROOT, children=children), pieces)
    return [Node(WORDS, words=" ".join("".join(pieces).split()))]


def inlines(children: list[Node]) -> Iterator[Node]:
    """A note keeps its words in one place; links and raised letters that lost their sense are plain text."""
    for child in children:
        if child.tag in (WORDS, "br"):
            yield child
        elif child.attributes.get("data-note"):
            yield Node("sup", child.attributes)
        elif to := child.attributes.get("data-figure"):
            yield Node("a", {"data-figure": to})
        elif child.tag == "sup" or (child.tag == "a" and "href" not in child.attributes):
            yield from inlines(child.children)
        else:
            child.children = list(inlines(child.children))
            if not empty(child):
                yield child


def fits_line(node: Node) -> bool:
    return node.tag in INLINE and all(map(fits_line, node.children))


def empty(node: Node) -> bool:
    """Nothing to read: no word, no note, no picture or reference to one, no row of a table."""
    holds = node.words.strip() or node.tag in ("sup", "tr", "img") or "data-figure" in node.attributes
    return not holds and all(map(empty, node.children))


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
        elif child.tag == "img":
            pieces.append(f"[{child.attributes['alt']}]\n")
        else:
            speak(child, pieces)
            if child.tag not in INLINE or child.tag == "br":
                pieces.append("\n")
