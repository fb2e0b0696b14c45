"""Whoever reads by the right to inspect leaves a trace of each page and file they opened or were refused."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from email.message import Message
from typing import Any

from django.http import HttpRequest

from common import grants
from common.audit.models import ReadLog

READ = (200, 206, 403, 404)
UNREAD = ("common:session", "health_live", "health_ready")  # ask whether one is there, and tell nothing
TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
PRODUCT = " – Karesi Plan"


class ReadingMiddleware:
    """One row for each answer, before the answer leaves: what cannot be kept is not given.

    Stands within PeriodMiddleware, which reads the person's rights once a request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        response = self.get_response(request)
        if request.method in ("GET", "HEAD") and response.status_code in READ and _to_log(request):
            note(request, response)
        return response


def _to_log(request: Any) -> bool:
    match = request.resolver_match
    asked = match.view_name if match else ""
    return asked not in UNREAD and request.user.is_authenticated and grants.anywhere(request.user, "inspect")


def note(request: Any, response: Any) -> None:
    decision = grants.decide(request.user, "inspect", "")
    ReadLog.objects.create(
        actor_id=request.user.pk,
        actor_name=request.user.get_full_name(),
        for_name=getattr(decision, "for_name", ""),
        path=request.path[: ReadLog.LONGEST_PATH],
        title=_title(response)[: ReadLog.LONGEST_TITLE],
        status=response.status_code,
    )


def _title(response: Any) -> str:
    """How the page calls itself, or the name of the file; empty for a part of a page."""
    if disposition := response.headers.get("Content-Disposition", ""):
        header = Message()
        header["Content-Disposition"] = disposition
        return header.get_filename() or ""
    found = None if response.streaming else TITLE.search(response.content)
    return html.unescape(found[1].decode()).strip().removesuffix(PRODUCT) if found else ""
