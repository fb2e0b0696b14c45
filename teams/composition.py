"""What the composition of a body lacks on a day, by the rules of its kind; shown, never broken silently."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from common.turkish import turkish_order
from common.workflow import Badge
from institution.models import Body, CompositionRule, Holding, PlanPeriod, Unit
from institution.roles import Role
from teams.querysets import serving, sitting

Check = CompositionRule.Check


@dataclass(frozen=True)
class Gap:
    """One rule that a body does not meet; `units` are the spending units that nobody represents."""

    body: Body
    rule: CompositionRule
    units: tuple[Unit, ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether the body cannot submit a report until this is mended."""
        return self.rule.blocks

    @property
    def sentence(self) -> str:
        if not self.units:
            return str(self.rule)
        return f"{str(self.rule).rstrip('.')}: {', '.join(unit.name for unit in self.units)}."

    @property
    def badge(self) -> Badge:
        if self.blocks:
            return Badge(_("Cannot submit"), "stop", "octagon-alert")
        if self.units:
            return Badge(_("No representative"), "warn", "triangle-alert")
        return Badge(_("Incomplete"), "warn", "triangle-alert")


def gaps_of(period: PlanPeriod | None, day: dt.date) -> list[Gap]:
    """All gaps in the bodies of a period and in the standing ones; what blocks comes first. Five queries."""
    return house_of(period, day).gaps()


def gaps(body: Body, day: dt.date) -> list[Gap]:
    """What one body lacks on the day. Four or five queries; only the bodies that its rules speak of are read."""
    rules = list(CompositionRule.objects.filter(kind=body.kind_id))
    asked = Q(pk=body.pk) | Q(kind__code__in={rule.other for rule in rules})
    bodies = _standing(body.period_id, day).filter(asked)
    house = House({one.pk: one for one in bodies}, serving(bodies, day), _units(rules), rules)
    return [gap for gap in house.gaps() if gap.body == body]


def house_of(period: PlanPeriod | None, day: dt.date) -> House:
    """The bodies of a period and the standing ones with those who sit in them on the day. Five queries."""
    bodies = _standing(period, day)
    rules = list(CompositionRule.objects.all())
    return House(
        bodies={body.pk: body for body in bodies},
        holdings={
            pk: [holding for holding in found if holding.person.is_active]
            for pk, found in sitting(bodies, day).items()
        },
        units=_units(rules),
        rules=rules,
    )


def _standing(period: PlanPeriod | int | None, day: dt.date) -> QuerySet[Body]:
    return Body.objects.of(period).standing_on(day).select_related("kind")


def _units(rules: list[CompositionRule]) -> list[Unit]:
    """Those of which each must be represented, where a rule asks that."""
    if not any(rule.check_code == Check.ALL_UNITS for rule in rules):
        return []
    return list(Unit.objects.filter(is_spending=True, is_active=True).order_by(turkish_order("name")))


@dataclass(frozen=True)
class House:
    """Everything that the rules look at, read once."""

    bodies: dict[int, Body]
    holdings: dict[int, list[Holding]]
    units: list[Unit]
    rules: list[CompositionRule]

    def gaps(self) -> list[Gap]:
        """All that is missing; what blocks comes first."""
        of_kind: dict[int, list[CompositionRule]] = {}
        for rule in self.rules:
            of_kind.setdefault(rule.kind_id, []).append(rule)
        found = (
            self.gap(body, rule) for body in self.bodies.values() for rule in of_kind.get(body.kind_id, [])
        )
        return sorted(filter(None, found), key=lambda gap: not gap.blocks)

    def gap(self, body: Body, rule: CompositionRule) -> Gap | None:
        here = self.holdings[body.pk]
        if rule.check_code == Check.ALL_UNITS:
            represented = {getattr(holding, "represents_id", None) for holding in here}
            missing = tuple(unit for unit in self.units if unit.pk not in represented)
            return Gap(body, rule, missing) if missing else None
        return None if self.is_met(rule, here) else Gap(body, rule)

    def is_met(self, rule: CompositionRule, here: list[Holding]) -> bool:
        chairs = [holding for holding in here if holding.role == Role.CHAIR]
        match rule.check_code:
            case Check.HAS_CHAIR:
                return bool(chairs)
            case Check.CHAIR_FROM:
                return {chair.person_id for chair in chairs} <= self.people(rule.other, Role.MEMBER)
            case Check.MEMBER_FROM:
                return not self.people(rule.other).isdisjoint(holding.person_id for holding in here)
            case _:
                return any(holding.role == Role.RAPPORTEUR for holding in here)

    def people(self, kind: str, *roles: str) -> set[int]:
        """Ids of those who sit in the bodies of a kind, in one of the roles if any are named."""
        return {
            holding.person_id
            for pk, found in self.holdings.items()
            if self.bodies[pk].kind.code == kind
            for holding in found
            if not roles or holding.role in roles
        }
