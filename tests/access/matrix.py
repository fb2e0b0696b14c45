"""tests/access_matrix.csv read and asked: which answer each persona gets at each address.

A row is one question, a column one person, a cell the answer:

    200, 403, ...  the status
    302            led on, and something was written (or, for a page that is read, only led on)
    kept           led on, and nothing was written: refused in words on the next page, or done before
    login          led to the sign-in page

`of` names what the address is about, as tests/access/town.py calls it; `given` a state from there;
`sends` what is posted: `form` is the page's own form as it was shown, changed by what follows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver, reverse

from tests.access.html import forms
from tests.factories.reports import PDF

PATH = Path(__file__).parent.parent / "access_matrix.csv"
ASKED = ("url", "method", "of", "given", "sends")
ALLOWED = ("200", "302", "kept", "422")
SIGN_IN = "/accounts/login/"
# What reading and being refused may write: when a session was last seen, how often a door was tried,
# what an inspector read, what anybody downloaded.
WRITTEN_BY_READING = {
    "django_session",
    "usersessions_usersession",
    "cache",
    "audit_readlog",
    "files_download",
}
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    line: int
    url: str
    method: str
    of: str
    given: str
    sends: str
    expected: dict[str, str]

    def __str__(self) -> str:
        told = [self.url, self.method, self.of, self.given, self.sends]
        return f"{self.line}: " + " ".join(part for part in told if part)


def rows() -> list[Row]:
    with PATH.open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    return [
        Row(number, *(line.pop(name) for name in ASKED), expected=line)
        for number, line in enumerate(lines, start=2)
    ]


def addresses(resolver: Any = None, space: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    """(name, example) of every address of the URLconf; one without a name goes by its path."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = before + str(entry.pattern).lstrip("^").rstrip("$")
        if hasattr(entry, "url_patterns"):
            yield from addresses(entry, f"{space}{entry.namespace}:" if entry.namespace else space, path)
        else:
            yield (space + entry.name if entry.name else f"/{path}"), f"/{path}"


@dataclass(frozen=True)
class Answer:
    """What came back, and which tables were written."""

    response: Any
    tables: frozenset[str]
    method: str
    found: Any = None

    @property
    def cell(self) -> str:
        status = self.response.status_code
        if status != 302:
            return str(status)
        if urlsplit(self.response.headers["Location"]).path == SIGN_IN:
            return "login"
        return "302" if self.method == "GET" or self.tables - WRITTEN_BY_READING else "kept"

    @property
    def text(self) -> str:
        """What came back, a download too."""
        streamed = getattr(self.response, "streaming_content", None)
        content = b"".join(streamed) if streamed else self.response.content
        return content.decode(errors="replace")


class Door:
    """Asks as a persona, and takes back whatever the question changed."""

    def __init__(self, sample: SimpleNamespace, sessions: dict[str, str]) -> None:
        self.sample, self.sessions, self.client = sample, sessions, Client()

    def path(self, row: Row) -> str:
        if row.url.startswith("/"):
            return re.sub(r"<int:\w+>", "1", row.url)
        kind, _, of = row.of.rpartition("/")  # reports/report returned
        words = kind.split("/") if kind else []
        model, *things = of.split() if kind else ("", *of.split())
        words += [model] if model else []
        return reverse(row.url, args=[*words, *map(self.named, things)])

    def named(self, word: str) -> Any:
        if word.isdecimal() or not hasattr(self.sample, word):
            return word
        thing = getattr(self.sample, word)
        return getattr(thing, "pk", thing)

    def sent(self, row: Row, path: str) -> dict[str, Any]:
        """What the row posts, as a dictionary of lists."""
        first, _, more = row.sends.partition(" ")
        data: dict[str, Any] = {}
        if first == "form":
            reader = next(who for who, cell in row.expected.items() if cell in ALLOWED)
            shown = forms(self.ask(reader, "GET", path).response.text)
            own = [form.data for form in shown if form.posts and form.action(path) == path]
            data = max(own[::-1], key=len)  # the top bar's buttons are a form too
        else:
            more = row.sends
        for name, value in parse_qsl(more.format_map(self), keep_blank_values=True):
            data[name] = SimpleUploadedFile(value[1:], PDF) if value[:1] == "@" else [value]
        return data

    def __getitem__(self, word: str) -> Any:
        return self.named(word)

    def ask(
        self, who: str, method: str, path: str, data: Any = None, *, then: Any = None, **headers: str
    ) -> Answer:
        """The answer and the tables it wrote; the next question finds everything as it was.

        Where something was written, `then` looks at it before it is taken back; the answer keeps what it found.
        """
        self.client.cookies = SimpleCookie({"sessionid": self.sessions[who]} if who in self.sessions else {})
        tables: set[str] = set()

        def watch(execute, sql, params, many, context):
            result = execute(sql, params, many, context)
            if (written := WRITES.match(sql)) and context["cursor"].rowcount:
                tables.add(written[1])
            return result

        with transaction.atomic(), connection.execute_wrapper(watch):
            for value in (data or {}).values():
                if hasattr(value, "seek"):
                    value.seek(0)
            if method == "POST":
                response = self.client.post(path, data or {}, headers=headers)
            else:
                response = self.client.generic(method, path, headers=headers)
            found = then() if then and tables - WRITTEN_BY_READING else None
            transaction.set_rollback(True)
        return Answer(response, frozenset(tables), method, found)
