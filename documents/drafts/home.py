"""What the drafts room offers to the first screens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common import grants
from common.owed import Owed
from documents.drafts import permissions
from documents.drafts.models import DraftDecision, DraftVersion
from documents.files.places import Place
from institution.models import PlanPeriod, User


@dataclass(frozen=True)
class ToDecide:
    """A draft that waits for this person to record their body's decision."""

    draft: DraftVersion
    act: str | Promise


def to_decide(user: Any, period: PlanPeriod) -> ToDecide | None:
    """The newest draft, if it is this person's to endorse or approve."""
    if not grants.anywhere(user, "record_decisions"):
        return None
    draft = newest(period)
    if draft and permissions.can_endorse(user, draft):
        return ToDecide(draft, _("Record the endorsement"))
    if draft and permissions.can_approve(user, draft):
        return ToDecide(draft, _("Record the approval"))
    return None


def owed(user: Any, period: PlanPeriod, today: dt.date) -> list[Owed]:
    """The draft that waits for this person's decision."""
    waiting = to_decide(user, period)
    if waiting is None:
        return []
    name = _("Draft %(n)s of the %(years)s plan") % {"n": waiting.draft.number, "years": period.label}
    return [Owed(waiting.act, name, reverse("drafts:approval", args=[waiting.draft.pk]), "stamp")]


def newest(period: PlanPeriod) -> DraftVersion | None:
    """The newest frozen draft."""
    return period.drafts.select_related("pdf__blob").first()


def places_of_files(user: User, keys: list[int]) -> Iterator[tuple[int | None, Place]]:
    """The drafts whose print a file is, and those to which it was filed with a decision. Two queries."""
    if not permissions.can_read(user):
        return
    for draft in DraftVersion.objects.filter(pdf__in=keys):
        yield draft.pdf_id, Place(str(draft), gettext("the printed text"), draft.get_absolute_url())
    for decision in DraftDecision.objects.filter(file__in=keys).select_related("draft"):
        url = reverse("drafts:approval", args=[decision.draft_id])
        yield decision.file_id, Place(str(decision.draft), decision.get_kind_display(), url)
