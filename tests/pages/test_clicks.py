"""What people do most takes no more presses than the best systems need, counted from the first screen."""

import datetime as dt
import re
from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from documents.drafts import services as drafts
from documents.drafts.models import DraftVersion
from documents.reports.models import Attachment, Reminder, SectionDecision
from documents.reports.workflow import ReportState
from meetings.models import Ballot, Meeting
from tests.browsing import drop
from tests.factories import plan, reports
from tests.journeys.hands import said
from tests.meetings.conftest import fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass
class Hand:
    """Presses what is named, and counts; typing and reading are free."""

    page: Page
    clicks: int = 0

    def press(self, label: str, **values: object) -> None:
        name = re.compile(f"^{re.escape(said(label, **values))}")
        found = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name))
        self.click(found.filter(visible=True).first)

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1


@pytest.fixture
def hand(new_tab, enter):
    """hand(officer) stands before the first screen of that person."""

    def at_home(person) -> Hand:
        page = new_tab(session=enter(person).cookies["sessionid"].value)
        page.goto("/")
        return Hand(page)

    return at_home


@pytest.fixture
def draft(house) -> DraftVersion:
    plan.whole_plan(house.period)
    return drafts.freeze(
        period=house.period, after=0, by=house.officer, now=timezone.now(), today=timezone.localdate()
    )


class TestAMemberOfASubGroup:
    def test_goes_on_writing_with_one(self, house, hand):
        reports.requested(house.group)
        writer = hand(house.group_member)
        writer.press("Continue: %(section)s", section="1. 1. konu")
        expect(writer.page.get_by_role("textbox", name="1. konu")).to_be_visible()
        assert writer.clicks == 1

    def test_answers_a_remark_with_two(self, house, hand):
        report = reports.returned(house.group)
        writer = hand(house.group_member)
        writer.press("Continue: %(section)s", section="1. 1. konu")
        writer.page.get_by_label(said("Your answer")).fill("Ölçek yazıldı.")
        writer.press("Mark as answered")
        expect(writer.page.get_by_text(said("Marked as answered, %(at)s", at=""))).to_be_visible()
        assert writer.clicks == 2
        assert report.sections.get(number=1).answer == "Ölçek yazıldı."

    def test_attaches_a_document_with_two(self, house, hand):
        reports.requested(house.group)
        writer = hand(house.rapporteur)
        writer.press("Continue: %(section)s", section="1. 1. konu")
        with writer.page.expect_file_chooser() as chooser:
            writer.click(writer.page.get_by_text(said("Drop the document here, or choose a file")))
        chooser.value.set_files({"name": "tutanak.pdf", "mimeType": "application/pdf", "buffer": reports.PDF})
        expect(writer.page.get_by_role("link", name="tutanak.pdf")).to_be_visible()
        assert writer.clicks == 2
        assert Attachment.objects.count() == 1

    def test_drops_a_document_with_none_but_the_one_that_opens_the_section(self, house, hand):
        reports.requested(house.group)
        writer = hand(house.rapporteur)
        writer.press("Continue: %(section)s", section="1. 1. konu")
        zone = writer.page.get_by_text(said("Drop the document here, or choose a file"))
        drop(zone, ("tutanak.pdf", reports.PDF.decode()))
        expect(writer.page.get_by_role("link", name="tutanak.pdf")).to_be_visible()
        assert writer.clicks == 1
        assert Attachment.objects.get().file.name == "tutanak.pdf"

    def test_answers_a_question_of_the_evaluators_with_two(self, house, hand):
        report = reports.submitted(house.group)
        question = reports.asked(report, "Kaç kişi katıldı?")
        writer = hand(house.group_member)
        writer.click(writer.page.get_by_role("link", name=report.title))
        writer.page.get_by_label(said("Your answer")).fill("On sekiz kişi.")
        writer.press("Send the answer")
        expect(writer.page.locator("#status")).to_contain_text(said("Your answer has been sent."))
        assert writer.clicks == 2
        question.refresh_from_db()
        assert question.answer == "On sekiz kişi."

    def test_submits_with_two(self, house, hand):
        report = reports.written(house.group)
        writer = hand(house.rapporteur)
        writer.press("Check and submit")
        writer.press("Submit the report")
        expect(writer.page.locator("#status")).to_contain_text("1")
        assert writer.clicks == 2
        report.refresh_from_db()
        assert report.state == ReportState.SUBMITTED

    def test_sees_with_one_what_became_of_the_report(self, house, hand):
        report = reports.accepted(house.group, edited=(2,))
        writer = hand(house.group_member)
        writer.click(writer.page.get_by_role("link", name=report.title))
        became = writer.page.get_by_role("region", name=said("What became of each section"))
        for section, fate in (("1. konu", "Accepted"), ("2. konu", "Accepted with an edit")):
            expect(became.get_by_role("listitem").filter(has_text=section)).to_contain_text(said(fate))
        assert writer.clicks == 1


@pytest.mark.parametrize(("choice", "label"), [("accept", "Accept"), ("return", "Return")])
def test_a_member_of_the_team_opens_and_decides_a_section_with_two(house, hand, choice, label):
    """A decision is its own button: there is none that only saves. What a return needs is typed."""
    reports.submitted(house.group)
    evaluator = hand(house.team_member)
    evaluator.press("Evaluate")
    evaluator.page.get_by_label(said("Remark")).fill("Ölçeği yazınız.")
    evaluator.press(label)
    expect(evaluator.page.get_by_role("heading", level=1, name="2. konu")).to_be_visible()
    assert evaluator.clicks == 2
    decision = SectionDecision.objects.get()
    assert (decision.choice, decision.decided_by) == (choice, house.team_member)


class TestAMemberOfTheCouncil:
    def test_reads_the_newest_draft_with_one(self, house, draft, hand):
        member = hand(house.council_member)
        member.press("Read the draft")
        expect(member.page).to_have_url(re.compile(f"/drafts/{draft.pk}/$"))
        assert member.clicks == 1

    def test_sees_with_two_what_an_objective_costs(self, house, draft, hand):
        member = hand(house.council_member)
        member.click(member.page.get_by_role("link", name=re.compile("^A1 ")))
        member.click(member.page.get_by_role("link", name=re.compile("H1.1")).first)
        expect(member.page.get_by_text("19.781.759,88").first).to_be_visible()
        assert member.clicks == 2

    def test_votes_with_two(self, house, hand):
        council = fill(house)
        vote = council.vote(council.opened(("Kabul", None)), method="named")
        member = hand(house.council_member)
        member.press("Cast your vote")
        member.press("For")
        expect(member.page.locator("[aria-pressed=true]")).to_be_visible()
        assert member.clicks == 2
        assert Ballot.objects.get(vote=vote).person == house.council_member


class TestAnOfficerOfTheDirectorate:
    def test_produces_the_draft_with_two(self, house, hand):
        plan.whole_plan(house.period)
        officer = hand(house.officer)
        officer.press("Assemble the draft")
        officer.press("Freeze draft %(n)s", n=1)
        expect(officer.page.locator("#status")).not_to_be_empty()
        assert officer.clicks == 2
        assert DraftVersion.objects.get().number == 1

    def test_reminds_every_late_group_with_two(self, house, hand):
        late = [reports.requested(house.group, due_in=-days) for days in (2, 5)]
        officer = hand(house.officer)
        officer.press("Remind all late groups")
        officer.press("Send the reminders")
        expect(officer.page.locator("#status")).to_contain_text("2")
        assert officer.clicks == 2
        assert Reminder.objects.filter(report__in=late, sent_by=house.officer).count() == 2

    def test_calls_a_meeting_with_three(self, house, hand):
        officer = hand(house.officer)
        officer.press("Call a meeting")
        officer.click(officer.page.get_by_role("main").get_by_role("link", name=house.team.name))
        day = timezone.localdate() + dt.timedelta(7)
        for label, value in {"Day": f"{day:%d.%m.%Y}", "Time": "14.00", "Place": "Toplantı salonu"}.items():
            officer.page.get_by_label(said(label), exact=True).fill(value)
        officer.click(officer.page.get_by_role("button", name=said("Call the meeting")))
        expect(officer.page.locator("#status")).to_contain_text(house.team.name)
        assert officer.clicks == 3
        assert Meeting.objects.get().called_at
