"""Steps sent straight to their address, out of order: each is refused, and nothing is skipped.

For every state of every workflow all acts that move the thing are sent by people who may do them.
Afterwards the thing stands where it stood, or where its table leads from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.turkish import date_short
from common.workflow import REGISTRY
from documents.drafts.workflow import DRAFT
from documents.reports.models import Attachment, Report, ReportSection
from documents.reports.workflow import REPORT, SECTION, ReportState, SectionState
from institution.models import User
from institution.workflow import PERIOD
from meetings.arithmetic import Tally
from meetings.workflow import MEETING, VOTE
from tests.factories import drafts
from tests.factories import reports as make
from tests.factories.base import days_ago
from tests.meetings.conftest import fill
from timetable import services as timetable
from timetable.workflow import ACTIVITY

pytestmark = pytest.mark.django_db
TODAY = date_short(days_ago(0))
GROUPS = (ReportState.REQUESTED, ReportState.WRITING, ReportState.RETURNED)


@dataclass(frozen=True)
class Act:
    """One press: who, where, with what."""

    who: User
    page: str
    args: tuple
    data: dict[str, Any]


@pytest.fixture
def press(enter):
    browsers: dict[int, Client] = {}

    def send(act: Act, query: str = "") -> int:
        if act.who.pk not in browsers:  # one that looks past the columns set here without history
            browsers[act.who.pk] = Client()
            browsers[act.who.pk].cookies.update(enter(act.who).cookies)
        browser = browsers[act.who.pk]
        return browser.post(reverse(act.page, args=act.args) + query, act.data).status_code

    return send


def put(thing: Any, **values: Any) -> None:
    """Set columns as no service would."""
    QuerySet(type(thing)).filter(pk=thing.pk).update(**values)


@contextmanager
def undone() -> Iterator[None]:
    """What the block did is taken back: the database lets nothing leave a state that is the last."""
    begun = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(begun)


def state_of(thing: Any) -> str:
    return type(thing).objects.values_list("state", flat=True).get(pk=thing.pk)


def walk(
    workflow: Any,
    thing: Any,
    acts: Iterable[Act],
    press: Callable,
    fitting: Callable[[str], dict] = lambda _state: {},
) -> None:
    """From each state send every act; no step is taken that the table does not have.

    `fitting` gives what else the row must hold in a state.
    """
    skipped = []
    for frm in workflow.next:
        for act in acts:
            with undone():
                put(thing, state=frm, **fitting(frm))
                status, to = press(act), state_of(thing)
            assert status in (200, 302, 403, 404, 409, 422), (frm, act, status)
            if not legal(workflow, frm, to):
                skipped.append((frm, to, act.page))
    assert skipped == []


# One press that takes two steps, each with its line in the history: an empty report whose parts are
# all optional is begun and submitted.
TWO_STEPS = {("report", "requested", "submitted"): "writing"}


def legal(workflow: Any, frm: str, to: str) -> bool:
    between = TWO_STEPS.get((workflow.name, frm, to))
    if between:
        return workflow.allows(frm, between) and workflow.allows(between, to)
    return to == frm or workflow.allows(frm, to)


def test_of_a_report(house, press):
    report = make.submitted(house.group)
    make.decide(report, by=house.unit_rep)
    place = (report.pk,)
    acts = [
        Act(house.rapporteur, "reports:submit", place, {}),
        Act(house.rapporteur, "reports:save", (report.pk, 1), {"html": "<p>Yeni</p>", "version": 2}),
        Act(house.unit_rep, "reports:judge", (report.pk, 1), {"choice": "accept", "revision": 1}),
        Act(house.unit_rep, "reports:judge", (report.pk, 1), {"choice": "decline", "reason": "Yinelenmiş"}),
        Act(house.officer, "reports:due", place, {"due_on": TODAY}),
        Act(house.officer, "reports:cancel", place, {"reason": "Vazgeçildi"}),
    ]

    def fitting(state: str) -> dict[str, Any]:
        for section in report.sections.all():
            put(section, state=SectionState.DONE if state in GROUPS else SectionState.SUBMITTED)
        return {}

    walk(REPORT, report, acts, press, fitting)


def test_of_a_reports_close(house, press):
    """Apart from the others: a close that goes through settles the sections, too."""
    for frm in set(ReportState) - {ReportState.SUBMITTED}:
        report = make.submitted(house.group, of=make.template(texts=1, table=False))
        make.decide(report, by=house.unit_rep)
        put(report, state=frm)
        assert press(Act(house.team_chair, "reports:close", (report.pk,), {})) == 403
        assert state_of(report) == frm
        assert report.versions.get().outcome == ""


@pytest.mark.parametrize("frm", SectionState.values)
@pytest.mark.parametrize("of_report", [*GROUPS, ReportState.SUBMITTED])
def test_of_a_section(house, press, frm, of_report):
    report = make.submitted(house.group, of=make.template(texts=1, table=False))
    make.decide(report, {1: "return"}, by=house.unit_rep)
    section = report.sections.get(number=1)
    acts = [
        {"html": "<p>Yeni söz.</p>"},
        {"html": ""},
        {"html": "<p>Yeni söz.</p>", "answer": "Yanıt", "go": "answered"},
        {"html": "<p>Ölçü</p>", "correct": "Ölçü"},
    ]
    for data in acts:
        put(report, state=of_report)
        put(section, state=frm, html="<p>Önceki söz.</p>")
        section.refresh_from_db()
        sent = Act(house.rapporteur, "reports:save", (report.pk, 1), data | {"version": section.revision})
        assert press(sent) in (302, 403, 422)
        to = state_of(section)
        assert legal(SECTION, frm, to), (frm, to, data)


def test_of_a_draft(house, press):
    draft = drafts.frozen(drafts.ready(house))
    steps = [
        ("endorsed", house.team_chair, "drafts:endorse", (draft.pk,), _counts("endorse")),
        ("approved", house.mayor, "drafts:approve", (draft.pk,), _counts("approve")),
        ("superseded", house.officer, "drafts:freeze", (), {"after": draft.number}),
    ]
    for to, *press_ in steps:
        for frm in [state for state in DRAFT.next if not DRAFT.allows(state, to)]:
            if to == "superseded" and frm != "at_council":
                continue  # what is decided is no draft any more; a new one follows it
            with undone():
                put(draft, state=frm)
                press(Act(*press_))
                assert state_of(draft) == frm
                assert not draft.decisions.exists()
                assert house.period.drafts.count() == 1
    later = {"day": date_short(days_ago(-2)), "time": "14.00", "place": "Salon", "agenda": "Açılış"}
    form = later | {"drafts": [draft.pk], "notified_on": TODAY, "act": "call"}
    for frm in set(DRAFT.next) - {"approved"}:
        with undone():
            put(draft, state=frm)
            press(Act(house.officer, "meetings:new", (), form), f"?body={house.council.pk}")
            assert state_of(draft) == frm


def _counts(form: str) -> dict[str, Any]:
    counts = {"decided_on": TODAY, "present": 2, "in_favour": 2, "against": 0, "note": ""}
    return {f"{form}-{name}": value for name, value in counts.items()}


def test_of_a_sitting_and_a_vote(house, press):
    council = fill(house)
    meeting = council.opened(present=20)
    item = meeting.items.get()
    form = {"motion": "general", "method": "hands"}
    lines = {"objections-TOTAL_FORMS": 0, "objections-INITIAL_FORMS": 0}
    repeat = {"day": date_short(days_ago(-1)), "time": "14.00", "place": "Salon"}
    acts = [
        Act(house.officer, "meetings:call", (meeting.pk,), {"notified_on": date_short(days_ago(5))}),
        Act(house.officer, "meetings:call_off", (meeting.pk,), {}),
        Act(house.officer, "meetings:edit", (meeting.pk,), repeat | {"title": "Başka"}),
        Act(house.officer, "meetings:item_add", (meeting.pk,), {"title": "Başka"}),
        Act(house.clerk, "meetings:open", (meeting.pk,), {"sure": 1}),
        Act(house.clerk, "meetings:close", (meeting.pk,), {}),
        Act(house.clerk, "meetings:adjourn", (meeting.pk,), repeat),
        Act(house.clerk, "meetings:attendance", (meeting.pk,), {"everybody": 1}),
        Act(house.clerk, "meetings:open_vote", (item.pk,), form | lines),
    ]
    walk(MEETING, meeting, acts[:-1], press)
    for frm in set(MEETING.next) - {"open"}:
        with undone():
            put(meeting, state=frm)
            press(acts[-1])
            assert not item.votes.exists()
    vote = council.vote(meeting)
    counted = {"in_favour": 32, "against": 0, "abstaining": 0, "decision_no": ""}
    on_vote = [
        Act(house.clerk, "meetings:close_vote", (vote.pk,), counted),
        Act(house.clerk, "meetings:cancel_vote", (vote.pk,), {"reason": "Yanlış"}),
        Act(house.council_member, "meetings:cast", (vote.pk,), {"choice": "for"}),
        Act(house.clerk, "meetings:ballots", (vote.pk,), {"person": house.mayor.pk, "choice": "for"}),
    ]
    result = {"present": 32, "needed": 17, "in_favour": 30, "against": 2, "abstaining": 0}

    def fitting(state: str) -> dict[str, Any]:
        return {"closed_at": None if state == "open" else timezone.now()} | result

    walk(VOTE, vote, on_vote, press, fitting)
    for frm in set(VOTE.next) - {"open"}:
        with undone():
            put(vote, state=frm, **fitting(frm))
            for act in on_vote:
                press(act)
            vote.refresh_from_db()
            assert (vote.tally, vote.ballots.count()) == (Tally(30, 2, 0), 0)


def test_of_a_task(house, press):
    task = timetable.add_activity(
        period=house.period,
        phase="status",
        title="Çalıştay",
        body=house.directorate,
        starts_on=days_ago(0),
        ends_on=days_ago(0),
        by=house.officer,
    )
    acts = [Act(house.officer, "timetable:move", (task.pk,), {"state": to}) for to in [*ACTIVITY.next, "x"]]
    walk(ACTIVITY, task, acts, press, lambda state: {"done_on": days_ago(0) if state == "done" else None})


def test_of_a_period(house, press):
    acts = [
        Act(house.officer, "institution:period_move", (house.period.pk,), {"to": to})
        for to in [*PERIOD.next, "x"]
    ]
    walk(PERIOD, house.period, acts, press)
    put(house.period, state="preparing")
    press(acts[1])
    assert state_of(house.period) == "preparing"  # its adoption is the council's


class TestAFrozenReport:
    """While it is not the group's, no field of it is written by whatever is sent."""

    @pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.ACCEPTED, ReportState.CANCELLED])
    def test_takes_no_field(self, house, press, state):
        report = make.written(house.group)
        section = report.sections.get(number=1)
        press(Act(house.rapporteur, "reports:attach", (report.pk, 1), {"file": make.upload(), "whole": 1}))
        attachment = Attachment.objects.get()
        make.submit(report)
        put(report, state=state)
        before = self.rows(report)
        version = report.sections.get(number=1).revision
        fields = [
            {"html": "<p>Başka</p>"},
            {"rows": '[{"stakeholder": "Başka"}]'},
            {"answer": "Yanıt", "go": "answered"},
            {"html": "<p>Başka</p>", "correct": "Paydaşlar"},
            {"state": "accepted", "revision": 99, "report": 1, "title": "Başka", "number": 7},
        ]
        acts = [
            Act(who, "reports:save", (report.pk, n), data | {"version": version})
            for who in (house.rapporteur, house.group_member)
            for n in (1, 3)
            for data in fields
        ]
        file = {"file": make.upload("yeni.pdf"), "whole": 1}
        acts += [
            Act(house.rapporteur, "reports:attach", (report.pk, 1), file),
            Act(house.rapporteur, "reports:detach", (report.pk, 1, attachment.pk), {}),
            Act(house.rapporteur, "reports:submit", (report.pk,), {"number": 5}),
            Act(house.officer, "reports:due", (report.pk,), {"due_on": TODAY, "title": "Başka"}),
            Act(house.officer, "reports:cancel", (report.pk,), {"reason": "Vazgeçildi"}),
        ]
        for act in acts:
            assert press(act) in (302, 403, 422), act
        assert self.rows(report) == before
        assert section.history.count() == before["lines"]

    @staticmethod
    def rows(report: Report) -> dict[str, Any]:
        return {
            "report": Report.objects.values().get(pk=report.pk),
            "sections": list(ReportSection.objects.filter(report=report).order_by("pk").values()),
            "attachments": list(Attachment.objects.order_by("pk").values()),
            "versions": list(report.versions.order_by("pk").values()),
            "lines": report.sections.get(number=1).history.count(),
        }


def test_no_workflow_is_left_out():
    """A new table needs its walk here."""
    walked = {"report", "section", "draft", "meeting", "vote", "activity", "period"}
    pressed_by_nobody = {"screening"}  # the application alone moves it: tests/files/test_screening.py
    assert set(REGISTRY) == walked | pressed_by_nobody
