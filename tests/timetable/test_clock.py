"""The clock..."""

import datetime as dt

import pytest
from django.utils import timezone

from common.history import acting
from common.turkish import date_long, date_short
from institution.services import add_legal_value
from institution.workflow import PeriodState
from tests.factories.base import BY
from timetable import clock, services
from timetable.models import Activity, Phase

DAY = dt.date


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (DAY(2024, 3, 31), 6, DAY(2024, 9, 30)),  # the shorter month's last day
        (DAY(2024, 8, 31), 6, DAY(2025, 2, 28)),
        (DAY(2023, 8, 31), 6, DAY(2024, 2, 29)),
        (DAY(2024, 1, 15), 12, DAY(2025, 1, 15)),
        (DAY(2024, 12, 1), 1, DAY(2025, 1, 1)),
    ],
)
def test_adds_months_as_the_law_counts_them(day, months, expected):
    assert clock.add_months(day, months) == expected


@pytest.mark.django_db
def test_knows_the_last_day_of_submission_with_its_article(house):
    assert clock.submission_day(DAY(2024, 3, 31)) == (DAY(2024, 9, 30), "5393 md. 41")


@pytest.mark.django_db
def test_uses_the_figure_that_held_on_election_day(house):
    add_legal_value(
        key="plan.submission_months",
        value=5,
        valid_from=DAY(2025, 1, 1),
        article="5393 md. 41",
        source="sınama",
        by=BY,
    )
    assert clock.submission_day(DAY(2024, 3, 31)).day == DAY(2024, 9, 30)
    assert clock.submission_day(DAY(2029, 3, 25)).day == DAY(2029, 8, 25)


@pytest.mark.django_db
def test_knows_no_day_for_the_programme_of_a_circular_before_the_rule(house):
    assert clock.programme_day(DAY(2019, 5, 15)) is None
    assert clock.programme_day(DAY(2024, 4, 8)).day == DAY(2024, 6, 8)


def task(phase, ends_on, state="planned", **more):
    return Activity(phase=phase, title=phase, starts_on=ends_on, ends_on=ends_on, state=state, **more)


@pytest.mark.parametrize(
    ("period_state", "tasks", "expected"),
    [
        ("preparing", [], Phase.START),
        ("preparing", [("start", "done"), ("status", "running"), ("draft", "planned")], Phase.STATUS),
        ("preparing", [("start", "done"), ("status", "cancelled"), ("draft", "planned")], Phase.DRAFT),
        ("preparing", [("start", "done")], Phase.APPROVAL),
        ("adopted", [("approval", "running")], Phase.IN_FORCE),
        ("in_force", [], Phase.MONITORING),
        ("closed", [], None),
    ],
)
def test_tells_the_phase_from_what_is_unfinished(period_state, tasks, expected):
    activities = [task(phase, DAY(2024, 7, 1), state) for phase, state in tasks]
    assert clock.phase_now(PeriodState(period_state), activities) == expected


@pytest.mark.django_db
def test_reads_what_comes_next_and_what_is_late(house):
    today = DAY(2024, 7, 9)
    house.period.election_on = DAY(2024, 3, 31)
    tasks = [
        task("status", DAY(2024, 7, 5), "running"),
        task("status", DAY(2024, 7, 8)),
        task("status", DAY(2024, 7, 1), "done"),
        task("outlook", DAY(2024, 8, 2), basis="law", article="RG 22.04.2021, 31462"),
        task("status", DAY(2024, 7, 12)),
    ]
    now = clock.of(house.period, tasks, today)
    assert now.submission_days == 83
    assert now.next_days == 3
    assert [t.days_late(today) for t in now.late] == [4, 1]
    assert now.next_legal == (DAY(2024, 8, 2), "RG 22.04.2021, 31462")
    assert [step.state for step in now.steps] == ["done", "done", "now"] + ["next"] * 7


@pytest.mark.django_db
def test_says_that_the_plan_was_submitted_and_counts_no_further(house, enter):
    today = timezone.localdate()
    house.period.election_on = today - dt.timedelta(90)
    with acting(BY):
        house.period.save()
    services.lay_out_programme(period=house.period, by=BY)
    submission = Activity.objects.get(title="Taslağın meclise sunulması")
    last = clock.read(house.period, today).next_legal.day
    assert last == submission.ends_on
    for state in ("running", "done"):
        services.move_activity(activity=submission, to=state, by=BY, today=today)
    now = clock.read(house.period, today)
    assert now.submitted == submission and now.next_legal != (last, submission.article)
    page = enter(house.officer).get("/").text
    assert f"{date_long(today)} tarihinde sunuldu (son gün: {date_short(last)})." in page


@pytest.mark.django_db
def test_asks_the_same_number_of_questions_for_any_calendar(house, django_assert_num_queries):
    services.lay_out_programme(period=house.period, by=BY)
    with django_assert_num_queries(2):
        clock.read(house.period, DAY(2024, 7, 9))
