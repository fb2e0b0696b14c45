"""Pages of bodies, people and settings in a real browser: accessible, and whole on a narrow screen."""

import pytest
from playwright.sync_api import expect

from institution import holdings
from institution.roles import Role
from tests.browsing import faults, faults_in_every_look
from tests.factories.base import BY, days_ago, person, seat, sub_group, unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lacking(house):
    """The house with gaps, a delegate, a former member, and enough groups for two rows of the chart."""
    unit("Emlak ve İstimlak Müdürlüğü")
    for name in (
        "Mevcut Planın Değerlendirilmesi",
        "PESTLE ve GZFT",
        "Maliyetlendirme ve Risk",
        "Mevzuat",
        "İzleme",
    ):
        seat(sub_group(house.period, f"{name} Grubu"), person(), Role.RAPPORTEUR, ends_on=days_ago(-9))
    seat(house.group, person("Veli Eskiyer"), ends_on=days_ago(20))
    chair = house.team.memberships.get(role=Role.CHAIR)
    holdings.delegate(holding=chair, to=house.team_member, first=days_ago(2), last=days_ago(-9), by=BY)
    return house


@pytest.fixture
def session(enter, lacking):
    return enter(lacking.officer).cookies["sessionid"].value


def test_pages_with_gaps_refusals_and_nothing_found_are_accessible_and_fit(lacking, session, new_tab):
    tab = new_tab(session=session)
    found = {}
    for path in (
        "/bodies/",
        f"/bodies/{lacking.group.pk}/?day=45.13.2024",
        "/people/?q=kimse",
        f"/people/{lacking.team_member.pk}/hand-over/",
    ):
        tab.goto(path)
        found[path] = faults_in_every_look(tab)
    assert {path: listed for path, listed in found.items() if listed} == {}


def test_the_page_without_a_seat_is_accessible(lacking, enter, new_tab):
    tab = new_tab(session=enter(lacking.stranger).cookies["sessionid"].value)
    tab.goto("/bodies/")
    assert "Bir görevde bulunmuyorsunuz" in tab.content()
    assert faults(tab) == []


def test_a_person_is_seated_with_the_keyboard_alone(lacking, session, new_tab):
    tab = new_tab(session=session)
    tab.goto(f"/bodies/{lacking.group.pk}/seats/add/")
    tab.get_by_role("button", name="Görevlendir").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".errsum")).to_be_focused()
    assert faults(tab) == []
    tab.get_by_label("Kişi", exact=True).focus()
    tab.keyboard.type("Yabancı")
    tab.get_by_role("button", name="Görevlendir").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/bodies/{lacking.group.pk}/")
    assert tab.get_by_role("rowheader", name="Yabancı Kişi").is_visible()


def test_the_acts_of_a_seat_open_as_a_menu(lacking, session, new_tab):
    tab = new_tab(width=320, session=session)
    tab.goto(f"/bodies/{lacking.team.pk}/")
    tab.get_by_label("İşlemler: Emine Çınar").click()
    assert tab.get_by_role("button", name="Vekâleti sona erdir").is_visible()
    assert faults(tab) == []


def test_the_chart_is_seen_whole_where_there_is_room_and_the_list_comes_first_where_not(
    lacking, session, new_tab
):
    tab = new_tab(session=session)
    tab.goto("/bodies/")
    chart, listed = (
        tab.locator(".card-x:has(svg.chart)"),
        tab.get_by_role("region", name="Kurullar", exact=True),
    )
    hidden = "(node) => node.scrollWidth - node.clientWidth"
    for width in (1024, 1200, 1280, 1366, 1440, 1920):
        tab.set_viewport_size({"width": width, "height": 900})
        assert (width, chart.locator(".scroll").evaluate(hidden)) == (width, 0)
    tab.set_viewport_size({"width": 360, "height": 700})
    assert listed.bounding_box()["y"] < chart.bounding_box()["y"]


def test_tabs_stand_in_even_cells_on_a_phone(lacking, session, new_tab):
    tab = new_tab(width=360, session=session)
    tab.goto("/settings/")
    cells = [link.bounding_box() for link in tab.locator(".tabs-x a").all()]
    assert len(cells) == 4
    assert max(cell["width"] for cell in cells) - min(cell["width"] for cell in cells) <= 1
    assert len({round(cell["x"]) for cell in cells}) == len({round(cell["y"]) for cell in cells}) == 2


def test_a_box_of_the_chart_leads_to_its_body(lacking, session, new_tab):
    tab = new_tab(session=session)
    tab.goto("/bodies/")
    tab.locator("svg.chart a", has_text="Paydaş Analizi").click()
    tab.wait_for_url(f"**/bodies/{lacking.group.pk}/")
