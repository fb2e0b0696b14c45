"""What every page shows around its content: the municipality, the plan period, the navigation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from common import grants
from common.notices.models import Notice
from documents.reports import home as reports
from institution.models import Municipality, PlanPeriod
from timetable import home as timetable

# url name, label, icon, permissions of which one is needed (none: every seat holder), group
NAV: list[tuple[str, Any, str, tuple[str, ...], Any]] = [
    ("home", _("Today"), "house", (), ""),
    (
        "reports:index",
        _("Reports"),
        "file-text",
        ("write_reports", "evaluate_reports", "manage_process", "inspect"),
        "",
    ),
    ("plan:index", _("Plan"), "target", (), ""),
    ("drafts:index", _("Draft"), "book-open", (), ""),
    ("meetings:index", _("Meetings"), "calendar-days", (), ""),
    ("timetable:index", _("Work calendar"), "calendar-clock", (), ""),
    ("plan:checks", _("Checks"), "shield-check", ("edit_plan", "manage_process", "inspect"), ""),
    ("teams:index", _("Bodies and teams"), "users", (), _("Institution")),
    ("institution:units", _("Spending units"), "hotel", (), _("Institution")),
    ("files:index", _("Files"), "folder", (), _("Institution")),
    (
        "institution:people",
        _("People and accounts"),
        "contact",
        ("manage_accounts", "manage_process", "inspect"),
        _("Institution"),
    ),
    (
        "common:everything",
        _("History"),
        "scroll-text",
        ("inspect", "manage_process"),
        _("Institution"),
    ),
    (
        "common:readings",
        _("What inspectors read"),
        "eye",
        ("manage_process", "manage_accounts"),
        _("Institution"),
    ),
    (
        "institution:settings",
        _("Settings"),
        "settings",
        ("manage_process", "manage_accounts"),
        _("Institution"),
    ),
]
# What has nothing to show before the first period is opened.
OF_A_PERIOD = ("plan:index", "plan:checks", "drafts:index")


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: municipality, period, periods, nav (empty for who holds no seat), unread notices."""
    user = getattr(request, "user", None)
    context: dict[str, Any] = {"municipality": Municipality.objects.first(), "nav": []}
    if user is None or not user.is_authenticated or not grants.held(user):
        return context
    period = request.period  # type: ignore[attr-defined]  # set by PeriodMiddleware
    return context | {
        "period": period,
        "periods": request.periods,  # type: ignore[attr-defined]  # PeriodMiddleware sets it
        "nav": _nav(user, period, request.path),
        "unread": _unread(request),
    }


def _unread(request: HttpRequest) -> Any:
    """How many notices the person has not read: one query a request, and none where no bell is drawn."""
    if not hasattr(request, "unread"):
        unread = Notice.objects.filter(to=request.user.pk).unread()
        request.unread = SimpleLazyObject(unread.count)  # type: ignore[attr-defined]  # kept for further templates
    return request.unread  # type: ignore[attr-defined]  # as above


def _nav(user: Any, period: PlanPeriod | None, path: str) -> list[dict[str, Any]]:
    """The same words and order for everybody; what one may not see is absent, what waits has a count."""
    entries = [
        (name, reverse(name), label, icon, group)
        for name, label, icon, needed, group in NAV
        if (period or name not in OF_A_PERIOD)
        and (not needed or any(grants.anywhere(user, perm) for perm in needed))
    ]
    here = max(
        (url for _name, url, *_rest in entries if path == url or (url != "/" and path.startswith(url))),
        key=len,
        default="",
    )
    counts = _counts(user, period) if period else {}
    return [
        {
            "url": url,
            "label": label,
            "icon": icon,
            "group": group,
            "current": url == here,
            "count": counts.get(name, 0),
            "count_tone": "stop" if name == "timetable:index" else "",
        }
        for name, url, label, icon, group in entries
    ]


def _counts(user: Any, period: PlanPeriod) -> dict[str, int]:
    """What waits for this person; late tasks of the calendar wait for the Directorate."""
    counts = {"reports:index": reports.open_count(user, period) if period.is_open else 0}
    if grants.anywhere(user, "manage_process"):
        counts["timetable:index"] = timetable.late_count(period, timezone.localdate())
    return counts
