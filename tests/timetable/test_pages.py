"""The pages of the work calendar..."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.history import acting
from institution.roles import Kind
from tests.factories.base import BY, days_ago, person, seat, standing
from timetable import services
from timetable.models import Activity, Phase

pytestmark = pytest.mark.django_db
CALENDAR = "/calendar/"
EVERYBODY = [
    "officer", "director", "team_chair", "team_member", "rapporteur", "group_member", "mayor",
    "council_member", "clerk", "unit_rep", "inspector", "sysadmin",
]  # fmt: skip
OFFICERS = ["officer", "director"]


@pytest.fixture
def task(house):
    return services.add_activity(
        period=house.period,
        phase=Phase.STATUS,
        title="Paydaş anketi",
        body=house.team,
        starts_on=days_ago(20),
        ends_on=days_ago(4),
        by=BY,
    )


def filled(house, **changed):
    return {
        "title": "Çalıştay",
        "phase": "status",
        "body": house.team.pk,
        "starts_on": "3.6.2026",
        "ends_on": "05.07.2026",
        "basis": "choice",
        "article": "",
    } | changed


@pytest.mark.parametrize("name", EVERYBODY)
def test_are_open_to_everybody_with_a_seat(house, task, enter, name):
    client = enter(house.people[name])
    page = client.get(CALENDAR).content.decode()
    assert "Paydaş anketi" in page
    one = client.get(reverse("timetable:activity", args=[task.pk])).content.decode()
    assert "Son gün" in one
    for act in ("İş ekle" in page, reverse("timetable:edit", args=[task.pk]) in one):
        assert act == (name in OFFICERS)
    assert "disabled" not in page + one


@pytest.mark.parametrize("name", ["stranger", "deactivated"])
def test_are_closed_to_who_holds_no_seat(house, task, enter, name):
    assert enter(house.people[name]).get(CALENDAR).status_code in (302, 403)


@pytest.mark.parametrize("name", [name for name in EVERYBODY if name not in OFFICERS])
def test_let_only_the_directorate_write(house, task, enter, name):
    client = enter(house.people[name])
    for url in (
        reverse("timetable:add"),
        reverse("timetable:edit", args=[task.pk]),
        reverse("timetable:move", args=[task.pk]),
        reverse("timetable:remove", args=[task.pk]),
        reverse("timetable:lay_out"),
    ):
        refused = client.post(url, filled(house) | {"state": "done"})
        assert refused.status_code == 403, url
        assert "yalnız Strateji Geliştirme Müdürlüğü değiştirir" in refused.content.decode()
    assert Activity.history.count() == 1


def test_say_that_no_period_is_open_where_there_is_none(enter):
    directorate, somebody = standing(Kind.DIRECTORATE), person()
    seat(directorate, somebody)
    client = enter(somebody)
    for refused in (client.get(reverse("timetable:add")), client.post(reverse("timetable:lay_out"))):
        assert refused.status_code == 403
        assert "Henüz plan dönemi açılmadı." in refused.content.decode()


def test_add_a_task_with_dates_as_they_are_written_here(house, officer, enter):
    client = enter(officer)
    for _twice in range(2):
        assert client.post(reverse("timetable:add"), filled(house)).status_code == 302
    added = Activity.objects.get()
    assert (added.title, str(added.starts_on), str(added.ends_on)) == ("Çalıştay", "2026-06-03", "2026-07-05")


def test_offer_as_responsible_only_bodies_that_do_tasks(house, officer, enter):
    page = enter(officer).get(reverse("timetable:add")).content.decode()
    for body in (house.council, house.management, house.directorate, house.team, house.group):
        assert f'<option value="{body.pk}">' in page
    for body in (house.inspection, house.administration):
        assert f'<option value="{body.pk}">' not in page
    assert '<option value="" selected>Seçin</option>' in page
    assert f'<a href="{CALENDAR}">Çalışma takvimi</a></li>' in page


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"ends_on": "2.6.2026"}, "Son gün, ilk günden (03.06.2026) önce olamaz."),
        ({"starts_on": "31.02.2026"}, "31.02.2026"),
        ({"starts_on": "yarın"}, "09.07.2024"),
        ({"basis": "law"}, "Tarihi koyan maddeyi yazın."),
        ({"title": ""}, "İş: "),
        ({"body": "999999"}, "Sorumlu kurul: "),
    ],
)
def test_say_at_the_field_what_is_wrong_and_keep_what_was_typed(house, officer, enter, changed, message):
    answer = enter(officer).post(reverse("timetable:add"), filled(house, **changed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert "data-focus" in page
    assert changed.get("title") == "" or 'value="Çalıştay"' in page
    assert Activity.objects.count() == 0


def test_change_move_and_remove_a_task(house, officer, enter, task):
    client = enter(officer)
    page = client.get(reverse("timetable:edit", args=[task.pk])).content.decode()
    assert f'value="{days_ago(4):%d.%m.%Y}"' in page
    client.post(reverse("timetable:edit", args=[task.pk]), filled(house, title="Anket"))
    client.post(reverse("timetable:move", args=[task.pk]), {"state": "running"})
    task.refresh_from_db()
    assert (task.title, task.state) == ("Anket", "running")
    client.post(reverse("timetable:remove", args=[task.pk]))
    assert Activity.objects.exists()
    client.post(reverse("timetable:move", args=[task.pk]), {"state": "cancelled"})
    client.post(reverse("timetable:move", args=[task.pk]), {"state": "planned"})
    for _twice in range(2):
        assert client.post(reverse("timetable:remove", args=[task.pk])).status_code == 302
    assert not Activity.objects.exists()


def test_explain_an_impossible_move_and_change_nothing(officer, enter, task):
    client = enter(officer)
    page = client.post(reverse("timetable:move", args=[task.pk]), {"state": "nonsense"}, follow=True)
    task.refresh_from_db()
    assert page.status_code == 200
    assert task.state == "planned"


def test_offer_the_usual_programme_while_the_calendar_is_empty(officer, enter, team_member):
    assert "Alışılmış programı yerleştir" in enter(officer).get(CALENDAR).content.decode()
    page = enter(officer).post(reverse("timetable:lay_out"), follow=True).content.decode()
    assert Activity.objects.count() == 13
    assert "<svg" in page and "Taslağın meclise sunulması" in page
    assert "İş ekle" in page


def test_show_picture_and_table_of_the_same_tasks(house, officer, enter, task):
    page = enter(officer).get(CALENDAR).content.decode()
    assert page.count("Paydaş anketi") == 2
    assert "4 gün gecikti" in page
    table = enter(officer).get(CALENDAR + "?view=table").content.decode()
    assert "gantt" not in table and table.count("Paydaş anketi") == 1


def test_narrow_by_phase_and_body_and_ignore_nonsense(house, officer, enter, task):
    services.add_activity(
        period=house.period,
        phase=Phase.DRAFT,
        title="Derleme",
        body=house.directorate,
        starts_on=days_ago(2),
        ends_on=days_ago(-9),
        by=BY,
    )
    client = enter(officer)
    for query, shown, hidden in (
        ("phase=draft", "Derleme", "Paydaş anketi"),
        (f"body={house.team.pk}", "Paydaş anketi", "Derleme"),
    ):
        page = client.get(f"{CALENDAR}?{query}").content.decode()
        assert shown in page and hidden not in page
    page = client.get(CALENDAR + "?phase=never&body=x").content.decode()
    assert "Derleme" in page and "Paydaş anketi" in page
    empty = client.get(CALENDAR + "?phase=monitoring").content.decode()
    assert "Süzgece uyan iş yok" in empty


def test_tell_the_history_of_a_task(house, officer, enter, task):
    services.move_activity(activity=task, to="done", by=officer, today=days_ago(0))
    page = enter(officer).get(reverse("history", args=["timetable", "activity", task.pk])).content.decode()
    assert "Tamamlandı" in page and officer.full_name in page


def test_ask_the_same_number_of_questions_for_ten_and_a_hundred_tasks(house, officer, enter):
    client = enter(officer)

    def queries_with(tasks):
        with acting(BY):
            for n in range(Activity.objects.count(), tasks):
                Activity(
                    period=house.period,
                    phase=Phase.STATUS,
                    title=f"İş {n}",
                    body=house.team,
                    starts_on=days_ago(200),
                    ends_on=days_ago(n - 50),
                ).save()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(CALENDAR).status_code == 200
        return len(asked)

    queries_with(10)
    assert queries_with(10) == queries_with(100)
