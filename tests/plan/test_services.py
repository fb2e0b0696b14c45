"""A write of plan data..."""

from decimal import Decimal

import pytest

from common.decisions import Invalid, Refused
from common.history import Stale
from documents.plan import services
from documents.plan.cards import card_of, digest, outlook_of
from documents.plan.models import Cooperation, Goal, Indicator, Objective, Risk, Target
from documents.plan.querysets import last_change
from tests.factories import plan as plans
from tests.factories.base import BY, person

pytestmark = pytest.mark.django_db
MODELS = (Goal, Objective, Indicator, Target, Risk)


@pytest.fixture
def period():
    return plans.whole_plan()


@pytest.fixture
def objective(period):
    return plans.objective(period, "H1.1")


@pytest.fixture
def card(objective):
    return card_of(objective)


def rows_of_history():
    return {model: model.history.count() for model in MODELS}


def titles(period):
    return [str(goal) for goal in Goal.objects.filter(period=period)]


def test_names_its_author_in_the_history(objective, card):
    author = person("Işıl İnce")
    services.save_card(objective=objective, card=card | {"title": "Yeni konu"}, by=author)
    row = objective.history.first()
    assert (row.title, row.history_user_name) == ("Yeni konu", "Işıl İnce")
    assert last_change(objective)["history_user_name"] == "Işıl İnce"


def test_that_changes_nothing_leaves_no_trace(objective, card):
    before = rows_of_history()
    services.save_card(objective=objective, card=card, by=BY)
    assert rows_of_history() == before


@pytest.mark.parametrize(
    "write",
    [
        lambda p, o: services.set_outlook(period=p, mission="", vision="", values=[], by=BY),
        lambda p, o: services.add_goal(period=p, title="Yeni", by=BY),
        lambda p, o: services.change_goal(goal=o.goal, title="Yeni", by=BY),
        lambda p, o: services.move_goal(goal=o.goal, up=False, by=BY),
        lambda p, o: services.remove_goal(goal=o.goal, by=BY),
        lambda p, o: services.add_objective(goal=o.goal, title="Yeni", responsible=o.responsible, by=BY),
        lambda p, o: services.move_objective(objective=o, up=False, by=BY),
        lambda p, o: services.remove_objective(objective=o, by=BY),
        lambda p, o: services.save_card(objective=o, card=card_of(o), by=BY),
    ],
)
def test_is_refused_once_the_period_is_no_longer_prepared(period, write):
    plans.close(period)
    objective = plans.objective(period, "H1.1")
    before = rows_of_history()
    with pytest.raises(Refused):
        write(period, objective)
    assert rows_of_history() == before


def test_never_gives_a_number_twice(period):
    last = plans.objective(period, "H1.5")
    services.remove_objective(objective=last, by=BY)
    new = services.add_objective(goal=last.goal, title="Yeni hedef", responsible=last.responsible, by=BY)
    assert new.code == "H1.6"


def test_never_gives_the_number_of_a_removed_indicator_again(objective, card):
    kept = [row for row in card["indicators"] if row["code"] != "PG1.1.3"]
    services.save_card(objective=objective, card=card | {"indicators": kept}, by=BY)
    new = {**card["indicators"][0], "code": "", "name": "Yeni gösterge"}
    services.save_card(objective=objective, card=card | {"indicators": [*kept, new]}, by=BY)
    assert [i.code for i in Indicator.objects.filter(objective=objective)] == [
        "PG1.1.1",
        "PG1.1.2",
        "PG1.1.4",
    ]


def test_moves_a_goal_with_one_line_of_history_for_each_of_the_two(period):
    first, second = Goal.objects.filter(period=period)[:2]
    before = Goal.history.count()
    assert services.move_goal(goal=second, up=True, by=BY).code == "A1"
    assert titles(period)[0] == f"A1 {second.title}"
    assert titles(period)[1] == f"A2 {first.title}"
    assert Goal.history.count() == before + 2


def test_moves_nothing_when_the_press_is_repeated_or_the_list_ends(period):
    first = Goal.objects.filter(period=period).first()
    stale = Goal.objects.get(pk=first.pk)
    services.move_goal(goal=first, up=False, by=BY)
    services.move_goal(goal=stale, up=False, by=BY)
    assert Goal.objects.get(pk=first.pk).number == 2
    last = Goal.objects.filter(period=period).last()
    services.move_goal(goal=last, up=False, by=BY)
    assert Goal.objects.get(pk=last.pk).number == 3


def test_moves_an_objective_within_its_goal(period, objective):
    assert services.move_objective(objective=objective, up=False, by=BY).code == "H1.2"
    assert plans.objective(period, "H1.1").title == "Kalite yönetimi (EFQM)"


def test_makes_a_goal_or_an_objective_once_when_the_form_is_sent_twice(period, objective):
    for _ in range(2):
        services.add_goal(period=period, title="Yeni amaç", by=BY)
        services.add_objective(goal=objective.goal, title="Yeni", responsible=objective.responsible, by=BY)
    assert Goal.objects.filter(title="Yeni amaç").count() == 1
    assert Objective.objects.filter(title="Yeni").count() == 1


def test_tells_that_the_first_of_three_risks_was_taken_out(objective, card):
    first, *rest = card["risks"]
    services.save_card(objective=objective, card=card | {"risks": rest}, by=BY)
    assert [risk.text for risk in objective.risks.order_by("order")] == [risk["text"] for risk in rest]
    assert list(Risk.history.filter(history_type="-").values_list("text", flat=True)) == [first["text"]]


def test_takes_two_rows_of_the_same_words_for_two(objective, card):
    twice = [card["risks"][0], card["risks"][0]]
    services.save_card(objective=objective, card=card | {"risks": twice}, by=BY)
    assert Risk.objects.filter(objective=objective).count() == 2


def test_is_refused_when_the_card_changed_since_it_was_read(objective, card):
    seen = digest(card)
    services.save_card(objective=objective, card=card | {"title": "Önce davranan"}, by=BY, seen=seen)
    with pytest.raises(Stale):
        services.save_card(objective=objective, card=card | {"title": "Geç kalan"}, by=BY, seen=seen)
    objective.refresh_from_db()
    assert objective.title == "Önce davranan"


def test_sent_twice_is_done_once(objective, card):
    new = {**card["indicators"][0], "code": "", "name": "Yeni gösterge"}
    twice = card | {"indicators": [*card["indicators"], new]}
    for _ in range(2):
        services.save_card(objective=objective, card=twice, by=BY, seen=digest(card))
    assert Indicator.objects.filter(objective=objective).count() == 4


def test_of_the_outlook_is_refused_when_it_changed_since_it_was_read(period):
    seen = digest(outlook_of(period))
    services.set_outlook(period=period, mission="Önce", vision="", values=[], by=BY, seen=seen)
    services.set_outlook(period=period, mission="Önce", vision="", values=[], by=BY, seen=seen)
    with pytest.raises(Stale):
        services.set_outlook(period=period, mission="Sonra", vision="", values=[], by=BY, seen=seen)


def test_names_a_unit_that_does_not_exist(objective, card):
    with pytest.raises(Invalid, match="Uzay"):
        services.save_card(objective=objective, card=card | {"responsible": "Uzay Müdürlüğü"}, by=BY)


def test_makes_a_sample_goal_the_municipality_s_own(period):
    goal = Goal.objects.filter(period=period).first()
    assert goal.is_sample
    assert not services.change_goal(goal=goal, title="Kendi amacımız", by=BY).is_sample


def test_does_not_take_objectives_away_with_their_goal(objective):
    with pytest.raises(Refused):
        services.remove_goal(goal=objective.goal, by=BY)


def test_of_a_removed_card_stays_in_the_history(objective):
    pk = objective.pk
    services.remove_objective(objective=objective, by=BY)
    assert Objective.history.filter(id=pk, history_type="-").exists()
    assert Indicator.history.filter(objective_id=pk, history_type="-").count() == 3
    assert Target.history.filter(history_type="-").count() == 15


def test_lets_a_card_stand_that_a_rule_objects_to(objective, card):
    card["indicators"][0]["weight"] = Decimal(45)
    card["cooperating"].append(card["responsible"])
    services.save_card(objective=objective, card=card, by=BY)
    assert Cooperation.objects.filter(objective=objective).count() == 6
