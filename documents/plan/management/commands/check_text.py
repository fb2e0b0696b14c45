"""Check the common language of any text or PDF file."""

import json
import shutil
import subprocess
import unicodedata
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.plan import language

UNREADABLE = 2  # exit code, where 1 says that there are findings
PATIENCE = 120  # seconds for the PDF to give its text
CONTROL_SIGNS = frozenset(range(32)) - frozenset(b"\t\n\r\f")


class Command(BaseCommand):
    help = "Check a text or PDF file: names of bodies and units, words of other institutions, lost letters."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, file: Path, format: str, **options: Any) -> None:
        """Print the findings; exit 0 without any, 1 with some, 2 where the file cannot be read."""
        text = unicodedata.normalize("NFC", _read(file))
        found = language.check(text, language.vocabulary())
        rows = [_row(text, finding) for finding in found]
        if format == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            for row in rows:
                self.stdout.write(_("Page %(page)s, line %(line)s: %(message)s") % row)
            count = len(rows)
            self.stdout.write(
                ngettext("%(count)s finding.", "%(count)s findings.", count) % {"count": count}
                if rows
                else _("No findings.")
            )
        if rows:
            raise SystemExit(1)


def _row(text: str, finding: language.Finding) -> dict[str, Any]:
    page_start = text.rfind("\f", 0, finding.offset) + 1
    return {
        "rule": finding.rule,
        "text": finding.text,
        "page": text.count("\f", 0, finding.offset) + 1,
        "line": text.count("\n", page_start, finding.offset) + 1,
        "column": finding.column,
        "suggestion": finding.suggestion,
        "message": finding.message,
    }


def _read(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise _refusal(_("There is no such file: %(file)s"), path) from None
    except IsADirectoryError:
        raise _refusal(_("This is a folder, not a file: %(file)s"), path) from None
    except OSError:
        raise _refusal(_("The file may not be opened: %(file)s"), path) from None
    return _text_of_pdf(path) if content.startswith(b"%PDF-") else _decoded(path, content)


def _decoded(path: Path, content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif CONTROL_SIGNS.isdisjoint(content):
        encodings = ["utf-8-sig", "cp1254"]  # the second is what Windows wrote for Turkish
    else:
        # Text taken from a PDF may hold control signs, but never the zero that fills other files.
        encodings = [] if 0 in content else ["utf-8-sig"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refusal(_("This is neither a text nor a PDF file: %(file)s"), path)


def _text_of_pdf(path: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        raise _refusal(_("To read a PDF, pdftotext is needed (package poppler-utils): %(file)s"), path)
    command = [program, "-q", "-enc", "UTF-8", str(path.resolve()), "-"]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise _refusal(_("The PDF is damaged or locked: %(file)s"), path) from None
    text = done.stdout.decode("utf-8", errors="replace")
    if not text.strip():
        raise _refusal(_("The PDF holds no text; it may be a scanned picture: %(file)s"), path)
    return text


def _refusal(sentence: str, path: Path) -> CommandError:
    return CommandError(sentence % {"file": path}, returncode=UNREADABLE)
