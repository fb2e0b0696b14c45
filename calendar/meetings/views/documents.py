"""Documents of a meeting: added by drop or by choice, taken from it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.decisions import require
from documents.files.receiving import answer_script, receive, tell
from meetings import permissions, services
from meetings.models import MeetingFile
from meetings.views.common import seen_meeting


@require_POST
def attach(request, pk: int) -> HttpResponse:
    """Take one file or several. A script sends them one by one and gets the sentence of a refused one."""
    meeting = seen_meeting(request, pk)
    require(permissions.can_attach(request.user, meeting))
    received = receive(request, services.attach, meeting=meeting)
    if "X-Requested-With" in request.headers:  # uploads.js
        return answer_script(request, received)
    tell(request, received)
    for refusal in received.refusals:
        messages.error(request, refusal)
    return redirect("meetings:meeting", pk)


@require_POST
def detach(request, pk: int, document_pk: int) -> HttpResponse:
    meeting = seen_meeting(request, pk)
    require(permissions.can_attach(request.user, meeting))
    document = get_object_or_404(
        MeetingFile.objects.visible_to(request.user).select_related("meeting"),
        meeting=meeting,
        pk=document_pk,
    )
    services.detach(document=document, by=request.user, now=timezone.now())
    messages.success(request, _("The document has been taken from the meeting; it stays in the body’s room."))
    return redirect("meetings:meeting", pk)
