"""What the drafts room offers to the first screens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common import grants
from documents.drafts import permissions
from documents.drafts.models import DraftVersion
from institution.models import PlanPeriod


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


def newest(period: PlanPeriod) -> DraftVersion | None:
    """The newest frozen draft."""
    return period.drafts.select_related("pdf__blob").first()
