"""Colours of the printed plan."""

from typing import Any

# Inks of the chapters and of the goals; equal in lightness, so that a grey print stays even.
CHAPTER_INKS = {
    "1": "#005c6f",
    "2": "#005c6f",
    "3": "#4d5719",
    "4": "#7f3a62",
    "5": "#00588e",
    "6": "#5e487d",
    "7": "#4a545b",
    "8": "#4a545b",
}
GOAL_INKS = ["#00588e", "#8e3627", "#095e48", "#7f3a62", "#6f4c03", "#5e487d", "#4d5719"]
COVER: dict[str, Any] = {
    "ground": "#003d4a",
    "tones": ["#00505d", "#00434f", "#004b58"],
    "accents": ["#e5754c", "#d3a14f", "#7d8049", "#1e7775", "#006d82", "#377a8e"],
}


def goal_ink(index: int) -> str:
    """The ink of the goal at this place, from 0; after the last ink the first again."""
    return GOAL_INKS[index % len(GOAL_INKS)]


def mix(colour: str, other: str, share: float) -> str:
    """The colour with so much (0 to 1) of the other in it."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)
