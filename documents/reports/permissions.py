"""Who may do what with reports, and when: each denial carries the sentence that people read.

Who is a question to the grants, when a question to the states; both stand as functions of their
own, so that each can be read alone.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common import grants
from common.decisions import Allowed, Decision, Denied, first_denial
from documents.plan.permissions import is_open
from documents.reports import content, interest
from documents.reports.models import Report, ReportSection, SectionVersion
from documents.reports.workflow import ReportState
from institution.models import Body, PlanPeriod, User
from institution.roles import Kind
from teams import composition


def can_see(user: Any, report: Report) -> Decision:
    """Reading is not closed by phase; a report that a person may not see is not there for them."""
    seen = Report.objects.visible_to(user).filter(pk=report.pk).exists()
    return Allowed() if seen else Denied(_("This report belongs to another group."))


def can_see_some(user: Any, period: PlanPeriod | None) -> Decision:
    """Whether reports of the period are there for this person, or will be once they are requested."""
    if grants.anywhere(user, "manage_process") or grants.anywhere(user, "inspect"):
        return Allowed()
    if Body.objects.where(user, "write_reports", "evaluate_reports").filter(period=period).exists():
        return Allowed()
    return Denied(
        _(
            "Reports are read by the group that writes them, the Planning Team, "
            "the Strategy Development Directorate and inspectors."
        )
    )


def told_decisions(user: Any) -> Q:
    """Of which rows of decisions' history this person may be told.

    Until an evaluation is closed its decisions may still change; they are its team's own business.
    """
    own = Body.objects.where(user, "evaluate_reports").values("period")
    version = "section_version__version__"
    return Q(**{f"{version}closed_at__isnull": False}) | Q(**{f"{version}report__period__in": own})


def can_manage_templates(user: Any) -> Decision:
    return _directorate(
        user, gettext_lazy("Only the Strategy Development Directorate sees and edits the templates.")
    )


def can_request(user: Any, period: PlanPeriod) -> Decision:
    return first_denial(may_request(user), is_open(period))


def may_request(user: Any) -> Decision:
    """Whether this person asks groups for reports, at whatever time."""
    return _directorate(user, gettext_lazy("Only the Strategy Development Directorate requests reports."))


def can_change_request(user: Any, report: Report) -> Decision:
    """Change the due date of a report, or cancel it."""
    return first_denial(
        _directorate(user, gettext_lazy("Only the Strategy Development Directorate changes a request.")),
        is_open(report.period),
        _with_group(report),
    )


def can_write(user: Any, report: Report) -> Decision:
    return first_denial(
        _member(user, report, "write_reports", gettext_lazy("Only members of the group write its report.")),
        is_open(report.period),
        _with_group(report),
    )


def can_write_section(user: Any, section: ReportSection) -> Decision:
    if section.is_closed:
        return Denied(_("This section has been accepted; it can no longer be changed."))
    return can_write(user, section.report)


def answer_allows(section: ReportSection) -> Decision:
    """When the remark on a section may be marked as answered: once there is a sentence on what was done, or
    once the text is another than the returned one. The mark is a person's act; no change of the text sets it,
    and it falls when neither is there any more."""
    if not section.came_back:
        return Denied(_("This section was not returned; there is nothing to answer."))
    if section.answer or _differs(section):
        return Allowed()
    return Denied(
        _("Write in a sentence what you did, or change the text; then mark the remark as answered.")
    )


def _differs(section: ReportSection) -> bool:
    returned = SectionVersion.objects.filter(section=section).order_by("-version__number").first()
    return returned is not None and not content.same(section, returned)


def can_submit(user: Any, report: Report, *, today: dt.date) -> Decision:
    """Whether this person may submit now; what the text itself lacks is asked of services.obstacles."""
    return first_denial(
        may_submit(user, report), is_open(report.period), _with_group(report), _composed(report, today)
    )


def may_submit(user: Any, report: Report) -> Decision:
    return _member(
        user,
        report,
        "submit_reports",
        gettext_lazy("The group’s chair or rapporteur submits the report."),
    )


def can_evaluate(user: Any, report: Report) -> Decision:
    return first_denial(is_evaluator(user, report), is_open(report.period), _awaiting(report))


def is_evaluator(user: Any, report: Report) -> Decision:
    """Whether this person's team decides on the report, at whatever time."""
    return _of_team(
        user,
        report,
        "evaluate_reports",
        gettext_lazy("Only members of the Planning Team decide on reports."),
    )


def can_close(user: Any, report: Report) -> Decision:
    return first_denial(may_close(user, report), close_allows(report))


def close_allows(report: Report) -> Decision:
    """Once every section of the newest version is decided, not by insiders alone."""
    return first_denial(
        is_open(report.period),
        _awaiting(report),
        _all_decided(report),
        interest.decided_from_outside(report),
    )


def may_close(user: Any, report: Report) -> Decision:
    """Whether this person closes the report's evaluations, at whatever time."""
    return _of_team(
        user,
        report,
        "close_evaluations",
        gettext_lazy("The chair of the Planning Team closes the evaluation."),
    )


def closers(report: Report) -> QuerySet[User]:
    """Who may close the report's evaluations today."""
    teams = Body.objects.kind(Kind.PLANNING_TEAM).filter(period=report.period_id)
    return User.objects.filter(
        pk__in=[pk for team in teams for pk in grants.people("close_evaluations", team)]
    )


def _directorate(user: Any, reason: Any) -> Decision:
    return grants.decide(user, "manage_process", reason)


def _member(user: Any, report: Report, perm: str, reason: Any) -> Decision:
    return grants.decide(user, perm, reason, among=[report.body_id])


def _of_team(user: Any, report: Report, perm: str, reason: Any) -> Decision:
    """The team that decides on a sub-group's report is the one of the report's plan period."""
    teams = Body.objects.where(user, perm).filter(period=report.period_id)
    return grants.decide(user, perm, reason, among=teams.values_list("pk", flat=True))


def _with_group(report: Report) -> Decision:
    if report.with_group:
        return Allowed()
    return Denied(
        {
            ReportState.SUBMITTED: _("The report has been submitted; the Planning Team is evaluating it."),
            ReportState.ACCEPTED: _("The report has been accepted; it no longer changes."),
            ReportState.CANCELLED: _("This request has been cancelled."),
        }[ReportState(report.state)]
    )


def _awaiting(report: Report) -> Decision:
    if report.state == ReportState.SUBMITTED:
        return Allowed()
    return Denied(_("The report is not before the Planning Team now."))


def _composed(report: Report, today: dt.date) -> Decision:
    blocking = [gap for gap in composition.gaps(report.body, today) if gap.blocks]
    return Denied(" ".join(gap.sentence for gap in blocking)) if blocking else Allowed()


def _all_decided(report: Report) -> Decision:
    """Names what is still open, so that the chair knows whom to ask."""
    undecided = [
        version.section.heading
        for version in SectionVersion.objects.undecided(report).select_related("section")
    ]
    if not undecided:
        return Allowed()
    return Denied(
        ngettext(
            "%(n)d section awaits a decision: %(names)s.",
            "%(n)d sections await a decision: %(names)s.",
            len(undecided),
        )
        % {"n": len(undecided), "names": "; ".join(undecided)}
    )
