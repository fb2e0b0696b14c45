"""The sample's notices: most read, one reminder, one address that the mail server refused. Nothing of it is mailed."""

from __future__ import annotations

import datetime as dt

from common.jobs.models import Job
from common.notices import services
from common.notices.models import Notice, Unreached
from common.notices.registry import Channel
from documents.reports.notices import tell_dates
from documents.reports.services import remind
from karesi_plan.demo.bodies import TERM_ENDS
from karesi_plan.demo.story import Sample, Story

READ_AFTER = dt.timedelta(hours=3)
LATELY = 5  # days


def begin(story: Story, sample: Sample) -> None:
    """Yesterday's morning, the Directorate's reminder, and what came back of it."""
    story.at(sample.just(1, 9), due_dates, sample)
    story.at(sample.just(1, 15), remind_late, sample)
    story.at(sample.just(1, 15, 5), refuse_one, sample)
    story.at(sample.just(0, 0, 1), rest, sample)


def due_dates(sample: Sample, *, now: dt.datetime) -> None:
    tell_dates(by=sample.by, now=now)


def remind_late(sample: Sample, *, now: dt.datetime) -> None:
    reports = [report.pk for report in sample.reports.values()]
    remind(period=sample.current, reports=reports, by=sample.people["uzman"], now=now)


def refuse_one(sample: Sample, *, now: dt.datetime) -> None:
    """The rapporteur who leaves soon has an address that is no longer good."""
    reminders = Notice.objects.filter(kind="reports.reminder", to__memberships__role="rapporteur")
    refused = reminders.filter(to__memberships__body=sample.bodies[TERM_ENDS])
    services.lost(notices=list(refused), why=Unreached.REFUSED, by=services.WORKER, now=now)


def rest(sample: Sample, *, now: dt.datetime) -> None:
    """What the story mailed was mailed in the story: no letter leaves for an invented address."""
    Job.objects.filter(kind__in=(services.POST, services.MAIL, services.DIGEST)).delete()
    for notice in Notice.objects.filter(unreached=""):
        if notice.channel != Channel.HERE:
            services.mailed(notices=[notice], by=services.WORKER, now=notice.made_at)
        if notice.made_at < sample.ago(LATELY):
            own = Notice.objects.filter(pk=notice.pk)
            services.read(notices=own, by=notice.to, now=notice.made_at + READ_AFTER)
