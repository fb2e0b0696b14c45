"""The star-and-cross tiling of the cover and the goal openers, drawn as SVG.

Decoration only: it is set as a CSS background, so that it needs no alternative text.
"""

from __future__ import annotations

import math
import random


def tiling(
    *, width: float, height: float, ground: str, tones: list[str], accents: list[str], seed: int
) -> str:
    """An SVG of `width` by `height` mm: stars in quiet tones, thinning out upwards, a few in accents."""
    step = 16.5
    chance = random.Random(seed)  # noqa: S311 - an ornament, no secret
    stars = []
    for row in range(int(height / step) + 2):
        for column in range(int(width / step) + 2):
            depth = row * step / height
            if chance.random() > 0.15 + depth:
                continue
            lively = accents and depth > 0.45 and chance.random() < 0.05
            fill = chance.choice(accents if lively else tones)
            stars.append(f'<path d="{_star(column * step, row * step, step * 0.48)}" fill="{fill}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}mm" height="{height}mm" preserveAspectRatio="xMidYMid slice">'
        f'<rect width="{width}" height="{height}" fill="{ground}"/>{"".join(stars)}</svg>'
    )


def _star(x: float, y: float, radius: float) -> str:
    """Path of an eight-pointed star (two squares) about a point."""
    inner = radius * math.cos(math.pi / 4) / math.cos(math.pi / 8)
    points = []
    for index in range(16):
        reach = radius if index % 2 == 0 else inner
        angle = index * math.pi / 8
        points.append(f"{x + reach * math.sin(angle):.2f} {y - reach * math.cos(angle):.2f}")
    return "M" + "L".join(points) + "Z"
