"""Autosaved words that are ahead of the history, told in the name of who typed them."""

from __future__ import annotations

from typing import Any

from common.history import acting, record
from documents.reports.models import ReportSection


def tell(section: ReportSection, *, before: Any = None) -> None:
    """Before a section moves on: a history row for what its last writer left untold, if that is not `before`.

    A sitting leaves one row, written at its first save; without this the rest would stand under the
    name of whoever comes next, and for whom that one stands in.
    """
    if section.saved_by_id is None or (before and section.saved_by_id == before.pk):
        return
    stored = ReportSection.objects.select_related("saved_by").get(pk=section.pk)
    told = stored.history.order_by("-history_id").first()
    if told is None or any(getattr(told, name) != getattr(stored, name) for name in stored.unrecorded()):
        own = stored.history.filter(history_user_id=stored.saved_by_id).order_by("-history_id").first()
        with acting(stored.saved_by, at=stored.saved_at, for_name=own.history_for_name if own else ""):
            record(stored)
