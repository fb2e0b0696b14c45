"""HTML to PDF through a confined child that opens no address."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from common import jobs

PRINTER = Path(__file__).with_name("weasy.py")
PAGES = b"\n%%pages "  # as in weasy.py


class Printed(NamedTuple):
    """A file, and on which of its pages each anchor stands, counted from 1."""

    content: bytes
    pages: dict[str, int]


class CannotPrint(Exception):
    """The printer gave up, or was stopped at the end of its time: it would do so again."""


def print_pdf(
    html: str,
    css: str,
    *,
    seconds: int,
    assets: dict[str, str] | None = None,
    pictures: dict[str, list[str]] | None = None,
) -> Printed:
    """The document as a file with its pages. `assets` are drawings by name, `pictures` (path, type) by name.

    Raises CannotPrint, and ChildFailed where the printer was killed from outside: then a second try
    may succeed.
    """
    job = {
        "html": html,
        "css": css,
        "assets": assets or {},
        "pictures": pictures or {},
        "fonts": str(settings.PRINT_FONTS),
    }
    printer = [sys.executable, "-I", str(PRINTER)]
    try:
        content = jobs.run_child(printer, timeout=seconds, input=json.dumps(job).encode())
    except jobs.ChildTimedOut as error:
        raise CannotPrint(str(error)) from error
    if not content.startswith(b"%PDF"):
        raise CannotPrint(content.decode())
    content, mark, pages = content.rpartition(PAGES)
    return Printed(content, json.loads(pages)) if mark else Printed(pages, {})
