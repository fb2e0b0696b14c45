"""The rules of Mozilla's HTTP Observatory, which itself needs the open network: each takes an answer
and gives points. The names and points are those of its scoring table."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from http.cookies import Morsel

from django.http import HttpResponse

PRIVATE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
HALF_A_YEAR = 15_768_000
BROAD = {"*", "http:", "https:", "data:", "blob:", "filesystem:"}


def policy(answer: HttpResponse) -> dict[str, set[str]]:
    """The content security policy as directive → sources."""
    said = answer.headers.get("Content-Security-Policy", "")
    parts = [part.split() for part in said.split(";") if part.strip()]
    return {name: set(sources) for name, *sources in parts}


def content_security_policy(answer: HttpResponse) -> int:
    found = policy(answer)
    if not found:
        return -25
    default = found.get("default-src", {"*"})
    scripts, styles, objects = (
        found.get(name, default) for name in ("script-src", "style-src", "object-src")
    )
    everything = set().union(*found.values())
    if "'unsafe-inline'" in scripts or (scripts | objects) & BROAD:
        return -20
    if any(source.startswith("http:") for source in everything):
        return -20
    if "'unsafe-eval'" in scripts | styles:
        return -10
    if "'unsafe-inline'" in styles or styles & BROAD:
        return 0
    forms = found.get("form-action", set())
    return 10 if default == {"'none'"} and forms and forms <= {"'none'", "'self'"} else 5


def cookies(answer: HttpResponse) -> int:
    held: list[Morsel] = list(answer.cookies.values())
    if not held:
        return 0
    if not all(cookie["secure"] for cookie in held):
        return -40
    if not all(cookie["httponly"] for cookie in held):
        return -30
    return 5 if all(cookie["samesite"] in ("Lax", "Strict") for cookie in held) else -20


def cross_origin_resource_sharing(answer: HttpResponse) -> int:
    return -50 if "Access-Control-Allow-Origin" in answer.headers else 0


def cross_origin_resource_policy(answer: HttpResponse) -> int:
    said = answer.headers.get("Cross-Origin-Resource-Policy", "")
    return {"same-origin": 10, "same-site": 10, "cross-origin": 0, "": 0}.get(said, -5)


def redirection(answer: HttpResponse) -> int:
    """To our own host, and never back to http."""
    leads_to = answer.headers.get("Location", "/")
    return 0 if re.match(r"/(?!/)|https://testserver/", leads_to) else -20


def referrer_policy(answer: HttpResponse) -> int:
    said = answer.headers.get("Referrer-Policy", "")
    return 0 if not said else 5 if said in PRIVATE_REFERRERS else -5


def strict_transport_security(answer: HttpResponse) -> int:
    """Without the points for being on the browsers' list, which no server can give itself."""
    found = re.search(r"max-age=(\d+)", answer.headers.get("Strict-Transport-Security", ""))
    return -20 if not found else 0 if int(found[1]) >= HALF_A_YEAR else -10


def subresource_integrity(answer: HttpResponse) -> int:
    """No script of another host. The points for hashes on our own are left out."""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return 0
    reader = _Scripts()
    reader.feed(answer.text)
    return -50 if any(not re.match(r"/(?!/)", source) for source in reader.sources) else 0


def x_content_type_options(answer: HttpResponse) -> int:
    return 0 if answer.headers.get("X-Content-Type-Options") == "nosniff" else -5


def x_frame_options(answer: HttpResponse) -> int:
    if policy(answer).get("frame-ancestors") in ({"'none'"}, {"'self'"}):
        return 5
    return 0 if answer.headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20


RULES: list[Callable[[HttpResponse], int]] = [
    content_security_policy,
    cookies,
    cross_origin_resource_sharing,
    cross_origin_resource_policy,
    redirection,
    referrer_policy,
    strict_transport_security,
    subresource_integrity,
    x_content_type_options,
    x_frame_options,
]


def score(answer: HttpResponse) -> int:
    """100 is an A+. What is gained counts only from 90 points on."""
    points = [rule(answer) for rule in RULES]
    lost = 100 + sum(point for point in points if point < 0)
    return lost + sum(point for point in points if point > 0) if lost >= 90 else lost


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.sources.append(dict(attrs).get("src") or "")
