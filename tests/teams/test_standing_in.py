"""A delegate acts for somebody, and every record of the act names both."""

import pytest
from django.urls import reverse
from django.utils import timezone

from common.history import on_behalf_of
from common.turkish import date_short
from documents.drafts.models import DraftDecision
from documents.reports import services as reports
from documents.reports.models import ReportVersion, SectionDecision
from institution import holdings
from institution.roles import Role
from meetings import roll, services
from meetings.models import Attendance, Ballot
from tests.factories import drafts
from tests.factories import reports as make
from tests.factories.base import BY, days_ago, person, seat
from tests.meetings.conftest import at, fill, today_at

pytestmark = pytest.mark.django_db
WEEK = {"first": days_ago(0), "last": days_ago(-7)}


@pytest.fixture
def helper():
    return person("Ayşe Vekil")


@pytest.fixture
def lend(helper):
    """Let the helper act by somebody's seat in a body this week."""

    def lent(body, holder, to=None):
        held = body.seats.filter(person=holder).first() or body.memberships.filter(person=holder).first()
        return holdings.delegate(holding=held, to=to or helper, by=BY, **WEEK)

    return lent


def newest(thing):
    return thing.history.order_by("-history_id").first()


class TestAReport:
    def test_submitted_by_a_delegate_says_for_whom(self, house, helper, lend, enter):
        lend(house.group, house.rapporteur)
        report = make.written(house.group)
        assert enter(helper).post(reverse("reports:submit", args=[report.pk])).status_code == 302
        version = report.versions.get()
        assert (version.submitted_by, version.submitted_for) == (helper, "Elif Aksoy")
        for row in (newest(version), newest(report), newest(report.sections.first())):
            assert (row.history_user_name, row.history_for_name) == ("Ayşe Vekil", "Elif Aksoy")
        said = "Ayşe Vekil (Elif Aksoy adına)"
        history = enter(house.officer).get(reverse("history", args=["reports", "report", report.pk]))
        assert said in history.content.decode()
        team = enter(house.team_chair)
        for page, *args in [("report", report.pk), ("version", report.pk, 1), ("queue",)]:
            assert said in team.get(reverse(f"reports:{page}", args=args)).content.decode()

    def test_what_was_typed_last_keeps_the_seat_of_who_typed_it(self, house, helper, lend):
        """Before somebody acts for another, the untold words of the one before are told as theirs."""
        lend(house.group, house.rapporteur)
        now = timezone.now()
        section = make.requested(house.group).sections.first()
        for by in (helper, house.group_member, helper):
            for words in ("<p>İlk</p>", f"<p>Son, {by.full_name}</p>"):
                section = reports.save_section(
                    section=section, revision=section.revision, html=words, by=by, now=now
                )
        told = section.history.values_list("html", "history_for_name")
        assert [for_name for words, for_name in told if "Balcı" in words] == [""]
        assert [for_name for words, for_name in told if "Vekil" in words] == ["Elif Aksoy"]

    def test_decided_by_a_delegate_says_so_to_who_comes_second(self, house, helper, lend, enter):
        lend(house.team, house.unit_rep)
        report = make.submitted(house.group)
        page = reverse("reports:judge", args=[report.pk, 1])
        assert enter(helper).post(page, {"choice": "accept", "revision": 0}).status_code == 302
        decision = SectionDecision.objects.get()
        assert (decision.decided_for, newest(decision).history_for_name) == ("Ümit Kaya", "Ümit Kaya")
        second = enter(house.team_chair).post(page, {"choice": "return", "reason": "Eksik", "revision": 0})
        assert second.status_code == 409
        assert "Ayşe Vekil (Ümit Kaya adına)" in second.content.decode()

    def test_is_nobody_elses_act_where_the_right_is_ones_own_too(self, house, lend, enter):
        seat(house.group, house.stranger, Role.CHAIR)
        lend(house.group, house.rapporteur, to=house.stranger)
        report = make.written(house.group)
        enter(house.stranger).post(reverse("reports:submit", args=[report.pk]))
        version = ReportVersion.objects.get()
        assert (version.submitted_by, version.submitted_for) == (house.stranger, "")
        assert newest(version).history_for_name == ""

    def test_of_ones_own_after_an_act_for_another_names_nobody(self, house, helper, lend, enter):
        """What one request noted is gone with it."""
        lend(house.group, house.rapporteur)
        enter(helper).post(reverse("reports:submit", args=[make.written(house.group).pk]))
        enter(helper).post(reverse("common:theme"), {"theme": "dark"})
        assert newest(helper).history_for_name == ""
        assert on_behalf_of(helper) == ""


class TestADraft:
    def test_endorsed_by_a_delegate_says_for_whom(self, house, helper, lend, enter):
        lend(house.team, house.team_chair)
        draft = drafts.frozen(drafts.ready(house))
        counts = {"decided_on": date_short(days_ago(0)), "present": 3, "in_favour": 3, "against": 0}
        form = {f"endorse-{name}": value for name, value in counts.items()}
        client = enter(helper)
        assert client.post(reverse("drafts:endorse", args=[draft.pk]), form).status_code == 302
        decision = DraftDecision.objects.get()
        assert (decision.recorded_by, decision.recorded_for) == (helper, "Emine Çınar")
        assert newest(draft).history_for_name == "Emine Çınar"
        page = client.get(reverse("drafts:approval", args=[draft.pk])).content.decode()
        assert "Ayşe Vekil (Emine Çınar adına)" in page


class TestAMeeting:
    def test_chaired_by_a_delegate_says_so_in_its_minutes(self, house, helper, lend, enter):
        lend(house.team, house.team_chair)
        now = today_at()
        meeting = services.plan_meeting(
            body=house.team,
            period=house.period,
            starts_at=now,
            place="Salon",
            agenda=[("Açılış", None)],
            notified_on=days_ago(0),
            by=house.officer,
            now=now,
        )
        client = enter(helper)
        client.post(at("attendance", meeting), {"everybody": 1})
        client.post(at("open", meeting), {"sure": "1"})
        row = Attendance.objects.get(person=helper)
        assert (row.is_chair, row.for_name) == (True, "Emine Çınar")
        assert newest(row).history_for_name == "Emine Çınar"
        assert "Başkan, Emine Çınar adına" in client.get(at("meeting", meeting)).content.decode()
        minutes = client.get(at("minutes", meeting)).content.decode()
        assert "Ayşe Vekil (Emine Çınar adına) başkanlığında toplandı" in minutes


class TestTheCouncil:
    """A member votes in person: who stands in for the chair chairs, and votes by their own seat alone."""

    def test_keeps_the_mayors_place_and_lets_a_member_chair(self, house, lend):
        lend(house.council, house.mayor, to=house.council_member)
        places = {place.person: place for place in roll.members(house.council, days_ago(0))}
        assert set(places) == {house.mayor, house.council_member}
        assert not places[house.mayor].is_chair
        assert places[house.council_member].is_chair
        assert places[house.council_member].for_name == "İrfan Güneş"

    def test_counts_one_vote_of_the_delegate(self, house, lend, enter):
        council = fill(house)
        lend(house.council, house.mayor, to=house.council_member)
        meeting = council.opened(present=20)
        vote = council.vote(meeting, method="named")
        assert enter(house.council_member).post(at("cast", vote), {"choice": "for"}).status_code == 302
        ballot = Ballot.objects.get()
        assert ballot.person == house.council_member
        assert newest(ballot).history_for_name == ""

    def test_lends_no_vote_to_who_has_no_seat(self, house, lend, enter):
        """The seat of the delegate ends; what was lent to them is not enough to vote."""
        council = fill(house)
        lend(house.council, house.mayor, to=house.council_member)
        own = house.council.seats.get(person=house.council_member)
        holdings.end(holding=own, on=days_ago(1), by=BY)
        meeting = council.opened(present=20)
        vote = council.vote(meeting, method="named")
        refused = enter(house.council_member).post(at("cast", vote), {"choice": "for"})
        assert refused.status_code == 403
        assert not Ballot.objects.exists()
        assert next(p for p in roll.of(meeting) if p.is_chair).person == house.mayor
