"""The Planning Team's decisions on a submitted version, section by section, and its close."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from copy import copy
from typing import Any

from django.utils.translation import gettext as _

from common import turkish
from common.audit.checkpoints import Occasion, milestone
from common.decisions import Invalid, require
from common.history import Stale, author, on_behalf_of, service, transition
from documents.reports import content, merging, notices, permissions, pictures
from documents.reports import html as markup
from documents.reports.models import Report, ReportSection, ReportVersion, SectionDecision, SectionVersion
from documents.reports.workflow import CLOSED, REPORT, SECTION, ReportState, SectionState

Choice = SectionDecision.Choice
BECOMES = {
    Choice.ACCEPT: SectionState.ACCEPTED,
    Choice.EDIT: SectionState.EDITED,
    Choice.RETURN: SectionState.RETURNED,
    Choice.DECLINE: SectionState.DECLINED,
    Choice.MERGE: SectionState.MERGED,
}


TOLD = {
    ReportState.RETURNED: notices.returned,
    ReportState.ACCEPTED: notices.accepted,
    ReportState.DECLINED: notices.declined,
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
    target: ReportSection | None = None,
    joined_to: str = "",
) -> SectionDecision:
    """Accept a section, accept it with an edit, return it, do not take it, or merge it with another.

    `html` or `rows` hold the edited words, or those joined with the ones of `target`, whose text had
    the mark `joined_to` (merging.ground). `revision` is that of the decision which the member saw, 0 for none;
    the decision may be changed until the evaluation is closed. The same decision sent twice is one.
    Raises DecidedMeanwhile, Refused, Invalid (no reason for a return or for not taking it, no change
    in an edit, no section to merge with, or one that has changed meanwhile).
    """
    seen = SectionVersion.objects.select_related("section", "version").get(pk=section_version.pk)
    report = Report.objects.locked(seen.version.report_id)
    require(permissions.can_evaluate(by, report))
    if seen.version_id != report.versions.latest("number").pk:
        raise Invalid(_("A newer version of this report has been submitted; decide on that one."))
    seen.section.report = report
    given = {"choice": Choice(choice), "reason": reason.strip(), **_NO_WORDS}
    if choice == Choice.RETURN and not given["reason"]:
        raise Invalid(_("Write what the group should change; a return needs its reason."), field="reason")
    if choice == Choice.DECLINE and not given["reason"]:
        raise Invalid(_("Write why the section is not taken; the group reads it."), field="reason")
    if choice == Choice.EDIT:
        given |= _edited(seen, html, rows)
    elif choice == Choice.MERGE:
        given |= _joined(seen, target, joined_to, html, rows)
    standing = SectionDecision.objects.select_related("decided_by").filter(section_version=seen).first()
    if standing is None:
        decision = SectionDecision(
            section_version=seen, decided_at=now, decided_by=by, decided_for=on_behalf_of(by), **given
        )
        decision.save()
        return decision
    same = all(getattr(standing, name) == to for name, to in given.items())
    if same and standing.decided_by_id == by.pk and (choice != Choice.MERGE or merging.rests(standing)):
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


_NO_WORDS: dict[str, Any] = {"html": "", "rows": [], "target_id": None, "target_revision": None}


def _edited(seen: SectionVersion, html: str, rows: Any) -> dict[str, Any]:
    """The words of "accept with an edit"."""
    edited = _words(seen.section, html, rows)
    pictures.require_own(edited["html"], seen.section.report)
    if edited["html"] == seen.html and edited["rows"] == seen.rows:
        raise Invalid(
            _("Nothing in the text was changed. Change it, or leave the edit and press “Accept”."),
            field="choice",
        )
    return edited


def _joined(
    seen: SectionVersion, target: ReportSection | None, joined_to: str, html: str, rows: Any
) -> dict[str, Any]:
    """The words of a merge, and with what; nobody writes over a text of the target that they did not see."""
    now = merging.targets(seen.section).filter(pk=target.pk).first() if target else None
    if now is None:
        raise Invalid(
            _("Choose an accepted section of another group, of the same kind, to merge this one with."),
            field="target",
        )
    before = merging.ground(now, seen)
    if before.mark != joined_to:
        raise Stale(
            _("“%(section)s” has changed since you opened it. Join the two texts again.")
            % {"section": now.heading}
        )
    words = _words(now, html, rows)
    if set(markup.pictures(words["html"])) - {*markup.pictures(before.html), *markup.pictures(seen.html)}:
        raise Invalid(_("The joined text shows a picture that neither section has."), field="html")
    return words | {"target_id": now.pk, "target_revision": before.revision}


def _words(section: ReportSection, html: str, rows: Any) -> dict[str, Any]:
    """What the evaluator wrote for the section, cleaned. Raises Invalid where it could not stand there."""
    written: dict[str, Any] = {
        "html": "" if section.is_table else content.clean_html(html),
        "rows": content.clean_rows(section.columns, rows) if section.is_table else [],
    }
    as_written = copy(section)
    as_written.html, as_written.rows = written["html"], written["rows"]
    if problems := content.problems(as_written):
        raise Invalid(problems[0], field="rows" if section.is_table else "html")
    return written


@service
def close(*, report: Report, by: Any, now: dt.datetime) -> ReportVersion:
    """End the evaluation of the newest version: accepted, back to the group, or not taken as a whole.

    Closing twice is one close. Raises Refused, naming the sections that nobody decided on, and Invalid
    where a picture of a merge finds no room, or somebody decided on a merge in this moment.
    """
    joined = merging.reports_joined(report)
    report = Report.objects.locked(report.pk, *joined)
    require(permissions.may_close(by, report))
    version = report.versions.order_by("-number").first()
    if version and version.outcome:
        return version
    require(permissions.can_close(by, report))
    if not merging.reports_joined(report) <= joined:
        raise Stale(_("A decision was changed in this moment. Look at the decisions once more, then close."))
    assert version  # only a submitted report may be closed
    decided = list(version.sections.select_related("section", "decision__target"))
    outcome = outcome_of(report, {seen.decision.choice for seen in decided})
    REPORT.check(report.state, outcome)
    for merge in merging.pending(report):
        _join(merge, by, now)
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
    returned = sum(seen.decision.choice == Choice.RETURN for seen in decided)
    notices.tell_group(TOLD[outcome], report, once=str(version.number), sections=returned, by=by, now=now)
    return version


def outcome_of(report: Report, choices: Collection[str]) -> ReportState:
    """What these decisions make of the report, beside the sections that were closed in earlier rounds."""
    states = {BECOMES[Choice(choice)] for choice in choices}
    states |= {SectionState(one.state) for one in report.sections.light().filter(state__in=CLOSED)}
    if SectionState.RETURNED in states:
        return ReportState.RETURNED
    return ReportState.DECLINED if states == {SectionState.DECLINED} else ReportState.ACCEPTED


def _settle(seen: SectionVersion) -> None:
    """The section takes the state that was decided: final words where it was accepted, an open answer
    where it goes back."""
    section, decision = seen.section, seen.decision
    becomes = BECOMES[Choice(decision.choice)]
    SECTION.check(section.state, becomes)
    words: dict[str, Any] = {}
    if decision.choice == Choice.EDIT:
        words = {"html": decision.html, "rows": decision.rows}
    elif decision.choice == Choice.RETURN:
        words = {"answer": "", "answered_at": None}
    _next_revision(section, section.revision, state=becomes, **words)


def _join(merge: SectionDecision, by: Any, now: dt.datetime) -> None:
    """The words of a merge become those of its target, with pictures that its group may open."""
    target, revision = merge.target, merge.target_revision
    assert target is not None and revision is not None  # it is a merge
    html = pictures.brought(merge.html, target.report, by=by, now=now)
    if html != merge.html:
        merge.html = html
        merge.save(update_fields=["html"])
    _next_revision(target, revision, html=html, rows=merge.rows)


def _next_revision(section: ReportSection, seen: int, **fields: Any) -> None:
    """Change a section only if it still is as it was seen."""
    transition(section, field="revision", frm=seen, to=seen + 1, **fields)
