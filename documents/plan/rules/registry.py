"""The register of rules. A rule that changes gets an end date and a successor beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.plan.cards import Card
from documents.plan.rules import checks
from documents.plan.rules.checks import Flaw

BLOCKS, WARNS = "blocks", "warns"
GUIDE = dt.date(2019, 1, 1)  # the guide for municipalities bears the year, no day


@dataclass(frozen=True)
class Rule:
    """`check` takes a card and the years of the plan; `source` is short, `basis` the whole ground."""

    id: str
    severity: str
    title: str | Promise
    source: str | Promise
    basis: str | Promise
    check: Callable[[Card, range], Iterable[Flaw]]
    since: dt.date = GUIDE
    until: dt.date | None = None


RULES = (
    Rule(
        "KR-22",
        BLOCKS,
        _("Indicators are complete"),
        _("Guide 5.C"),
        _(
            "Guide for municipalities (2019), 5.C; Court of Accounts, criterion of measurability: each "
            "indicator has a unit, a baseline, a value for each year and its frequencies."
        ),
        checks.indicators_complete,
    ),
    Rule(
        "KR-23",
        BLOCKS,
        _("Weights total 100"),
        _("Guide 5.C"),
        _("Guide for municipalities (2019), 5.C: the weights of an objective’s indicators total 100."),
        checks.weights_total_100,
    ),
    Rule(
        "KR-24",
        WARNS,
        _("The responsible unit is not among the cooperating ones"),
        _("Guide 5.B"),
        _("Guide for municipalities (2019), 5.B: one unit is responsible, others cooperate with it."),
        checks.responsible_not_cooperating,
    ),
    Rule(
        "KR-25",
        WARNS,
        _("Risks are named and controlled"),
        _("Guide 5.E"),
        _(
            "Guide for municipalities (2019), 5.E: each objective has its risks, each risk its control "
            "activity."
        ),
        checks.risks_controlled,
    ),
    Rule(
        "KR-27",
        BLOCKS,
        _("Costs stand for each year and add up"),
        _("Guide 5.F"),
        _(
            "Guide for municipalities (2019), 5.F; findings of the Court of Accounts on missing five-year "
            "cost tables (Başiskele, Serdivan): each objective has a cost for each year; they make its total."
        ),
        checks.costs_complete,
    ),
)
