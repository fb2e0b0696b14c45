"""The star-and-cross tiling of the cover and the goal openers, drawn as SVG.

Decoration only: it is set as a CSS background, so that it needs no alternative text.
"""

from __future__ import annotations

import math
import random

STEP = 21  # mm from star to star
SHORT = 0.6  # mm that the drawing ends before its edge, or a hairline shows there


def tiling(
    *,
    width: float,
    height: float,
    ground: str,
    tones: list[str],
    accents: list[str],
    top: float,
    text: float,
    seed: int,
) -> str:
    """An SVG of `width` by `height` mm: stars in quiet tones, a few in accents.

    They thin out upwards and are gone above `top`; accents stand below `text` only, where no white
    words lie on them. Both are shares of the height, from its upper edge.
    """
    chance = random.Random(seed)  # noqa: S311 - an ornament, no secret
    stars = []
    for row in range(int(height / STEP) + 2):
        depth = (row * STEP / height - top) / (1 - top)
        for column in range(int(width / STEP) + 2):
            if chance.random() > depth * 1.6:
                continue
            lively = row * STEP > text * height and chance.random() < 0.12
            fill = chance.choice(accents if lively else tones)
            stars.append(f'<path d="{_star(column * STEP, row * STEP, STEP * 0.5)}" fill="{fill}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}mm" '
        f'height="{height}mm"><rect width="{width}" height="{height}" fill="{ground}"/>'
        f'<svg width="{width - SHORT}" height="{height - SHORT}">{"".join(stars)}</svg></svg>'
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
