"""In a browser, the pages of the plan..."""

import re

import pytest

from documents.plan import sample_cards
from documents.plan.cards import card_of
from documents.plan.models import Goal, Objective
from tests.browsing import faults, faults_in_every_look
from tests.factories import plan as plans

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def period(house):
    """The real cards, faults and all, in the period in preparation."""
    return plans.load(house.period, sample_cards.from_cards(sample_cards.cards(), house.period.first_year))


@pytest.fixture
def whole(house):
    """The sample plan, whose costs are laid out over the years."""
    return plans.whole_plan(house.period)


@pytest.fixture
def objective(period):
    return plans.objective(period, "H1.1")


@pytest.fixture
def session(officer, enter):
    return enter(officer).cookies["sessionid"].value


def test_have_no_fault_where_the_plan_has_many(objective, session, new_tab):
    tab = new_tab(session=session)
    card = objective.get_absolute_url()
    for url in (card, f"{card}edit/", "/plan/checks/"):
        tab.goto(url)
        assert faults_in_every_look(tab) == {}, url


@pytest.mark.parametrize("width", [1440, 700, 360, 320])
def test_show_pictures_and_figures_of_the_costs_whole(whole, session, new_tab, width):
    tab = new_tab(width=width, session=session)
    for url in ("/plan/costs/", Goal.objects.first().get_absolute_url()):
        tab.goto(url)
        cut = tab.evaluate(
            """() => [...document.querySelectorAll(".card-x :is(rect, text, td, th)")]
                .filter((part) => part.getBoundingClientRect().right > part.closest(".card-x").getBoundingClientRect().right)
                .map((part) => part.textContent)"""
        )
        assert cut == [], url


def test_lead_by_keyboard_from_a_finding_to_its_field_and_back(objective, session, new_tab):
    tab = new_tab(session=session)
    tab.goto(objective.get_absolute_url())
    tab.get_by_role("link", name=re.compile("^Düzelt.*PG1.1.3")).focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/edit/#id_indicators-2-measure")
    tab.locator("#id_indicators-2-measure").fill("kişi")
    tab.locator("#id_indicators-2-monitoring").select_option("half_yearly")
    tab.locator("#id_indicators-2-reporting").select_option("yearly")
    tab.get_by_role("button", name="Kartı kaydet").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**{objective.get_absolute_url()}")
    assert tab.get_by_text("PG1.1.3’ün ölçü birimi").count() == 0
    assert card_of(Objective.objects.with_card().get(pk=objective.pk))["indicators"][2]["measure"] == "kişi"


def test_add_a_row_in_place_and_keep_what_was_typed(objective, session, new_tab):
    tab = new_tab(session=session)
    tab.goto(f"{objective.get_absolute_url()}edit/")
    tab.get_by_label("Konu").fill("Yarım kalan konu")
    tab.locator("#id_risks-0-text").fill("Katılımın düşük kalması")
    tab.get_by_role("button", name=re.compile("^Satır ekle.*Riskler")).click()
    added = tab.locator("#id_risks-1-text")
    added.wait_for()
    assert tab.evaluate("document.activeElement.id") == "id_risks-1-text"
    assert tab.locator("#id_risks-0-text").input_value() == "Katılımın düşük kalması"
    added.fill("Eğitici bulunamaması")
    tab.get_by_role("button", name="Kartı kaydet").click()
    tab.wait_for_url(f"**{objective.get_absolute_url()}")
    card = card_of(Objective.objects.with_card().get(pk=objective.pk))
    assert card["title"] == "Yarım kalan konu"
    assert [risk["text"] for risk in card["risks"]] == ["Katılımın düşük kalması", "Eğitici bulunamaması"]


def test_say_what_is_wrong_in_a_summary_that_has_the_focus(objective, session, new_tab):
    tab = new_tab(session=session)
    tab.goto(f"{objective.get_absolute_url()}edit/")
    tab.locator("#id_indicators-0-weight").fill("kırk")
    tab.get_by_role("button", name="Kartı kaydet").click()
    summary = tab.get_by_role("alert").filter(has_text="Düzeltilecek bir yer var")
    summary.wait_for()
    assert summary.evaluate("node => node === document.activeElement")
    summary.get_by_role("link").click()
    assert tab.evaluate("document.activeElement.id") == "id_indicators-0-weight"
    assert faults(tab) == []


def test_print_one_card_on_one_page(period, session, new_tab):
    tab = new_tab(session=session)
    tab.goto(plans.objective(period, "H1.1").get_absolute_url())
    assert tab.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
