"""A sitting in Chromium: every tick is heard at once, the keyboard is enough, the pages are whole."""

import pytest
from playwright.sync_api import expect

from meetings import services
from meetings.models import Ballot
from tests.browsing import drop, faults, faults_in_every_look
from tests.factories.reports import PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session(enter):
    return lambda person: enter(person).cookies["sessionid"].value


@pytest.fixture
def sitting(council):
    return council.opened(("Yoklama ve açılış", None), ("Kabul", council.draft()), present=17)


def test_tells_the_quorum_with_every_tick_and_keeps_the_focus(council, sitting, new_tab, session):
    page = new_tab(session=session(council.house.clerk))
    page.goto(f"/meetings/{sitting.pk}/")
    member = page.get_by_label(council.house.mayor.full_name, exact=True)
    member.focus()
    page.keyboard.press("Space")
    words = page.locator("#live [role=status]")
    expect(words).to_contain_text("Yeter sayı kalmadı: salonda 16 üye var, 17 gerekir. Oylama başlatılamaz.")
    expect(page.locator("#roll-count")).to_have_text("16 üye salonda, 16 üye yok")
    expect(page.get_by_role("link", name="Oylamaya sun…")).to_have_count(0)
    expect(member).to_be_focused()
    page.keyboard.press("Space")
    expect(words).to_contain_text("Tam yeter sayı")
    expect(page.get_by_role("link", name="Oylamaya sun…").first).to_be_visible()
    assert page.evaluate("window.refused") == []


def test_takes_many_quick_ticks_in_their_order(council, new_tab, session):
    meeting = council.called()
    page = new_tab(session=session(council.house.clerk))
    page.goto(f"/meetings/{meeting.pk}/")
    ticks = page.locator(".tick input[type=checkbox]")
    page.evaluate("document.querySelectorAll('.tick input[type=checkbox]').forEach((box) => box.click())")
    # Thirty-two saves, one after the other: on a busy machine more than the usual wait.
    expect(page.locator("#roll-count")).to_have_text("Salonda işaretlenen: 32/32", timeout=30_000)
    assert ticks.count() == 32
    assert meeting.attendances.filter(status="present").count() == 32


def test_puts_back_a_tick_that_is_refused_and_says_why(council, sitting, new_tab, session):
    vote = council.vote(sitting, method="named")
    services.cast(vote=vote, choice="for", by=council.house.mayor, now=council.now)
    page = new_tab(session=session(council.house.clerk))
    page.goto(f"/meetings/{sitting.pk}/")
    member = page.get_by_label(council.house.mayor.full_name, exact=True)
    member.click()
    expect(page.locator("#status")).to_contain_text("oy verdi; oylama kapanana kadar salonda sayılır")
    expect(member).to_be_checked()


def test_shows_the_clerk_each_vote_and_the_member_only_their_own(council, sitting, new_tab, session):
    council.vote(sitting, item=2, motion="adopt", method="named")
    clerk = new_tab(session=session(council.house.clerk))
    clerk.goto(f"/meetings/{sitting.pk}/")
    member = new_tab(width=360, session=session(council.house.mayor))
    member.goto(f"/meetings/{sitting.pk}/")
    member.get_by_role("link", name="Oy ver").click()
    member.get_by_role("button", name="Kabul").focus()
    member.keyboard.press("Enter")
    expect(member.get_by_text("Oyunuz: Kabul.")).to_be_visible()
    expect(clerk.get_by_text("Verilen oy: 1/17")).to_be_visible()  # without a reload
    assert Ballot.objects.get().person == council.house.mayor
    assert faults(member) == []


def test_asks_for_objections_only_where_the_draft_is_returned(council, sitting, new_tab, session):
    page = new_tab(session=session(council.house.clerk))
    page.goto(f"/meetings/items/{sitting.items.last().pk}/vote/")
    objection, more = page.locator("textarea"), page.get_by_role("button", name="Bir itiraz daha")
    expect(objection).to_be_hidden()
    expect(more).to_be_hidden()
    page.get_by_role("radio", name="İtirazlarla iade").check()
    expect(objection).to_be_visible()
    more.click()
    expect(objection).to_have_count(2)


def test_puts_the_agenda_first_on_a_phone_before_the_opening(council, new_tab, session):
    meeting = council.called()
    page = new_tab(width=360, session=session(council.house.council_member))
    page.goto(f"/meetings/{meeting.pk}/")
    tops = [page.locator(part).bounding_box()["y"] for part in ("#agenda", "#roll-card")]
    assert tops == sorted(tops)


def test_writes_the_sentence_while_hands_are_counted(council, sitting, new_tab, session):
    vote = council.vote(sitting, item=2, motion="adopt")
    page = new_tab(session=session(council.house.clerk))
    page.goto(f"/meetings/votes/{vote.pk}/close/")
    page.get_by_label("Kabul").fill("10")
    page.get_by_label("Ret").fill("6")
    page.get_by_label("Çekimser").fill("0")
    expect(page.locator("#sentence")).to_contain_text("Sayılan oy: 16/17.")
    page.get_by_label("Çekimser").fill("1")
    expect(page.locator("#sentence")).to_contain_text("10 kabul, 6 ret ve 1 çekimser oyuyla")
    assert page.get_by_label("Kabul").input_value() == "10"
    assert page.evaluate("window.refused") == []


def test_takes_the_attendance_without_script(council, chromium, live_server, session):
    meeting = council.called()
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(
        [{"name": "sessionid", "value": session(council.house.clerk), "url": live_server.url}]
    )
    page = context.new_page()
    page.goto(f"/meetings/{meeting.pk}/")
    for member in council.members[:17]:
        page.get_by_label(member.full_name, exact=True).check()
    page.get_by_role("button", name="Yoklamayı kaydet").click()
    page.get_by_role("button", name="Birleşimi aç").click()
    if page.url.endswith("/open/"):  # at another hour than 14.00 it asks once more
        page.get_by_role("button", name="Evet, şimdi aç").click()
    assert "Birleşim açık" in page.content()
    context.close()


def test_a_vote_by_name_is_accessible_and_whole_for_clerk_and_member(council, sitting, new_tab, session):
    """What the pages of tests/pages do not show."""
    vote = council.vote(sitting, item=2, motion="adopt", method="named")
    council.cast(vote, 9, 1)
    found = {}
    for person, path in (
        (council.house.clerk, f"/meetings/{sitting.pk}/"),
        (council.house.clerk, f"/meetings/votes/{vote.pk}/ballots/"),
        (council.house.mayor, f"/meetings/votes/{vote.pk}/"),
    ):
        page = new_tab(session=session(person))
        assert page.goto(path).status == 200
        found[path, person] = faults_in_every_look(page)
    assert {path: listed for path, listed in found.items() if listed} == {}


def test_documents_are_dropped_on_a_meeting_and_listed(council, new_tab, session):
    meeting = council.planned(body=council.house.group, title="Paydaş toplantısı")
    page = new_tab(session=session(council.house.rapporteur))
    page.goto(f"/meetings/{meeting.pk}/")
    drop(page.locator(".drop"), ("davet.pdf", PDF.decode()), ("gündem.csv", "a;b"))
    documents = page.locator("section", has=page.locator("#documents"))
    for name in ("davet.pdf", "gündem.csv"):
        expect(documents.get_by_role("link", name=name, exact=True)).to_be_visible(timeout=20_000)
    assert faults_in_every_look(page) == {}
