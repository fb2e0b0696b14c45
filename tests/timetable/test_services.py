"""The work calendar's services..."""

import datetime as dt

import pytest

from common.decisions import Invalid, Refused
from common.history import Stale
from common.workflow import IllegalMove
from institution import services as institution
from institution.roles import Kind
from institution.workflow import PeriodState
from teams import services as teams
from tests.factories.base import BY, body, days_ago
from timetable import programme, services
from timetable.models import Activity, Phase

pytestmark = pytest.mark.django_db
DAY = dt.date


@pytest.fixture
def add(house, officer):
    def add_one(**changed):
        values = {
            "period": house.period,
            "phase": Phase.STATUS,
            "title": "Paydaş anketi",
            "body": house.team,
            "starts_on": DAY(2026, 6, 3),
            "ends_on": DAY(2026, 7, 5),
            "by": officer,
        }
        return services.add_activity(**values | changed)

    return add_one


def test_adds_a_task_once_however_often_it_is_sent(add):
    assert add() == add()
    assert Activity.objects.count() == 1
    assert Activity.history.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends_on": DAY(2026, 6, 2)}, "ends_on"),
        ({"title": "  "}, "title"),
        ({"phase": "never"}, "phase"),
        ({"basis": "law"}, "article"),
    ],
)
def test_refuses_what_makes_no_sense_at_its_field(add, changed, field):
    with pytest.raises(Invalid) as refused:
        add(**changed)
    assert refused.value.field == field
    assert Activity.objects.count() == 0


def test_says_from_which_day_the_end_is_too_early(add):
    with pytest.raises(Invalid, match=r"03\.06\.2026"):
        add(ends_on=DAY(2026, 6, 2))


def test_refuses_a_body_of_another_period(add, house):
    house.team.period_id += 1
    with pytest.raises(Invalid) as refused:
        add()
    assert refused.value.field == "body"


def test_drops_the_article_of_a_choice(add):
    assert add(article="5393 md. 41").article == ""
    assert add(title="Sunma", basis="law", article="5393 md. 41").article == "5393 md. 41"


def test_loses_its_article_when_it_becomes_a_choice(add, officer):
    task = add(basis="law", article="5393 md. 41")
    services.change_activity(activity=task, basis="choice", article="5393 md. 41", by=officer)
    assert Activity.objects.get().article == ""
    assert task.history.first().article == ""


def test_dates_what_is_done_and_undates_what_goes_on(add, officer):
    task = services.move_activity(activity=add(), to="done", by=officer, today=DAY(2026, 7, 1))
    assert task.done_on == DAY(2026, 7, 1)
    services.move_activity(activity=task, to="running", by=officer, today=DAY(2026, 7, 2))
    assert task.done_on is None


def test_moves_once_and_says_when_it_cannot(add, officer):
    task = add()
    for _twice in range(2):
        services.move_activity(activity=task, to="cancelled", by=officer, today=DAY(2026, 7, 1))
    assert Activity.history.filter(id=task.pk).count() == 2
    with pytest.raises(IllegalMove):
        services.move_activity(activity=task, to="done", by=officer, today=DAY(2026, 7, 1))


def test_tells_the_second_of_two_that_somebody_was_faster(add, officer):
    task = add()
    mine = Activity.objects.get(pk=task.pk)
    services.move_activity(activity=task, to="done", by=officer, today=DAY(2026, 7, 1))
    with pytest.raises(Stale):
        services.move_activity(activity=mine, to="running", by=officer, today=DAY(2026, 7, 1))


def test_removes_only_what_has_not_begun(add, officer):
    task = add()
    services.move_activity(activity=task, to="running", by=officer, today=DAY(2026, 7, 1))
    with pytest.raises(Invalid):
        services.remove_activity(activity=task, by=officer)
    other = add(title="Çalıştay")
    services.remove_activity(activity=other, by=officer, reason="çift girilmiş")
    gone = Activity.history.filter(history_type="-").get()
    assert (gone.title, gone.history_change_reason, gone.history_user_name) == (
        "Çalıştay",
        "çift girilmiş",
        officer.full_name,
    )


def test_writes_nothing_in_a_closed_period(add, house, officer):
    task = add()
    for to in (PeriodState.ADOPTED, PeriodState.IN_FORCE, PeriodState.CLOSED):
        institution.move_period(period=house.period, to=to, by=BY)
    for write in (
        lambda: add(title="Başka"),
        lambda: services.change_activity(activity=task, title="Başka", by=officer),
        lambda: services.move_activity(activity=task, to="done", by=officer, today=DAY(2026, 7, 1)),
        lambda: services.remove_activity(activity=task, by=officer),
        lambda: services.lay_out_programme(period=house.period, by=officer),
    ):
        with pytest.raises(Refused):
            write()
    assert Activity.history.count() == 1


def test_lays_the_programme_out_once(house, officer):
    laid = services.lay_out_programme(period=house.period, by=officer)
    assert services.lay_out_programme(period=house.period, by=officer) == sorted(
        laid, key=lambda a: (a.starts_on, a.order, a.pk)
    )
    assert Activity.objects.count() == len(laid) == 13
    by_title = {task.title: task for task in laid}
    assert by_title["Taslağın derlenmesi"].body == house.directorate
    assert by_title["Plan ve Bütçe Komisyonu, meclis kararı"].body == house.council


def test_lays_nothing_on_a_body_that_was_dissolved(house, officer):
    teams.dissolve(body=house.team, on=days_ago(1), by=officer)
    new = body(Kind.PLANNING_TEAM, house.period, "Yeni ekip")
    answer = {task.body for task in services.lay_out_programme(period=house.period, by=officer)}
    assert new in answer
    assert house.team not in answer


def test_lays_nothing_out_without_an_election_day(house, officer):
    house.period.election_on = None
    with pytest.raises(Invalid):
        services.lay_out_programme(period=house.period, by=officer)


def test_counts_the_programme_back_from_the_last_legal_day(house):
    tasks = {task.title: task for task in programme.planned(DAY(2024, 3, 31), DAY(2024, 4, 8))}
    submission = tasks["Taslağın meclise sunulması"]
    assert (submission.starts_on, submission.ends_on, submission.article) == (
        DAY(2024, 9, 30),
        DAY(2024, 9, 30),
        "5393 md. 41",
    )
    training = tasks["Eğitim ve hazırlık programı"]
    assert training.article == "RG 22.04.2021, 31462"
    assert training.ends_on <= DAY(2024, 6, 8)
    assert tasks["Genelge, kurul ve ekip oluru"].starts_on == DAY(2024, 4, 8)


@pytest.mark.parametrize("shift", range(0, 366, 13))
def test_keeps_the_programme_whole_for_any_election_day(house, shift):
    """Nothing before the election, starts before ends, choices on weekdays, the council last."""
    election_on = DAY(2024, 3, 31) + dt.timedelta(shift)
    tasks = programme.planned(election_on, election_on + dt.timedelta(8))
    assert all(election_on < task.starts_on <= task.ends_on for task in tasks)
    assert all(task.ends_on.weekday() < 5 for task in tasks if not task.article)
    assert max(task.ends_on for task in tasks) == tasks[-1].ends_on
    assert sum(bool(task.article) for task in tasks) == 2
