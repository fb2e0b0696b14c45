"""A rule..."""

import datetime as dt
from copy import deepcopy
from decimal import Decimal

import pytest
from django.utils.translation import override

from documents.plan import rules
from documents.plan.rules import checks

YEARS = range(2025, 2030)
WHOLE = {
    "code": "H1.1",
    "responsible": "Mali Hizmetler Müdürlüğü",
    "cooperating": ["Fen İşleri Müdürlüğü"],
    "cost_estimate": Decimal("500.00"),
    "indicators": [
        {
            "code": f"PG1.1.{n}",
            "name": "Düzenlenen etkinlik sayısı",
            "measure": "adet",
            "weight": Decimal(weight),
            "baseline": Decimal(0),
            "targets": {year: Decimal(0) for year in YEARS},
            "monitoring": "half_yearly",
            "reporting": "yearly",
        }
        for n, weight in enumerate((40, 40, 20), 1)
    ],
    "risks": [{"text": "Katılımın düşük kalması", "control": "Takvim birlikte belirlenir."}],
    "costs": {year: {"amount": Decimal("100.00")} for year in YEARS},
}


@pytest.fixture
def card():
    return deepcopy(WHOLE)


def only(found):
    found = list(found)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.id)
def test_finds_nothing_on_a_whole_card(rule, card):
    assert list(rule.check(card, YEARS)) == []


def test_is_in_force_only_between_its_dates():
    assert rules.rules_on(dt.date(2018, 12, 31)) == []
    assert rules.rules_on(dt.date(2024, 5, 1)) == list(rules.RULES)


@override("tr")
def test_says_which_frequency_of_which_indicator_is_empty(card):
    card["indicators"][2]["reporting"] = ""
    flaw = only(checks.indicators_complete(card, YEARS))
    assert flaw.sentence == "PG1.1.3’ün raporlama sıklığı boş."
    assert flaw.fields == ("indicators-2-reporting",)


@override("tr")
def test_names_each_year_without_a_target_once(card):
    del card["indicators"][0]["targets"][2026], card["indicators"][0]["targets"][2028]
    flaw = only(checks.indicators_complete(card, YEARS))
    assert "2026 hedefi ve 2028 hedefi boş" in flaw.sentence
    assert flaw.fields == ("indicators-0-target_2026", "indicators-0-target_2028")


def test_takes_a_target_of_zero_for_a_target(card):
    card["indicators"][0]["targets"][2029] = Decimal(0)
    assert list(checks.indicators_complete(card, YEARS)) == []


def test_finds_a_card_without_indicators_and_says_nothing_of_its_weights(card):
    card["indicators"] = []
    assert only(checks.indicators_complete(card, YEARS)).mend_at == "indicators-0-name"
    assert list(checks.weights_total_100(card, YEARS)) == []


@override("tr")
@pytest.mark.parametrize(
    ("weights", "sentence", "fix"),
    [
        ((40, 40, 25), "Hedefe etkisi toplamı 105; 100 olmalı.", "Göstergelerin etkisi 40, 40 ve 25. Birini 5 puan azaltın."),
        ((40, 40, "19.5"), "Hedefe etkisi toplamı 99,5; 100 olmalı.", "Göstergelerin etkisi 40, 40 ve 19,5. 0,5 puan ekleyin."),
        ((40, 40, None), "Hedefe etkisi toplamı 80; 100 olmalı.", "Her göstergenin hedefe etkisini yazın."),
    ],
)  # fmt: skip
def test_says_by_how_much_the_weights_miss_100(card, weights, sentence, fix):
    for row, weight in zip(card["indicators"], weights, strict=True):
        row["weight"] = weight if weight is None else Decimal(weight)
    flaw = only(checks.weights_total_100(card, YEARS))
    assert (flaw.sentence, flaw.fix) == (sentence, fix)
    assert flaw.fields[0] == "weights"
    assert flaw.mend_at == "indicators-0-weight"


def test_adds_weights_exactly(card):
    for row, weight in zip(card["indicators"], ("33.33", "33.33", "33.34"), strict=True):
        row["weight"] = Decimal(weight)
    assert list(checks.weights_total_100(card, YEARS)) == []


def test_finds_a_unit_that_cooperates_with_itself(card):
    card["cooperating"].append(card["responsible"])
    assert card["responsible"] in only(checks.responsible_not_cooperating(card, YEARS)).sentence


def test_lets_all_units_cooperate(card):
    card["cooperating"] = ["*"]
    assert list(checks.responsible_not_cooperating(card, YEARS)) == []


def test_finds_a_card_without_risks_and_a_risk_without_control(card):
    card["risks"].append({"text": "Eğitici bulunamaması", "control": ""})
    assert only(checks.risks_controlled(card, YEARS)).fields == ("risks-1-control",)
    card["risks"] = []
    assert only(checks.risks_controlled(card, YEARS)).fields == ("risks-0-text",)


@override("tr")
def test_says_by_how_much_yearly_costs_miss_the_estimate(card):
    card["cost_estimate"] = Decimal("520.00")
    flaw = only(checks.costs_complete(card, YEARS))
    assert flaw.sentence == "Yıllık maliyetlerin toplamı 500,00 TL, kartın tahmini 520,00 TL."
    assert "20,00 TL" in flaw.fix


@override("tr")
def test_names_the_years_without_a_cost_and_leads_to_the_first(card):
    del card["costs"][2026], card["costs"][2027]
    flaw = only(checks.costs_complete(card, YEARS))
    assert flaw.sentence == "2026 ve 2027 için maliyet yazılmamış."
    assert flaw.mend_at == "cost_2026"


def test_finds_a_card_without_an_estimate(card):
    card["cost_estimate"] = None
    assert only(checks.costs_complete(card, YEARS)).mend_at == "cost_estimate"
