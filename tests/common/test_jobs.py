import threading
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from common import jobs
from common.history import SystemActor
from common.jobs import registry, services, sweeper
from common.jobs.models import Job, State
from common.jobs.perform import Progress, perform

BY = SystemActor("test")


@pytest.fixture
def effects():
    """Handlers for one test, and the list that they write into."""
    known, done = dict(registry.HANDLERS), []

    @jobs.handler("test.note")
    def note(job, progress):
        done.append(job.args.get("word"))
        progress(1, 1, "noted")

    @jobs.handler("test.refuse")
    def refuse(job, progress):
        raise jobs.JobError("The table in 4.3 is too wide.")

    @jobs.handler("test.break")
    def fall(job, progress):
        done.append("tried")
        raise ZeroDivisionError

    yield done
    registry.HANDLERS.clear()
    registry.HANDLERS.update(known)


def enqueue(kind: str = "test.note", key: str = "1", **args) -> Job:
    return jobs.enqueue(kind=kind, key=key, args=args, by=BY)


@pytest.mark.django_db
class TestAJob:
    def test_is_done_with_its_progress_noted(self, effects):
        enqueue(word="a")
        jobs.perform_waiting()
        job = Job.objects.get()
        assert (job.state, job.attempts, job.progress_done, effects) == (State.DONE, 1, 1, ["a"])

    def test_is_the_same_row_when_asked_for_twice(self, effects):
        assert enqueue().pk == enqueue().pk

    def test_vanishes_with_the_transaction_that_asked_for_it(self):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            enqueue()
            raise ZeroDivisionError
        assert not Job.objects.exists()

    def test_has_one_effect_however_often_its_message_comes(self, effects):
        job = enqueue()
        for _ in range(10):
            perform(job.pk)
        assert len(effects) == 1

    def test_that_cannot_succeed_fails_with_the_sentence_for_the_person(self, effects):
        enqueue("test.refuse")
        jobs.perform_waiting()
        job = Job.objects.get()
        assert (job.state, job.attempts, job.failure) == (State.FAILED, 1, "The table in 4.3 is too wide.")

    def test_that_breaks_is_tried_three_times_and_then_names_an_incident(self, effects):
        enqueue("test.break")
        jobs.perform_waiting()
        job = Job.objects.get()
        assert (job.state, job.attempts, len(effects)) == (State.FAILED, 3, 3)
        assert len(job.incident) == 8 and job.incident in job.failure

    def test_that_failed_is_tried_anew_when_a_person_asks(self, effects, officer):
        job = enqueue("test.break")
        jobs.perform_waiting()
        services.retry(job=job, by=officer)
        job.refresh_from_db()
        assert (job.state, job.attempts, job.requested_by_id) == (State.WAITING, 0, officer.pk)

    def test_that_is_done_cannot_be_tried_anew(self, effects, officer):
        job = enqueue()
        jobs.perform_waiting()
        services.retry(job=job, by=officer)
        assert Job.objects.get().state == State.DONE


@pytest.mark.django_db
class TestARunningJob:
    def claimed(self) -> Job:
        return services.claim(job_id=enqueue().pk, worker="w1")

    def test_of_a_silent_worker_goes_back_and_the_try_counts(self, effects):
        self.claimed()
        services.return_stale(now=timezone.now() + services.STALE_AFTER + timedelta(seconds=1))
        job = Job.objects.get()
        assert (job.state, job.attempts) == (State.WAITING, 1)

    def test_of_a_worker_that_dies_each_time_fails_in_the_third_try(self, effects):
        self.claimed()
        for _ in range(2):
            services.return_orphans(worker="w1")
            services.claim(job_id=Job.objects.get().pk, worker="w1")
        services.return_orphans(worker="w1")
        assert Job.objects.get().state == State.FAILED

    def test_stays_with_a_worker_that_shows_life(self, effects):
        self.claimed()
        services.return_stale(now=timezone.now())
        assert Job.objects.get().state == State.RUNNING

    def test_of_a_worker_that_stops_cleanly_goes_back_and_the_try_does_not_count(self, effects):
        self.claimed()
        assert services.requeue_running(worker="w1") == 1
        job = Job.objects.get()
        assert (job.state, job.attempts) == (State.WAITING, 0)

    def test_that_was_given_to_another_takes_no_word_from_the_first(self, effects):
        first = self.claimed()
        services.requeue_running(worker="w1")
        second = services.claim(job_id=first.pk, worker="w2")
        with pytest.raises(services.ClaimLost):
            Progress(first)(1, 2)
        services.finish(job=first)
        services.fail(job=first, error="late")
        job = Job.objects.get()
        assert (job.state, job.claim) == (State.RUNNING, second.claim)


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_claim_at_once_one_gets_the_job(effects):
    job, gate, claims = enqueue(), threading.Barrier(8), []

    def claim(name: int) -> None:
        gate.wait()
        claims.append(services.claim(job_id=job.pk, worker=str(name)))
        connection.close()

    threads = [threading.Thread(target=claim, args=[name]) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claims) == 8 and len([claim for claim in claims if claim]) == 1
    assert Job.objects.get().attempts == 1


@pytest.mark.django_db
class TestTheSweeper:
    @pytest.fixture(autouse=True)
    def a_worker_listens(self):
        services.listening.set()
        yield
        services.listening.clear()

    def test_publishes_what_nobody_told_the_workers_of(self, effects):
        job = enqueue()
        sweeper.sweep(now=job.created_at + services.PUBLISH_AFTER + timedelta(seconds=1))
        assert Job.objects.get(pk=job.pk).published_at

    def test_leaves_a_fresh_row_to_whoever_committed_it(self, effects):
        job = enqueue()
        sweeper.sweep(now=job.created_at)
        assert Job.objects.get(pk=job.pk).published_at is None

    def test_queues_timed_work_once_in_each_slot(self, effects):
        jobs.timed("test.hourly", every=timedelta(hours=1))(lambda job, progress: effects.append(job.key))
        noon = timezone.now().replace(minute=0, second=0, microsecond=0)
        for minutes in (0, 1, 59, 60):
            sweeper.queue_timed_work(now=noon + timedelta(minutes=minutes))
        assert Job.objects.filter(kind="test.hourly").count() == 2


def test_the_sweeper_outlives_what_fails_beside_it(monkeypatch):
    for name in ("sweep", "pulse", "connection", "close_old_connections"):
        monkeypatch.setattr(sweeper, name, Mock())
    monkeypatch.setattr(sweeper, "EVERY", 0)
    stop, turns = threading.Event(), []

    def database_restarts():
        turns.append(1)
        if len(turns) == 2:
            stop.set()
        raise OperationalError

    sweeper.sweep_until(stop, also=database_restarts)
    assert len(turns) == 2


@pytest.mark.django_db
class TestTheProgressFragment:
    @pytest.fixture
    def job(self, effects, officer) -> Job:
        return jobs.enqueue(kind="test.refuse", key="1", by=officer, title="PDF")

    def test_asks_for_itself_while_the_job_is_open(self, job, officer, enter):
        page = enter(officer).get(f"/jobs/{job.pk}/").content.decode()
        assert 'hx-trigger="every 2s"' in page and "PDF" in page

    def test_slows_down_after_a_minute(self, job, officer, enter):
        Job.objects.update(created_at=timezone.now() - timedelta(minutes=2))
        assert 'hx-trigger="every 5s"' in enter(officer).get(f"/jobs/{job.pk}/").content.decode()

    def test_says_aloud_only_what_it_has_not_said(self, job, officer, enter):
        claimed = services.claim(job_id=job.pk, worker="w")
        services.report(job=claimed, progress_done=6, progress_total=10)
        client = enter(officer)
        assert "#status" in client.get(f"/jobs/{job.pk}/?announced=0").content.decode()
        assert "#status" not in client.get(f"/jobs/{job.pk}/?announced=50").content.decode()

    def test_shows_the_failure_and_lets_try_again(self, job, officer, enter):
        jobs.perform_waiting()
        client = enter(officer)
        page = client.get(f"/jobs/{job.pk}/").content.decode()
        assert "The table in 4.3 is too wide." in page and "/retry/" in page and "hx-trigger" not in page
        again = client.post(f"/jobs/{job.pk}/retry/", headers={"HX-Request": "true"})
        assert 'hx-trigger="every 2s"' in again.content.decode()
        assert Job.objects.get().state == State.WAITING

    def test_does_not_exist_for_others(self, job, group_member, enter):
        client = enter(group_member)
        assert client.get(f"/jobs/{job.pk}/").status_code == 404
        assert client.post(f"/jobs/{job.pk}/retry/").status_code == 404
