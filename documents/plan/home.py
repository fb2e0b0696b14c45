"""What the plan offers to the first screens."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from documents.plan.models import Goal, Indicator
from institution.models import PlanPeriod


def in_brief(period: PlanPeriod) -> dict[str, Any]:
    """The plan in ten lines (templates/plan/_home_brief.html): goals with their money, and counts."""
    goals = list(Goal.objects.filter(period=period).prefetch_related("objectives"))
    totals = [sum((o.cost_estimate or Decimal() for o in goal.objectives.all()), Decimal()) for goal in goals]
    largest = max(totals, default=Decimal()) or Decimal(1)
    return {
        "goals": [
            {"goal": goal, "total": total, "width": f"{100 * total / largest:.1f}"}
            for goal, total in zip(goals, totals, strict=True)
        ],
        "objectives": sum(len(goal.objectives.all()) for goal in goals),
        "indicators": Indicator.objects.filter(objective__goal__period=period).count(),
        "total": sum(totals, Decimal()),
    }
