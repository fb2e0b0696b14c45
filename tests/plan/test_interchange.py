"""A plan file..."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from documents.plan import interchange, sample_cards
from documents.plan.models import Goal, Indicator, Objective, Target
from institution.models import Unit
from tests.factories import plan as plans
from tests.factories.base import municipality, period, unit

pytestmark = pytest.mark.django_db
TRACKED = (Goal, Objective, Indicator, Target, Unit)


@pytest.fixture
def whole():
    """A complete plan file for 2025-2029 as data."""
    return json.loads(json.dumps(sample_cards.completed(sample_cards.cards(), 2025)))


@pytest.fixture
def into(tmp_path):
    """Run the command on data (or on text as it is); gives what it said."""

    def run(data, *args):
        file = tmp_path / "plan.json"
        file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        said = StringIO()
        with override("tr"):
            call_command("import_plan", file, *args, stdout=said)
        return said.getvalue()

    return run


@pytest.fixture
def refused(into):
    """What the command says of a bad file; nothing is changed and the exit code is 2."""

    def run(data, *args):
        before = counts()
        with pytest.raises(CommandError) as error:
            into(data, *args)
        assert error.value.returncode == 2
        assert counts() == before
        return str(error.value)

    return run


@pytest.fixture
def open_period():
    municipality()
    return period(2025)


def counts():
    return {model: (model.objects.count(), model.history.count()) for model in TRACKED}


def written(plan_period):
    return interchange.write(plan_period)


# --- Whole and back


def test_comes_back_equal_from_an_empty_plan(open_period, into, whole):
    assert "3 amaç, 13 hedef" in into(whole, "--create-units")
    first = written(open_period)
    into({"format": interchange.FORMAT, "period": "2025-2029", "goals": [], "objectives": []})
    assert not Objective.objects.exists()
    into(first)
    assert written(open_period) == first


def test_is_read_into_another_period_when_told_to(open_period, into, whole):
    other = sample_cards.completed(sample_cards.cards(), 2025) | {"period": "2020-2024"}
    into(other, "--period", "2025-2029", "--create-units")
    assert Objective.objects.filter(goal__period=open_period).count() == 13


def test_that_says_what_already_stands_changes_nothing(open_period, into, whole):
    into(whole, "--create-units")
    before = counts()
    assert "Değişen bir şey yok" in into(written(open_period))
    assert counts() == before


def test_that_says_what_already_stands_is_taken_even_for_a_closed_period(into):
    closed = plans.close(plans.real_plan())
    assert "Değişen bir şey yok" in into(written(closed))


def test_replaces_only_what_differs(open_period, into, whole):
    into(whole, "--create-units")
    indicators, targets = Indicator.history.count(), Target.history.count()
    whole["objectives"][0]["indicators"][0]["targets"]["2029"] = 31
    into(whole)
    assert Target.history.count() == targets + 1
    assert Indicator.history.count() == indicators


def test_takes_out_what_it_no_longer_names(open_period, into, whole):
    into(whole, "--create-units")
    whole["goals"] = whole["goals"][:2]
    whole["objectives"] = whole["objectives"][:7]
    into(whole)
    assert Goal.objects.count() == 2
    assert Objective.objects.count() == 7


def test_is_exported_with_money_to_the_kurus_and_figures_as_numbers(open_period, into, whole):
    into(whole, "--create-units")
    said = StringIO()
    call_command("export_plan", "2025-2029", stdout=said)
    card = json.loads(said.getvalue())["objectives"][9]
    assert card["cost_estimate"] == "47407788.76"
    assert card["indicators"][0]["baseline"] == 98.5
    assert card["indicators"][0]["targets"]["2025"] == 99


def test_is_exported_to_a_file(open_period, tmp_path):
    call_command("export_plan", "2025-2029", out=tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text())["period"] == "2025-2029"


def test_keeps_an_amount_of_thirteen_digits_exact(open_period, into, whole):
    whole["objectives"][0]["cost_estimate"] = "9999999999999.99"
    whole["objectives"][0]["indicators"][0]["baseline"] = 9999999999999.99
    into(whole, "--create-units")
    card = json.loads(written(open_period))["objectives"][0]
    assert card["cost_estimate"] == "9999999999999.99"
    assert card["indicators"][0]["baseline"] == 9999999999999.99


# --- Bad files


@pytest.mark.parametrize(
    ("spoil", "place", "words"),
    [
        (lambda p: p["objectives"][0]["indicators"][0].update(weight="kırk"), "objectives[0].indicators[0].weight", "sayı"),
        (lambda p: p["objectives"][0]["indicators"][0].update(weight=140), "objectives[0].indicators[0].weight", "0 ile 100"),
        (lambda p: p["objectives"][2]["indicators"][0]["targets"].update({"2031": 5}), "objectives[2].indicators[0].targets.2031", "2031"),
        (lambda p: p["objectives"][2]["costs"].update({"2024": {"amount": "1.00"}}), "objectives[2].costs.2024", "2024"),
        (lambda p: p["objectives"][1].update(cost_estimate="1.901.369,71"), "objectives[1].cost_estimate", "19781759.88"),
        (lambda p: p["objectives"][1].update(cost_estimate=1901369.71), "objectives[1].cost_estimate", "metin"),
        (lambda p: p["objectives"][1].update(code="H1.1"), "objectives[1].code", "iki kez"),
        (lambda p: p["goals"][1].update(code="A1"), "goals[1].code", "iki kez"),
        (lambda p: p["objectives"][0]["indicators"][1].update(code="PG1.1.1"), "objectives[0].indicators[1].code", "iki kez"),
        (lambda p: p["objectives"][0]["indicators"][1].update(code="PG1.2.2"), "objectives[0].indicators[1].code", "H1.1"),
        (lambda p: p["objectives"][0].update(code="H9.1"), "objectives[0].code", "hiçbir amaca"),
        (lambda p: p["objectives"][0].pop("title"), "objectives[0]", "title"),
        (lambda p: p["objectives"][0].update(butce=1), "objectives[0]", "butce"),
        (lambda p: p["objectives"][0]["indicators"][0].update(monitoring="haftalık"), "objectives[0].indicators[0].monitoring", "half_yearly"),
        (lambda p: p["objectives"][0]["indicators"][0].update(baseline=1.005), "objectives[0].indicators[0].baseline", "ondalık"),
        (lambda p: p["objectives"][0].update(cooperating=["Özel Kalem Müdürlüğü"] * 2), "objectives[0].cooperating", "iki kez"),
        (lambda p: p["goals"][0].update(title=""), "goals[0].title", "boş"),
        (lambda p: p["objectives"][0]["risks"][0].update(text="a\0b"), "objectives[0].risks[0].text", "denetim"),
        (lambda p: p.update(format="karesi-plan/9"), "format", "karesi-plan/1"),
        (lambda p: p.update(goals={}), "goals", "liste"),
        (lambda p: p.update(period="2025/2029"), "period", "2020-2024"),
    ],
)  # fmt: skip
def test_with_a_fault_is_refused_with_its_place(open_period, refused, whole, spoil, place, words):
    spoil(whole)
    said = refused(whole, "--create-units")
    assert f": {place}: " in said
    assert words in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"format": ', "1. satır"),
        ('{"format": "karesi-plan/1",\n "period": }', "2. satır, 12. sütun"),
        ('{"format": NaN}', "NaN"),
        ('{"period": "2025-2029", "period": "2020-2024"}', "“period”"),
        ("[" * 100_000, "okunabilir"),
        ("[]", "alanlar kümesi"),
    ],
)
def test_that_is_no_plan_at_all_is_refused(open_period, refused, text, words):
    assert words in refused(text)


def test_with_an_unknown_unit_is_refused_with_its_name_and_place(open_period, refused, whole):
    for name in plans.units_of(whole):
        unit(name)
    whole["objectives"][3]["cooperating"] = ["Uzay İşleri Müdürlüğü"]
    said = refused(whole)
    assert "objectives[3].cooperating[0]" in said
    assert "“Uzay İşleri Müdürlüğü”" in said


def test_makes_the_units_that_it_names_when_told_to(open_period, into, whole):
    into(whole, "--create-units")
    assert set(plans.units_of(whole)) <= set(Unit.objects.values_list("name", flat=True))


def test_for_a_period_that_does_not_exist_is_refused(open_period, refused, whole):
    assert "2025-2029" in refused(whole | {"period": "2040-2044", "objectives": []})
    assert "“hepsi”" in refused(whole, "--period", "hepsi")


def test_for_a_closed_period_is_refused(refused, whole):
    plans.close(plans.real_plan())
    real = sample_cards.from_cards(sample_cards.cards(), 2020)
    real["goals"][0]["title"] = "Başka bir amaç"
    assert "Kapandı" in refused(real)


def test_that_is_not_there_or_no_text_is_refused(tmp_path):
    with pytest.raises(CommandError, match="nirgends"):
        call_command("import_plan", tmp_path / "nirgends.json")
    (tmp_path / "latin.json").write_bytes('"ığdır"'.encode("iso-8859-9"))
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("import_plan", tmp_path / "latin.json")


def test_export_of_an_unknown_period_names_the_known_ones(open_period):
    with pytest.raises(CommandError, match="2025-2029") as error:
        call_command("export_plan", "1999-2003")
    assert error.value.returncode == 2


def test_periods_are_listed_one_a_line_the_current_first(open_period):
    plans.close(open_period)
    current = period(2030)
    said = StringIO()
    with override("tr"):
        call_command("periods", stdout=said)
    lines = said.getvalue().splitlines()
    assert lines == [f"{current.code}\tpreparing\tHazırlanıyor", "2025-2029\tclosed\tKapandı"]
