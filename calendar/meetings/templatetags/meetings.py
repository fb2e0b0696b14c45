"""Drawings of the sitting's page."""

import math

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.workflow import Badge
from meetings.arithmetic import Hall

register = template.Library()

MIDDLE, RADIUS, LABEL = 70, 58, 42


@register.inclusion_tag("meetings/_ring.svg.html")
def quorum_ring(hall: Hall) -> dict:
    """A ring filled by those present, with a tick and its number where the quorum is reached.

    Lengths are text: a template would write them with a decimal comma.
    """
    angle = 360 * hall.quorum / hall.full
    turn = math.radians(angle)
    return {
        "hall": hall,
        "dash": f"{hall.present} {max(0, hall.full - hall.present)}",
        "angle": f"{angle:.2f}",
        "x": f"{MIDDLE + LABEL * math.sin(turn):.1f}",
        "y": f"{MIDDLE - LABEL * math.cos(turn) + 4:.1f}",
        "middle": str(MIDDLE),
        "radius": str(RADIUS),
    }


@register.filter
def readiness(meeting) -> list[Badge]:
    """The marks that say whether a meeting is ready: agenda, call, draft. Needs item_count, draft_count."""
    marks = [
        Badge(_("Agenda"), "ok", "check")
        if meeting.item_count
        else Badge(_("No agenda"), "stop", "circle-x"),
        Badge(pgettext("mark", "Call"), "ok", "check")
        if meeting.called_at
        else Badge(_("Not called"), "stop", "circle-x"),
    ]
    if meeting.draft_count:
        marks.append(Badge(_("Draft attached"), "ok", "check"))
    return marks
