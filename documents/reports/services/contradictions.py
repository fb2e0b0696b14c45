"""The team's decision on a contradiction: what holds, or why it stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from common import turkish
from common.decisions import Invalid, require
from common.history import Stale, author, on_behalf_of, service, transition
from documents.reports import permissions
from documents.reports.contradictions import Contradiction
from documents.reports.models import ContradictionDecision
from institution.models import PlanPeriod

Choice = ContradictionDecision.Choice


class SettledMeanwhile(Stale):
    """Another member decided on this contradiction since it was read."""

    def __init__(self, decision: ContradictionDecision) -> None:
        super().__init__(
            _("%(name)s decided on this contradiction at %(time)s: %(decision)s. Yours has not been saved.")
            % {
                "name": author(decision.decided_by, decision.decided_for),
                "time": turkish.time(decision.decided_at),
                "decision": decision.badge.label,
            }
        )


@service
def settle(
    *,
    period: PlanPeriod,
    contradiction: Contradiction,
    choice: str,
    revision: int,
    by: Any,
    now: dt.datetime,
    holds: str = "",
    reason: str = "",
) -> ContradictionDecision:
    """Decide on what `contradictions.contradictions` found; `holds` says which of several sides is right.

    `revision` is that of the decision which the member saw, 0 for none. The same decision sent twice is
    one. Raises SettledMeanwhile, Invalid (nothing chosen, a side that is none, no reason for leaving it).
    """
    require(permissions.can_settle(by, period))
    words = {side.words for side in contradiction.sides}
    if choice not in Choice.values or (choice == Choice.CORRECT and holds and holds not in words):
        raise Invalid(_("Choose what holds."), field="choice")
    given: dict[str, Any] = {
        "choice": choice,
        "holds": holds if choice == Choice.CORRECT else "",
        "reason": reason.strip(),
    }
    if choice == Choice.KEEP and not given["reason"]:
        raise Invalid(_("Write why it stays as it is."), field="reason")
    list(
        PlanPeriod.objects.select_for_update(no_key=True).filter(pk=period.pk)
    )  # two decide one after the other
    standing = (
        ContradictionDecision.objects.select_related("decided_by")
        .filter(period=period, key=contradiction.key)
        .first()
    )
    by_whom = {"decided_at": now, "decided_by": by, "decided_for": on_behalf_of(by)}
    if standing is None:
        if revision:
            raise Invalid(_("This decision is no longer there; reload the page."))
        sides = [{"words": side.words, "place": side.place} for side in contradiction.sides]
        found = {"key": contradiction.key, "kind": contradiction.kind, "subject": contradiction.subject[:500]}
        decision = ContradictionDecision(period=period, sides=sides, **found, **given, **by_whom)
        decision.save()
        return decision
    if standing.decided_by_id == by.pk and all(getattr(standing, name) == to for name, to in given.items()):
        return standing
    if standing.revision != revision:
        raise SettledMeanwhile(standing)
    transition(standing, field="revision", frm=revision, to=revision + 1, **given, **by_whom)
    return standing
