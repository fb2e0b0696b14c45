"""The first screen: what waits for this person, gathered from the rooms that know it.

One page for everybody; which cards it has follows from the person's grants, in the order in
which their work is urgent. A person with several seats sees the cards of each.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from common import grants
from common.jobs.models import Job, State
from common.notices.models import Notice
from documents.drafts import home as drafts
from documents.files import home as files
from documents.plan import home as plan
from documents.plan import rules
from documents.reports import home as reports
from documents.reports.models import Report
from documents.reports.presenters import listed
from institution.models import PlanPeriod, User
from institution.workflow import PeriodState
from karesi_plan.recent import moves
from meetings import home as meetings
from meetings.permissions import can_plan
from teams import home as teams
from timetable import home as timetable

LISTS = ("due", "submitted", "returned", "checks", "unreached")
SHOWN = 5
ASTRAY_SHOWN = 20
# Who sees which cards: by the permission that brings the work.
ROLES = {
    "officer": "manage_process",
    "evaluator": "evaluate_reports",
    "writer": "write_reports",
    "council": "vote",
    "clerk": "run_sittings",
    "inspector": "inspect",
    "accounts": "manage_accounts",
}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person today."""
    user, period = request.user, request.period  # type: ignore[attr-defined]  # PeriodMiddleware sets it
    today = timezone.localdate()
    roles = {name: grants.anywhere(user, perm) for name, perm in ROLES.items()}
    context: dict[str, Any] = {"today": today, "roles": roles}
    if period and period.state == PeriodState.CLOSED:
        context |= {"closed": True, "found": len(rules.findings(period)), **_to_read(period)}
    elif period:
        context |= meetings.cards(user, period, timezone.now())
        context |= {"decide": drafts.to_decide(user, period)}
        if roles["officer"] or roles["inspector"]:
            context |= _process(user, period, today)
        if roles["officer"]:
            context |= {"call": can_plan(user, period)}
            if not period.is_open:
                context |= _unreached(request)
        if period.is_open:
            context |= _preparing(request, user, period, today, roles)
        if roles["council"] or not any(roles.values()) or not period.is_open:
            context |= _to_read(period)
    if roles["accounts"] and not roles["officer"]:
        context |= _operation()
    context |= {"seats": teams.my_seats(user, today), "primary": _primary(context)}
    return render(request, "karesi_plan/home.html", context)


def _preparing(
    request: HttpRequest, user: User, period: PlanPeriod, today: dt.date, roles: dict[str, bool]
) -> dict[str, Any]:
    """What waits as long as the plan is prepared; once the council has adopted it nobody writes or judges."""
    context: dict[str, Any] = {"preparing": True}
    if roles["officer"] or roles["inspector"]:
        context |= _filtered(request, user, period, today)
    if roles["evaluator"]:
        context |= {"queue": reports.queue(user, period, today)}
    if roles["writer"]:
        context |= _writing(user, period)
    return context


def _primary(context: dict[str, Any]) -> str:
    """The card whose button is the filled one: what is most urgent of what this person has."""
    sitting, roles = context.get("sitting"), context["roles"]
    urgent = {
        "call": context.get("call"),
        "decide": context.get("decide"),
        "mine": context.get("mine"),
        "queue": context.get("queue"),
        "sitting": sitting and roles["clerk"],
        "newest": context.get("newest"),
        "accounts": context.get("accounts"),
    }
    return next((name for name, there in urgent.items() if there), "")


def _to_read(period: PlanPeriod) -> dict[str, Any]:
    """The plan in brief and its newest draft, for who reads more than they write."""
    return {"brief": plan.in_brief(period), "newest": drafts.newest(period)}


def _writing(user: User, period: PlanPeriod) -> dict[str, Any]:
    """A writer's own reports, what became of the earlier ones, the group's files."""
    return {
        "mine": reports.mine(user, period),
        "with_team": reports.with_the_team(user, period),
        "files": files.newest(user),
    }


def _operation() -> dict[str, Any]:
    """Accounts, and the work that the machine could not finish."""
    is_open = Q(is_active=True)
    return {
        "accounts": User.objects.aggregate(
            open=Count("pk", filter=is_open),
            unused=Count("pk", filter=is_open & Q(last_login=None)),
            closed=Count("pk", filter=~is_open),
        ),
        "failed": Job.objects.filter(state=State.FAILED).order_by("-finished_at")[:SHOWN],
    }


def _process(user: User, period: PlanPeriod, today: dt.date) -> dict[str, Any]:
    """The clock, what changed, bodies with a gap."""
    since = timezone.make_aware(dt.datetime.combine(today - dt.timedelta(1), dt.time()))
    return {
        **timetable.clock_card(period, today),
        "gaps": teams.gaps(period, today),
        "moves": moves(period, since=since),
    }


def _filtered(request: HttpRequest, user: User, period: PlanPeriod, today: dt.date) -> dict[str, Any]:
    """The count tiles, and the list that the chosen one opens beneath."""
    asked = request.GET.get("list")
    chosen = asked if asked in LISTS else "due"
    found = rules.findings(period)
    if chosen == "due":
        shown = reports.due_or_late(user, period, today)
    elif chosen == "unreached":
        shown = []
    else:
        of_state = Report.objects.visible_to(user).of(period).filter(state=chosen)
        shown = listed(of_state.for_list()[: reports.SHOWN], today)
    counts = reports.counts(user, period, today)
    return {
        "list": chosen,
        "tiles": _tiles(counts, found, Notice.objects.astray().count(), chosen),
        "astray": _astray() if chosen == "unreached" else [],
        "late": counts.late if grants.anywhere(user, "manage_process") else 0,
        "findings": [replace(one, url=one.objective.get_absolute_url()) for one in found[: reports.SHOWN]],
        "reports": shown,
    }


def _unreached(request: HttpRequest) -> dict[str, Any]:
    """Of the counts, the one that outlives the preparation: people whom no notice reached are still to be told."""
    is_chosen, count = request.GET.get("list") == "unreached", Notice.objects.astray().count()
    if not (count or is_chosen):
        return {}
    tile = _tile("unreached", count, _("Unreached notices"), "", "", "unreached" if is_chosen else "")
    return {"tiles": [tile], "list": "unreached", "astray": _astray()} if is_chosen else {"tiles": [tile]}


def _astray() -> list[Notice]:
    """The newest notices that reached nobody in their place, each with those who were told instead. Two queries."""
    notices = Notice.objects.astray().select_related("to").prefetch_related("climbed__to")
    return list(notices.order_by("-made_at", "-pk")[:ASTRAY_SHOWN])


def _tiles(
    counts: reports.Counts, found: list[rules.Finding], astray: int, chosen: str
) -> list[dict[str, Any]]:
    """The counts as filters: number, noun, and one line of the worst news."""
    blocking = sum(finding.blocks for finding in found)
    late = ngettext("%(n)d is late", "%(n)d are late", counts.late) % {"n": counts.late}
    oldest = ngettext("the oldest for %(n)d day", "the oldest for %(n)d days", counts.oldest_days)
    blocks = ngettext("%(n)d blocks", "%(n)d block", blocking) % {"n": blocking}
    rows = [
        ("due", counts.due, _("Reports due"), late if counts.late else "", "stop"),
        (
            "submitted",
            counts.submitted,
            _("Awaiting evaluation"),
            oldest % {"n": counts.oldest_days} if counts.submitted else "",
            "",
        ),
        ("returned", counts.returned, _("Returned to their groups"), "", ""),
        ("checks", len(found), _("Rules not met"), blocks if blocking else "", "stop"),
        ("unreached", astray, _("Unreached notices"), "", ""),
    ]
    return [_tile(*row, chosen) for row in rows]


def _tile(key: str, count: int, label: str, note: str, tone: str, chosen: str) -> dict[str, Any]:
    return {
        "url": f"?list={key}",
        "count": count,
        "label": label,
        "note": note,
        "tone": tone,
        "current": key == chosen,
    }
