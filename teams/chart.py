"""Where each body stands in the drawn organisation chart: boxes, lines of text and wires.

The page and the printed plan draw the same picture from the same nodes. A node is plain data:
kind, name, caption, and on the page also url, tone and word (what it lacks).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from institution.roles import Kind

WIDTH = 720.0
GAP, ROW = 20.0, 24.0  # between boxes of a column; above a row of sub-groups, where its wire runs
COLUMN = (210.0, 300.0)  # x and width of the boxes on the main line
ASIDE = (529.0, 190.0)  # x and width of the Directorate, beside the team
GROUPS_A_ROW, MARGIN, EDGE, BETWEEN = 5, 10.0, 719.0, 8.0
NAME_SIZE, CAPTION_SIZE, LEADING, PADDING = 14, 13, 17.0, 9.0
SIGN, BOLD = 14.0, 1.08  # width of the triangle before what is missing; how much wider bold is
MAIN_LINE = (Kind.COUNCIL, Kind.MANAGEMENT, Kind.PLANNING_TEAM)

_NARROW, _WIDE = set("iıjlftrIİ.,:;’'()-–/ "), set("mwMWOÖGÇQD")


@dataclass(frozen=True)
class Text:
    """One line of text, centred at x on the baseline y."""

    x: float
    y: float
    words: str
    size: int
    is_name: bool


@dataclass
class Box:
    """A body: its frame, its lines of text, where it leads, and what it lacks."""

    node: Mapping[str, Any]
    x: float
    y: float
    width: float
    height: float = 0
    texts: list[Text] = field(default_factory=list)

    @property
    def centre(self) -> float:
        return self.x + self.width / 2

    @property
    def sign(self) -> tuple[float, float]:
        """Where the triangle stands before the word that says what is missing."""
        last = self.texts[-1]
        return last.x - measure(last.words) * last.size * BOLD / 2 - 3, last.y

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def is_main(self) -> bool:
        return self.node["kind"] in MAIN_LINE


@dataclass
class Chart:
    """The whole picture, ready for templates/teams/_chart.svg.html."""

    boxes: list[Box] = field(default_factory=list)
    wires: list[tuple[str, bool]] = field(default_factory=list)
    height: float = 0
    width: float = WIDTH

    def box(self, node: Mapping[str, Any], x: float, y: float, width: float) -> Box:
        box = Box(node, x, y, width)
        lines = [(words, NAME_SIZE, True) for words in wrap(node["name"], NAME_SIZE, width)]
        caption = node.get("word") or node.get("caption", "")
        lines += [(words, CAPTION_SIZE, False) for words in wrap(caption, CAPTION_SIZE, width)]
        box.texts = [
            Text(box.centre, y + PADDING + LEADING * (place + 0.75), *line)
            for place, line in enumerate(lines)
        ]
        if node.get("tone"):
            box.texts[-1] = replace(box.texts[-1], x=box.centre + SIGN / 2)
        box.height = 2 * PADDING + LEADING * len(lines)
        self.boxes.append(box)
        self.height = max(self.height, box.bottom + 1)
        return box

    def wire(self, *points: tuple[float, float], dashed: bool = False) -> None:
        self.wires.append((" ".join(f"{x:.1f},{y:.1f}" for x, y in points), dashed))


def draw(nodes: Sequence[Mapping[str, Any]]) -> Chart:
    """The main line from the council down to the team, the Directorate beside it, the groups below."""
    chart = Chart()
    of_kind: dict[str, list[Mapping[str, Any]]] = {}
    for node in nodes:
        of_kind.setdefault(node["kind"], []).append(node)
    line: list[Box] = []
    for kind in MAIN_LINE:
        for node in of_kind.get(kind, []):
            box = chart.box(node, COLUMN[0], line[-1].bottom + GAP if line else 1, COLUMN[1])
            if line:
                chart.wire((box.centre, line[-1].bottom), (box.centre, box.y))
            line.append(box)
    for node in of_kind.get(Kind.DIRECTORATE, [])[:1]:
        _aside(chart, node, line)
    groups = of_kind.get(Kind.SUB_GROUP, [])
    if groups:
        _groups(chart, groups, line[-1] if line else None)
    return chart


def _aside(chart: Chart, node: Mapping[str, Any], line: list[Box]) -> None:
    """Beside the last box of the main line; dashed wires, because it co-ordinates and does not command."""
    box = chart.box(node, ASIDE[0], line[-1].y if line else 1, ASIDE[1])
    right = COLUMN[0] + COLUMN[1]
    if line:
        middle = line[-1].y + line[-1].height / 2
        chart.wire((right, middle), (box.x, middle), dashed=True)
    if len(line) > 1:
        middle = line[-2].y + line[-2].height / 2
        chart.wire((right, middle), (box.centre, middle), (box.centre, box.y), dashed=True)


def _groups(chart: Chart, groups: Sequence[Mapping[str, Any]], team: Box | None) -> None:
    """Rows of equal boxes; a trunk at the left edge carries the wire past the first row."""
    rows = math.ceil(len(groups) / GROUPS_A_ROW)
    a_row = math.ceil(len(groups) / rows)
    width = min((EDGE - MARGIN - BETWEEN * (a_row - 1)) / a_row, 230.0)
    trunk_top = 0.0
    for row in range(rows):
        here = groups[row * a_row : (row + 1) * a_row]
        wire_y, y = chart.height + ROW / 2, chart.height + ROW
        left = MARGIN + (EDGE - MARGIN - len(here) * width - BETWEEN * (len(here) - 1)) / 2
        boxes = [
            chart.box(node, left + place * (width + BETWEEN), y, width) for place, node in enumerate(here)
        ]
        tallest = max(box.height for box in boxes)
        for box in boxes:
            _stretch(box, tallest)
            chart.wire((box.centre, wire_y), (box.centre, y))
        ends = [box.centre for box in boxes]
        if row == 0 and team:
            chart.wire((team.centre, team.bottom), (team.centre, wire_y))
            ends.append(team.centre)
        if rows > 1:
            ends.append(1)
            trunk_top = trunk_top or wire_y
        chart.wire((min(ends), wire_y), (max(ends), wire_y))
        if row == rows - 1 and rows > 1:
            chart.wire((1, trunk_top), (1, wire_y))


def _stretch(box: Box, height: float) -> None:
    """Make the box as tall as its neighbours, its text in the middle."""
    shift = (height - box.height) / 2
    box.texts = [replace(text, y=text.y + shift) for text in box.texts]
    box.height = height


def wrap(words: str, size: int, width: float) -> list[str]:
    """Lines that fit into a box; a word also breaks after a dash or a stroke."""
    room = (width - 2 * PADDING) / size
    lines: list[str] = []
    for piece in re.findall(r"[^\s–/-]*[–/-]|\S+?(?=[–/-]|\s|$)|\s+", words.strip()):
        if lines and measure(lines[-1] + piece) <= room:
            lines[-1] += piece
        elif piece.strip():
            lines.append(piece)
    return [line.strip() for line in lines]


def measure(words: str) -> float:
    """About how wide the words are, in multiples of the type size."""
    return sum(0.3 if c in _NARROW else 0.74 if c in _WIDE else 0.6 if c.isupper() else 0.53 for c in words)
