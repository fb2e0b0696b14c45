"""The sample municipality in mid-process. Loaded only into an empty database; a repeat changes nothing."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from common.history import SystemActor
from institution.models import Municipality
from karesi_plan.demo import bodies, process

ACTOR = SystemActor("Örnek veri")


def load(*, today: dt.date) -> bool:
    """Load the sample as it would stand on that day; False where a municipality is there already."""
    if Municipality.objects.exists():
        return False
    sample = bodies.Sample(by=ACTOR, today=today)
    with transaction.atomic():
        bodies.found_municipality(sample)
        bodies.open_periods(sample)
        process.load_plans(sample)
        bodies.open_current(sample)
        bodies.form_bodies(sample)
        process.lay_out_calendar(sample)
        reports = process.request_reports(sample)
        process.write_reports(sample, reports)
        process.complete_plan(sample)
        process.bring_draft_to_council(sample)
    return True
