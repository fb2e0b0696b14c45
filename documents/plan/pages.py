"""What the pages of the plan share: the tree beside the card, the marks in its cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from documents.plan import rules
from documents.plan.models import Goal
from institution.models import PlanPeriod

SEVERITIES = {rules.BLOCKS: _("Blocking findings"), rules.WARNS: _("Warnings")}
TONES = {rules.BLOCKS: "stop", rules.WARNS: "warn"}


class Count(NamedTuple):
    """Findings of a goal or a card; with blocking ones only these are counted, since they come first."""

    number: int
    tone: str


class Tree:
    """The plan as goals and objectives, with findings and money. Loads every card once."""

    def __init__(self, period: PlanPeriod) -> None:
        self.goals = list(Goal.objects.filter(period=period).with_cards())
        self.objectives = {o.pk: o for goal in self.goals for o in goal.objectives.all()}
        self.findings = rules.findings(period, self.objectives.values())
        self.indicator_count = sum(len(o.indicators.all()) for o in self.objectives.values())
        self.total = sum((o.cost_estimate or Decimal() for o in self.objectives.values()), Decimal())
        self.by_objective = _counts(self.findings, lambda found: found.objective.pk)
        self.by_goal = _counts(self.findings, lambda found: found.objective.goal_id)

    @property
    def blocking(self) -> int:
        return sum(found.blocks for found in self.findings)

    def branches(self) -> list[dict[str, Any]]:
        return [
            {
                "goal": goal,
                "count": self.by_goal.get(goal.pk),
                "total": sum((o.cost_estimate or Decimal() for o in goal.objectives.all()), Decimal()),
                "objectives": [
                    {"objective": objective, "count": self.by_objective.get(objective.pk)}
                    for objective in goal.objectives.all()
                ],
            }
            for goal in self.goals
        ]


class Mark(NamedTuple):
    """What a cell shows of a finding: its number stands in the first of its cells only."""

    number: int
    tone: str
    sentence: str
    first: bool


def marks(findings: Iterable[rules.Finding]) -> dict[str, Mark]:
    """By cell of the card, the finding that speaks of it."""
    found: dict[str, Mark] = {}
    for number, finding in enumerate(findings, 1):
        for place, field in enumerate(finding.fields):
            mark = Mark(number, TONES[finding.severity], finding.sentence, first=place == 0)
            if mark.first or field not in found:
                found[field] = mark
    return found


def _counts(findings: list[rules.Finding], key: Any) -> dict[int, Count]:
    blocking = Counter(key(found) for found in findings if found.blocks)
    warning = Counter(key(found) for found in findings if not found.blocks)
    return {
        pk: Count(blocking[pk], TONES[rules.BLOCKS])
        if blocking[pk]
        else Count(warning[pk], TONES[rules.WARNS])
        for pk in blocking.keys() | warning.keys()
    }
