"""Every write of plan data. Each needs its author and a period that is still being prepared.

Numbers make the codes (H1.2), so they are never re-used: what is removed leaves its gap, and
what is added takes the number after the highest that ever stood there.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.decisions import Invalid, Refused, require
from common.history import Stale, service
from documents.plan.cards import ALL_UNITS, Card, card_of, digest, outlook_of, plan_of, says_the_same
from documents.plan.models import (
    CardNote,
    Cooperation,
    CoreValue,
    Goal,
    Indicator,
    Objective,
    Outlook,
    PlanActivity,
    Risk,
    Target,
    YearlyCost,
)
from documents.plan.permissions import is_open
from institution.models import PlanPeriod, Unit

CHANGED_MEANWHILE = gettext_lazy(
    "Somebody else changed this while you were writing. What you wrote still stands below."
)

REMOVED_MEANWHILE = gettext_lazy("Somebody else removed this meanwhile.")

# --- Looking ahead


@service
def set_outlook(
    *,
    period: PlanPeriod,
    mission: str,
    vision: str,
    values: list[dict[str, str]],
    by: Any,
    sample: bool = False,
    seen: str = "",
) -> Outlook:
    """Mission, vision and core values ([{"name", "text"}], in their order); `seen` as in `save_card`."""
    _alone(period)
    present = outlook_of(period)
    said = {"mission": mission, "vision": vision, "values": values}
    if seen and seen != digest(present) and said != {name: present[name] for name in said}:
        raise Stale(CHANGED_MEANWHILE)
    outlook = Outlook.objects.filter(period=period).first() or Outlook(period=period)
    _put(outlook, mission=mission, vision=vision, is_sample=sample)
    _sync_list(CoreValue(period=period), CoreValue.objects.filter(period=period), values, name="name")
    return outlook


# --- Goals


@service
def add_goal(*, period: PlanPeriod, title: str, by: Any) -> Goal:
    """A new goal; if one of these words is there (a form sent twice), that one."""
    _alone(period)
    same = Goal.objects.filter(period=period, title=title).first()
    return same or _put(Goal(period=period, number=_next_number(Goal, period=period)), title=title)


@service
def change_goal(*, goal: Goal, title: str, by: Any) -> Goal:
    """New words for a goal; what a person wrote is no sample any more."""
    _alone(goal.period)
    _again(goal)
    return _put(goal, title=title, is_sample=goal.is_sample and goal.title == title)


@service
def move_goal(*, goal: Goal, up: bool, by: Any) -> Goal:
    """Change places, and so codes, with the goal before or after; gives the goal as it stands then.

    Nothing happens at the end of the list, or when the goal has another number meanwhile than the
    one loaded: the press was repeated, or somebody else was first.
    """
    _alone(goal.period)
    return _swap(goal, Goal.objects.filter(period=goal.period), up=up)


@service
def remove_goal(*, goal: Goal, by: Any) -> None:
    _alone(goal.period)
    if not Goal.objects.filter(pk=goal.pk).exists():
        return  # pressed twice: it is gone, as was asked
    if goal.objectives.exists():
        raise Refused(_("Remove the objectives of %(code)s first.") % {"code": goal.code})
    goal.delete()


# --- Objectives and their cards


@service
def add_objective(*, goal: Goal, title: str, responsible: Unit, by: Any) -> Objective:
    """A new objective; if the goal has one of these words (a form sent twice), that one."""
    _alone(goal.period)
    _again(goal)
    same = Objective.objects.filter(goal=goal, title=title).first()
    new = Objective(goal=goal, number=_next_number(Objective, goal=goal))
    return same or _put(new, title=title, responsible=responsible)


@service
def move_objective(*, objective: Objective, up: bool, by: Any) -> Objective:
    """As `move_goal`, within the same goal."""
    _alone(objective.goal.period)
    return _swap(objective, Objective.objects.filter(goal=objective.goal), up=up)


@service
def remove_objective(*, objective: Objective, by: Any) -> None:
    """Remove an objective with all that stands on its card; the history keeps it."""
    _alone(objective.goal.period)
    if not Objective.objects.filter(pk=objective.pk).exists():
        return  # pressed twice: it is gone, as was asked
    for parts in (objective.indicators, objective.activities, objective.risks, objective.notes):
        for part in parts.all():
            part.delete()
    objective.delete()


@service
def save_card(*, objective: Objective, card: Card, by: Any, seen: str = "") -> Objective:
    """Make the card be exactly this (documents/plan/cards.py); what stays the same leaves no trace.

    `seen` is the digest of the card that the writer had before them: where the card has changed
    since and says something else, Stale is raised and nothing is written. Indicators and activities
    without a code get the next one. Raises Invalid for a unit that does not exist.
    """
    _alone(objective.goal.period)
    _again(objective)
    objective = Objective.objects.with_card().get(pk=objective.pk)
    present = card_of(objective)
    if seen and seen != digest(present):
        if says_the_same(card, present):
            return objective  # the form was sent twice
        raise Stale(CHANGED_MEANWHILE)
    _put(
        objective,
        title=card["title"],
        sentence=card["sentence"],
        responsible=_unit(card["responsible"]),
        all_units_cooperate=ALL_UNITS in card["cooperating"],
        cost_estimate=card["cost_estimate"],
        origin=card["origin"],
    )
    _set_parts(objective, card)
    return objective


def _set_parts(objective: Objective, card: Card) -> None:
    cooperating = [_unit(name) for name in card["cooperating"] if name != ALL_UNITS]
    _sync(
        Cooperation(objective=objective),
        Cooperation.objects.filter(objective=objective),
        {unit.pk: {} for unit in cooperating},
        key="unit_id",
    )
    _set_indicators(objective, card["indicators"])
    _sync(
        PlanActivity(objective=objective),
        PlanActivity.objects.filter(objective=objective),
        {
            number: {"name": row["name"], "kind": row["kind"], "is_sample": row["sample"]}
            for number, row in _numbered(PlanActivity, objective, card["activities"])
        },
    )
    _sync(
        YearlyCost(objective=objective),
        YearlyCost.objects.filter(objective=objective),
        {
            year: {"amount": cost["amount"], "is_sample": cost["sample"]}
            for year, cost in card["costs"].items()
        },
        key="year",
    )
    _sync_list(
        Risk(objective=objective), Risk.objects.filter(objective=objective), _with_sample(card["risks"])
    )
    for kind, rows in ((CardNote.Kind.FINDING, card["findings"]), (CardNote.Kind.NEED, card["needs"])):
        _sync_list(
            CardNote(objective=objective, kind=kind),
            CardNote.objects.filter(objective=objective, kind=kind),
            _with_sample(rows),
        )


def _set_indicators(objective: Objective, rows: list[dict[str, Any]]) -> None:
    numbered = _numbered(Indicator, objective, rows)
    saved = _sync(
        Indicator(objective=objective),
        Indicator.objects.filter(objective=objective),
        {
            number: {
                **{name: row[name] for name in ("name", "measure", "weight", "baseline")},
                **{name: row[name] for name in ("monitoring", "reporting")},
                "is_sample": row["sample"],
            }
            for number, row in numbered
        },
    )
    for number, row in numbered:
        _sync(
            Target(indicator=saved[number]),
            Target.objects.filter(indicator=saved[number]),
            {year: {"value": value} for year, value in row["targets"].items()},
            key="year",
        )


# --- Whole plans


@service
def replace_plan(*, period: PlanPeriod, plan: dict[str, Any], by: Any) -> bool:
    """Make the period's plan be exactly this (as documents/plan/interchange.py read it).

    Returns whether anything changed: a plan that says what already stands is no write, so it is
    no fault in a closed period either.
    """
    if plan == plan_of(period):
        return False
    _alone(period)
    set_outlook(period=period, by=by, **plan["outlook"])
    objectives = {o.code: o for o in Objective.objects.select_related("goal").filter(goal__period=period)}
    for code in objectives.keys() - {card["code"] for card in plan["objectives"]}:
        remove_objective(objective=objectives[code], by=by)
    goals = _sync(
        Goal(period=period),
        Goal.objects.filter(period=period),
        {
            int(goal["code"][1:]): {"title": goal["title"], "is_sample": goal["sample"]}
            for goal in plan["goals"]
        },
    )
    for card in plan["objectives"]:
        goal, number = map(int, card["code"][1:].split("."))
        objective = objectives.get(card["code"]) or _put(
            Objective(goal=goals[goal], number=number),
            title=card["title"],
            responsible=_unit(card["responsible"]),
        )
        save_card(objective=objective, card=card, by=by)
    return True


# --- How rows are written


def _alone(period: PlanPeriod) -> None:
    """On PostgreSQL writes on one plan wait for each other here; refused where its period is closed by now."""
    require(is_open(PlanPeriod.objects.select_for_update(no_key=True).get(pk=period.pk)))


def _again(row: Any) -> None:
    """Read the row as it stands now."""
    try:
        row.refresh_from_db()
    except type(row).DoesNotExist:
        raise Refused(REMOVED_MEANWHILE) from None


def _put(row: Any, **fields: Any) -> Any:
    """Set the fields and save, but only where something differs: no empty line in the history."""
    changed = [name for name, value in fields.items() if getattr(row, name, None) != value]
    if changed or row.pk is None:
        for name in changed:
            setattr(row, name, fields[name])
        row.save()
    return row


def _sync(blank: Any, rows: models.QuerySet, wanted: dict[int, dict[str, Any]], key: str = "number") -> dict:
    """Make the rows be exactly the wanted ones, told apart by `key`; `blank` is an empty row of theirs."""
    existing = {getattr(row, key): row for row in rows}
    for value in existing.keys() - wanted.keys():
        existing[value].delete()
    return {
        value: _put(existing.get(value) or _copy(blank, **{key: value}), **fields)
        for value, fields in wanted.items()
    }


def _sync_list(blank: Any, rows: models.QuerySet, wanted: list[dict[str, Any]], name: str = "text") -> None:
    """Make the rows be this list. A row is known by its words, so that taking out the first of three
    is told as that, and not as three changes of text."""
    existing = list(rows)
    known = [next((r for r in existing if getattr(r, name) == fields[name]), None) for fields in wanted]
    spare = [row for row in existing if row not in known]
    used: set[int] = set()
    for order, (fields, row) in enumerate(zip(wanted, known, strict=True), 1):
        if row is None or row.pk in used:
            row = spare.pop(0) if spare else _copy(blank)
        _put(row, order=order, **fields)
        used.add(row.pk)
    for row in spare:
        row.delete()


def _copy(blank: Any, **fields: Any) -> Any:
    given = {f.attname: getattr(blank, f.attname) for f in blank._meta.concrete_fields if not f.primary_key}
    return type(blank)(**given | fields)


def _with_sample(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"is_sample" if name == "sample" else name: value for name, value in row.items()} for row in rows]


def _next_number(model: Any, **owner: Any) -> int:
    """One more than any number that ever stood there, removed ones too."""
    return (model.history.filter(**owner).aggregate(models.Max("number"))["number__max"] or 0) + 1


def _numbered(
    model: Any, objective: Objective, rows: list[dict[str, Any]]
) -> list[tuple[int, dict[str, Any]]]:
    """Each row with the number that its code ends in; rows without a code get the next ones."""
    following = _next_number(model, objective=objective)
    numbered = []
    for row in rows:
        if row["code"]:
            numbered.append((int(row["code"].rpartition(".")[2]), row))
        else:
            numbered.append((following, row))
            following += 1
    return numbered


def _swap(row: Any, siblings: models.QuerySet, *, up: bool) -> Any:
    """Give the row and its neighbour each other's number."""
    present = siblings.filter(pk=row.pk).first()
    if present is None:
        raise Refused(REMOVED_MEANWHILE)
    if up:
        other = siblings.filter(number__lt=present.number).order_by("-number").first()
    else:
        other = siblings.filter(number__gt=present.number).order_by("number").first()
    if other is None or present.number != row.number:
        return present
    # Out of the way first, since a number stands once: a step of the swap, not a change to record.
    models.QuerySet(type(row)).filter(pk=row.pk).update(number=0)
    present.number, other.number = other.number, present.number
    other.save()
    present.save()
    return present


def _unit(name: str) -> Unit:
    try:
        return Unit.objects.get(name=name)
    except Unit.DoesNotExist:
        raise Invalid(_("There is no unit “%(name)s”.") % {"name": name}, field="responsible") from None
