"""Pictures of an office file, written anew: no metadata, no second content, of bearable size."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from PIL import Image, UnidentifiedImageError

MOST_PIXELS = 20_000_000
WIDEST = 2400  # pixels; more no page shows and no printer needs
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class Unshowable(Exception):
    """Not a picture that a page can show: a drawing of Windows (EMF, WMF), SVG, too large, or damaged."""


def keep_picture(content: bytes, path: Path) -> str:
    """Write the picture to `path`; "png" or "jpg". Raises Unshowable."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unshowable
            return _written(picture, path)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombWarning,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
    ) as error:
        raise Unshowable from error


def _written(picture: Image.Image, path: Path) -> str:
    photo = picture.format == "JPEG"
    image = picture.convert("RGB" if photo else "RGBA")
    image.thumbnail((WIDEST, WIDEST))
    if photo:
        image.save(path, "JPEG", quality=88)
    else:
        image.save(path, "PNG", optimize=False)
    return "jpg" if photo else "png"
