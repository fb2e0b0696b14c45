"""The demonstration's plans..."""

from collections import Counter
from decimal import Decimal

import pytest

from documents.plan import presenters, rules
from documents.plan.models import Goal, Objective
from tests.factories import plan as plans

pytestmark = pytest.mark.django_db
TOTALS = {"A1": Decimal("66340176.23"), "A2": Decimal("98256774.90"), "A3": Decimal("55301070.11")}


def totals(period):
    return {
        goal.code: sum(objective.cost_estimate for objective in goal.objectives.all())
        for goal in Goal.objects.filter(period=period)
    }


def test_real_cards_keep_their_thirteen_objectives_and_the_sums_of_their_goals():
    period = plans.real_plan()
    assert Objective.objects.filter(goal__period=period).count() == 13
    assert totals(period) == TOTALS


def test_real_cards_show_the_faults_that_they_have():
    found = rules.findings(plans.real_plan())
    by_rule = Counter(f.rule for f in found)
    # Three indicators lack unit and frequencies, twelve objectives lack indicators, all lack risks and years.
    assert by_rule == {"KR-22": 15, "KR-24": 1, "KR-25": 13, "KR-27": 13}
    itself = next(f for f in found if f.rule == "KR-24")
    assert itself.place == "H1.3"
    assert "Yazı İşleri Müdürlüğü" in itself.sentence


def test_real_cards_hold_the_published_indicator_values():
    card = presenters.card(plans.objective(plans.real_plan(), "H1.1"))
    assert [row["targets"] for row in card["indicators"]] == [
        ["18", "21", "24", "27", "30"],
        ["275", "300", "325", "350", "375"],
        ["168", "177", "186", "195", "205"],
    ]
    assert card["weights_total"] == "100"
    assert not card["sample"]


def test_completed_cards_give_no_finding():
    assert rules.findings(plans.whole_plan()) == []


def test_completed_cards_keep_the_real_totals_to_the_kurus_over_the_years():
    period = plans.whole_plan()
    assert totals(period) == TOTALS
    for objective in Objective.objects.filter(goal__period=period):
        assert sum(cost.amount for cost in objective.yearly_costs.all()) == objective.cost_estimate


def test_completed_cards_mark_what_is_invented_and_move_the_real_years_as_a_whole():
    period = plans.whole_plan()
    real, invented = (plans.objective(period, code) for code in ("H1.1", "H1.2"))
    assert [i.is_sample for i in real.indicators.all()] == [False] * 3
    assert all(i.is_sample for i in invented.indicators.all())
    assert all(cost.is_sample for cost in real.yearly_costs.all())
    assert [t.value for t in real.indicators.first().targets.all()] == [18, 21, 24, 27, 30]
    assert [t.year for t in real.indicators.first().targets.all()] == list(period.years)
    assert period.outlook.is_sample


def test_completed_cards_mend_the_unit_that_cooperated_with_itself():
    mended = plans.objective(plans.whole_plan(), "H1.3")
    assert [c.unit.name for c in mended.cooperations.all()] == ["Bilgi İşlem Müdürlüğü"]
