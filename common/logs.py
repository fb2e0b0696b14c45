"""What the log says, and what it never says: names, addresses, numbers and keys of people.

In production a line is one JSON object; elsewhere it is text. Both hide what is private, whoever
wrote the line: our own code, a library, or the database in its error.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import secrets
import time
from contextvars import ContextVar
from string import ascii_lowercase
from typing import Any

from django.http import HttpRequest
from django.utils.functional import LazyObject

access = logging.getLogger("karesi.access")
security = logging.getLogger("karesi.security")
LONGEST = 20_000  # characters of one text; of a longer one the middle is left out
LONGEST_PATH = 200

# In this order: a later rule must not meet half of what an earlier one hides.
PRIVATE = [
    (re.compile(pattern, flags), hidden)
    for pattern, hidden, flags in [
        (r"(?<=://)[^/\s:@]*:[^@\s/]+@", "[secret]@", 0),  # the password in a database's or broker's address
        (r"(?<![\w.+-])[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+", "[e-mail]", 0),
        # What PostgreSQL adds to a broken constraint: the row itself.
        (r"Key \(([^)]*)\)=\([^)]*\)", r"Key (\1)=([value])", 0),
        (r"Failing row contains .*", "Failing row contains [values]", 0),
        (
            r"\b(\w*(?:passw|parola|secret|token|csrf|session|cookie|otp)\w*|sid|key|authorization)"
            r"([\"']?\s*[=:]\s*[\"']?)(?:Bearer\s+|Basic\s+)?[^\s\"'&,;)]+",
            r"\1\2[secret]",
            re.IGNORECASE,
        ),
        # Session and form keys, links of a letter, seeds: long words of letters and figures.
        (r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{24,}", "[key]", re.ASCII),
        (r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{32,}|(?<!\w)[A-Z2-7]{32,}", "[key]", re.ASCII),
        (
            r"(?<!\d)(?:(?:\+|00)?90[\s.-]?|0[\s.-]?)?\(?5\d{2}\)?[\s.-]?\d{3}[\s.-]?\d{2}[\s.-]?\d{2}(?!\d)",
            "[phone]",
            0,
        ),
        (
            r"(?<!\d)(?:(?:\+|00)?90[\s.-]?|0[\s.-]?)\(?[2-4]\d{2}\)?[\s.-]?\d{3}[\s.-]?\d{2}[\s.-]?\d{2}(?!\d)",
            "[phone]",
            0,
        ),
        (r"(?<!\d)\d{11,}(?!\d)", "[number]", 0),  # the national number, an account number
    ]
]
QUOTING = ("message", "path", "trace")  # what may hold the words of others
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


def clean(text: str) -> str:
    """The text without what is private."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} […] {text[-LONGEST // 2 :]}"
    for pattern, hidden in PRIVATE:
        text = pattern.sub(hidden, text)
    return text


def flat(text: str) -> str:
    """The text on one line, so that nobody can write a line of their own into the log."""
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class TextLine(logging.Formatter):
    """For a person at a terminal."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the library's name
        return flat(super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        return clean(super().format(record))


class JsonLine(logging.Formatter):
    """For a log collector: one object a line, in ASCII, its time in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        try:
            message = record.getMessage()
        except Exception:  # arguments that do not fit: the line is still worth having
            message = str(record.msg)
        told: dict[str, Any] = {
            "message": message,
            **around(record),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(
            {
                "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
                "level": record.levelname,
                "logger": record.name,
                **{name: clean(said) if name in QUOTING else said for name, said in told.items()},
            },
            default=str,
        )


def around(record: logging.LogRecord) -> dict[str, Any]:
    """The request in which the line was written, the person who acted in it, the incident's number."""
    fault = getattr(record, "request", None)
    request = fault if isinstance(fault, HttpRequest) else _request.get()
    told: dict[str, Any] = {"incident": getattr(record, "incident", getattr(fault, "incident", None))}
    if request is not None:
        told |= {
            "request": getattr(request, "log_id", None),
            "actor": actor(request),
            "method": request.method,
            "path": request.path[:LONGEST_PATH],
        }
    return {name: said for name, said in told.items() if said is not None}


def actor(request: HttpRequest) -> int | None:
    """Who is signed in, by number, if the request already knows; a log line never asks the database."""
    user = getattr(request, "user", None)
    if isinstance(user, LazyObject):
        user = user._wrapped
    return getattr(user, "pk", None)


class RequestLogMiddleware:
    """One line for each answer, and a name for the request by which all its lines are found.
    The first of all, so that it sees every answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Letters alone: a run of figures would look like somebody's number to who searches the log for such.
        request.log_id = "".join(secrets.choice(ascii_lowercase) for _letter in range(12))
        token, begun = _request.set(request), time.perf_counter()
        try:
            response = self.get_response(request)
            access.info(
                "%s %s",
                request.method,
                response.status_code,
                extra={
                    "told": {
                        "status": response.status_code,
                        "ms": round((time.perf_counter() - begun) * 1000),
                    }
                },
            )
            return response
        finally:
            _request.reset(token)


def watch_sign_in() -> None:
    """Lines for who came, went and was refused; what was typed into the form is in none of them."""
    # Only now: the log is set up before the applications are.
    from allauth.account import signals as account
    from django.contrib.auth import signals as auth

    for signal, level, words in [
        (auth.user_logged_in, logging.INFO, "signed in"),
        (auth.user_logged_out, logging.INFO, "signed out"),
        (auth.user_login_failed, logging.WARNING, "sign-in refused"),
        (account.password_changed, logging.INFO, "password changed"),
        (account.password_reset, logging.INFO, "password reset"),
    ]:
        signal.connect(_Says(level, words), weak=False, dispatch_uid=f"log {words}")


class _Says:
    def __init__(self, level: int, words: str) -> None:
        self.level, self.words = level, words

    def __call__(self, user: Any = None, **_signal: Any) -> None:
        told = {} if user is None or user.pk is None else {"actor": user.pk}
        security.log(self.level, self.words, extra={"told": told})
