"""What the first screen shows of bodies: those with a gap, and the person's own seats."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from common import grants
from common.owed import Owed
from common.turkish import date_long
from common.workflow import Badge
from institution.models import Body, Holding, PlanPeriod, User
from institution.roles import Role
from teams import composition
from teams.querysets import acting

ENDS_SOON = dt.timedelta(days=14)
ENDING = Badge(gettext_lazy("Term ends"), "warn", "clock")


@dataclass(frozen=True)
class Gap:
    """One line of the card: what is wrong with which body, and where it is mended."""

    badge: Badge
    body: Body
    sentence: str
    url: str


def gaps(period: PlanPeriod | None, today: dt.date) -> list[Gap]:
    """Unmet composition rules, what blocks first; then chairs and rapporteurs whose term ends in two weeks."""
    house = composition.house_of(period, today)
    missing = [
        Gap(gap.badge, gap.body, gap.sentence, reverse("teams:body", args=[gap.body.pk]))
        for gap in house.gaps()
    ]
    ending = [
        Gap(ENDING, house.bodies[pk], _ending(holding, holding.ends_on), reverse("teams:body", args=[pk]))
        for pk, found in house.holdings.items()
        for holding in found
        if holding.role != Role.MEMBER and holding.ends_on and holding.ends_on <= today + ENDS_SOON
    ]
    return missing + ending


def _ending(holding: Holding, last_day: dt.date) -> str:
    return gettext("%(person)s’s term as “%(role)s” ends on %(day)s.") % {
        "person": holding.person,
        "role": holding.get_role_display(),
        "day": date_long(last_day),
    }


def owed(user: User, period: PlanPeriod | None, today: dt.date) -> list[Owed]:
    """What the Directorate has to mend in the bodies: gaps, and terms that end."""
    if not grants.anywhere(user, "manage_process"):
        return []
    return [
        Owed(gap.badge.label, gap.body.name, gap.url, gap.badge.icon, note=gap.sentence)
        for gap in gaps(period, today)
    ]


def my_seats(user: User, today: dt.date) -> list[Holding]:
    """Where the person sits today, and where they stand in for somebody."""
    holdings = acting(user)
    own = [holding for holding in holdings if holding.person_id == user.pk and holding.holds_on(today)]
    return own + [
        holding for holding in holdings if holding.delegate_id == user.pk and holding.delegated_on(today)
    ]
