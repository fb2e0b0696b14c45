"""Plan data as they are shown and printed: plain, JSON-able dicts with figures in Turkish form.

`card`, `goals_with_cards`, `costs` and `outlook` speak Turkish whoever asks, since the plan is a
Turkish document and the draft freezes what they return. `shown…` speak the reader's language.
Figures for the pictures of documents/plan/charts.py are floats, everything else is text.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from common import turkish
from documents.plan.cards import ALL_UNITS, card_of, outlook_of
from documents.plan.models import Frequency, Goal, Objective, PlanActivity
from institution.models import PlanPeriod


def in_turkish(present: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(present)
    def presented(*args: Any) -> Any:
        with override("tr"):
            return present(*args)

    return presented


# --- One card


def shown(objective: Objective) -> dict[str, Any]:
    """A card in the active language. Takes an objective loaded by `with_card`."""
    data = card_of(objective)
    goal = objective.goal
    years = list(goal.period.years)
    weights = [i["weight"] for i in data["indicators"]]
    return {
        **{name: data[name] for name in ("code", "title", "sentence", "responsible", "origin")},
        "id": objective.pk,
        "url": objective.get_absolute_url(),
        "goal": {"code": goal.code, "title": goal.title},
        "years": years,
        "before": years[0] - 1,
        "indicators": [_indicator(row, years) for row in data["indicators"]],
        "weights_total": turkish.number(sum(weight or 0 for weight in weights)) if weights else "",
        "cooperating": [_("All units") if name == ALL_UNITS else name for name in data["cooperating"]],
        "risks": [{"text": risk["text"], "control": risk["control"]} for risk in data["risks"]],
        "activities": [
            {"code": row["code"], "name": row["name"], "kind": str(PlanActivity.Kind(row["kind"]).label)}
            for row in data["activities"]
        ],
        "cost": _amount(data["cost_estimate"]),
        "costs": [_amount(data["costs"].get(year, {}).get("amount")) for year in years],
        "findings": [note["text"] for note in data["findings"]],
        "needs": [note["text"] for note in data["needs"]],
        "sample": any(
            row["sample"]
            for part in ("indicators", "activities", "risks", "findings", "needs")
            for row in data[part]
        ),
    }


card = in_turkish(shown)


def _indicator(row: dict[str, Any], years: list[int]) -> dict[str, Any]:
    targets = [row["targets"].get(year) for year in years]
    return {
        **{name: row[name] for name in ("code", "name", "measure", "sample")},
        "weight": _figure(row["weight"]),
        "baseline": _figure(row["baseline"]),
        "targets": [_figure(target) for target in targets],
        "monitoring": _frequency(row["monitoring"]),
        "reporting": _frequency(row["reporting"]),
        "path": [None if value is None else float(value) for value in [row["baseline"], *targets]],
    }


# --- Goals


@in_turkish
def goals_with_cards(period: PlanPeriod) -> list[dict[str, Any]]:
    """All goals of a period as `shown_goal`, each with its "cards" as `card`."""
    goals = list(Goal.objects.filter(period=period).with_cards())
    total = sum((_estimate(goal) for goal in goals), Decimal())
    return [
        {**shown_goal(goal, total), "cards": [shown(objective) for objective in goal.objectives.all()]}
        for goal in goals
    ]


def shown_goal(goal: Goal, total: Decimal) -> dict[str, Any]:
    """A goal in the active language; takes it loaded by `with_cards`, and the plan's total, TL."""
    objectives = list(goal.objectives.all())
    estimate = _estimate(goal)
    yearly = [float(a) for a in _yearly(objectives, goal.period.years) if a is not None]
    return {
        "id": goal.pk,
        "url": goal.get_absolute_url(),
        "code": goal.code,
        "title": goal.title,
        "sample": goal.is_sample,
        "objectives": [
            {
                "code": o.code,
                "title": o.title,
                "responsible": o.responsible.name,
                "cost": _amount(o.cost_estimate),
            }
            for o in objectives
        ],
        "indicators": sum(len(o.indicators.all()) for o in objectives),
        "total": _amount(estimate),
        "share": _share(estimate, total),
        "years": list(goal.period.years),
        "amounts": yearly if len(yearly) == len(goal.period.years) else [],
    }


# --- Money


def shown_costs(period: PlanPeriod) -> dict[str, Any]:
    """The cost table: a row for each goal and objective, and the figures of its two pictures."""
    goals = [goal for goal in Goal.objects.filter(period=period).with_cards() if goal.objectives.all()]
    years = period.years
    every = [objective for goal in goals for objective in goal.objectives.all()]
    total = sum((_estimate(goal) for goal in goals), Decimal())
    rows = []
    for goal in goals:
        objectives = list(goal.objectives.all())
        rows.append(_cost_row("goal", goal, _yearly(objectives, years), _estimate(goal)))
        rows += [_cost_row("objective", o, _yearly([o], years), o.cost_estimate) for o in objectives]
    return {
        "years": list(years),
        "rows": rows,
        "total": {"amounts": [_amount(a) for a in _yearly(every, years)], "total": _amount(total)},
        "shares": [_goal_share(goal, total) for goal in goals],
        "ranked": _ranked(goals, total),
        "sample": any(cost.is_sample for o in every for cost in o.yearly_costs.all()),
    }


costs = in_turkish(shown_costs)


def _cost_row(level: str, row: Goal | Objective, amounts: list, total: Decimal | None) -> dict[str, Any]:
    return {
        "level": level,
        "code": row.code,
        "title": row.title,
        "url": row.get_absolute_url(),
        "amounts": [_amount(amount) for amount in amounts],
        "total": _amount(total),
    }


def _goal_share(goal: Goal, total: Decimal) -> dict[str, Any]:
    objectives = list(goal.objectives.all())
    largest = max(objectives, key=lambda o: o.cost_estimate or 0)
    return {
        "code": goal.code,
        "title": goal.title,
        "value": float(_estimate(goal)),
        "total": _amount(_estimate(goal)),
        "share": _share(_estimate(goal), total),
        "objectives": len(objectives),
        "largest": str(largest),
    }


def _ranked(goals: Iterable[Goal], total: Decimal) -> list[dict[str, Any]]:
    rows = [
        {
            "code": objective.code,
            "title": objective.title,
            "value": float(objective.cost_estimate),
            "label": f"{turkish.number(objective.cost_estimate / 1_000_000, 1)} "
            f"({_share(objective.cost_estimate, total)})",
            "tone": tone,
        }
        for tone, goal in enumerate(goals, 1)
        for objective in goal.objectives.all()
        if objective.cost_estimate is not None
    ]
    return sorted(rows, key=lambda row: -row["value"])


# --- Looking ahead


outlook = outlook_of


# --- Figures in their form


def _figure(value: Decimal | None) -> str:
    return "" if value is None else turkish.number(value)


def _amount(value: Decimal | None) -> str:
    return "" if value is None else turkish.number(value, 2)


def _share(part: Decimal, whole: Decimal) -> str:
    return turkish.percent(100 * part / whole, 1) if whole else ""


def _frequency(value: str) -> str:
    return str(Frequency(value).label) if value else ""


def _estimate(goal: Goal) -> Decimal:
    return sum((o.cost_estimate or Decimal() for o in goal.objectives.all()), Decimal())


def _yearly(objectives: list[Objective], years: range) -> list[Decimal | None]:
    """The sum of each year; None where an objective says nothing for it: half a sum would mislead."""
    costs = [{cost.year: cost.amount for cost in o.yearly_costs.all()} for o in objectives]
    return [
        sum((cost[year] for cost in costs), Decimal())
        if costs and all(year in cost for cost in costs)
        else None
        for year in years
    ]
