"""The rules themselves: pure functions from a card and the plan's years to its flaws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common import turkish
from documents.plan.cards import Card


@dataclass(frozen=True)
class Flaw:
    """`fields` are cells of the card, named as in its form; the mark stands in the first."""

    sentence: str
    fix: str
    fields: tuple[str, ...]
    mend_at: str


def flaw(sentence: str, fix: str, *fields: str, mend_at: str = "") -> Flaw:
    return Flaw(sentence, fix, fields, mend_at or fields[0])


def indicators_complete(card: Card, years: range) -> Iterator[Flaw]:
    """KR-22: at least one indicator; each with unit, baseline, a target for each year, frequencies."""
    if not card["indicators"]:
        yield flaw(
            _("%(of_code)s has no performance indicator.") % {"of_code": _of(card["code"])},
            _("Write at least one, with its unit, baseline, weight and a target for each year."),
            "indicators-0-name",
        )
    for row, indicator in enumerate(card["indicators"]):
        empty = {
            name: word
            for name, word in {
                "measure": _("unit of measure"),
                "baseline": _("baseline"),
                "monitoring": _("monitoring frequency"),
                "reporting": _("reporting frequency"),
            }.items()
            if indicator[name] in ("", None)
        }
        empty |= {
            f"target_{year}": _("target of %(year)d") % {"year": year}
            for year in years
            if year not in indicator["targets"]
        }
        if empty:
            yield flaw(
                _("%(of_code)s has no %(fields)s.")
                % {"of_code": _of(indicator["code"]), "fields": _joined(empty.values())},
                _("Fill in what is empty. A frequency is monthly, every 3 months, every 6 months or yearly."),
                *(f"indicators-{row}-{name}" for name in empty),
            )


def weights_total_100(card: Card, years: range) -> Iterator[Flaw]:
    """KR-23: the weights of an objective's indicators total exactly 100."""
    weights = [indicator["weight"] for indicator in card["indicators"]]
    total = sum(weight or 0 for weight in weights)
    if not weights or total == 100:
        return
    if None in weights:
        fix = _("Write a weight for each indicator.")
    elif total > 100:
        fix = _("The weights are %(weights)s. Take %(n)s points off.")
    else:
        fix = _("The weights are %(weights)s. Add %(n)s points.")
    fix %= {
        "weights": _joined([turkish.number(weight or 0) for weight in weights]),
        "n": turkish.number(abs(Decimal(100) - total)),
    }
    cells = [f"indicators-{row}-weight" for row in range(len(weights))]
    yield flaw(
        _("The weights total %(total)s; they must total 100.") % {"total": turkish.number(total)},
        fix,
        "weights",
        *cells,
        mend_at=cells[0],
    )


def responsible_not_cooperating(card: Card, years: range) -> Iterator[Flaw]:
    """KR-24: one unit is responsible; it does not cooperate with itself."""
    if card["responsible"] in card["cooperating"]:
        yield flaw(
            _("%(unit)s is responsible and cooperating at once.") % {"unit": card["responsible"]},
            _("Take it out of the cooperating units, or make another unit responsible."),
            "cooperating",
        )


def risks_controlled(card: Card, years: range) -> Iterator[Flaw]:
    """KR-25: at least one risk, each with its control activity."""
    if not card["risks"]:
        yield flaw(
            _("No risk is named."),
            _("Write what could keep the objective from being reached, and what is done against it."),
            "risks-0-text",
        )
    for row, risk in enumerate(card["risks"]):
        if not risk["control"]:
            yield flaw(
                _("Risk %(n)d has no control activity.") % {"n": row + 1},
                _("Write at least one control activity for each risk."),
                f"risks-{row}-control",
            )


def costs_complete(card: Card, years: range) -> Iterator[Flaw]:
    """KR-27: a cost for each year of the plan; together they make the card's estimate."""
    missing = [year for year in years if year not in card["costs"]]
    total = sum(cost["amount"] for cost in card["costs"].values())
    estimate = card["cost_estimate"]
    if missing:
        yield flaw(
            _("No cost is written for any year.")
            if len(missing) == len(years)
            else _("No cost is written for %(years)s.") % {"years": _joined(missing)},
            _("Write an amount for each year; where there is none, 0,00."),
            "cost_estimate",
            mend_at=f"cost_{missing[0]}",
        )
    elif estimate is None:
        yield flaw(
            _("The cost estimate is empty."),
            _("The yearly costs make %(total)s: write this as the estimate.")
            % {"total": turkish.money(total)},
            "cost_estimate",
        )
    elif total != estimate:
        yield flaw(
            _("The yearly costs make %(total)s, the estimate is %(estimate)s.")
            % {"total": turkish.money(total), "estimate": turkish.money(estimate)},
            _("The difference is %(gap)s. Correct a year or the estimate.")
            % {"gap": turkish.money(abs(estimate - total))},
            "cost_estimate",
        )


def _of(code: str) -> str:
    """The code in the genitive (PG1.1.3’ün), as the Turkish sentences need it."""
    return code if get_language() == "en" else turkish.suffix(code, "in")


def _joined(words: Iterable[object]) -> str:
    *first, last = map(str, words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
