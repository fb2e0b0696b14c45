"""The names in Word's XML, and how its parts are read."""

from __future__ import annotations

from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
OFF = ("0", "false", "off")
# No entity is replaced, nothing is fetched, and what is deeper or longer than the library's limits is refused.
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def w(name: str) -> str:
    return f"{W}{name}"


def parsed(xml: bytes) -> Any:
    return etree.fromstring(xml, PARSER)


def attribute(element: Any, space: str, name: str) -> str:
    return element.get(f"{space}{name}", "")


def value(parent: Any, name: str) -> str | None:
    """`w:val` of the child of this name; None where it is not there."""
    child = parent.find(w(name)) if parent is not None else None
    return None if child is None else attribute(child, W, "val")


def is_on(mark: Any) -> bool:
    """Whether a mark such as `w:b` is there and not switched off."""
    return mark is not None and attribute(mark, W, "val") not in OFF


def text_of(element: Any) -> str:
    """All words in it that were not struck, paragraphs apart."""
    words = []
    for node in element.iter():
        if node.tag == w("t"):
            words.append(node.text or "")
        elif node.tag in (w("p"), w("tab"), w("br")):
            words.append(" ")
    return " ".join("".join(words).split())
