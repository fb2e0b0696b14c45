"""The sample municipality in mid-process. Loaded only into an empty database; a repeat changes nothing."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from common.history import SystemActor
from institution.models import Municipality
from karesi_plan.demo import bodies, council, notices, plan, reports
from karesi_plan.demo.story import Sample, Story

ACTOR = SystemActor("Örnek veri")


def load(*, today: dt.date) -> bool:
    """Load the sample as it would stand on that day; False where a municipality is there already."""
    if Municipality.objects.exists():
        return False
    sample, story = Sample(by=ACTOR, today=today), Story(ACTOR)
    for part in (bodies, reports, plan, council, notices):
        part.begin(story, sample)
    with transaction.atomic():
        story.tell()
    return True
