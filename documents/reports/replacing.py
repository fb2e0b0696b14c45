"""Words found and replaced in the sections of a report, wherever they are read: text, notes, pictures, cells.

Pure functions over anything with `is_table`, `html`, `rows` and `columns`. A hit lies within words of
one dress: what is half bold is not found as one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from common import turkish
from documents.reports import html as markup
from documents.reports import legible, shapes

AROUND = 60  # letters shown on each side of a hit
READ_TOO = ("data-note", "alt")  # words that stand in an attribute


@dataclass(frozen=True)
class Hit:
    """One place: its number in the section, from one, and the words around it."""

    number: int
    before: str
    words: str
    after: str


def pattern(words: str, *, whole: bool) -> re.Pattern[str]:
    """What finds the words in either case, ı with I and i with İ; `whole`: not within a longer word."""
    letters = r"\s+".join("".join(map(_letter, word)) for word in words.split())
    return re.compile(rf"(?<!\w){letters}(?!\w)" if whole else letters)


def hits(section: Any, wanted: re.Pattern[str]) -> list[Hit]:
    """Every place of a section in reading order."""
    found = [(text, match) for text in _texts(section) for match in wanted.finditer(text)]
    return [
        Hit(
            number,
            text[max(0, match.start() - AROUND) : match.start()],
            match[0],
            text[match.end() : match.end() + AROUND],
        )
        for number, (text, match) in enumerate(found, start=1)
    ]


def replaced(section: Any, wanted: re.Pattern[str], put: str, *, only: int | None = None) -> dict[str, Any]:
    """The section's `html` or `rows` with `put` at every hit, or at the one with the number `only`."""
    count = 0

    def at(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return put if only in (None, count) else match[0]

    return _changed(section, lambda text: wanted.sub(at, text))


def _texts(section: Any) -> Iterator[str]:
    texts: list[str] = []

    def read(text: str) -> str:
        texts.append(text)
        return text

    _changed(section, read)
    return iter(texts)


def _changed(section: Any, change: Callable[[str], str]) -> dict[str, Any]:
    if section.is_table:
        # The names that the template gives to rows are not the group's words.
        keys = [column["key"] for column in section.columns if column["type"] != shapes.GIVEN_ROWS]
        rows = [row | {key: change(row[key]) for key in keys if row.get(key)} for row in section.rows]
        return {"rows": rows}
    tree = markup.parse(section.html)
    for node in legible.every(tree):
        node.words = change(node.words) if node.words else ""
        for name in READ_TOO:
            if name in node.attributes:
                node.attributes[name] = change(node.attributes[name])
    return {"html": markup.written(tree)}


def _letter(letter: str) -> str:
    cases = {case for case in (letter, turkish.lower(letter), turkish.upper(letter)) if len(case) == 1}
    return re.escape(letter) if len(cases) == 1 else f"[{''.join(sorted(map(re.escape, cases)))}]"
