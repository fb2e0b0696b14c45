"""The card of an objective as plain data: one shape for pages, forms, rules, files and the draft.

    {"code": "H1.1", "title": …, "sentence": …, "origin": …,
     "responsible": unit name, "cooperating": [unit names, "*" for all],
     "cost_estimate": Decimal or None,
     "indicators": [{"code", "name", "measure", "weight", "baseline", "targets": {year: Decimal},
                     "monitoring", "reporting", "sample"}],
     "activities": [{"code", "name", "kind", "sample"}],
     "risks": [{"text", "control", "sample"}],
     "costs": {year: {"amount": Decimal, "sample"}},
     "findings": [{"text", "sample"}], "needs": [{"text", "sample"}]}

docs/plan-format.md describes the same shape as JSON.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from documents.plan.models import CardNote, Goal, Objective, Outlook
from institution.models import PlanPeriod

ALL_UNITS = "*"
Card = dict[str, Any]


def card_of(objective: Objective) -> Card:
    """The card of an objective loaded by `with_card`; asks the database nothing more."""
    notes = objective.notes.all()
    return {
        "code": objective.code,
        "title": objective.title,
        "sentence": objective.sentence,
        "responsible": objective.responsible.name,
        "cooperating": [ALL_UNITS] * objective.all_units_cooperate
        + [cooperation.unit.name for cooperation in objective.cooperations.all()],
        "cost_estimate": objective.cost_estimate,
        "origin": objective.origin,
        "indicators": [
            {
                "code": indicator.code,
                "name": indicator.name,
                "measure": indicator.measure,
                "weight": indicator.weight,
                "baseline": indicator.baseline,
                "targets": {target.year: target.value for target in indicator.targets.all()},
                "monitoring": indicator.monitoring,
                "reporting": indicator.reporting,
                "sample": indicator.is_sample,
            }
            for indicator in objective.indicators.all()
        ],
        "activities": [
            {"code": row.code, "name": row.name, "kind": row.kind, "sample": row.is_sample}
            for row in objective.activities.all()
        ],
        "risks": [
            {"text": row.text, "control": row.control, "sample": row.is_sample}
            for row in objective.risks.all()
        ],
        "costs": {
            row.year: {"amount": row.amount, "sample": row.is_sample} for row in objective.yearly_costs.all()
        },
        "findings": [_note(note) for note in notes if note.kind == CardNote.Kind.FINDING],
        "needs": [_note(note) for note in notes if note.kind == CardNote.Kind.NEED],
    }


def outlook_of(period: PlanPeriod) -> dict[str, Any]:
    """Mission, vision and values; all of it empty where nothing is written yet."""
    outlook = Outlook.objects.filter(period=period).first() or Outlook()
    return {
        "mission": outlook.mission,
        "vision": outlook.vision,
        "values": [{"name": value.name, "text": value.text} for value in period.core_values.all()],
        "sample": outlook.is_sample,
    }


def plan_of(period: PlanPeriod) -> dict[str, Any]:
    """The whole plan of a period in the shape of docs/plan-format.md, in a fixed number of queries."""
    goals = list(Goal.objects.filter(period=period).with_cards())
    return {
        "period": period.code,
        "outlook": outlook_of(period),
        "goals": [{"code": goal.code, "title": goal.title, "sample": goal.is_sample} for goal in goals],
        "objectives": [card_of(objective) for goal in goals for objective in goal.objectives.all()],
    }


def plain(data: Any) -> Any:
    """The same data as JSON writes it: money as text to the kuruş, other figures as numbers."""
    if isinstance(data, dict):
        return {
            str(key): f"{value:.2f}"
            if key in ("amount", "cost_estimate") and value is not None
            else plain(value)
            for key, value in data.items()
        }
    if isinstance(data, list):
        return [plain(value) for value in data]
    if isinstance(data, Decimal):
        return int(data) if data == data.to_integral_value() else float(data)
    return data


def digest(content: dict[str, Any]) -> str:
    """A fingerprint of a card or an outlook: two people who edit it at once are told so by it."""
    return hashlib.sha256(json.dumps(plain(content), sort_keys=True).encode()).hexdigest()


def says_the_same(one: Card, other: Card) -> bool:
    """Whether two cards differ at most in the codes of their rows, which new rows do not have yet."""

    def words(card: Card) -> Card:
        rows = {part: [{**row, "code": ""} for row in card[part]] for part in ("indicators", "activities")}
        return {**card, **rows, "cooperating": sorted(card["cooperating"])}

    return words(one) == words(other)


def _note(note: CardNote) -> dict[str, Any]:
    return {"text": note.text, "sample": note.is_sample}
