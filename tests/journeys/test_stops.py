"""No stop loses work: the real draft, printed by real processes that are killed or lose their broker."""

import time

import pytest
from playwright.sync_api import Page

from common.jobs.models import Job, State
from documents.drafts.models import DraftVersion
from documents.files.models import StoredFile
from institution.models import PlanPeriod
from institution.roles import Kind, Role
from tests.factories import plan, reports
from tests.factories.base import body, period, seat, sub_group
from tests.journeys import ON_POSTGRES, marks
from tests.journeys.hands import press, told
from tests.machine import wait_until

pytestmark = marks
AWAY = 30  # seconds


@pytest.fixture
def in_preparation(town) -> PlanPeriod:
    """A whole plan, a team, and a group with a written report."""
    people, opened = town.people, plan.whole_plan(period())
    team = body(Kind.PLANNING_TEAM, opened, "Stratejik Planlama Ekibi")
    seat(team, people["team_chair"], Role.CHAIR)
    seat(team, people["team_member"])
    group = sub_group(opened, "Paydaş Analizi Grubu")
    seat(group, people["team_member"])
    seat(group, people["rapporteur"], Role.RAPPORTEUR)
    reports.written(group, title="Paydaş analizi raporu")
    return opened


def freeze(stage) -> None:
    page = stage.officer
    page.goto("/drafts/")
    press(page, "Freeze the draft…", stays=True)
    press(page, "Freeze draft %(n)s", within=page.get_by_role("dialog"), n=1)
    told(page, "Draft %(n)d has been frozen; it is being printed.", n=1)


def send(page: Page) -> None:
    press(page, "Submit the report")
    told(page, "Version %(number)d has been sent to the Planning Team.", number=1)


def comes_to(state: State, *, seconds: float) -> Job:
    return wait_until(
        lambda: Job.objects.filter(kind="drafts.print", state=state).first(), seconds=seconds, what=state
    )


def printed_once() -> None:
    draft = DraftVersion.objects.get()
    assert StoredFile.objects.get(name__endswith="taslak-1.pdf") == draft.pdf
    assert draft.history.exclude(pdf=None).count() == 1


def test_a_draft_whose_printer_is_killed_in_mid_build_is_printed_once(in_preparation, stage, site):
    with stage.step("Given a report about to be sent, and a draft that is being printed"):
        press(stage.rapporteur, "Check and submit")
        freeze(stage)
        comes_to(State.RUNNING, seconds=40)
    with stage.step("when the process is killed and started again"):
        site.kill_worker()
        assert DraftVersion.objects.get().pdf is None
        assert comes_to(State.RUNNING, seconds=1).attempts == 1
        site.up()
    with stage.step("then the report is sent from the page that stood open"):
        send(stage.rapporteur)
    with stage.step("and the draft is printed, once"):
        assert comes_to(State.DONE, seconds=120).attempts == 2
        printed_once()
        stage.officer.reload()
        assert stage.officer.get_by_role("link", name="PDF").count() == 1


@pytest.mark.skipif(not ON_POSTGRES, reason="the one process on SQLite has no broker to lose")
def test_a_report_is_submitted_and_a_draft_frozen_while_redis_is_away(in_preparation, stage, redis_server):
    rapporteur, officer = stage.rapporteur, stage.officer
    with stage.step("Given a broker that is gone"):
        redis_server.stop()
        gone_at = time.monotonic()
    with stage.step("when the rapporteur submits, then the report is accepted all the same"):
        began = time.monotonic()
        rapporteur.goto("/")
        press(rapporteur, "Check and submit")
        send(rapporteur)
        assert time.monotonic() - began < AWAY / 2
    with stage.step("and a draft can be frozen; its printing waits"):
        freeze(stage)
        assert officer.locator(".job").is_visible()
        time.sleep(max(0, gone_at + AWAY - time.monotonic()))
        assert Job.objects.get(kind="drafts.print").state == State.WAITING
    with stage.step("and is done once, soon after the broker is back"):
        redis_server.start()
        assert comes_to(State.DONE, seconds=90).attempts == 1
        printed_once()
