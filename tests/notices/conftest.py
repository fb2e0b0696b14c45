"""What the tests of the notices share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from common import jobs
from common.jobs.models import Job
from common.notices import services
from common.notices.models import Notice
from tests.notices.post_office import PostOffice, open_post_office

MONDAY = dt.date(2040, 3, 5)


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def told(person, **which) -> list[str]:
    """The kinds of notices that a person has, the oldest first."""
    mine = Notice.objects.filter(to=person, **which).order_by("pk")
    return [kind.removeprefix("reports.") for kind in mine.values_list("kind", flat=True)]


@pytest.fixture
def morning(mailoutbox) -> Callable[[dt.datetime], list[str]]:
    """What the morning's work does at a moment, and to whom it mails."""

    def begin(now: dt.datetime) -> list[str]:
        Job.objects.filter(kind=services.POST).delete()
        mailoutbox.clear()
        services.post_digests(now=now)
        jobs.perform_waiting()
        return sorted(letter.to[0].partition("@")[0] for letter in mailoutbox)

    return begin


@pytest.fixture
def post_office(settings) -> Iterator[PostOffice]:
    with open_post_office() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = office.server_address
        yield office
