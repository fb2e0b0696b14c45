"""The promise that no stop loses work, kept by real processes over a real database."""

import time

import pytest

from common import jobs
from common.history import SystemActor
from common.jobs.models import Job, State
from tests.machine import ROOT, free_port, kill_family, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.common.slow_settings", "PYTHONPATH": str(ROOT)}


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log"
    path.touch()
    return path


@pytest.fixture
def serve(start):
    """Web, worker and sweeper in one process, as `make run` starts it."""

    def start_server():
        server = ["-m", "gunicorn", "-c", "python:karesi_plan.gunicorn_conf", "karesi_plan.wsgi"]
        return start(*server, PORT=str(free_port()), **SETTINGS)

    return start_server


@pytest.fixture
def work(start, redis_server):
    """`make worker` over a Redis of its own."""
    return lambda: start("manage.py", "worker", REDIS_URL=redis_server.url, **SETTINGS)


def ask(log, *, seconds: float, key: str = "1") -> Job:
    args = {"seconds": seconds, "file": str(log)}
    return jobs.enqueue(kind="slow.child", key=key, args=args, by=SystemActor("test"))


def comes_to(state: State, *, seconds: float = 40) -> Job:
    return wait_until(
        lambda: Job.objects.filter(kind="slow.child", state=state).first(), seconds=seconds, what=state
    )


def mid_job(log):
    wait_until(lambda: "begun" in log.read_text(), seconds=40, what="the job's begin")
    time.sleep(0.5)


def test_one_process_stops_at_once_and_gives_its_job_back_uncounted(serve, log):
    ask(log, seconds=30)
    server = serve()
    mid_job(log)
    assert server.interrupt(within=10) < 5
    job = comes_to(State.WAITING, seconds=1)
    assert (job.attempts, job.claim) == (0, "")


def test_one_process_that_was_killed_does_the_job_once_after_its_restart(serve, log):
    ask(log, seconds=4)
    server = serve()
    mid_job(log)
    server.kill()
    assert comes_to(State.RUNNING, seconds=1)
    serve()
    assert comes_to(State.DONE).attempts == 2
    assert log.read_text().count("ended") == 1


@pytest.mark.redis
def test_a_worker_that_was_killed_does_the_job_once_after_its_restart(work, log):
    ask(log, seconds=4)
    worker = work()
    mid_job(log)
    worker.kill()
    work()
    assert comes_to(State.DONE, seconds=60).attempts == 2
    assert log.read_text().count("ended") == 1


@pytest.mark.redis
def test_a_worker_process_that_was_killed_is_made_up_for(work, log):
    ask(log, seconds=4)
    supervisor = work()
    mid_job(log)
    kill_family(supervisor.children()[0])
    assert comes_to(State.DONE, seconds=60).attempts == 2
    assert log.read_text().count("ended") == 1


@pytest.mark.redis
def test_work_asked_for_while_redis_is_away_for_half_a_minute_is_done_once(work, redis_server, log):
    work()
    ask(log, seconds=0.1, key="before")
    comes_to(State.DONE)
    redis_server.stop()
    ask(log, seconds=0.1, key="meanwhile")
    time.sleep(30)
    assert Job.objects.get(key="meanwhile").state == State.WAITING
    redis_server.start()
    wait_until(lambda: Job.objects.get(key="meanwhile").state == State.DONE, seconds=40, what="the job")
    assert log.read_text().count("ended") == 2
