"""Background work of the notices: their mails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common import jobs
from common.jobs.registry import nobody
from common.notices import delivery, services


@jobs.handler(services.POST, can_see=nobody)
def post(job: Any, progress: Any) -> None:
    services.post(key=job.args["key"])


@jobs.handler(services.MAIL, can_see=nobody)
def send_one(job: Any, progress: Any) -> None:
    delivery.send_one(**job.args)


@jobs.handler(services.DIGEST, can_see=nobody)
def send_digest(job: Any, progress: Any) -> None:
    delivery.send_digest(**job.args)


@jobs.timed("notices.morning", every=timedelta(hours=1), title=_("Daily summaries of notices"))
def morning(job: Any, progress: Any) -> None:
    """Each hour, so that a machine that slept at eight makes up for it, a person has one a day; and once more
    what failed."""
    services.post_digests(now=timezone.now())
    services.try_again(now=timezone.now())
