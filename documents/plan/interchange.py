"""Plans as files: reading one with a message that names the place of each fault, and writing one.

The format is documented in docs/plan-format.md; its schema stands beside. What the schema cannot
say (a code twice, a year of another period) is checked here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from common.decisions import Invalid
from documents.plan.cards import ALL_UNITS, plain, plan_of
from documents.plan.models import PlanActivity
from institution.models import PlanPeriod, Unit

FORMAT = "karesi-plan/1"
Place = list[str | int]


class BadPlan(Invalid):
    """The file is no plan. `field` is the place: objectives[2].indicators[0].targets.2022."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message, field=_written(place or []))

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else str(self.message)


def write(period: PlanPeriod) -> str:
    """The plan of a period as the text of a file."""
    return json.dumps(plain({"format": FORMAT, **plan_of(period)}), ensure_ascii=False, indent=1) + "\n"


def read(text: str, *, period: str = "") -> dict[str, Any]:
    """The plan that a file holds, whole and in the shape of `plan_of`.

    `period` reads it as the plan of another period. Raises BadPlan for the first fault.
    """
    data = _parsed(text)
    if fault := min(_validator().iter_errors(data), key=_order, default=None):
        raise BadPlan(_sentence(fault), list(fault.absolute_path))
    plan = _filled(data | ({"period": period} if period else {}))
    for message, place in _contradictions(plan):
        raise BadPlan(message, place)
    for rows in (plan["goals"], plan["objectives"]):
        rows.sort(key=_number)
    for card in plan["objectives"]:
        card["indicators"].sort(key=_number)
        card["activities"].sort(key=_number)
    return plan


def unknown_units(plan: dict[str, Any]) -> dict[str, str]:
    """Names of units that do not exist, each with the place that names it first."""
    known = {ALL_UNITS, *Unit.objects.values_list("name", flat=True)}
    unknown: dict[str, str] = {}
    for i, card in enumerate(plan["objectives"]):
        places: list[tuple[str, Place]] = [(card["responsible"], ["objectives", i, "responsible"])]
        places += [(name, ["objectives", i, "cooperating", j]) for j, name in enumerate(card["cooperating"])]
        for name, place in places:
            if name not in known:
                unknown.setdefault(name, _written(place))
    return unknown


# --- Reading


def _parsed(text: str) -> Any:
    try:
        data = json.loads(
            text, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_without_doubles
        )
    except json.JSONDecodeError as error:
        raise BadPlan(
            _("This is no JSON: line %(line)d, column %(column)d.")
            % {"line": error.lineno, "column": error.colno}
        ) from error
    except (RecursionError, ValueError) as error:
        raise BadPlan(_("This is no JSON that can be read.")) from error
    return data


def _refuse_constant(name: str) -> None:
    raise BadPlan(_("%(name)s is no number.") % {"name": name})


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        names = [name for name, _value in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise BadPlan(_("“%(name)s” stands twice in one place.") % {"name": double})
    return data


@cache
def _validator() -> Draft202012Validator:
    schema = settings.BASE_DIR / "docs" / "plan-format.schema.json"
    return Draft202012Validator(json.loads(schema.read_text()))


def _sentence(error: ValidationError) -> str:
    """What the schema objects to, in the reader's language."""
    wanted, found = error.validator_value, error.instance
    match error.validator:
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            return _("must be %(wanted)s, and is %(found)s.") % {
                "wanted": "/".join(_kind(kind) for kind in kinds),
                "found": _short(plain(found)),
            }
        case "required":
            return _("“%(name)s” is missing.") % {"name": next(name for name in wanted if name not in found)}
        case "additionalProperties":
            known = error.schema["properties"]
            return _("“%(name)s” is no field of the format.") % {
                "name": next(name for name in found if name not in known)
            }
        case "const":
            return _("must be “%(wanted)s”.") % {"wanted": wanted}
        case "enum":
            return _("must be one of: %(wanted)s.") % {"wanted": ", ".join(map(_short, wanted))}
        case "pattern":
            example = error.schema.get("examples", [_("a text without control characters")])[0]
            return _("must be written as %(example)s, and is %(found)s.") % {
                "example": example,
                "found": _short(found),
            }
        case "minimum" | "maximum":
            return _("must lie between %(least)s and %(most)s.") % {
                "least": error.schema["minimum"],
                "most": error.schema["maximum"],
            }
        case "minLength":
            return _("must not be empty.")
        case "maxLength":
            return _("may have at most %(n)d characters.") % {"n": wanted}
        case "uniqueItems":
            return _("names something twice.")
    return error.message


def _order(error: ValidationError) -> list[str]:
    """Faults in the order of the file, as far as names and numbers tell it."""
    return [f"{step:09d}" if isinstance(step, int) else step for step in error.absolute_path]


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:60]


def _kind(name: str) -> str:
    return {
        "object": _("a group of fields"),
        "array": _("a list"),
        "string": _("a text"),
        "number": _("a number"),
        "boolean": _("true or false"),
        "null": "null",
    }[name]


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """The file's plan with what it may leave out, figures as Decimals and years as numbers."""
    outlook = {"mission": "", "vision": "", "values": [], "sample": False} | data.get("outlook", {})
    return {
        "period": data["period"],
        "outlook": outlook | {"values": [{"text": "", **value} for value in outlook["values"]]},
        "goals": [{"sample": False, **goal} for goal in data["goals"]],
        "objectives": [_filled_card(card) for card in data["objectives"]],
    }


def _filled_card(card: dict[str, Any]) -> dict[str, Any]:
    blank: dict[str, Any] = {
        "sentence": "",
        "origin": "",
        "cooperating": [],
        "cost_estimate": None,
        "costs": {},
    }
    parts: dict[str, dict[str, Any]] = {
        "indicators": dict.fromkeys(("measure", "monitoring", "reporting"), "")
        | {"weight": None, "baseline": None, "targets": {}},
        "activities": {"kind": PlanActivity.Kind.ACTIVITY.value},
        "risks": {"control": ""},
        "findings": {},
        "needs": {},
    }
    rows = {
        part: [{**defaults, "sample": False, **row} for row in card.get(part, [])]
        for part, defaults in parts.items()
    }
    for row in rows["indicators"]:
        row |= {name: _decimal(row[name]) for name in ("weight", "baseline")}
        row["targets"] = {int(year): _decimal(value) for year, value in row["targets"].items()}
    costs = {
        int(year): {"sample": False, **cost, "amount": Decimal(cost["amount"])}
        for year, cost in card.get("costs", {}).items()
    }
    estimate = card.get("cost_estimate")
    return blank | card | rows | {"costs": costs, "cost_estimate": estimate and Decimal(estimate)}


def _decimal(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _number(row: dict[str, Any]) -> list[int]:
    """The numbers of a code, by which rows are ordered."""
    return [int(part) for part in row["code"].lstrip("AHPGF").split(".")]


# --- What the schema cannot say


def _contradictions(plan: dict[str, Any]) -> Iterator[tuple[str, Place]]:
    first, last = map(int, plan["period"].split("-"))
    goals = {goal["code"][1:] for goal in plan["goals"]}
    yield from _doubles(plan["goals"], ["goals"])
    yield from _doubles(plan["objectives"], ["objectives"])
    for i, card in enumerate(plan["objectives"]):
        place: Place = ["objectives", i]
        number = card["code"][1:]
        if number.split(".")[0] not in goals:
            yield _("“%(code)s” belongs to no goal of the file.") % {"code": card["code"]}, [*place, "code"]
        for part in ("indicators", "activities"):
            yield from _doubles(card[part], [*place, part])
            for j, row in enumerate(card[part]):
                if row["code"].lstrip("PGF").rpartition(".")[0] != number:
                    yield (
                        _("“%(code)s” does not belong to %(objective)s.")
                        % {"code": row["code"], "objective": card["code"]},
                        [*place, part, j, "code"],
                    )
        yield from _other_years(card["costs"], first, last, [*place, "costs"])
        for j, row in enumerate(card["indicators"]):
            at = [*place, "indicators", j]
            yield from _other_years(row["targets"], first, last, [*at, "targets"])
            figures = {"weight": row["weight"], "baseline": row["baseline"]}
            yield from _too_fine(figures, at)
            yield from _too_fine(row["targets"], [*at, "targets"])


def _doubles(rows: list[dict[str, Any]], place: Place) -> Iterator[tuple[str, Place]]:
    seen = set()
    for i, row in enumerate(rows):
        if row["code"] in seen:
            yield _("“%(code)s” stands twice.") % {"code": row["code"]}, [*place, i, "code"]
        seen.add(row["code"])


def _other_years(years: dict[int, Any], first: int, last: int, place: Place) -> Iterator[tuple[str, Place]]:
    for year in years:
        if not first <= year <= last:
            yield (
                _("%(year)d is no year of the plan period %(first)d–%(last)d.")
                % {"year": year, "first": first, "last": last},
                [*place, str(year)],
            )


def _too_fine(figures: dict[Any, Decimal | None], place: Place) -> Iterator[tuple[str, Place]]:
    for name, value in figures.items():
        if value is not None and value != round(value, 2):
            yield _("may have at most two decimals."), [*place, str(name)]


def _written(place: Place) -> str:
    """objectives[2].indicators[0].targets.2022"""
    text = ""
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
