"""Plans of a period, loaded as the demonstration loads them."""

import datetime as dt
import json

from documents.plan import sample_cards, services
from documents.plan.interchange import read
from documents.plan.models import Objective
from institution import services as institution
from institution.models import PlanPeriod
from institution.workflow import PeriodState
from tests.factories.base import BY, municipality, period, unit
from tests.once import once


def load(plan_period: PlanPeriod, plan: dict) -> PlanPeriod:
    """Write a plan of the documented format into a period; its units are made."""
    words = json.dumps(plan)

    def write() -> None:
        for name in units_of(plan):
            unit(name)
        services.replace_plan(period=plan_period, plan=read(words), by=BY)

    once(f"plan of period {plan_period.pk}: {words}", write)
    return plan_period


def units_of(plan: dict) -> list[str]:
    """The names of the units that a plan names."""
    cards = plan["objectives"]
    return sorted({name for card in cards for name in (card["responsible"], *card["cooperating"])} - {"*"})


def real_plan() -> PlanPeriod:
    """2020-2024 with the real cards as they were read, still open."""

    def build() -> PlanPeriod:
        municipality()
        opened = period(2020, circular_on=dt.date(2019, 5, 15), election_on=dt.date(2019, 3, 31))
        return load(opened, sample_cards.from_cards(sample_cards.cards(), 2020))

    return once("the real plan", build)


def whole_plan(plan_period: PlanPeriod | None = None) -> PlanPeriod:
    """The completed cards, in which no rule finds anything, in this period or in one of their own."""

    def build() -> PlanPeriod:
        municipality()
        return whole_plan(period())

    if plan_period is None:
        return once("a period with its whole plan", build)
    return load(plan_period, sample_cards.completed(sample_cards.cards(), plan_period.first_year))


def close(plan_period: PlanPeriod) -> PlanPeriod:
    for state in (PeriodState.ADOPTED, PeriodState.IN_FORCE, PeriodState.CLOSED):
        institution.move_period(period=plan_period, to=state, by=BY)
    return plan_period


def objective(plan_period: PlanPeriod, code: str) -> Objective:
    """The objective of a code (H1.1), with its card."""
    goal, number = code[1:].split(".")
    return Objective.objects.with_card().get(goal__period=plan_period, goal__number=goal, number=number)
