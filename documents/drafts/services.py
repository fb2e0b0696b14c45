"""Every write on drafts: freeze, endorse, approve, file records, and the council's outcome."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from common import jobs
from common.audit.checkpoints import Occasion, milestone
from common.decisions import Decision, Invalid, require
from common.history import on_behalf_of, service, transition
from documents.drafts import permissions
from documents.drafts.compose import Block, compose, digest, pictures
from documents.drafts.findings import findings
from documents.drafts.models import DraftBlock, DraftDecision, DraftSource, DraftVersion, Objection
from documents.drafts.workflow import DRAFT, DraftState
from documents.files import services as files
from institution import services as institution
from institution.models import Body, PlanPeriod, User
from institution.roles import Kind
from institution.workflow import PeriodState
from teams.querysets import sitting

REPLACED = (DraftState.FROZEN, DraftState.ENDORSED, DraftState.APPROVED)


@service
def freeze(*, period: PlanPeriod, after: int, by: User, now: dt.datetime, today: dt.date) -> DraftVersion:
    """Store the living text as the version that follows number `after`, and have it printed.

    A second press of the same button finds that version made and gets it.
    Raises Refused where the person or the moment does not allow it, Invalid where a newer one is there.
    """
    period = PlanPeriod.objects.select_for_update(no_key=True).get(pk=period.pk)
    require(permissions.assembles(by))
    newest = period.drafts.first()
    number = newest.number if newest else 0
    if newest and number == after + 1:
        return newest
    require(permissions.can_build(by, period))
    if number != after:
        raise Invalid(_("A newer draft has been frozen meanwhile; open the list again."))
    for older in period.drafts.filter(state__in=REPLACED):
        transition(older, frm=older.state, to=DraftState.SUPERSEDED)
    blocks = compose(period, today=today)
    draft = _store(period, number + 1, blocks, by, now)
    for picture in pictures(blocks):  # whoever may read a draft sees what it shows
        files.open_to_all(file=picture, by=by, now=now)
    milestone(Occasion.FROZEN, draft)
    jobs.enqueue(
        kind="drafts.print", key=f"draft-{draft.pk}", args={"draft": draft.pk}, by=by, title=_title(draft)
    )
    return draft


def _store(period: PlanPeriod, number: int, blocks: list[Block], by: User, now: dt.datetime) -> DraftVersion:
    with translation.override("tr"):  # what is kept with the plan is in the plan's language
        found = findings(period, blocks)
    draft = DraftVersion.objects.create(
        period=period, number=number, digest=digest(blocks), findings=found, frozen_at=now, frozen_by=by
    )
    for position, block in enumerate(blocks):
        row = DraftBlock.objects.create(
            draft=draft,
            position=position,
            chapter=block.chapter,
            anchor=block.anchor,
            kind=block.kind,
            data=block.data,
        )
        for source in block.sources:
            DraftSource.objects.create(block=row, **vars(source))
    return draft


def _title(draft: DraftVersion) -> str:
    return _("Printing draft %(n)d of the %(period)s plan") % {
        "n": draft.number,
        "period": draft.period.label,
    }


@service
def keep_print(
    *, draft: DraftVersion, content: bytes, pages: dict[str, int], by: Any, now: dt.datetime
) -> None:
    """Keep the printed file of a draft and the pages on which its blocks stand (by anchor); one that is there already stays, but for the plan's in the place
    of its draft's."""
    draft = DraftVersion.objects.select_for_update().select_related("period").get(pk=draft.pk)
    if not is_printed(draft):
        name = _file_name(draft)
        draft.pdf = files.store_bytes(content=content, name=name, body=None, is_public=True, by=by, now=now)
        draft.pages = pages
        draft.save(update_fields=["pdf", "pages"])


def is_printed(draft: DraftVersion) -> bool:
    """Whether its file is there, and says what the draft has become."""
    return draft.pdf is not None and draft.pdf.name == _file_name(draft)


def _file_name(draft: DraftVersion) -> str:
    name = f"stratejik-plan-{draft.period.code}"
    return f"{name}.pdf" if draft.adoption else f"{name}-taslak-{draft.number}.pdf"


class Step(NamedTuple):
    """What a body's decision needs and does."""

    body: str
    allowed: Callable[[Any, DraftVersion], Decision]
    frm: str
    to: str


STEPS = {
    DraftDecision.Kind.ENDORSEMENT: Step(
        Kind.PLANNING_TEAM, permissions.can_endorse, DraftState.FROZEN, DraftState.ENDORSED
    ),
    DraftDecision.Kind.APPROVAL: Step(
        Kind.MANAGEMENT, permissions.can_approve, DraftState.ENDORSED, DraftState.APPROVED
    ),
}


@service
def endorse(*, draft: DraftVersion, by: User, now: dt.datetime, **record: Any) -> DraftDecision:
    """The Planning Team's endorsement, recorded by its chair.

    `record` has decided_on (date), present, in_favour, against (numbers of members) and note.
    The same record sent twice is one decision. Raises Refused, and Invalid where the date or the
    counts cannot be, or are no majority of those present.
    """
    return _decide(draft, DraftDecision.Kind.ENDORSEMENT, record, by, now)


@service
def approve(*, draft: DraftVersion, by: User, now: dt.datetime, **record: Any) -> DraftDecision:
    """Upper Management's approval, recorded by the mayor; otherwise as `endorse`."""
    return _decide(draft, DraftDecision.Kind.APPROVAL, record, by, now)


def _decide(
    draft: DraftVersion, kind: DraftDecision.Kind, record: dict[str, Any], by: User, now: dt.datetime
) -> DraftDecision:
    step = STEPS[kind]
    draft = DraftVersion.objects.select_for_update().get(pk=draft.pk)
    require(permissions.chairs(by, draft, step.body))
    if standing := draft.decisions.filter(kind=kind, recorded_by=by, **record).first():
        return standing
    require(step.allowed(by, draft))
    body = permissions.deciding_body(draft, step.body)
    assert body is not None  # nobody chairs a body that is not there
    _check_day(draft, record["decided_on"], now)
    _check_counts(body, **record)
    transition(draft, frm=step.frm, to=step.to)
    return DraftDecision.objects.create(
        draft=draft,
        kind=kind,
        body=body,
        recorded_at=now,
        recorded_by=by,
        recorded_for=on_behalf_of(by),
        **record,
    )


@service
def file_record(
    *,
    draft: DraftVersion,
    kind: str,
    decided_on: dt.date,
    number: str,
    note: str,
    file: files.Kept | None,
    by: User,
    now: dt.datetime,
) -> DraftDecision:
    """File the executive committee's opinion or the commission's report: a date, a number, a file,
    which everybody may read.

    The same record sent twice is one record. Raises Refused, and Invalid where the date cannot be
    or another record of the kind has been filed.
    """
    draft = DraftVersion.objects.select_for_update().get(pk=draft.pk)
    require(permissions.can_file_record(by, draft))
    _check_day(draft, decided_on, now)
    filed = draft.decisions.filter(kind=kind).first()
    if filed and (filed.recorded_by_id, filed.decided_on, filed.number) == (by.pk, decided_on, number):
        return filed
    if filed:
        raise Invalid(_("This record has already been filed for this draft."), field="kind")
    return DraftDecision.objects.create(
        draft=draft,
        kind=kind,
        decided_on=decided_on,
        number=number,
        note=note,
        file=files.record(kept=file, body=None, is_public=True, by=by, now=now) if file else None,
        recorded_at=now,
        recorded_by=by,
        recorded_for=on_behalf_of(by),
    )


@service
def put_before_council(*, draft: DraftVersion, by: User, now: dt.datetime) -> None:
    """The draft stands on the council's agenda from now on; only an approved one can."""
    if draft.state != DraftState.AT_COUNCIL:
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
        institution.move_period(period=draft.period, to=PeriodState.ADOPTED, by=by)
        milestone(Occasion.ADOPTED, draft)


@service
def record_adoption(
    *, draft: DraftVersion, decided_on: dt.date, number: str, by: User, now: dt.datetime, **counts: Any
) -> None:
    """Keep the council's decision once its number is final, and print the plan, which is no draft any more.

    `counts` are the members present, in_favour and against.
    """
    DraftDecision.objects.create(
        draft=draft,
        kind=DraftDecision.Kind.ADOPTION,
        body=Body.objects.kind(Kind.COUNCIL).filter(dissolved_on=None).first(),
        decided_on=decided_on,
        number=number,
        recorded_at=now,
        recorded_by=by,
        recorded_for=on_behalf_of(by),
        **counts,
    )
    title = _("Printing the %(period)s plan") % {"period": draft.period.label}
    jobs.enqueue(kind="drafts.print", key=f"plan-{draft.pk}", args={"draft": draft.pk}, by=by, title=title)


@service
def answer_objection(*, objection: Objection, answer: str, by: User) -> None:
    """Write what was done about an objection; the next version is presented with the answers."""
    require(permissions.can_answer(by, objection.draft))
    if objection.answer != answer:
        objection.answer = answer
        objection.save(update_fields=["answer"])


def _check_day(draft: DraftVersion, day: dt.date, now: dt.datetime) -> None:
    if not timezone.localdate(draft.frozen_at) <= day <= timezone.localdate(now):
        raise Invalid(_("The date must lie between the freezing of the draft and today."), field="decided_on")


def _check_counts(
    body: Body, *, decided_on: dt.date, present: int, in_favour: int, against: int, **_rest: Any
) -> None:
    members = len(sitting([body], decided_on)[body.pk])
    if present > members:
        raise Invalid(
            _("%(body)s had %(n)d members on that day.") % {"body": body.name, "n": members}, field="present"
        )
    if in_favour + against > present:
        raise Invalid(_("For and against add up to more than were present."), field="in_favour")
    if 2 * in_favour <= present:
        raise Invalid(
            _("That is not a majority of those present. Freeze a new draft once this one has been mended."),
            field="in_favour",
        )
