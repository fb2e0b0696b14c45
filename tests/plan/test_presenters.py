"""Plan data as they are shown..."""

import json
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from documents.plan import charts, home, presenters
from tests.factories import plan as plans
from tests.factories.base import municipality, period

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole():
    return plans.whole_plan()


def test_can_be_frozen_as_json_and_speak_turkish_whoever_asks(whole):
    with override("en"):
        frozen = json.loads(json.dumps([presenters.goals_with_cards(whole), presenters.costs(whole)]))
        frozen.append(json.loads(json.dumps(presenters.outlook(whole))))
    card = frozen[0][0]["cards"][0]
    assert card["cost"] == "19.781.759,88"
    assert card["indicators"][0]["monitoring"] == "6 aylık"
    assert card["activities"][0] == {
        "code": "F1.1.1",
        "name": "Yıllık eğitim planının birimlerin ihtiyaç bildirimine göre hazırlanması",
        "kind": "Faaliyet",
    }


def test_name_all_units_where_all_cooperate(whole):
    assert presenters.card(plans.objective(whole, "H2.2"))["cooperating"] == ["Tüm birimler"]


def test_add_costs_up_by_goal_and_year(whole):
    costs = presenters.costs(whole)
    goals = [row for row in costs["rows"] if row["level"] == "goal"]
    assert [row["total"] for row in goals] == ["66.340.176,23", "98.256.774,90", "55.301.070,11"]
    assert goals[0]["amounts"] == [
        "10.946.129,07", "11.941.231,72", "13.268.035,25", "14.462.158,42", "15.722.621,77",
    ]  # fmt: skip
    assert costs["total"]["total"] == "219.898.021,24"
    assert [share["share"] for share in costs["shares"]] == ["%30,2", "%44,7", "%25,1"]
    assert costs["ranked"][0]["label"] == "70,4 (%32,0)"
    assert costs["sample"]


def test_say_no_sum_where_a_part_of_it_is_missing():
    costs = presenters.costs(plans.real_plan())
    assert costs["rows"][0]["amounts"] == [""] * 5
    assert costs["rows"][0]["total"] == "66.340.176,23"
    assert not costs["sample"]


def test_are_empty_where_nothing_is_written():
    municipality()
    empty = period()
    assert presenters.goals_with_cards(empty) == []
    assert presenters.costs(empty)["rows"] == []
    assert not any(presenters.outlook(empty).values())
    assert home.in_brief(empty)["total"] == 0


def test_ask_as_often_for_one_goal_as_for_three(whole):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            presenters.goals_with_cards(whole)
        return len(asked)

    three = queries()
    for objective in whole.goals.last().objectives.all():
        plans.services.remove_objective(objective=objective, by=plans.BY)
    assert queries() == three


def test_bring_the_plan_in_brief_to_the_first_screens(whole):
    brief = home.in_brief(whole)
    assert [str(line["total"]) for line in brief["goals"]] == ["66340176.23", "98256774.90", "55301070.11"]
    assert [line["width"] for line in brief["goals"]] == ["67.5", "100.0", "56.3"]
    assert (brief["objectives"], brief["indicators"]) == (13, 32)


# --- Pictures


def drawn(tag, **context):
    """A picture as XML; it must be well formed, whatever the language does to its numbers."""
    with override("tr"):
        svg = Template("{% load plan %}{% " + tag + " %}").render(Context(context))
    return ElementTree.fromstring(svg)  # noqa: S314  # our own drawing


SVG = {"svg": "http://www.w3.org/2000/svg"}


def test_draw_the_way_of_an_indicator_with_its_first_and_last_value(whole):
    card = presenters.card(plans.objective(whole, "H1.1"))
    picture = drawn("path_chart row years", row=card["indicators"][0], years=card["years"])
    assert len(picture.findall(".//circle")) == 6
    assert [t.text for t in picture.findall(".//text")][:2] == ["15", "30"]
    assert "15" in picture.find("title").text


def test_draw_a_gap_where_a_value_is_missing_and_a_level_line_where_nothing_changes():
    with_gap = charts.path([1.0, None, 3.0], ["a", "b", "c"])
    assert [point.label for point in with_gap["points"]] == ["a", "c"]
    level = charts.path([5.0, 5.0], ["a", "b"])
    assert len({point.y for point in level["points"]}) == 1
    assert charts.path([None, None], ["a", "b"])["points"] == []


def test_draw_pictures_of_costs_with_points_and_no_commas_in_their_geometry(whole):
    costs = presenters.costs(whole)
    goal = presenters.goals_with_cards(whole)[0]
    for tag, context in (
        (
            "columns_chart title amounts years",
            {"title": "A1", "amounts": goal["amounts"], "years": goal["years"]},
        ),
        ("shares_chart shares", {"shares": costs["shares"]}),
        ("ranked_chart rows", {"rows": costs["ranked"]}),
    ):
        for bar in drawn(tag, **context).findall(".//rect"):
            assert float(bar.get("width").rstrip("%")) > 0
