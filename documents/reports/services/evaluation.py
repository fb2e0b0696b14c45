"""The Planning Team's decisions on a submitted version, section by section, and its close."""

from __future__ import annotations

import datetime as dt
from copy import copy
from typing import Any

from django.utils.translation import gettext as _

from common import turkish
from common.audit.checkpoints import Occasion, milestone
from common.decisions import Invalid, require
from common.history import Stale, author, on_behalf_of, service, transition
from documents.reports import content, permissions
from documents.reports.models import Report, ReportVersion, SectionDecision, SectionVersion
from documents.reports.workflow import REPORT, SECTION, ReportState, SectionState

Choice = SectionDecision.Choice
BECOMES = {
    Choice.ACCEPT: SectionState.ACCEPTED,
    Choice.EDIT: SectionState.EDITED,
    Choice.RETURN: SectionState.RETURNED,
}


class DecidedMeanwhile(Stale):
    """Another member decided on this section since it was read; `decision` is theirs."""

    def __init__(self, decision: SectionDecision) -> None:
        super().__init__(
            _("%(name)s decided on this section at %(time)s: %(decision)s. Yours has not been saved.")
            % {
                "name": author(decision.decided_by, decision.decided_for),
                "time": turkish.time(decision.decided_at),
                "decision": decision.badge.label,
            }
        )
        self.decision = decision


@service
def decide(
    *,
    section_version: SectionVersion,
    choice: str,
    revision: int,
    by: Any,
    now: dt.datetime,
    reason: str = "",
    html: str = "",
    rows: Any = None,
) -> SectionDecision:
    """Accept a section, accept it with an edit (`html` or `rows` hold the edited words), or return it.

    `revision` is that of the decision which the member saw, 0 for none; the decision may be
    changed until the evaluation is closed. The same decision sent twice is one decision.
    Raises DecidedMeanwhile, Invalid (no reason for a return, no change in an edit), Refused.
    """
    seen = SectionVersion.objects.select_related("section", "version").get(pk=section_version.pk)
    report = Report.objects.locked(seen.version.report_id)
    require(permissions.can_evaluate(by, report))
    if seen.version_id != report.versions.latest("number").pk:
        raise Invalid(_("A newer version of this report has been submitted; decide on that one."))
    given = {"choice": Choice(choice), "reason": reason.strip(), **_edited(seen, choice, html, rows)}
    if choice == Choice.RETURN and not given["reason"]:
        raise Invalid(_("Write what the group should change; a return needs its reason."), field="reason")
    standing = SectionDecision.objects.select_related("decided_by").filter(section_version=seen).first()
    if standing is None:
        decision = SectionDecision(
            section_version=seen, decided_at=now, decided_by=by, decided_for=on_behalf_of(by), **given
        )
        decision.save()
        return decision
    if standing.decided_by_id == by.pk and all(getattr(standing, name) == to for name, to in given.items()):
        return standing
    if standing.revision != revision:
        raise DecidedMeanwhile(standing)
    transition(
        standing,
        field="revision",
        frm=revision,
        to=revision + 1,
        decided_at=now,
        decided_by=by,
        decided_for=on_behalf_of(by),
        **given,
    )
    return standing


def _edited(seen: SectionVersion, choice: str, html: str, rows: Any) -> dict[str, Any]:
    """The edited words, kept only with "accept with an edit"."""
    if choice != Choice.EDIT:
        return {"html": "", "rows": []}
    section = seen.section
    edited: dict[str, Any] = {
        "html": "" if section.is_table else content.clean_html(html),
        "rows": content.clean_rows(section.columns, rows) if section.is_table else [],
    }
    if edited["html"] == seen.html and edited["rows"] == seen.rows:
        raise Invalid(
            _("Nothing in the text was changed. Change it, or leave the edit and press “Accept”."),
            field="choice",
        )
    as_edited = copy(section)
    as_edited.html, as_edited.rows = edited["html"], edited["rows"]
    if problems := content.problems(as_edited):
        raise Invalid(problems[0], field="rows" if section.is_table else "html")
    return edited


@service
def close(*, report: Report, by: Any, now: dt.datetime) -> ReportVersion:
    """End the evaluation of the newest version: accepted, or back to the group with the returned sections.

    Closing twice is one close. Raises Refused, naming the sections that nobody decided on.
    """
    report = Report.objects.locked(report.pk)
    require(permissions.may_close(by, report))
    version = report.versions.order_by("-number").first()
    if version and version.outcome:
        return version
    require(permissions.can_close(by, report))
    assert version  # only a submitted report may be closed
    decided = list(version.sections.select_related("section", "decision"))
    returned = any(seen.decision.choice == Choice.RETURN for seen in decided)
    outcome = ReportState.RETURNED if returned else ReportState.ACCEPTED
    REPORT.check(report.state, outcome)
    transition(report, frm=report.state, to=outcome)
    transition(
        version,
        field="outcome",
        frm="",
        to=outcome,
        closed_at=now,
        closed_by=by,
        closed_for=on_behalf_of(by),
    )
    for seen in decided:
        _settle(seen)
    milestone(Occasion.EVALUATION, version)
    return version


def _settle(seen: SectionVersion) -> None:
    """The section takes the state that was decided: final words where it was accepted, an open answer where not."""
    section, decision = seen.section, seen.decision
    becomes = BECOMES[Choice(decision.choice)]
    SECTION.check(section.state, becomes)
    words = {"html": decision.html, "rows": decision.rows} if decision.choice == Choice.EDIT else {}
    if decision.choice == Choice.RETURN:
        words = {"answer": "", "answered_at": None}
    transition(
        section, field="revision", frm=section.revision, to=section.revision + 1, state=becomes, **words
    )
