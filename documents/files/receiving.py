"""Several files from one form, each judged by itself, whichever room they are for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import ngettext

from common.decisions import Invalid
from documents.files import presenters
from documents.files.forms import RoomUploadForm
from documents.files.models import StoredFile


class Received(NamedTuple):
    stored: list[StoredFile]
    refusals: list[str]

    @property
    def news(self) -> list[str]:
        return [sentence for file in self.stored for sentence in presenters.news(file)]


def receive(request: HttpRequest, store: Callable[..., StoredFile], **where: Any) -> Received:
    """Hand each file of the form to `store`, with `where`; what that refuses keeps no other from it."""
    form = RoomUploadForm(request.POST, request.FILES, request=request)
    received = Received([], form.refusals())
    for upload in form.cleaned_data["file"] if form.is_valid() else []:
        try:
            received.stored.append(store(upload=upload, by=request.user, now=timezone.now(), **where))
        except Invalid as refusal:
            received.refusals.append(str(refusal.message))
    return received


def answer_script(request: HttpRequest, received: Received) -> HttpResponse:
    """To uploads.js: why a file was refused, or nothing; the page that it then shows anew brings the news."""
    if received.refusals:
        return HttpResponse(" ".join(received.refusals), status=422, content_type="text/plain; charset=utf-8")
    for sentence in received.news:
        messages.info(request, sentence)
    return HttpResponse(status=201)


def tell(request: HttpRequest, received: Received) -> None:
    """Say on the page that follows what was stored."""
    if n := len(received.stored):
        said = ngettext("%(n)d file has been stored.", "%(n)d files have been stored.", n)
        messages.success(request, said % {"n": n})
    for sentence in received.news:
        messages.info(request, sentence)
