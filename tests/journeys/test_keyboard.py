"""The same kind of walk with the keyboard alone: nothing is clicked, and the focus is always seen."""

from dataclasses import replace

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.factories import drafts, reports
from tests.factories.base import PASSWORD
from tests.journeys.conftest import Stage
from tests.journeys.hands import said, told
from tests.journeys.keys import enter, focused, to, type_into
from tests.meetings.conftest import fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stage(house, chromium, live_server, tmp_path):
    on_stage = Stage(chromium, live_server.url, house, tmp_path)
    yield on_stage
    on_stage.leave(*on_stage.pages)


def sign_in(stage: Stage, who: str) -> Page:
    page = stage.visitor(who)
    page.goto("/accounts/login/")
    type_into(page, {"E-mail": stage.town.people[who].email, "Password": PASSWORD})
    enter(page)
    return page


def test_writes_submits_and_decides_without_a_mouse(house, stage):
    report = reports.requested(house.group, of=reports.template(texts=1, table=False), title="Paydaş raporu")
    with stage.step("The rapporteur goes on writing with one press and submits with two"):
        page = sign_in(stage, "rapporteur")
        enter(page, "Continue: %(section)s", section="1.")
        to(page, "1. konu")
        page.keyboard.type("Paydaşlar çalıştayda 18 katılımcı ile belirlenmiştir.")
        expect(page.locator("[data-save-state]")).to_contain_text(said("Saved, {time}").split("{")[0])
        to(page, "Submit…", backwards=True)
        enter(page)
        enter(page, "Submit the report")
        told(page, "Version %(number)d has been sent to the Planning Team.", number=1)
    with stage.step("A member of the team decides on the section"):
        page = sign_in(stage, "team_member")
        enter(page, "Evaluate")
        enter(page, "Accept")
        told(page, "The decision on “%(section)s” has been saved.", section="1. 1. konu")
    assert report.versions.get().sections.get(section__number=1).decision.choice == "accept"


def test_endorses_a_draft_without_a_mouse(house, stage):
    drafts.frozen(house)
    with stage.step("The team's chair endorses the draft"):
        page = sign_in(stage, "team_chair")
        enter(page, "Record the endorsement")
        type_into(page, {"Present": 3, "For": 3, "Against": 0})
        enter(page, "Record the endorsement")
        told(page, "The endorsement has been recorded.")


def test_holds_a_sitting_without_a_mouse(house, stage):
    council = replace(fill(house), now=timezone.now())
    meeting = council.seat_in_hall(council.called(("Komisyon raporu", None)), present=16)
    last = council.members[-1].full_name
    with stage.step("The clerk ticks the member who makes the quorum, opens, counts hands, closes"):
        page = sign_in(stage, "clerk")
        page.goto(f"/meetings/{meeting.pk}/")
        to(page, last)
        page.keyboard.press("Space")
        expect(page.locator("#live [role=status]")).to_contain_text(said("Exactly the quorum"))
        assert focused(page) == last
        to(page, "Open the sitting", backwards=True)
        enter(page)
        enter(page, "Put to the vote…")
        to(page, "By name")
        page.keyboard.press("ArrowUp")
        assert focused(page).startswith(said("Show of hands"))
        enter(page, "Open the vote")
        enter(page, "Enter the count and close…")
        type_into(page, {"For": 16, "Against": 1, "Abstaining": 0})
        expect(page.locator("#sentence")).to_contain_text("oyçokluğuyla karar verildi")
        enter(page, "Close the vote and write the result")
        expect(page.locator("#agenda")).to_contain_text("17 üyenin 16 kabul, 1 ret ve 0 çekimser oyuyla")
    assert meeting.items.get().votes.get().state == "carried"
