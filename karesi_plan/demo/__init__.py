"""The sample municipality in mid-process. Loaded only into an empty database; a repeat changes nothing."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from common.audit.chain import linked
from common.history import SystemActor, acting
from institution.models import Municipality
from karesi_plan.demo import bodies, process

ACTOR = SystemActor("Örnek veri")


def load(*, today: dt.date) -> bool:
    """Load the sample as it would stand on that day; False where a municipality is there already."""
    if Municipality.objects.exists():
        return False
    sample = bodies.Sample(by=ACTOR, today=today)
    with transaction.atomic(), linked():
        with acting(ACTOR, at=sample.day(1)):
            bodies.found_municipality(sample)
            bodies.open_old(sample)
            process.load_plans(sample)
        with acting(ACTOR, at=sample.day(12)):
            bodies.open_current(sample)
        with acting(ACTOR, at=sample.day(20)):
            bodies.form_bodies(sample)
        process.lay_out_calendar(sample)
        reports = process.request_reports(sample)
        process.write_reports(sample, reports)
        process.complete_plan(sample)
        process.freeze_draft(sample)
        process.hold_team_meeting(sample)
        process.write_late_reports(sample, reports)
        process.bring_draft_to_council(sample)
    return True
