"""What people are told of reports, and whom else it is told where nobody in the group is reached."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common import grants, turkish
from common.history import service
from common.notices import services as notices
from common.notices.registry import Channel, group, kind
from documents.reports.models import Report, ReportVersion
from institution.models import Body
from institution.roles import Kind, Role
from institution.workflow import PeriodState
from teams.querysets import sitting

logger = logging.getLogger(__name__)

MORNING = dt.time(7)
"""An hour before the mails of the day, so that what it tells goes along with them."""

RETURNED = group("reports.returned", label=gettext_lazy("Reports that come back"), default=Channel.AT_ONCE)
LATE = group("reports.late", label=gettext_lazy("Late reports and reminders"), default=Channel.AT_ONCE)
MENTION = group("reports.mention", label=gettext_lazy("Comments that name me"), default=Channel.AT_ONCE)
REQUESTS = group("reports.requests", label=gettext_lazy("Requests and due dates"), default=Channel.DIGEST)
EVALUATION = group("reports.evaluation", label=gettext_lazy("Evaluation of reports"), default=Channel.DIGEST)


def group_ladder(data: dict[str, Any]) -> list[Iterable[int]]:
    """The chair of the group, then the Directorate."""
    return [_chairs(Body.objects.filter(pk=data["body"])), _directorate()]


def team_ladder(data: dict[str, Any]) -> list[Iterable[int]]:
    """The chair of the Planning Team, then the Directorate."""
    period = Report.objects.filter(pk=data["report"]).values("period")
    return [_chairs(_teams().filter(period__in=period)), _directorate()]


def _day(data: dict[str, Any]) -> str:
    return turkish.date_long(dt.date.fromisoformat(data["due_on"]))


def requested(data: dict[str, Any]) -> str:
    return _("It was requested from your group; the due date is %(day)s.") % {"day": _day(data)}


def due_changed(data: dict[str, Any]) -> str:
    return _("Its due date was changed; the new one is %(day)s.") % {"day": _day(data)}


def cancelled(data: dict[str, Any]) -> str:
    return _("The request for it was cancelled; nothing more is expected of your group.")


def due_soon(data: dict[str, Any]) -> str:
    return _("Its due date comes near: %(day)s.") % {"day": _day(data)}


def late(data: dict[str, Any]) -> str:
    return _("Its due date, %(day)s, has passed; it has not been submitted.") % {"day": _day(data)}


def reminder(data: dict[str, Any]) -> str:
    return ngettext(
        "The Strategy Development Directorate reminds you of it: it was due on %(day)s and is %(n)d day late.",
        "The Strategy Development Directorate reminds you of it: it was due on %(day)s and is %(n)d days late.",
        data["days"],
    ) % {"day": _day(data), "n": data["days"]}


def returned(data: dict[str, Any]) -> str:
    return ngettext(
        "The Planning Team returned it: %(n)d section awaits your answer.",
        "The Planning Team returned it: %(n)d sections await your answer.",
        data["sections"],
    ) % {"n": data["sections"]}


def accepted(data: dict[str, Any]) -> str:
    return _("The Planning Team accepted it; its evaluation is closed.")


def declined(data: dict[str, Any]) -> str:
    return _("The Planning Team did not take it into the plan; its reasons stand at each section.")


def submitted(data: dict[str, Any]) -> str:
    return _("It was submitted and awaits your evaluation.")


def answered(data: dict[str, Any]) -> str:
    return _("It came back answered, as version %(n)d, and awaits your evaluation.") % {"n": data["version"]}


def asked(data: dict[str, Any]) -> str:
    return _("The Planning Team asks your group something about it: %(section)s.") % {
        "section": data["section"]
    }


def explained(data: dict[str, Any]) -> str:
    return _("The group answered your question on it: %(section)s.") % {"section": data["section"]}


def round_due(data: dict[str, Any]) -> str:
    return _("Its evaluation is due on %(day)s.") % {"day": _day(data)}


def round_late(data: dict[str, Any]) -> str:
    return _("Its evaluation was due on %(day)s and is still open.") % {"day": _day(data)}


def round_changed(data: dict[str, Any]) -> str:
    return _("Its evaluation is now due on %(day)s.") % {"day": _day(data)}


def mentioned(data: dict[str, Any]) -> str:
    return _("A comment on it names you: %(section)s.") % {"section": data["section"]}


for _words, _group, _icon, _tone, _ladder in (
    (requested, REQUESTS, "file-plus", "info", group_ladder),
    (due_changed, REQUESTS, "calendar-clock", "info", group_ladder),
    (cancelled, REQUESTS, "circle-slash", "idle", group_ladder),
    (due_soon, REQUESTS, "clock", "warn", group_ladder),
    (late, LATE, "clock", "stop", group_ladder),
    (reminder, LATE, "bell-ring", "stop", group_ladder),
    (returned, RETURNED, "corner-up-left", "stop", group_ladder),
    (accepted, EVALUATION, "circle-check", "ok", group_ladder),
    (declined, EVALUATION, "circle-slash", "warn", group_ladder),
    (submitted, EVALUATION, "send", "info", team_ladder),
    (answered, EVALUATION, "message-square", "info", team_ladder),
    (asked, RETURNED, "message-circle-question-mark", "warn", group_ladder),
    (explained, EVALUATION, "message-square", "info", team_ladder),
    (round_due, EVALUATION, "clock", "warn", team_ladder),
    (round_late, LATE, "clock", "stop", team_ladder),
    (round_changed, EVALUATION, "calendar-clock", "info", team_ladder),
):
    kind(f"reports.{_words.__name__}", group=_group, words=_words, icon=_icon, tone=_tone, ladder=_ladder)
# What members say to each other is the group's own.
kind("reports.mentioned", group=MENTION, words=mentioned, icon="at-sign", is_private=True)


def tell_group(what: Any, report: Report, *, once: str, by: Any, now: dt.datetime, **data: Any) -> None:
    """Tell all who write the report; `once` tells this news from others of its kind.

    Where nobody of the group may submit it, the news climbs as well.
    """
    writers = grants.people("write_reports", report.body_id)
    _tell(what, report, writers, once=once, by=by, now=now, **data)
    if writers and not grants.people("submit_reports", report.body_id):
        _tell(what, report, [], once=f"{once}:vacant", by=by, now=now, **data)


def tell_team(what: Any, report: Report, *, once: str, by: Any, now: dt.datetime, **data: Any) -> None:
    """Tell the Planning Team that evaluates it."""
    _tell(what, report, _evaluators(report), once=once, by=by, now=now, **data)


def tell_judges(
    what: Any, version: ReportVersion, *, once: str, by: Any, now: dt.datetime, **data: Any
) -> None:
    """Tell the team of the day by which it evaluates a version."""
    due_on = version.due_on.isoformat() if version.due_on else ""
    once = f"{version.number}:{once}"
    tell_team(what, version.report, once=once, by=by, now=now, due_on=due_on, **data)


def tell_mentioned(
    *, report: Report, section: Any, people: Iterable[int], comment: Any, by: Any, now: dt.datetime
) -> None:
    """Tell those whom a comment names, in the transaction that keeps the comment. `section` is the report's
    section that it stands at, `comment` anything that names the comment, as its number."""
    url = reverse("reports:section", args=[report.pk, section.number])
    _tell(mentioned, report, people, once=str(comment), by=by, now=now, url=url, section=section.heading)


def tell_asker(question: Any, report: Report, *, section: Any, by: Any, now: dt.datetime) -> None:
    """Tell who asked that the group answered; the whole team in the place of who evaluates no more."""
    url = reverse("reports:judge", args=[report.pk, section.number])
    once, team = str(question.pk), _evaluators(report)
    people = team & {question.asked_by_id} or team
    _tell(explained, report, people, once=once, by=by, now=now, url=url, section=section.heading)


def _tell(
    what: Any,
    report: Report,
    people: Iterable[int],
    *,
    once: str,
    by: Any,
    now: dt.datetime,
    url: str = "",
    **data: Any,
) -> None:
    notices.notify(
        to=people,
        kind=f"reports.{what.__name__}",
        about=notices.About(report.title, url or reverse("reports:report", args=[report.pk])),
        key=f"reports.{what.__name__}:{report.pk}:{once}",
        data={"report": report.pk, "body": report.body_id, "due_on": report.due_on.isoformat(), **data},
        by=by,
        now=now,
    )


def tell_dates(*, by: Any, now: dt.datetime) -> None:
    """What the calendar brings: due dates of reports and evaluations that come near, and those that passed.

    Each is told once, whatever else the day brings, from 07.00 on; one that fails takes no other along,
    and is tried again with the whole.
    """
    local = timezone.localtime(now)
    if local.time() < MORNING:
        return
    soon = local.date() + dt.timedelta(settings.NOTICE_DUE_SOON_DAYS)
    reports = Report.objects.due_by(soon).filter(period__state=PeriodState.PREPARING)
    rounds = ReportVersion.objects.due_by(soon).filter(report__period__state=PeriodState.PREPARING)
    failed = []
    for tell in [
        *(partial(tell_date, report=report) for report in reports),
        *(partial(tell_round_date, version=version) for version in rounds.select_related("report")),
    ]:
        try:
            tell(by=by, now=now)
        except Exception as error:
            logger.exception("a due date could not be told: %s", tell.keywords)
            failed.append(error)
    if failed:
        raise failed[0]


@service
def tell_date(*, report: Report, by: Any, now: dt.datetime) -> None:
    """Tell the group of the report's due date, as it stands on the day."""
    what = late if report.due_on < timezone.localdate(now) else due_soon
    tell_group(what, report, once=report.due_on.isoformat(), by=by, now=now)


@service
def tell_round_date(*, version: ReportVersion, by: Any, now: dt.datetime) -> None:
    """Tell the team of the day by which it evaluates the version, as it stands on the day."""
    assert version.due_on  # only such have a date to tell
    what = round_late if version.due_on < timezone.localdate(now) else round_due
    tell_judges(what, version, once=version.due_on.isoformat(), by=by, now=now)


def _teams() -> QuerySet[Body]:
    return Body.objects.kind(Kind.PLANNING_TEAM)


def _evaluators(report: Report) -> set[int]:
    teams = _teams().filter(period=report.period_id)
    return {pk for team in teams for pk in grants.people("evaluate_reports", team)}


def _chairs(bodies: QuerySet[Body]) -> list[int]:
    found = sitting(bodies.select_related("kind"), timezone.localdate())
    return [seat.person_id for seats in found.values() for seat in seats if seat.role == Role.CHAIR]


def _directorate() -> list[int]:
    bodies = Body.objects.kind(Kind.DIRECTORATE).filter(dissolved_on=None)
    return [pk for body in bodies for pk in grants.people("manage_process", body)]
