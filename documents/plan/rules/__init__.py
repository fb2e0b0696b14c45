"""What a check of the plan must find: dated rules, pure functions over the plan's cards.

`findings(period)` runs the rules that held when the plan was begun. A complete card gives none.
Rule ids are the numbers of the guide's control list (kontrol listesi): KR-23 is its item 23.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from documents.plan.cards import card_of
from documents.plan.models import Objective
from documents.plan.rules.registry import BLOCKS, RULES, WARNS, Rule
from institution.models import PlanPeriod

__all__ = ["BLOCKS", "RULES", "WARNS", "Finding", "findings"]


@dataclass(frozen=True)
class Finding:
    """One fault of one card: what is wrong, what to do, by which rule, and where.

    `fields` are cells of the card, the mark stands in the first; `url` is the field of the form.
    """

    rule: str
    severity: str
    sentence: str
    fix: str
    source: str
    place: str
    fields: tuple[str, ...]
    url: str
    objective: Objective

    @property
    def blocks(self) -> bool:
        return self.severity == BLOCKS


def findings(period: PlanPeriod, objectives: Iterable[Objective] | None = None) -> list[Finding]:
    """The findings of a period in the order of its cards, or of these cards if they are loaded."""
    if objectives is None:
        objectives = Objective.objects.filter(goal__period=period).with_card()
    rules = rules_on(period.circular_on or dt.date(period.first_year, 1, 1))
    return [found for objective in objectives for found in _of_card(objective, rules, period.years)]


def rules_on(day: dt.date) -> list[Rule]:
    """The rules in force on a day."""
    return [rule for rule in RULES if rule.since <= day and (rule.until is None or day <= rule.until)]


def _of_card(objective: Objective, rules: list[Rule], years: range) -> Iterable[Finding]:
    card = card_of(objective)
    form = reverse("plan:card-edit", args=[objective.pk])
    for rule in rules:
        for flaw in rule.check(card, years):
            yield Finding(
                rule=rule.id,
                severity=rule.severity,
                sentence=flaw.sentence,
                fix=flaw.fix,
                source=str(rule.source),
                place=card["code"],
                fields=flaw.fields,
                url=f"{form}#id_{flaw.mend_at}",
                objective=objective,
            )
