"""The text of HTML, with the way back to its blocks and ids."""

import unicodedata
from bisect import bisect_right
from html.parser import HTMLParser

_INLINE = frozenset(
    {"a", "b", "code", "del", "em", "i", "ins", "mark", "small", "span", "strong", "sub", "sup", "u"}
)
# Words that a reader sees although they stand in an attribute.
_READ_TOO = ("data-note", "alt", "title")
_BREAK = "\n\n"


class ReadHtml(HTMLParser):
    """``text`` has an empty line between blocks; notes and picture texts come after the rest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self._blocks: list[int] = []
        self._ids: list[tuple[int, str]] = []
        self._attributes: list[str] = []
        self._new_block = True

    def block_at(self, offset: int) -> int:
        """Number of the block at ``offset``, from one."""
        return bisect_right(self._blocks, offset)

    def place_at(self, offset: int) -> str:
        """The last id before ``offset``, or an empty text."""
        before = bisect_right(self._ids, offset, key=lambda entry: entry[0])
        return self._ids[before - 1][1] if before else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._new_block |= tag not in _INLINE
        attributes = dict(attrs)
        if place := attributes.get("id"):
            self._ids.append((len(self.text), place))
        self._attributes += [value for key in _READ_TOO if (value := attributes.get(key))]

    def handle_endtag(self, tag: str) -> None:
        self._new_block |= tag not in _INLINE

    def handle_data(self, data: str) -> None:
        # A line break of the source is a gap, not the end of anything.
        flat = unicodedata.normalize("NFC", data).replace("\r", " ").replace("\n", " ")
        if self._new_block and flat.strip():
            self.text += _BREAK
            self._blocks.append(len(self.text))
            self._new_block = False
        self.text += flat

    def close(self) -> None:
        super().close()
        for value in self._attributes:
            self._new_block = True
            self.handle_data(value)


def read_html(html: str) -> ReadHtml:
    """Read ``html``, whole or a piece."""
    reader = ReadHtml()
    reader.feed(html)
    reader.close()
    return reader
