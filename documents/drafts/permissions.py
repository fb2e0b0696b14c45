"""Who may do what with drafts, and when: each denial carries its sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from common import grants
from common.decisions import Allowed, Decision, Denied, first_denial
from documents.drafts.models import DraftVersion
from documents.drafts.workflow import DraftState
from documents.plan.permissions import is_open
from institution.models import Body, PlanPeriod
from institution.roles import Kind


def can_read(user: Any) -> Decision:
    """Drafts are open to everybody who holds a seat; reading is never closed by phase."""
    return Allowed() if grants.held(user) else Denied(_("You hold no seat in this municipality’s bodies."))


def assembles(user: Any) -> Decision:
    """Is this somebody of the Directorate, which puts the draft together?"""
    return _directorate(user, _("Only the Strategy Development Directorate assembles the draft."))


def can_build(user: Any, period: PlanPeriod) -> Decision:
    """Freeze the living text as the next version."""
    return first_denial(assembles(user), is_open(period), _not_before_council(period))


def _not_before_council(period: PlanPeriod) -> Decision:
    if period.drafts.filter(state=DraftState.AT_COUNCIL).exists():
        return Denied(_("The last draft is before the council; wait for its decision."))
    return Allowed()


_RECORDED_BY = {
    Kind.PLANNING_TEAM: _("The chair of the Planning Team records the endorsement."),
    Kind.MANAGEMENT: _("The mayor records Upper Management’s approval."),
}


def can_endorse(user: Any, draft: DraftVersion) -> Decision:
    """The Planning Team's chair records the team's endorsement."""
    return first_denial(
        chairs(user, draft, Kind.PLANNING_TEAM),
        _stands_at(draft, DraftState.FROZEN),
        _nothing_blocks(draft),
    )


def can_approve(user: Any, draft: DraftVersion) -> Decision:
    """The mayor, as head of Upper Management, records its approval."""
    return first_denial(
        chairs(user, draft, Kind.MANAGEMENT),
        _stands_at(draft, DraftState.ENDORSED),
    )


def can_file_record(user: Any, draft: DraftVersion) -> Decision:
    """The Directorate files the executive committee's opinion and the commission's report."""
    files = _directorate(user, _("Only the Strategy Development Directorate files these records."))
    if files and draft.state not in (DraftState.APPROVED, DraftState.AT_COUNCIL):
        return Denied(_("The record is filed once Upper Management has approved the draft."))
    return files


def can_answer(user: Any, draft: DraftVersion) -> Decision:
    """Answer the objections with which the council returned the draft."""
    return first_denial(
        _directorate(user, _("Only the Strategy Development Directorate answers the objections.")),
        is_open(draft.period),
        _stands_at(draft, DraftState.RETURNED),
    )


def _directorate(user: Any, sentence: Any) -> Decision:
    return grants.decide(user, "build_drafts", sentence)


def chairs(user: Any, draft: DraftVersion, kind: str) -> Decision:
    """Whether the person records what the body of that kind decides on the draft, at whatever time."""
    body = deciding_body(draft, kind)
    return grants.decide(user, "record_decisions", _RECORDED_BY[Kind(kind)], among=[body.pk] if body else [])


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
        _("The draft carries %(n)d blocking findings; mend them and freeze a new draft.")
        % {"n": len(draft.blocking)}
    )
