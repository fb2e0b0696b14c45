"""Finds the strings that the sources want translated: in Python by its syntax tree, in templates
by Django's own lexer, so that what is found here is what is asked for when a page is drawn."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split
from django.utils.translation import trim_whitespace

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {
    "common": "common",
    "institution": "institution",
    "committees": "committees",
    "teams": "teams",
    "files": "documents/files",
    "timetable": "calendar/timetable",
    "plan": "documents/plan",
    "reports": "documents/reports",
    "drafts": "documents/drafts",
    "meetings": "calendar/meetings",
    "karesi_plan": "karesi_plan",
}
APPS = list(FOLDERS)
# Which arguments are context, text and plural.
FUNCTIONS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
CONSTANT = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
MARKED = re.compile(rf"_\({CONSTANT}\)")
TRANSLATE = re.compile(rf"trans(?:late)?\s+{CONSTANT}")
CONTEXT = re.compile(rf"\bcontext\s+{CONSTANT}")


@dataclass(frozen=True)
class Found:
    file: str
    text: str
    plural: str | None = None
    context: str | None = None


def sources_of(app: str) -> Iterator[Found]:
    for path in sorted((ROOT / FOLDERS[app]).rglob("*.py")):
        if "migrations" not in path.parts:
            yield from in_python(path.read_text(), str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.is_file() and owner_of(path) == app:
            yield from in_template(path.read_text(), str(path.relative_to(ROOT)))


def owner_of(template: Path) -> str:
    """templates/<app>/ belongs to the app, everything else to common."""
    first = template.relative_to(ROOT / "templates").parts[0]
    return first if first in APPS else "common"


def in_python(source: str, file: str) -> Iterator[Found]:
    tree = ast.parse(source, file)
    names = {
        alias.asname or alias.name: alias.name.removesuffix("_lazy").removesuffix("_noop")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        places = isinstance(call.func, ast.Name) and FUNCTIONS.get(names.get(call.func.id, ""))
        if places:
            context, text, plural = (
                None if place is None else constant(call, place, file) for place in places
            )
            # A name handed to gettext was marked where it was written.
            if text is not None:
                yield Found(file, text, plural, context)


def constant(call: ast.Call, place: int, file: str) -> str | None:
    value = call.args[place]
    if isinstance(value, ast.JoinedStr):
        raise SystemExit(f"{file}:{call.lineno}: an f-string cannot be translated")
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None


def in_template(source: str, file: str) -> Iterator[Found]:
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type in (TokenType.VAR, TokenType.BLOCK):
            yield from (Found(file, plain(text)) for text in MARKED.findall(token.contents))
        if token.token_type != TokenType.BLOCK:
            continue
        if match := TRANSLATE.match(token.contents):
            yield Found(file, plain(match[1]), context=context_of(token))
        elif token.contents.split()[0] in ("blocktranslate", "blocktrans"):
            yield block(token, tokens, file)


def block(opening: Token, tokens: Iterator[Token], file: str) -> Found:
    parts: list[list[str]] = [[]]
    for token in tokens:
        word = token.contents.strip()
        if token.token_type == TokenType.TEXT:
            parts[-1].append(token.contents.replace("%", "%%"))
        elif token.token_type == TokenType.VAR:
            parts[-1].append(f"%({word})s")
        elif word.split()[0] == "plural":
            parts.append([])
        elif word in ("endblocktranslate", "endblocktrans"):
            break
    trimmed = "trimmed" in smart_split(opening.contents)
    texts = ["".join(part) for part in parts]
    text, *plural = [trim_whitespace(text) for text in texts] if trimmed else texts
    return Found(file, text, plural[0] if plural else None, context_of(opening))


def context_of(token: Token) -> str | None:
    match = CONTEXT.search(token.contents)
    return plain(match[1]) if match else None


def plain(quoted: str) -> str:
    quote = quoted[0]
    return quoted[1:-1].replace(f"\\{quote}", quote).replace("\\\\", "\\").replace("%", "%%")
