"""The same form sent twenty times at once is one act: one row, one line of history, twenty equal answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from common.notices.models import Notice
from common.turkish import date_short
from documents.drafts.models import DraftDecision, DraftVersion
from documents.plan.models import Goal, Objective
from documents.reports.models import (
    Attachment,
    Reminder,
    Report,
    ReportTemplate,
    ReportVersion,
    SectionDecision,
    TemplateSection,
)
from institution import services as institution
from institution.models import Body, LegalRule, PlanPeriod, Unit, User
from institution.roles import Role
from meetings import services as voting
from meetings.models import AgendaItem, Attendance, Ballot, Meeting, Vote
from teams.models import Membership
from tests.concurrency.conftest import Door
from tests.factories import drafts
from tests.factories import reports as make
from tests.factories.base import BY, days_ago, person, sub_group
from tests.meetings.conftest import fill
from tests.personas import House
from timetable.models import Activity

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date_short(days_ago(0))


@dataclass
class Press:
    """Presses a form twenty times and looks at what it left."""

    door: Door

    def __call__(
        self, who: User, page: str, *args: Any, leaves: Any, rows: int = 0, lines: int = 1, **data: Any
    ) -> None:
        """`leaves` is the model that tells of it, `rows` how many more it has, `lines` how much more history."""
        before = leaves.objects.count(), leaves.history.count()
        answers = self.door.pressed(who, reverse(page, args=args), data)
        assert len({(a.status, a.to) for a in answers}) == 1, {(a.status, a.to) for a in answers}
        assert answers[0].status == 302, answers[0].text[-2000:]
        after = leaves.objects.count(), leaves.history.count()
        assert (after[0] - before[0], after[1] - before[1]) == (rows, lines), page


@pytest.fixture
def press(door) -> Press:
    return Press(door)


def test_in_the_municipalitys_records(press: Press, house: House):
    officer, new = house.officer, {"rows": 1}
    press(officer, "institution:unit_add", leaves=Unit, **new, name="Zabıta Müdürlüğü", is_spending="on")
    press(
        officer,
        "institution:legal_value",
        "council.notice_days",
        leaves=LegalRule,
        rows=1,
        lines=2,  # the figure before it ends on the day before
        value="5",
        valid_from=TODAY,
        article="5393 md. 21",
        source="Sınama",
    )
    press(house.sysadmin, "institution:person_account", house.stranger.pk, leaves=User, to="closed")
    press(
        officer,
        "teams:body_add",
        leaves=Body,
        **new,
        kind="sub_group",
        name="Mali Analiz Grubu",
        approval_no="E-9",
        approval_on=TODAY,
    )
    institution.move_period(period=house.period, to="adopted", by=BY)
    for to in ("in_force", "closed"):
        press(officer, "institution:period_move", house.period.pk, leaves=PlanPeriod, to=to)


def test_on_seats(press: Press, house: House):
    officer, group = house.officer, sub_group(house.period)
    member, stand_in = person(), person()
    press(
        officer,
        "teams:seat_add",
        group.pk,
        leaves=Membership,
        rows=1,
        person=member.pk,
        role=Role.MEMBER,
        starts_on=TODAY,
    )
    seat = group.memberships.get()
    place = (group.pk, seat.pk)
    dates = {"first": TODAY, "last": date_short(days_ago(-5))}
    press(officer, "teams:seat_delegate", *place, leaves=Membership, to=stand_in.pk, **dates)
    press(officer, "teams:seat_return", *place, leaves=Membership)
    press(officer, "teams:seat_end", *place, leaves=Membership, on=TODAY)
    press(officer, "teams:body_dissolve", group.pk, leaves=Body, on=date_short(days_ago(-1)))
    term = house.council.terms.get()
    press(
        officer,
        "teams:term_edit",
        house.council.pk,
        term.pk,
        leaves=type(term),
        full_membership=33,
        ends_on="",
    )


def test_on_a_reminder(press: Press, house: House):
    late = make.requested(house.group, due_in=-2)
    press(house.officer, "reports:remind", leaves=Reminder, rows=1, report=late.pk)
    assert Notice.objects.filter(kind="reports.reminder", to=house.rapporteur).count() == 1


def test_on_a_report_from_template_to_acceptance(press: Press, house: House):
    officer = house.officer
    press(
        officer,
        "reports:template_add",
        leaves=ReportTemplate,
        rows=1,
        name="Yeni şablon",
        purpose="Sınama",
        is_active="on",
    )
    template = ReportTemplate.objects.get()
    shape = {
        "title": "Paydaşlar",
        "kind": "text",
        "required": "on",
        "chapter": "3.F",
        "columns-TOTAL_FORMS": 0,
        "columns-INITIAL_FORMS": 0,
    }
    press(officer, "reports:template_section_add", template.pk, leaves=TemplateSection, rows=1, **shape)
    asked = {"template": template.pk, "body": house.group.pk, "title": "Rapor", "due_on": TODAY}
    press(officer, "reports:request", leaves=Report, rows=1, **asked)
    report = Report.objects.get()
    press(officer, "reports:due", report.pk, leaves=Report, due_on=date_short(days_ago(-3)))
    make.write(report)
    answers = press.door.all_at_once(
        *[
            (
                house.rapporteur,
                reverse("reports:attach", args=[report.pk, 1]),
                {"file": make.upload(), "whole": 1},
            )
            for _ in range(20)
        ]
    )
    assert {a.status for a in answers} == {302}
    assert Attachment.objects.count() == Attachment.history.count() == 1
    press(house.rapporteur, "reports:submit", report.pk, leaves=ReportVersion, rows=1)
    decision = {"choice": "accept", "revision": 0}
    press(house.unit_rep, "reports:judge", report.pk, 1, leaves=SectionDecision, rows=1, **decision)
    press(house.team_chair, "reports:close", report.pk, leaves=ReportVersion)
    assert report.history.filter(state="accepted").count() == 1


def test_of_a_cancelled_request(press: Press, house: House):
    report = make.requested(house.group)
    press(house.officer, "reports:cancel", report.pk, leaves=Report, reason="Vazgeçildi")


def test_in_the_plan_and_the_calendar(press: Press, house: House):
    officer = house.officer
    press(officer, "plan:goal-new", leaves=Goal, rows=1, title="Yaşanabilir kent")
    goal = Goal.objects.get()
    objective = {"title": "Yeşil alan", "responsible": house.units[0].pk}
    press(officer, "plan:objective-new", goal.pk, leaves=Objective, rows=1, **objective)
    made = Objective.objects.get()
    press(officer, "plan:objective-remove", made.pk, leaves=Objective, rows=-1)
    press(officer, "plan:goal-remove", goal.pk, leaves=Goal, rows=-1)
    task = {
        "title": "Çalıştay",
        "phase": "status",
        "body": house.directorate.pk,
        "starts_on": TODAY,
        "ends_on": TODAY,
        "basis": "choice",
    }
    press(officer, "timetable:add", leaves=Activity, rows=1, **task)
    added = Activity.objects.get()
    press(officer, "timetable:move", added.pk, leaves=Activity, state="cancelled")
    press(officer, "timetable:move", added.pk, leaves=Activity, state="planned")
    press(officer, "timetable:remove", added.pk, leaves=Activity, rows=-1)


def test_of_a_draft_from_freezing_to_the_councils_decision(press: Press, house: House):
    council = fill(house)
    drafts.ready(house)
    press(house.officer, "drafts:freeze", leaves=DraftVersion, rows=1, after=0)
    draft = DraftVersion.objects.get()

    def counts(form: str, **figures: int) -> dict[str, Any]:
        given = {"decided_on": TODAY, "note": "", **figures}
        return {f"{form}-{name}": value for name, value in given.items()}

    counted = counts("endorse", present=3, in_favour=3, against=0)
    press(house.team_chair, "drafts:endorse", draft.pk, leaves=DraftDecision, rows=1, **counted)
    counted = counts("approve", present=2, in_favour=2, against=0)
    press(house.mayor, "drafts:approve", draft.pk, leaves=DraftDecision, rows=1, **counted)
    record = {"kind": "opinion", "decided_on": TODAY, "number": "12", "note": "", "whole": 1}
    press(house.officer, "drafts:file_record", draft.pk, leaves=DraftDecision, rows=1, **record)

    now = timezone.localtime()
    plan = {
        "day": date_short(now.date()),
        "time": "23.00",
        "place": "Meclis Salonu",
        "agenda": "Açılış",
        "drafts": [draft.pk],
        "notified_on": date_short(days_ago(4)),
        "act": "call",
    }
    path = reverse("meetings:new") + f"?body={house.council.pk}"
    answers = press.door.pressed(house.officer, path, plan)
    assert len({(a.status, a.to) for a in answers}) == 1
    meeting = Meeting.objects.get()
    states = list(meeting.history.order_by("history_id").values_list("state", flat=True))
    assert states == ["planned", "called"]
    assert AgendaItem.objects.count() == AgendaItem.history.count() == 2
    item = meeting.items.get(draft=draft)
    hold(press, house, council, meeting, item)
    draft.refresh_from_db()
    assert draft.state == "adopted"
    assert draft.history.filter(state="adopted").count() == 1


def hold(press: Press, house: House, council: Any, meeting: Meeting, item: AgendaItem) -> None:
    """The sitting itself, every button twenty times."""
    clerk = house.clerk
    on_roll = len(council.members)
    press(
        clerk,
        "meetings:attendance",
        meeting.pk,
        leaves=Attendance,
        rows=on_roll,
        lines=on_roll,
        everybody=1,
    )
    press(clerk, "meetings:open", meeting.pk, leaves=Meeting, sure="1")
    form = {"motion": "adopt", "method": "named", "objections-TOTAL_FORMS": 0, "objections-INITIAL_FORMS": 0}
    press(clerk, "meetings:open_vote", item.pk, leaves=Vote, rows=1, **form)
    vote = Vote.objects.get()
    press(house.council_member, "meetings:cast", vote.pk, leaves=Ballot, rows=1, choice="for")
    for member in council.members:
        if member != house.council_member:
            voting.cast(vote=vote, choice="for", by=member, now=timezone.now())
    press(clerk, "meetings:close_vote", vote.pk, leaves=Vote, decision_no="2026/7")
    press(clerk, "meetings:note", item.pk, leaves=AgendaItem, note="Görüşüldü.")
    press(clerk, "meetings:close", meeting.pk, leaves=Meeting)
