"""Pages of drafts in a real browser: accessible, whole on a narrow screen, walked with the keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browsing import faults, faults_in_every_look
from tests.factories import drafts as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MARK = "Kaynak R 3: Paydaş analizi raporu, 3. Önceliklendirme"


@pytest.fixture
def sign_in(enter):
    return lambda person: enter(person).cookies["sessionid"].value


def test_the_approval_of_a_returned_draft_is_accessible_and_fits(ready, sign_in, new_tab):
    draft = make.returned(ready, "Hedefler ölçülebilir değil.")
    tab = new_tab(session=sign_in(ready.officer))
    tab.goto(f"/drafts/{draft.pk}/approval/")
    assert faults_in_every_look(tab) == {}


@pytest.mark.parametrize("width", [1440, 320])
def test_a_source_opens_beside_the_text_and_leads_back(ready, sign_in, new_tab, width):
    draft = make.frozen(ready)
    tab = new_tab(width=width, session=sign_in(ready.council_member))
    tab.goto(f"/drafts/{draft.pk}/")
    mark = tab.get_by_role("link", name=MARK)
    mark.focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="Bu metnin kaynağı")).to_be_focused()
    expect(tab.locator(".chain").get_by_text("Paydaş analizi raporu, 3. Önceliklendirme")).to_be_in_viewport()
    expect(mark).to_have_attribute("aria-current", "true")
    expect(mark).to_be_in_viewport()
    assert faults(tab, ".pane-r") == []
    tab.get_by_role("link", name="Kaynak panelini kapat").press("Enter")
    expect(mark).to_be_focused()
    expect(tab.get_by_text("Metnin yanındaki işarete basın")).to_be_attached()


def test_the_outline_follows_the_text(ready, sign_in, new_tab):
    draft = make.frozen(ready)
    tab = new_tab(session=sign_in(ready.council_member))
    tab.goto(f"/drafts/{draft.pk}/")
    current = tab.locator(".outline [aria-current]")
    expect(current).to_have_text("1 Giriş")
    tab.get_by_role("link", name="5.B Hedefler ve hedef kartları").click()
    expect(current).to_contain_text("5.B")
    tab.locator("#b-3-f").scroll_into_view_if_needed()
    expect(current).to_contain_text("3.")


def test_a_card_stays_within_its_named_region(ready, sign_in, new_tab):
    draft = make.frozen(ready)
    tab = new_tab(width=800, session=sign_in(ready.council_member))
    tab.goto(f"/drafts/{draft.pk}/#b-5-b-h1-1")
    card = tab.get_by_role("region", name="H1.1 hedef kartı")
    expect(card).to_be_visible()
    assert card.evaluate("card => card.getBoundingClientRect().right <= innerWidth")


def test_a_draft_is_frozen_and_endorsed_with_the_keyboard_alone(house, sign_in, new_tab):
    tab = new_tab(session=sign_in(house.officer))
    tab.goto("/drafts/")
    tab.get_by_role("button", name="Taslağı dondur…").press("Enter")
    tab.get_by_role("dialog").get_by_role("button", name="1. taslağı dondur").press("Enter")
    expect(tab.get_by_role("status")).to_contain_text("1. taslak donduruldu")
    assert faults(tab) == []

    tab = new_tab(session=sign_in(house.team_chair))
    tab.goto(f"/drafts/{house.period.drafts.get().pk}/approval/")
    tab.get_by_label("Katılan").focus()
    for figure in ("3", "1", "2"):
        tab.keyboard.type(figure)
        tab.keyboard.press("Tab")
    tab.get_by_role("button", name="Uygun bulma kararını kaydet").press("Enter")
    expect(tab.locator(".errsum")).to_be_focused()
    assert faults(tab) == []
    tab.get_by_label("Kabul").fill("2")
    tab.get_by_label("Ret").fill("1")
    tab.get_by_role("button", name="Uygun bulma kararını kaydet").press("Enter")
    expect(tab.get_by_text("3 katılan, 2 kabul, 1 ret")).to_be_visible()
