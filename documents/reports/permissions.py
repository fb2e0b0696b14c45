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
from documents.reports import content, criteria, interest, merging
from documents.reports.models import Report, ReportSection, ReportVersion, SectionVersion, VersionMarks
from documents.reports.workflow import ReportState, SectionState
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


def can_see_contradictions(user: Any, period: PlanPeriod | None) -> Decision:
    """They name the words of every group, so they are not for members of one."""
    if grants.anywhere(user, "manage_process") or grants.anywhere(user, "inspect"):
        return Allowed()
    return _team_of(
        user,
        period,
        "evaluate_reports",
        gettext_lazy(
            "Contradictions are seen by the Planning Team, the Strategy Development Directorate and inspectors."
        ),
    )


def can_settle(user: Any, period: PlanPeriod) -> Decision:
    """Decide what becomes of a contradiction."""
    reason = gettext_lazy("Only members of the Planning Team decide on contradictions.")
    return first_denial(_team_of(user, period, "evaluate_reports", reason), is_open(period))


def told_decisions(user: Any) -> Q:
    """Of which rows of decisions' history this person may be told.

    Until an evaluation is closed its decisions may still change; they are its team's own business.
    """
    own = Report.objects.evaluated_by(user)
    version = "section_version__version__"
    return Q(**{f"{version}closed_at__isnull": False}) | Q(**{f"{version}report__in": own})


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


def can_remind(user: Any, period: PlanPeriod) -> Decision:
    """Remind groups of late reports."""
    return first_denial(
        _directorate(user, gettext_lazy("Only the Strategy Development Directorate reminds the groups.")),
        is_open(period),
    )


def can_write(user: Any, report: Report) -> Decision:
    return first_denial(
        _member(user, report, "write_reports", gettext_lazy("Only members of the group write its report.")),
        is_open(report.period),
        _with_group(report),
    )


def can_see_drafts(user: Any, report: Report) -> Decision:
    """Earlier states, comments and who writes what are the group's own business."""
    return _member(
        user,
        report,
        "write_reports",
        gettext_lazy("Only members of the group see how its report is written."),
    )


def can_comment(user: Any, report: Report) -> Decision:
    """Members speak with each other whoever has the pen, as long as something may still become of the report."""
    return first_denial(can_see_drafts(user, report), is_open(report.period), _goes_on(report))


def told_comments(user: Any) -> Q:
    """Of which rows of comments' history this person may be told: those of their own groups."""
    return Q(section__report__body__in=grants.bodies(user, "write_reports"))


def can_write_section(user: Any, section: ReportSection) -> Decision:
    if section.is_closed:
        return Denied(
            {
                SectionState.DECLINED: _("This section is not taken into the plan; it is closed."),
                SectionState.MERGED: _("This section has been merged with another; it is closed."),
            }.get(
                SectionState(section.state), _("This section has been accepted; it can no longer be changed.")
            )
        )
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


def can_give_opinion(user: Any, report: Report) -> Decision:
    """Beside the one decision every evaluator may say what they hold, but for those who have an interest."""
    return first_denial(can_evaluate(user, report), interest.outside(report, user))


def can_mark(user: Any, report: Report) -> Decision:
    """Mark the version by the criteria of its template: evaluators without an interest, and who closes."""
    if not criteria.of(report):
        return Denied(_("The template of this report has no criteria."))
    evaluates = can_evaluate(user, report)
    return evaluates if may_close(user, report) else first_denial(evaluates, interest.outside(report, user))


def can_see_marks(user: Any, report: Report, version: ReportVersion) -> Decision:
    """The team always; once the evaluation is closed the Directorate, inspectors, and the group where its
    template says so."""
    if is_evaluator(user, report):
        return Allowed()
    told = report.template_version and report.template_version.shows_marks
    if version.outcome and (
        told or grants.anywhere(user, "manage_process") or grants.anywhere(user, "inspect")
    ):
        return Allowed()
    return Denied(_("The marks of this report are read by the Planning Team and the Directorate."))


def told_marks(user: Any) -> Q:
    """Of which rows of the marks' history this person may be told; as can_see_marks."""
    closed = Q(version__closed_at__isnull=False)
    if not (grants.anywhere(user, "manage_process") or grants.anywhere(user, "inspect")):
        closed &= Q(version__report__template_version__shows_marks=True)
    own = Body.objects.where(user, "evaluate_reports").values("period")
    return closed | Q(version__report__period__in=own)


def can_answer(user: Any, report: Report) -> Decision:
    """Answer the team's questions while it evaluates the report."""
    return first_denial(
        _member(
            user, report, "write_reports", gettext_lazy("Only members of the group answer its questions.")
        ),
        is_open(report.period),
        _awaiting(report),
    )


def is_evaluator(user: Any, report: Report) -> Decision:
    """Whether this person's team decides on the report, at whatever time."""
    return _of_team(
        user,
        report,
        "evaluate_reports",
        gettext_lazy("Only members of the Planning Team decide on reports."),
    )


def can_close(user: Any, report: Report) -> Decision:
    return first_denial(may_close(user, report), close_allows(report), _marked(user, report))


def close_allows(report: Report) -> Decision:
    """Once every section of the newest version is decided, not by insiders alone, and no merge is stale."""
    return first_denial(
        is_open(report.period),
        _awaiting(report),
        _all_decided(report),
        merging.stands(report),
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


def can_change_round(user: Any, report: Report) -> Decision:
    """Give the team another day for the evaluation that is open."""
    return first_denial(
        _of_team(
            user,
            report,
            "close_evaluations",
            gettext_lazy("The chair of the Planning Team changes the due date of an evaluation."),
        ),
        is_open(report.period),
        _awaiting(report),
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
    return _team_of(user, report.period, perm, reason)


def _team_of(user: Any, period: PlanPeriod | None, perm: str, reason: Any) -> Decision:
    teams = Body.objects.where(user, perm).filter(period=period)
    return grants.decide(user, perm, reason, among=teams.values_list("pk", flat=True))


def _goes_on(report: Report) -> Decision:
    if report.with_group or report.state == ReportState.SUBMITTED:
        return Allowed()
    return Denied(_("Nothing more is done on this report; its comments stay as they are."))


def _with_group(report: Report) -> Decision:
    if report.with_group:
        return Allowed()
    return Denied(
        {
            ReportState.SUBMITTED: _("The report has been submitted; the Planning Team is evaluating it."),
            ReportState.ACCEPTED: _("The report has been accepted; it no longer changes."),
            ReportState.DECLINED: _("The report was not taken into the plan; it no longer changes."),
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


def _marked(user: Any, report: Report) -> Decision:
    """Who closes has given a mark by every criterion, where the template has some."""
    if not (asked := criteria.of(report)):
        return Allowed()
    own = VersionMarks.objects.filter(version=report.versions.latest("number"), given_by=user.pk).first()
    missing = [one["name"] for one in asked if own is None or one["name"] not in own.marks]
    if not missing:
        return Allowed()
    return Denied(_("Give a mark by every criterion first: %(names)s.") % {"names": "; ".join(missing)})


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
