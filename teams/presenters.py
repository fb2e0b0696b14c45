"""The bodies of a period as plain data, in the Turkish words in which the plan prints them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import translation

from common import turkish
from institution.models import Body, Holding, PlanPeriod
from institution.roles import Kind
from teams.querysets import sitting

IN_THE_PLAN = (Kind.COUNCIL, Kind.MANAGEMENT, Kind.PLANNING_TEAM, Kind.SUB_GROUP, Kind.DIRECTORATE)
# Units are no bodies, but the plan's table of bodies names them.
_UNITS = {
    "name": "Harcama birimleri",
    "composed_of": "Müdürlükler",
    "duty": "Temsilci verir, hedeflerden sorumludur",
}


def bodies(period: PlanPeriod, day: dt.date) -> dict[str, Any]:
    """What the plan says of its bodies on a day.

    Gives {day, nodes, table, bodies, notes}: `nodes` for teams.chart.draw, `table` rows of name,
    composed_of, duty; `bodies` with topic, approval and people; `notes` where a kind differs from
    the standard ({name, text}).
    """
    with translation.override("tr"):
        found = list(
            Body.objects.of(period).standing_on(day).kind(*IN_THE_PLAN).select_related("kind", "unit")
        )
        held = sitting(found, day)
        kinds = list({body.kind.pk: body.kind for body in found}.values())
        return {
            "day": turkish.date_long(day),
            "nodes": [node(body) for body in found],
            "table": [
                {
                    "name": "Alt çalışma grupları" if kind.code == Kind.SUB_GROUP else kind.name,
                    "composed_of": kind.composed_of,
                    "duty": kind.duty,
                }
                for kind in kinds
            ]
            + [_UNITS],
            "bodies": [
                {
                    "kind": body.kind.code,
                    "name": body.name,
                    "topic": body.topic,
                    "approval_no": body.approval_no,
                    "approval_on": turkish.date_long(body.approval_on) if body.approval_on else "",
                    "people": [_person(holding) for holding in held[body.pk]],
                }
                for body in found
            ],
            "notes": [{"name": kind.name, "text": kind.differs} for kind in kinds if kind.differs],
        }


def node(body: Body) -> dict[str, str]:
    """One box of the organisation chart."""
    caption = "" if body.kind.code == Kind.SUB_GROUP else body.kind.composed_of
    return {"kind": body.kind.code, "name": body.name, "caption": caption}


def _person(holding: Holding) -> dict[str, str]:
    represents = getattr(holding, "represents", None)
    return {
        "name": holding.person.full_name,
        "title": holding.person.title,
        "role": str(holding.get_role_display()),
        "represents": represents.name if represents else "",
    }
