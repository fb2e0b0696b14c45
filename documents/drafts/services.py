"""Every write on drafts: freeze, endorse, approve, file records, and the council's outcome."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from common import jobs
from common.decisions import Invalid, require
from common.history import service, transition
from documents.drafts import permissions
from documents.drafts.compose import Block, compose, digest
from documents.drafts.findings import findings
from documents.drafts.models import DraftBlock, DraftDecision, DraftSource, DraftVersion, Objection
from documents.drafts.workflow import DRAFT, DraftState
from documents.files.models import StoredFile
from institution.models import PlanPeriod, User
from institution.roles import Kind
from institution.workflow import PeriodState

REPLACED = (DraftState.FROZEN, DraftState.ENDORSED, DraftState.APPROVED)


def freeze(*, period: PlanPeriod, after: int, by: User, now: dt.datetime, today: dt.date) -> DraftVersion:
    """Store the living text as the version that follows number `after`, and have it printed.

    A second press of the same button finds that version made and returns it.
    Raises Refused where the person or the moment does not allow it.
    """
    made = period.drafts.filter(number=after + 1).first()
    if made:
        return made
    require(permissions.can_build(by, period))
    try:
        return _freeze(period=period, after=after, by=by, now=now, today=today)
    except IntegrityError:
        return period.drafts.get(number=after + 1)


@service
def _freeze(*, period: PlanPeriod, after: int, by: User, now: dt.datetime, today: dt.date) -> DraftVersion:
    if period.drafts.filter(number__gt=after).exists():
        raise Invalid(_("A newer draft has been frozen meanwhile; open the list again."))
    blocks = compose(period, today=today)
    for older in period.drafts.filter(state__in=REPLACED):
        transition(older, frm=older.state, to=DraftState.SUPERSEDED)
    draft = DraftVersion.objects.create(
        period=period,
        number=after + 1,
        digest=digest(blocks),
        findings=findings(period, blocks),
        frozen_at=now,
        frozen_by=by,
    )
    for position, block in enumerate(blocks):
        _store(draft, position, block)
    jobs.enqueue(
        kind="drafts.print", key=f"draft-{draft.pk}", args={"draft": draft.pk}, by=by, title=_title(draft)
    )
    return draft


def _store(draft: DraftVersion, position: int, block: Block) -> None:
    row = DraftBlock.objects.create(
        draft=draft,
        position=position,
        chapter=block.chapter,
        anchor=block.anchor,
        kind=block.kind,
        data=block.data,
    )
    for source in block.sources:
        DraftSource.objects.create(
            block=row,
            kind=source.kind,
            ref=source.ref,
            label=source.label,
            detail=source.detail,
            url=source.url,
        )


def _title(draft: DraftVersion) -> str:
    return _("Printing draft %(n)d of the %(period)s plan") % {
        "n": draft.number,
        "period": draft.period.label,
    }


@service
def attach_print(*, draft: DraftVersion, file: StoredFile, by: Any) -> None:
    """Keep the printed file of a version; a repeated print of the same words changes nothing."""
    if draft.pdf_id != file.pk:
        draft.pdf = file
        draft.save(update_fields=["pdf"])


def endorse(*, draft: DraftVersion, by: User, now: dt.datetime, **record: Any) -> DraftDecision:
    """The Planning Team's endorsement, recorded by its chair: `decided_on, present, in_favour, against, note`."""
    require(permissions.can_endorse(by, draft))
    return _decide(
        draft=draft,
        kind=DraftDecision.Kind.ENDORSEMENT,
        body_kind=Kind.PLANNING_TEAM,
        by=by,
        now=now,
        record=record,
    )


def approve(*, draft: DraftVersion, by: User, now: dt.datetime, **record: Any) -> DraftDecision:
    """Upper Management's approval, recorded by the mayor; fields as for `endorse`."""
    require(permissions.can_approve(by, draft))
    return _decide(
        draft=draft,
        kind=DraftDecision.Kind.APPROVAL,
        body_kind=Kind.MANAGEMENT,
        by=by,
        now=now,
        record=record,
    )


LEADS_TO = {
    DraftDecision.Kind.ENDORSEMENT: (DraftState.FROZEN, DraftState.ENDORSED),
    DraftDecision.Kind.APPROVAL: (DraftState.ENDORSED, DraftState.APPROVED),
}


@service
def _decide(
    *, draft: DraftVersion, kind: str, body_kind: str, by: User, now: dt.datetime, record: dict[str, Any]
) -> DraftDecision:
    _check_day(draft, record["decided_on"], now)
    _check_counts(record["present"], record["in_favour"], record["against"])
    frm, to = LEADS_TO[kind]
    transition(draft, frm=frm, to=to)
    return DraftDecision.objects.create(
        draft=draft,
        kind=kind,
        body=permissions.deciding_body(draft, body_kind),
        recorded_at=now,
        recorded_by=by,
        **record,
    )


def file_record(
    *,
    draft: DraftVersion,
    kind: str,
    decided_on: dt.date,
    number: str,
    note: str,
    file: StoredFile | None,
    by: User,
    now: dt.datetime,
) -> DraftDecision:
    """File the executive committee's opinion or the commission's report: a date, a number, a file."""
    require(permissions.can_file_record(by, draft))
    _check_day(draft, decided_on, now)
    return _file_record(
        draft=draft, kind=kind, decided_on=decided_on, number=number, note=note, file=file, by=by, now=now
    )


@service
def _file_record(
    *,
    draft: DraftVersion,
    kind: str,
    decided_on: dt.date,
    number: str,
    note: str,
    file: StoredFile | None,
    by: User,
    now: dt.datetime,
) -> DraftDecision:
    if draft.decisions.filter(kind=kind).exists():
        raise Invalid(_("This record has already been filed for this draft."), field="kind")
    return DraftDecision.objects.create(
        draft=draft,
        kind=kind,
        decided_on=decided_on,
        number=number,
        note=note,
        file=file,
        recorded_at=now,
        recorded_by=by,
    )


@service
def put_before_council(*, draft: DraftVersion, by: User, now: dt.datetime) -> None:
    """The draft stands on the council's agenda from now on; only an approved one can."""
    if draft.state == DraftState.AT_COUNCIL:
        return
    DRAFT.check(draft.state, DraftState.AT_COUNCIL)
    transition(draft, frm=DraftState.APPROVED, to=DraftState.AT_COUNCIL)


@service
def record_council_outcome(
    *,
    draft: DraftVersion,
    outcome: str,
    on: dt.date,
    by: User,
    now: dt.datetime,
    objections: list[dict[str, str]] | None = None,
) -> None:
    """What the council made of the draft: "adopted", "returned" (with numbered objections) or "rejected".

    An adopted draft makes its plan period adopted; from then on plan data no longer change.
    """
    DRAFT.check(draft.state, outcome)
    transition(draft, frm=DraftState.AT_COUNCIL, to=outcome)
    for number, objection in enumerate(objections or [], start=1):
        Objection.objects.create(
            draft=draft, number=number, chapter=objection["chapter"], text=objection["text"], raised_on=on
        )
    if outcome == DraftState.ADOPTED:
        transition(draft.period, frm=PeriodState.PREPARING, to=PeriodState.ADOPTED)


def answer_objection(*, objection: Objection, answer: str, by: User) -> None:
    """Write what was done about an objection; the next version is presented with the answers."""
    require(permissions.can_answer(by, objection.draft))
    _answer(objection=objection, answer=answer, by=by)


@service
def _answer(*, objection: Objection, answer: str, by: User) -> None:
    if objection.answer != answer:
        objection.answer = answer
        objection.save(update_fields=["answer"])


def _check_day(draft: DraftVersion, day: dt.date, now: dt.datetime) -> None:
    if not timezone.localdate(draft.frozen_at) <= day <= timezone.localdate(now):
        raise Invalid(_("The date must lie between the freezing of the draft and today."), field="decided_on")


def _check_counts(present: int, in_favour: int, against: int) -> None:
    if in_favour + against > present:
        raise Invalid(_("For and against add up to more than were present."), field="in_favour")
    if 2 * in_favour <= present:
        raise Invalid(
            _(
                "That is not a majority of those present. Freeze a new version once the draft has been mended."
            ),
            field="in_favour",
        )
