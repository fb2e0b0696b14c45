"""What the pages of writing and judging show, gathered from reads and permissions. No request in here."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from common.decisions import Allowed, Decision, Denied
from common.turkish import turkish_order
from documents.files import kinds
from documents.plan.language import Finding, vocabulary
from documents.reports import content, criteria, interest, members, merging, permissions, presenters, services
from documents.reports.models import (
    Report,
    ReportSection,
    ReportTemplate,
    ReportVersion,
    SectionDecision,
    SectionOpinion,
    SectionQuestion,
    SectionShape,
    SectionVersion,
)
from documents.reports.traces import places
from documents.reports.workflow import COMPLETE, ReportState
from institution.models import Unit, User

Choice = SectionDecision.Choice
SPARE_ROWS = 3  # empty rows of a table for those who write without a script


def writing(section: ReportSection, user: User) -> dict[str, Any]:
    """The page of one section: its outline, what the team said, what is missing, where to go next."""
    report = section.report
    is_member = bool(permissions.can_see_drafts(user, report))
    light = report.sections.light().select_related("assigned_to")
    sections = list(light.with_comments() if is_member else light)
    go_on = onward(sections, section)
    may_write = permissions.can_write_section(user, section)
    return (
        outline(sections)
        | {
            "report": report,
            "section": section,
            "typed_html": section.html,
            "typed_answer": section.answer,
            "may_write": may_write,
            "may_submit": permissions.can_submit(user, report, today=timezone.localdate()),
            "version_number": report.versions.count() + bool(report.with_group),
            "remark": _remark(section),
            "problems": content.problems(section) if may_write else [],
            "findings": content.findings(section, vocabulary()) if may_write else [],
            "attachments": section.attachments.standing().select_related(
                "file__blob", "file__uploaded_by", "file__screening"
            ),
            "upload": {"accept": kinds.ACCEPT, "limit": settings.UPLOAD_MAX_MB},
            "previous": next((s for s in reversed(sections) if s.number < section.number), None),
            "onward": go_on,
            "ready": go_on is None and section.state in COMPLETE,
        }
        | (table(section, section.rows) if section.is_table else {})
        | (comments(section, user) if is_member else {})
    )


def comments(section: ReportSection, user: User) -> dict[str, Any]:
    """What members said on a section, for members alone."""
    conversations = list(section.comments.conversations())
    return {
        "conversations": conversations,
        "open_count": sum(conversation.resolved_at is None for conversation in conversations),
        "member_names": [person.full_name for person in members.of(section.report)],
        "may_comment": permissions.can_comment(user, section.report),
    }


def outline(sections: list[ReportSection]) -> dict[str, Any]:
    return {
        "sections": sections,
        "total": len(sections),
        "complete": sum(section.state in COMPLETE for section in sections),
    }


def onward(sections: list[ReportSection], here: ReportSection) -> ReportSection | None:
    """The next section that the group still has to write or answer, after this one, then from the beginning."""
    open_ones = [s for s in sections if s.state not in COMPLETE and s.pk != here.pk]
    return next((s for s in open_ones if s.number > here.number), open_ones[0] if open_ones else None)


def table(section: SectionShape, rows: list[dict], units: list[str] | None = None) -> dict[str, Any]:
    """A section of rows as reports/_rows.html takes it; the choices of a unit column are the units.

    `units` are unit_names(), where they have been read already.
    """
    columns = section.columns
    if any(column["type"] == "unit" for column in columns):
        choices = {"choices": unit_names() if units is None else units}
        columns = [column | choices if column["type"] == "unit" else column for column in columns]
    heads = section.heads
    # Those that the template names stand there before anything is typed.
    rows = rows or [{columns[0]["key"]: head} for head in heads]
    cells = [[(column, row.get(column["key"], "")) for column in columns] for row in rows]
    blank = [(column, "") for column in columns]
    spare = [] if heads else [blank] * SPARE_ROWS
    return {"columns": columns, "rows": cells + spare, "blank_row": blank, "heads": heads}


def preview(template: ReportTemplate) -> list[dict[str, Any]]:
    """Each section of a template as reports/_rows.html and the pages of writing take it, still empty."""
    units = unit_names()
    return [
        {"section": section} | (table(section, [], units) if section.is_table else {})
        for section in template.sections.all()
    ]


def unit_names() -> list[str]:
    return list(
        Unit.objects.filter(is_active=True).order_by(turkish_order("name")).values_list("name", flat=True)
    )


def _remark(section: ReportSection) -> SectionDecision | None:
    """Why the team returned this section."""
    if not section.came_back:
        return None
    return (
        SectionDecision.objects.filter(section_version__section=section)
        .select_related("decided_by", "section_version__version")
        .latest("section_version__version__number")
    )


@dataclass(frozen=True)
class Check:
    """A section before it is sent: what the common language asks."""

    section: ReportSection
    findings: list[Finding]


def sending(report: Report, user: User) -> dict[str, Any]:
    """The page before a report is sent: what is missing, language, and whether this person may send."""
    sections = list(report.sections.all())
    words = vocabulary()
    obstacles = services.obstacles(sections)
    checks = [
        Check(section, content.findings(section, words) if not section.is_closed else [])
        for section in sections
    ]
    return outline(sections) | {
        "report": report,
        "checks": checks,
        "obstacles": obstacles,
        "incomplete": len({obstacle.section.pk for obstacle in obstacles}),
        "slips": [check for check in checks if check.findings],
        "may_submit": permissions.can_submit(user, report, today=timezone.localdate()),
        "version_number": report.versions.count() + 1,
    }


def judging(
    frozen: SectionVersion, view: str, user: User, typed: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The page on which the team decides: the outline with decisions, the text in one of four views, the answer.

    `typed` is what was sent and not saved; it stands in the pane in place of the stored decision.
    """
    report = frozen.version.report
    line = _line(report, frozen)
    undecided = [entry for entry in line if entry.undecided]
    later = [entry for entry in undecided if entry.section.number > frozen.section.number]
    others = [entry for entry in [*later, *undecided] if not entry.here]
    section = frozen.section
    return {
        "report": report,
        "frozen": frozen,
        "section": section,
        "line": line,
        "decided": len(line) - len(undecided),
        "onward": others[0] if others else None,
        "view": view,
        "change": presenters.change(section.columns, frozen.previous, frozen, is_table=section.is_table),
        "remark": getattr(frozen.previous, "decision", None) if frozen.previous else None,
        "findings": content.findings(_as_section(frozen, frozen), vocabulary()),
        "attachments": section.attachments.standing().select_related("file__blob", "file__screening"),
        "places": [
            place for found in places([frozen.pk, frozen.previous_id or 0]).values() for place in found
        ],
        "opinions": list(frozen.opinions.all()),
        "own_opinion": next((one for one in frozen.opinions.all() if one.given_by_id == user.pk), None),
        "may_give_opinion": permissions.can_give_opinion(user, report),
        "opinion_choices": SectionOpinion.Choice.choices,
        "questions": list(frozen.questions.all()),
        "may_evaluate": permissions.can_evaluate(user, report),
        "may_close": permissions.can_close(user, report),
        "interest": interest.hint(report, user),
        **marks(report, frozen.version, user),
    } | _pane(frozen, typed)


def marks(report: Report, version: ReportVersion, user: User) -> dict[str, Any]:
    """The criteria with one's own marks, and whether one may give some. Two queries where there are criteria."""
    if not criteria.of(report):
        return {}
    marked = criteria.beside(report, version.marks.select_related("given_by"), user.pk)
    return {
        "marked": marked,
        "may_mark": permissions.can_mark(user, report),
        "scale": criteria.SCALE.items(),
    }


def closing(report: Report, version: ReportVersion, user: User) -> dict[str, Any]:
    """The page after the last decision: what the close will do, for who may close it; who does it, for the others."""
    parts = presenters.parts(version, as_changes=False, with_decisions=True)
    decisions = [part.decision for part in parts]
    return {
        "report": report,
        "version": version,
        "parts": parts,
        "undecided": decisions.count(None),
        "returned": sum(decision is not None and decision.choice == Choice.RETURN for decision in decisions),
        "declines": services.outcome_of(report, {decision.choice for decision in decisions if decision})
        == ReportState.DECLINED,
        "questions": SectionQuestion.objects.of(report).to_answer(),
        "closes": permissions.may_close(user, report),
        "may_close": permissions.can_close(user, report),
        "allowed": permissions.close_allows(report),
        "may_change_due": permissions.can_change_round(user, report),
        "closers": permissions.closers(report),
        **marks(report, version, user),
    }


def _pane(frozen: SectionVersion, typed: dict[str, Any] | None) -> dict[str, Any]:
    """The pane of the decision: a button for each choice, the remark, the words of an edit or of a merge
    while they are written."""
    decision = getattr(frozen, "decision", None)
    section = frozen.section
    doing = typed["choice"] if typed else ""
    target = typed["target"] if typed and doing == Choice.MERGE else None
    ground = merging.ground(target, frozen) if target else None
    words = _words(frozen, decision, typed, target, ground)
    return {
        "decision": decision,
        "editing": doing == Choice.EDIT,
        "merging": doing == Choice.MERGE,
        "target": target,
        "ground": ground,
        "targets": list(merging.targets(section)) if doing == Choice.MERGE and not target else [],
        "may_merge": _may_merge(section),
        "typed_label": dict(Choice.choices).get(doing, ""),
        "reason": typed["reason"] if typed else decision.reason if decision else "",
        "words": words,
        "edit": _changed(frozen, decision),
    } | (table(section, words.rows) if section.is_table else {})


def _words(
    frozen: SectionVersion, decision: SectionDecision | None, typed: Any, target: Any, ground: Any
) -> Any:
    """What stands in the field of an edit or a merge: as typed, else as decided, else where it begins."""
    if typed and words_in(typed):
        return merging.Words(typed["html"] or "", typed["rows"] if isinstance(typed["rows"], list) else [])
    if target:
        again = decision is not None and decision.target_id == target.pk and merging.rests(decision)
        return decision if again else merging.joined(ground, frozen)
    return decision if decision is not None and decision.choice == Choice.EDIT else frozen


def _changed(frozen: SectionVersion, decision: SectionDecision | None) -> presenters.Change | None:
    """What an edit changes in the section, or a merge in the other one."""
    if decision is None or decision.choice not in (Choice.EDIT, Choice.MERGE):
        return None
    before = merging.before(decision) if decision.target else frozen
    return presenters.change(frozen.section.columns, before, decision, is_table=frozen.section.is_table)


def _may_merge(section: ReportSection) -> Decision:
    if merging.targets(section).exists():
        return Allowed()
    return Denied(_("No other group has an accepted section of this kind yet."))


def words_in(given: dict[str, Any]) -> bool:
    """Whether the words of an edit came along: its field was open."""
    return given["html"] is not None or given["rows"] is not None


def _as_section(frozen: SectionVersion, words: Any) -> ReportSection:
    """A section as it would be with these words."""
    section = copy(frozen.section)
    section.html, section.rows = words.html, words.rows
    return section


@dataclass(frozen=True)
class Entry:
    """A line of the judging outline: a section, the decision on it, and in which version it was made."""

    section: ReportSection
    decision: SectionDecision | None
    number: int
    here: bool

    @property
    def undecided(self) -> bool:
        return self.decision is None


def _line(report: Report, frozen: SectionVersion) -> list[Entry]:
    newest: dict[int, SectionVersion] = {}
    versions = SectionVersion.objects.light().of(report).select_related("version", "decision__decided_by")
    for version in versions.order_by("version__number"):
        newest[version.section_id] = version
    return [
        Entry(
            section,
            getattr(newest[section.pk], "decision", None),
            newest[section.pk].version.number,
            section.pk == frozen.section_id,
        )
        for section in report.sections.light()
        if section.pk in newest
    ]
