"""What Word's styles and numbering say of a paragraph: heading or not, how deep, which list, how it looks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from documents.reports.intake.word_xml import W, attribute, is_on, value, w

# The names that Word, LibreOffice and Google give, whatever language the program speaks: Word keeps the
# English name in the file; other programs write what they show.
HEADING = re.compile(r"(?:heading|başlık|baslik)[ _]*([1-9])", re.IGNORECASE)
TITLE = re.compile(r"(title|konu başlığı|belge başlığı)", re.IGNORECASE)
CAPTION = re.compile(r"(caption|resim ?yazısı|şekil|tablo ?yazısı|illustration|table caption)", re.IGNORECASE)
CONTENTS = re.compile(r"(toc|contents|içindekiler|i̇çindekiler)[ _]*(heading|[1-9]|\d)?", re.IGNORECASE)
LIST_LEVEL = re.compile(r"list[a-zçğıöşü ]*?([2-5])", re.IGNORECASE)
BASED_AT_MOST = 20  # styles that rest on one another
RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
BODY_LEVEL = 9  # "Body text" in the outline


@dataclass(frozen=True)
class Style:
    """A paragraph's style, with what it has from those that it rests on."""

    name: str = ""
    level: int | None = None
    bold: bool = False
    number: Any = None

    @property
    def is_title(self) -> bool:
        return bool(TITLE.fullmatch(self.name))

    @property
    def is_caption(self) -> bool:
        return bool(CAPTION.fullmatch(self.name))

    @property
    def is_contents(self) -> bool:
        return bool(CONTENTS.fullmatch(self.name))

    @property
    def list_level(self) -> int:
        """Lists of which each level is a style of its own: "List Bullet 2"."""
        found = LIST_LEVEL.fullmatch(self.name)
        return int(found[1]) - 1 if found else 0


@dataclass(frozen=True)
class Look:
    bold: bool
    italic: bool
    hidden: bool
    height: str

    def shifted(self, text: str) -> str:
        """Raised and lowered figures as signs of their own, since a report's text has no other way: m², CO₂."""
        table = {"superscript": RAISED, "subscript": LOWERED}.get(self.height)
        return text.translate(table) if table else text


class Styles:
    def __init__(self, tree: Any) -> None:
        styles = tree.findall(w("style")) if tree is not None else []
        self.by_id = {attribute(style, W, "styleId"): style for style in styles}
        default = next(
            (
                s
                for s in styles
                if attribute(s, W, "type") == "paragraph" and attribute(s, W, "default") in ("1", "true")
            ),
            None,
        )
        self.default = attribute(default, W, "styleId") if default is not None else ""
        self.named = cache(self._named)

    def of(self, properties: Any) -> Style:
        return self.named(value(properties, "pStyle") or self.default)

    def own_level(self, properties: Any) -> int | None:
        """The outline level that was given to the paragraph itself; 0 is none of its own, by its look plain text."""
        level = _level(properties)
        return None if level is None or level == BODY_LEVEL + 1 else level

    def look(self, properties: Any, bold: bool) -> Look:
        """A run's look on a paragraph that is bold or not by its style."""
        style = self.by_id.get(value(properties, "rStyle") or "")
        of_style = style.find(w("rPr")) if style is not None else None

        def on(name: str, otherwise: bool = False) -> bool:
            for place in (properties, of_style):
                mark = place.find(w(name)) if place is not None else None
                if mark is not None:
                    return is_on(mark)
            return otherwise

        return Look(on("b", bold), on("i"), on("vanish"), value(properties, "vertAlign") or "")

    def spans(self, properties: Any) -> dict[str, Any]:
        """How many columns a cell takes, and whether it continues the one above."""
        wide = value(properties, "gridSpan") or ""
        merge = properties.find(w("vMerge")) if properties is not None else None
        goes_on = merge is not None and attribute(merge, W, "val") != "restart"
        return {"columns": min(max(int(wide), 1), 63) if wide.isdecimal() else 1, "goes_on": goes_on}

    def before(self, properties: Any) -> list[dict[str, Any]]:
        """The columns that a row leaves out before its first cell, as an empty cell."""
        wide = value(properties, "gridBefore") or ""
        if not wide.isdecimal() or not int(wide):
            return []
        return [{"blocks": [], "text": "", "html": "", "columns": min(int(wide), 63), "goes_on": False}]

    def _named(self, style_id: str) -> Style:
        name, level, bold, number = "", None, False, None
        for style in reversed(self._chain(style_id)):  # from the ground up
            own = value(style, "name") or ""
            name = own or name
            if found := HEADING.fullmatch(own):
                level = int(found[1])
            paragraph, run = style.find(w("pPr")), style.find(w("rPr"))
            if (given := _level(paragraph)) is not None:
                level = None if given > BODY_LEVEL else given
            if paragraph is not None and paragraph.find(w("numPr")) is not None:
                number = paragraph.find(w("numPr"))
            if run is not None and run.find(w("b")) is not None:
                bold = is_on(run.find(w("b")))
        return Style(name, level, bold, number)

    def _chain(self, style_id: str) -> list[Any]:
        chain: list[Any] = []
        style = self.by_id.get(style_id)
        while style is not None and style not in chain and len(chain) < BASED_AT_MOST:
            chain.append(style)
            style = self.by_id.get(value(style, "basedOn") or "")
        return chain


@dataclass(frozen=True)
class Item:
    level: int
    ordered: bool
    number: int
    """As Word counts: on from the items of the same list that stand above, whatever stands between"""


class Lists:
    """The numbering part: which paragraph is an item of which kind of list."""

    def __init__(self, tree: Any, styles: Styles) -> None:
        self.formats: dict[str, dict[str, str]] = {}
        self.starts: dict[tuple[str, str], int] = {}
        self.restarts: dict[tuple[str, str], int] = {}
        self.kinds: dict[str, str] = {}  # what several lists share: they count on from one another
        self.counts: dict[str, dict[str, int]] = {}
        if tree is None:
            return
        abstract = {attribute(a, W, "abstractNumId"): a for a in tree.findall(w("abstractNum"))}
        for number in tree.findall(w("num")):
            name, kind = attribute(number, W, "numId"), value(number, "abstractNumId") or ""
            found = abstract.get(kind)
            levels = found.findall(w("lvl")) if found is not None else []
            self.kinds[name] = kind
            self.formats[name] = {attribute(lvl, W, "ilvl"): value(lvl, "numFmt") or "" for lvl in levels}
            for what, told, mark in (
                (self.starts, levels, "start"),
                (self.restarts, number.findall(w("lvlOverride")), "startOverride"),
            ):
                for level in told:
                    if (first := value(level, mark) or "").isdecimal():
                        what[name, attribute(level, W, "ilvl")] = int(first)

    def of(self, properties: Any, style: Style) -> Item | None:
        own = properties.find(w("numPr")) if properties is not None else None
        number = value(own, "numId") or value(style.number, "numId")
        if not number or number == "0":
            return None
        level = value(own, "ilvl") or value(style.number, "ilvl") or "0"
        kind = self.formats.get(number, {}).get(level, "bullet")
        if kind == "none":
            return None
        depth = int(level) if level.isdecimal() else 0
        return Item(min(depth or style.list_level, 8), kind != "bullet", self._count(number, level))

    def _count(self, number: str, level: str) -> int:
        counts = self.counts.setdefault(self.kinds.get(number, number), {})
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        first = self.restarts.pop((number, level), None)  # said once, with the list's first item
        if first is None:
            first = counts.get(level, self.starts.get((number, level), 1) - 1) + 1
        counts[level] = first
        return first


def _level(properties: Any) -> int | None:
    """1 for the highest level of the outline, 10 for plain text."""
    level = value(properties, "outlineLvl") or ""
    return int(level) + 1 if level.isdecimal() else None
