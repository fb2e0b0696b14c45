"""Pages of the plan..."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.plan import rules, sample_cards, services
from documents.plan.cards import card_of
from documents.plan.models import Goal, Indicator, Objective
from institution import services as institution
from tests.factories import plan as plans
from tests.factories.base import BY, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(house):
    return plans.whole_plan(house.period)


@pytest.fixture
def objective(period):
    return plans.objective(period, "H1.1")


@pytest.fixture
def edit(objective):
    return reverse("plan:card-edit", args=[objective.pk])


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def fields(response):
    """What a browser would send if the form went back as it came."""
    sheet = response.context["sheet"]
    parts = [sheet.form]
    for rows in sheet.sections.values():
        parts += [rows.management_form, *rows.forms]
    data = {"seen": sheet.seen}
    for form in parts:
        for bound in form:
            value = bound.value()
            if isinstance(value, bool):
                value = "on" if value else None
            if value is not None:
                data[bound.html_name] = value
    return data


PAGES = ["plan:index", "plan:costs", "plan:checks"]


# --- Reading


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["officer", "council_member", "group_member", "inspector", "clerk", "mayor"])
def test_are_read_by_everybody_with_a_seat(page, who, period, house, enter):
    assert enter(house.people[who]).get(reverse(page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_are_closed_to_strangers_and_lead_others_to_the_sign_in(page, period, stranger, enter, client):
    assert enter(stranger).get(reverse(page)).status_code == 403
    assert client.get(reverse(page)).status_code == 302


def test_show_the_tree_with_the_five_year_total(period, officer, enter):
    shown = text(enter(officer).get(reverse("plan:index")))
    assert "219.898.021,24 TL" in shown
    assert "66.340.176,23 TL" in shown
    assert "Sözünü ölçen, hesabını veren" in shown


def test_show_the_card_in_the_order_of_the_guide(objective, officer, enter):
    shown = text(enter(officer).get(objective.get_absolute_url()))
    shown = shown[shown.index("Raporlama sıklığı") :]
    heads = ["PG1.1.1", "Toplam etki", "Sorumlu birim", "İş birliği yapılacak birimler", "Riskler"]
    heads += ["Faaliyet ve projeler", "Maliyet tahmini", "19.781.759,88 TL", "Tespitler", "İhtiyaçlar"]
    places = [shown.index(head) for head in heads]
    assert places == sorted(places)


def test_mark_the_cell_and_lead_to_the_field_where_it_is_mended(objective, officer, enter):
    card = card_of(objective)
    card["indicators"][2]["reporting"] = ""
    services.save_card(objective=objective, card=card, by=BY)
    page = enter(officer).get(objective.get_absolute_url())
    assert "PG1.1.3’ün raporlama sıklığı boş." in text(page)
    assert 'class="mark stop" href="#b1"' in page.content.decode()
    place = reverse("plan:card-edit", args=[objective.pk]) + "#id_indicators-2-reporting"
    assert f'href="{place}"' in page.content.decode()
    assert 'id="id_indicators-2-reporting"' in enter(officer).get(place).content.decode()


def test_lead_from_each_real_finding_to_a_field_that_is_there(house, officer, enter):
    found = rules.findings(real_plan_beside(house))
    client = enter(officer)
    pages = {}
    for finding in {f.url: f for f in found}.values():
        url, _, anchor = finding.url.partition("#")
        pages.setdefault(url, client.get(url).content.decode())
        assert f'id="{anchor}"' in pages[url]


def real_plan_beside(house):
    """The real cards in the period in preparation, so that they can be edited."""
    return plans.load(house.period, sample_cards.from_cards(sample_cards.cards(), house.period.first_year))


def test_list_findings_by_severity_and_filter_them(house, officer, enter):
    period = real_plan_beside(house)
    client = enter(officer)
    every = client.get(reverse("plan:checks"))
    assert len(every.context["shown"]) == 42
    one = client.get(reverse("plan:checks"), {"rule": "KR-24"})
    assert [f.place for f in one.context["shown"]] == ["H1.3"]
    unit = plans.objective(period, "H2.1").responsible
    own = client.get(reverse("plan:checks"), {"unit": unit.pk, "severity": "blocks"})
    assert {f.place for f in own.context["shown"]} == {"H2.1"}
    assert "Yazı İşleri Müdürlüğü hem sorumlu" in text(one)


def test_name_units_in_their_turkish_order_wherever_one_is_chosen(objective, edit, officer, enter):
    names = ["Çevre Müdürlüğü", "Destek Müdürlüğü", "İmar Müdürlüğü", "Ölçü Müdürlüğü", "Park Müdürlüğü"]
    for name in reversed(names):
        services.add_objective(goal=objective.goal, title=name, responsible=unit(name), by=BY)
    client = enter(officer)
    for path in (reverse("plan:checks"), edit, reverse("plan:objective-new", args=[objective.goal_id])):
        listed = re.findall(r"<option[^>]*>([^<]*)", client.get(path).content.decode())
        assert [name for name in listed if name in names] == names, path


def test_show_the_closed_plan_read_only(house, officer, enter):
    plans.whole_plan(house.period)
    plans.close(house.period)
    objective = plans.objective(house.period, "H1.1")
    client = enter(officer)
    page = client.get(objective.get_absolute_url())
    assert "verileri artık değiştirilemez" in text(page)
    assert client.get(reverse("plan:card-edit", args=[objective.pk])).status_code == 403


def test_without_a_period_are_not_there(house, officer, enter):
    assert enter(officer).get("/plan/objectives/999/").status_code == 404


@pytest.mark.parametrize("page", ["plan:index", "plan:costs", "plan:checks"])
def test_ask_as_often_for_a_large_plan_as_for_a_small_one(page, period, officer, enter):
    client = enter(officer)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse(page)).status_code == 200
        return len(asked)

    queries()
    small = queries()
    goal = Goal.objects.filter(period=period).first()
    unit = goal.objectives.first().responsible
    for n in range(40):
        services.add_objective(goal=goal, title=f"{n}. hedef", responsible=unit, by=BY)
    assert queries() == small


# --- Editing


def test_are_edited_by_the_team_and_the_directorate_alone(edit, house, enter):
    for who in ("officer", "director", "team_chair", "team_member", "unit_rep"):
        assert enter(house.people[who]).get(edit).status_code == 200
    for who in ("council_member", "group_member", "mayor", "clerk", "inspector", "sysadmin"):
        refused = enter(house.people[who]).get(edit)
        assert refused.status_code == 403
        assert "Plan verilerini" in text(refused)
        assert enter(house.people[who]).post(edit, {}).status_code == 403


@pytest.mark.parametrize("state", ["open", "closed"])
def test_offer_no_act_to_who_never_edits_the_plan(state, objective, house, enter):
    if state == "closed":
        plans.close(house.period)
    for who in ("inspector", "council_member", "group_member", "sysadmin"):
        client = enter(house.people[who])
        for path in ("/plan/", objective.goal.get_absolute_url(), objective.get_absolute_url()):
            page = client.get(path).content.decode()
            assert "act-denied" not in page and "/new/" not in page and "/edit/" not in page, (who, path)


def test_say_beside_the_button_why_it_cannot_be_pressed_now(objective, house, enter):
    plans.close(house.period)
    client = enter(house.team_member)
    for path in ("/plan/", objective.goal.get_absolute_url(), objective.get_absolute_url()):
        page = client.get(path)
        assert "act-denied" in page.content.decode()
        assert "verileri artık değiştirilemez" in text(page)


def test_sent_back_as_it_came_the_form_changes_nothing(objective, edit, officer, enter):
    client = enter(officer)
    before = card_of(objective)
    rows = Objective.history.count(), Indicator.history.count()
    answer = client.post(edit, fields(client.get(edit)))
    assert answer.status_code == 302
    assert card_of(Objective.objects.with_card().get(pk=objective.pk)) == before
    assert (Objective.history.count(), Indicator.history.count()) == rows


def test_take_figures_as_they_are_written_in_turkish(objective, edit, officer, enter):
    client = enter(officer)
    data = fields(client.get(edit))
    first = objective.goal.period.first_year
    data |= {f"indicators-0-target_{first}": "1.234,5", "cost_estimate": "4.420.505,00"}
    assert client.post(edit, data).status_code == 302
    card = card_of(Objective.objects.with_card().get(pk=objective.pk))
    assert str(card["indicators"][0]["targets"][first]) == "1234.50"
    assert str(card["cost_estimate"]) == "4420505.00"
    assert [row["sample"] for row in card["risks"]] == [True, True, True]


def test_name_section_row_and_field_of_each_fault_and_keep_what_was_typed(objective, edit, officer, enter):
    client = enter(officer)
    data = fields(client.get(edit)) | {
        "indicators-1-weight": "kırk",
        "indicators-2-weight": "140",
        "cost_estimate": "4.420.505,0",
        "risks-3-control": "Risksiz kontrol",
    }
    answer = client.post(edit, data)
    assert answer.status_code == 422
    shown = text(answer)
    assert "Performans göstergeleri, 2. satır, Hedefe etkisi (%): Sayıyı" in shown
    assert "Performans göstergeleri, 3. satır, Hedefe etkisi (%)" in shown
    assert "Riskler, 4. satır, Risk:" in shown
    assert "4.420.505,00" in shown
    assert 'value="kırk"' in answer.content.decode()
    assert 'href="#id_indicators-1-weight"' in answer.content.decode()
    assert card_of(Objective.objects.with_card().get(pk=objective.pk)) == card_of(objective)


def test_add_and_remove_rows(objective, edit, officer, enter):
    client = enter(officer)
    data = fields(client.get(edit)) | {
        "indicators-3-name": "Eğitim sonrası sınav başarısı",
        "activities-0-DELETE": "on",
        "needs-2-text": "Eğitim salonu",
    }
    assert client.post(edit, data).status_code == 302
    card = card_of(Objective.objects.with_card().get(pk=objective.pk))
    assert [row["code"] for row in card["indicators"]] == ["PG1.1.1", "PG1.1.2", "PG1.1.3", "PG1.1.4"]
    assert [row["code"] for row in card["activities"]] == ["F1.1.2", "F1.1.3"]
    assert card["needs"][-1] == {"text": "Eğitim salonu", "sample": False}


def test_give_one_more_row_and_save_nothing(objective, edit, officer, enter):
    client = enter(officer)
    data = fields(client.get(edit)) | {"risks-3-text": "Yarım kalan risk", "title": "Kaydedilmemiş"}
    answer = client.post(f"{edit}?add=risks", data)
    assert answer.status_code == 200
    assert len(answer.context["sheet"].sections["risks"].forms) == 5
    assert "Yarım kalan risk" in answer.content.decode()
    assert f'action="{edit}"' in answer.content.decode()
    objective.refresh_from_db()
    assert objective.title != "Kaydedilmemiş"


def test_tell_the_second_of_two_writers_and_keep_their_words(objective, edit, officer, team_member, enter):
    first, second = enter(officer), enter(team_member)
    mine, theirs = fields(first.get(edit)), fields(second.get(edit))
    assert first.post(edit, mine | {"title": "Önce davranan"}).status_code == 302
    answer = second.post(edit, theirs | {"title": "Geç kalan"})
    assert answer.status_code == 409
    assert "Siz yazarken başka biri" in text(answer)
    assert 'value="Geç kalan"' in answer.content.decode()
    again = second.post(edit, theirs | {"title": "Geç kalan", "seen": answer.context["sheet"].seen})
    assert again.status_code == 302
    objective.refresh_from_db()
    assert objective.title == "Geç kalan"


def test_sent_twice_a_form_answers_twice_and_is_done_once(objective, edit, officer, enter):
    client = enter(officer)
    data = fields(client.get(edit)) | {"indicators-3-name": "Yeni gösterge"}
    assert client.post(edit, data).status_code == 302
    assert client.post(edit, data).status_code == 302
    assert Indicator.objects.filter(objective=objective).count() == 4


def test_add_the_first_row_where_the_number_of_rows_is_none(edit, officer, enter):
    client = enter(officer)
    data = fields(client.get(edit)) | {"indicators-TOTAL_FORMS": "9" * 5000}
    page = client.post(f"{edit}?add=indicators", data)
    assert len(page.context["sheet"].sections["indicators"].forms) == 1


def test_keep_a_unit_that_is_closed_as_long_as_it_stands_on_the_card(objective, edit, officer, enter):
    institution.change_unit(unit=objective.responsible, by=BY, is_active=False)
    client = enter(officer)
    assert client.post(edit, fields(client.get(edit))).status_code == 302
    assert "İnsan Kaynakları" not in text(client.get(reverse("plan:objective-new", args=[objective.goal_id])))


def test_make_goals_and_objectives_and_move_and_remove_them(house, officer, enter):
    client = enter(officer)
    goals = [
        client.post(reverse("plan:goal-new"), {"title": title}, follow=True).context["goal"]
        for title in ("Birinci amaç", "İkinci amaç")
    ]
    new = reverse("plan:objective-new", args=[goals[0].pk])
    assert client.post(new, {"title": "Hedef"}).status_code == 422
    assert client.post(new, {"title": "Hedef", "responsible": house.units[0].pk}).status_code == 302
    move = reverse("plan:goal-move", args=[goals[0].pk])
    assert client.post(move, {"down": 1, "number": "9" * 5000}).status_code == 302
    moved = client.post(move, {"down": 1, "number": 1}, follow=True)
    assert "“Birinci amaç” artık A2." in text(moved)
    assert Objective.objects.get(title="Hedef").code == "H2.1"
    assert client.post(reverse("plan:goal-remove", args=[goals[0].pk])).status_code == 403
    objective = Objective.objects.get(title="Hedef")
    for _ in range(2):
        client.post(reverse("plan:objective-remove", args=[objective.pk]))
        removed = client.post(reverse("plan:goal-remove", args=[goals[0].pk]))
        assert removed.status_code == 302
    assert [g.title for g in Goal.objects.filter(period=house.period)] == ["İkinci amaç"]


def test_change_the_words_of_a_goal(period, officer, enter):
    goal = Goal.objects.filter(period=period).first()
    enter(officer).post(reverse("plan:goal-edit", args=[goal.pk]), {"title": "Yeni söz"})
    goal.refresh_from_db()
    assert goal.title == "Yeni söz"


def test_write_mission_vision_and_values(period, officer, enter):
    client = enter(officer)
    page = client.get(reverse("plan:outlook-edit"))
    sheet = page.context["sheet"]
    data = {"seen": sheet.seen, "mission": "Yeni misyon", "vision": sheet.before["vision"]}
    for bound in sheet.values.management_form:
        data[bound.html_name] = bound.value()
    for n, value in enumerate(sheet.before["values"]):
        data |= {f"values-{n}-name": value["name"], f"values-{n}-text": value["text"]}
    data |= {"values-0-DELETE": "on", "values-6-name": "Çeviklik", "values-6-text": "Hızla uyum sağlarız."}
    assert client.post(reverse("plan:outlook-edit"), data).status_code == 302
    period.outlook.refresh_from_db()
    assert period.outlook.mission == "Yeni misyon"
    assert not period.outlook.is_sample
    names = [value.name for value in period.core_values.all()]
    assert names[0] == "Saydamlık"
    assert names[-1] == "Çeviklik"


def test_tell_the_history_of_a_card_with_its_parts(objective, officer, enter):
    card = card_of(objective)
    card["indicators"][0]["targets"][objective.goal.period.first_year] = 19
    services.save_card(objective=objective, card=card, by=officer)
    page = enter(officer).get(reverse("history", args=["plan", "objective", objective.pk]))
    assert page.status_code == 200
    assert officer.full_name in text(page)


def test_tell_of_a_removed_goal_and_its_objectives_where_they_stood(objective, officer, enter):
    client, goal = enter(officer), objective.goal
    for one in goal.objectives.all():
        services.remove_objective(objective=one, by=officer)
    assert "Kurumsal imaj" in text(client.get(reverse("history", args=["plan", "goal", goal.pk])))
    services.remove_goal(goal=goal, by=officer)
    told = text(client.get(reverse("history", args=["institution", "planperiod", goal.period_id])))
    assert goal.title in told


def test_speak_english_to_who_chose_it(objective, officer, enter):
    institution.change_person(person=officer, by=BY, language="en")
    shown = text(enter(officer).get(objective.get_absolute_url()))
    assert "Responsible unit" in shown
    assert "every 6 months" in shown
    assert "19,781,759.88 TL" in shown
