"""Pictures made anew: what is kept is what this program drew, not what was sent.

Pure functions over bytes. Decoding a stranger's bytes is work for a child process (door.py).
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from documents.files.refusals import Unfit

MOST_PIXELS = 20_000_000
CONTENT_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
PLAIN = {"PNG": ("1", "L", "LA", "P", "RGB", "RGBA"), "JPEG": ("L", "RGB")}
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def reencoded(content: bytes) -> tuple[bytes, str]:
    """A PNG or JPEG drawn anew in its own format, upright, without anything but the picture; its type.

    Raises Unfit: "damaged", or "pixels" for more than MOST_PIXELS, told before any is unpacked.
    """
    picture, kind = _opened(content)
    if picture.mode not in PLAIN[kind]:
        picture = picture.convert("RGBA" if kind == "PNG" and "A" in picture.getbands() else "RGB")
    held = io.BytesIO()
    if kind == "JPEG":
        _bare(picture).save(held, "JPEG", quality=90, optimize=True)
    else:
        _bare(picture).save(held, "PNG", compress_level=4)
    return held.getvalue(), CONTENT_TYPES[kind]


def thumbnail(content: bytes, *, side: int) -> bytes:
    """A small JPEG of a PNG or JPEG, at most `side` pixels wide and high. Raises Unfit as `reencoded`."""
    picture, _kind = _opened(content)
    return as_thumbnail(picture, side=side)


def as_thumbnail(picture: Image.Image, *, side: int) -> bytes:
    picture.thumbnail((side, side))
    paper = Image.new("RGB", picture.size, "white")  # for what is transparent
    picture = picture.convert("RGBA")
    paper.paste(picture, mask=picture)
    held = io.BytesIO()
    paper.save(held, "JPEG", quality=82)
    return held.getvalue()


def _opened(content: bytes) -> tuple[Image.Image, str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=tuple(CONTENT_TYPES))
            kind = str(picture.format)
            return ImageOps.exif_transpose(picture), kind
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Unfit("pixels") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError):
        raise Unfit("damaged") from None


def _bare(picture: Image.Image) -> Image.Image:
    """Without text, profile and all else that a file may carry beside its pixels; glass stays glass."""
    clear = picture.info.get("transparency")
    picture.info = {} if clear is None else {"transparency": clear}
    return picture
