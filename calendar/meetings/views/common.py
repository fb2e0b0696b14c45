"""What the views of a meeting share: finding it, acting once, answering."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from common.decisions import Invalid
from meetings.models import AgendaItem, Meeting, Vote


def seen_meeting(request, pk: int) -> Meeting:
    """The meeting, or 404 for who may not see it."""
    return get_object_or_404(Meeting.objects.visible_to(request.user).with_body(), pk=pk)


def seen_item(request, pk: int) -> AgendaItem:
    item = get_object_or_404(AgendaItem.objects.select_related("draft__period"), pk=pk)
    item.meeting = seen_meeting(request, item.meeting_id)
    return item


def seen_vote(request, pk: int) -> Vote:
    vote = get_object_or_404(Vote.objects.with_item(), pk=pk)
    vote.item.meeting = seen_meeting(request, vote.item.meeting_id)
    return vote


def act(request, write: Callable[..., Any], *, to: str, **kwargs: Any) -> HttpResponse:
    """Call one service and go on; what it refuses is said on the page that follows."""
    try:
        write(by=request.user, **kwargs)
    except Invalid as refusal:
        messages.error(request, str(refusal.message))
    return redirect(to)
