"""What the broker carries, and the timed work of the job table itself."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from common.jobs.models import Job, State
from common.jobs.perform import perform
from common.jobs.registry import HANDLERS, timed
from common.jobs.services import beat

KEEP_TIMED = timedelta(days=30)


@shared_task(name="jobs.run")
def run(job_id: int) -> None:
    perform(job_id)


@shared_task(name="jobs.pulse", expires=60)
def pulse() -> None:
    """Travels the whole way of a job, so that a worker that went deaf is found out."""
    beat(name="worker")


@timed("jobs.tidy", every=timedelta(days=1))
def tidy(job, progress) -> None:
    """Timed work leaves a row a slot; old ones tell nobody anything."""
    timed_kinds = [kind for kind, handler in HANDLERS.items() if handler.every]
    old = timezone.now() - KEEP_TIMED
    Job.objects.filter(kind__in=timed_kinds, state=State.DONE, finished_at__lt=old).delete()
