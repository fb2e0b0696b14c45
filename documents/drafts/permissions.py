"""Who may do what with drafts, and when: each denial carries its sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from common import grants
from common.decisions import Allowed, Decision, Denied, first_denial
from documents.drafts.models import DraftVersion
from documents.drafts.workflow import DraftState
from institution.models import Body, PlanPeriod
from institution.roles import Kind


def can_read(user: Any) -> Decision:
    """Drafts are open to everybody who holds a seat; reading is never closed by phase."""
    return Allowed() if grants.held(user) else Denied(_("You hold no seat in this municipality’s bodies."))


def assembles(user: Any) -> bool:
    """Is this somebody of the Directorate, which puts the draft together?"""
    return grants.anywhere(user, "build_drafts")


def can_build(user: Any, period: PlanPeriod) -> Decision:
    """Freeze the living text as the next version."""
    if not assembles(user):
        return Denied(_("Only the Strategy Development Directorate assembles the draft."))
    if not period.is_open:
        return Denied(_("This plan period is closed; its text no longer changes."))
    if period.drafts.filter(state=DraftState.AT_COUNCIL).exists():
        return Denied(_("The last draft is before the council; wait for its decision."))
    return Allowed()


def can_endorse(user: Any, draft: DraftVersion) -> Decision:
    """The Planning Team's chair records the team's endorsement."""
    return first_denial(
        _chairs(
            user, draft, Kind.PLANNING_TEAM, _("The chair of the Planning Team records the endorsement.")
        ),
        _stands_at(draft, DraftState.FROZEN),
        _nothing_blocks(draft),
    )


def can_approve(user: Any, draft: DraftVersion) -> Decision:
    """The mayor, as head of Upper Management, records its approval."""
    return first_denial(
        _chairs(user, draft, Kind.MANAGEMENT, _("The mayor records Upper Management’s approval.")),
        _stands_at(draft, DraftState.ENDORSED),
    )


def can_file_record(user: Any, draft: DraftVersion) -> Decision:
    """The Directorate files the executive committee's opinion and the commission's report."""
    if not assembles(user):
        return Denied(_("Only the Strategy Development Directorate files these records."))
    if draft.state not in (DraftState.APPROVED, DraftState.AT_COUNCIL):
        return Denied(_("The record is filed once Upper Management has approved the draft."))
    return Allowed()


def can_answer(user: Any, draft: DraftVersion) -> Decision:
    """Answer the objections with which the council returned the draft."""
    if not assembles(user):
        return Denied(_("Only the Strategy Development Directorate answers the objections."))
    if not draft.period.is_open:
        return Denied(_("This plan period is closed; its text no longer changes."))
    return _stands_at(draft, DraftState.RETURNED)


def _chairs(user: Any, draft: DraftVersion, kind: str, sentence: Any) -> Decision:
    body = deciding_body(draft, kind)
    return Allowed() if grants.allows(user, "record_decisions", body) else Denied(sentence)


def deciding_body(draft: DraftVersion, kind: str) -> Body | None:
    """The body of that kind which stands in the draft's period."""
    return Body.objects.of(draft.period).kind(kind).filter(dissolved_on=None).first()


def _stands_at(draft: DraftVersion, state: str) -> Decision:
    if draft.state == state:
        return Allowed()
    return Denied(_("This draft now stands at “%(state)s”.") % {"state": draft.badge.label})


def _nothing_blocks(draft: DraftVersion) -> Decision:
    if not draft.blocking:
        return Allowed()
    return Denied(
        _("The draft carries %(n)d blocking findings; mend them and freeze a new version.")
        % {"n": len(draft.blocking)}
    )
