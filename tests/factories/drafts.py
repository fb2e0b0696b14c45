"""Drafts of a plan, walked to a state by the same services that people use."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from documents.drafts import services
from documents.drafts.models import DraftVersion
from documents.plan import services as plan
from documents.plan.cards import card_of
from tests.factories import plan as plans
from tests.factories import reports
from tests.factories.base import BY, days_ago
from tests.personas import House
from timetable import services as timetable

VOTES = {"present": 3, "in_favour": 2, "against": 1, "note": "Görüşüldü."}


def ready(house: House) -> House:
    """A whole plan, a calendar, and one accepted report of three sections for chapter 3.F."""
    plans.whole_plan(house.period)
    timetable.lay_out_programme(period=house.period, by=house.officer)
    reports.accepted(house.group, title="Paydaş analizi raporu")
    return house


def frozen(house: House, *, days: int = 5) -> DraftVersion:
    """The next version, frozen so many days ago."""
    newest = house.period.drafts.first()
    return services.freeze(
        period=house.period,
        after=newest.number if newest else 0,
        by=house.officer,
        now=timezone.now() - dt.timedelta(days),
        today=days_ago(days),
    )


def endorsed(house: House, draft: DraftVersion | None = None, **changed: Any) -> DraftVersion:
    draft = draft or frozen(house)
    values = VOTES | {"decided_on": days_ago(2), "by": house.team_chair, "now": timezone.now()} | changed
    services.endorse(draft=draft, **values)
    return read(draft)


def approved(house: House, draft: DraftVersion | None = None, **changed: Any) -> DraftVersion:
    draft = draft or endorsed(house)
    counts = {"present": 2, "in_favour": 2, "against": 0, "note": ""}
    values = counts | {"decided_on": days_ago(1), "by": house.mayor, "now": timezone.now()} | changed
    services.approve(draft=draft, **values)
    return read(draft)


def at_council(house: House) -> DraftVersion:
    draft = approved(house)
    services.put_before_council(draft=draft, by=house.officer, now=timezone.now())
    return draft


def returned(house: House, *objections: str) -> DraftVersion:
    draft = at_council(house)
    listed = [{"chapter": "5.B", "text": text} for text in objections]
    return decided(draft, "returned", house, objections=listed)


def decided(draft: DraftVersion, outcome: str, house: House, **more: Any) -> DraftVersion:
    services.record_council_outcome(
        draft=draft, outcome=outcome, on=days_ago(0), by=house.clerk, now=timezone.now(), **more
    )
    return read(draft)


def rename(house: House, code: str, title: str) -> None:
    """Give an objective of the living plan another title."""
    objective = plans.objective(house.period, code)
    plan.save_card(objective=objective, card=card_of(objective) | {"title": title}, by=BY)


def break_weights(house: House, code: str = "H1.1") -> None:
    """Let a rule that blocks find something: the weights of this objective no longer total 100."""
    objective = plans.objective(house.period, code)
    card = card_of(objective)
    card["indicators"][0]["weight"] += 5
    plan.save_card(objective=objective, card=card, by=BY)


def read(draft: DraftVersion) -> DraftVersion:
    return DraftVersion.objects.select_related("period").get(pk=draft.pk)
