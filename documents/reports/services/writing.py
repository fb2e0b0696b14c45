"""Writes of the group while it has the pen: text, tables, answers, attachments."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from common.decisions import Invalid, insist, require
from common.history import Stale, on_behalf_of, service, transition
from documents.files import services as files
from documents.files.models import StoredFile
from documents.plan.language import vocabulary
from documents.reports import content, permissions, pictures, replacing
from documents.reports.models import Attachment, Report, ReportSection
from documents.reports.services import pending
from documents.reports.workflow import SECTION, ReportState, SectionState

SITTING = dt.timedelta(minutes=30)
"""Saves of one person with no longer pause than this are one sitting and leave one history row."""


class SavedMeanwhile(Stale):
    """Somebody else saved this section since it was read. `section` holds their text."""

    def __init__(self, section: ReportSection) -> None:
        super().__init__(
            _(
                "While you were writing, %(name)s changed this section. Compare the two texts; neither was deleted."
            )
            % {"name": section.saved_by}
        )
        self.section = section


@service
def save_section(
    *,
    section: ReportSection,
    revision: int,
    by: Any,
    now: dt.datetime,
    html: str | None = None,
    rows: Any = None,
    answer: str | None = None,
) -> ReportSection:
    """Keep what was typed; what is None stays as it is. The text is sanitised here.

    `revision` is the one that the writer's page was made from. Sending the same words again is
    one save, whatever the revision. Raises SavedMeanwhile, Invalid (too large), Refused.
    """
    section = as_it_stands(section)
    require(permissions.can_write_section(by, section))
    given = _given(section, html, rows, answer)
    pictures.require_own(given.get("html", ""), section.report)
    if all(getattr(section, name) == value for name, value in given.items()):
        return section
    if section.revision != revision:
        raise SavedMeanwhile(section)
    sitting_goes_on = _sitting_goes_on(section, by, now)
    keep(section, revision, by, now, traced=not sitting_goes_on, **given)
    begin(section.report)
    return section


@service
def fill_section(
    *,
    section: ReportSection,
    revision: int,
    by: Any,
    now: dt.datetime,
    html: str | None = None,
    rows: Any = None,
    reason: str = "",
) -> ReportSection:
    """Put text or rows that came from a document into a section, always with a history row of its own.

    Raises SavedMeanwhile where the section is no longer at `revision`, Invalid, Refused.
    """
    section = as_it_stands(section)
    require(permissions.can_write_section(by, section))
    given = _given(section, html, rows, None)
    pictures.require_own(given.get("html", ""), section.report)
    if section.revision != revision:
        raise SavedMeanwhile(section)
    keep(section, revision, by, now, traced=True, **given)
    begin(section.report)
    return section


@service
def attach_kept(*, section: ReportSection, file: StoredFile, by: Any, now: dt.datetime) -> Attachment:
    """Add a picture of a text whose file the group’s room has already, once."""
    section = as_it_stands(section)
    require(permissions.can_write_section(by, section))
    if same := section.attachments.filter(removed_at=None, file=file, in_text=True).first():
        return same
    attachment = Attachment(section=section, file=file, in_text=True)
    attachment.save()
    return attachment


@service
def mark_answered(*, section: ReportSection, answer: str, by: Any, now: dt.datetime) -> ReportSection:
    """Say that the team's remark has been dealt with; the answer goes to the team with the report.

    Raises Invalid where permissions.answer_allows finds nothing that answers it.
    """
    section = as_it_stands(section)
    require(permissions.can_write_section(by, section))
    answer = answer.strip()
    if section.is_answered and section.answer == answer:
        return section
    section.answer, section.answered_at = answer, now
    insist(permissions.answer_allows(section), field="answer")
    keep(section, section.revision, by, now, traced=True, answer=answer, answered_at=now)
    return section


@service
def correct(*, section: ReportSection, found: str, by: Any, now: dt.datetime) -> ReportSection:
    """Put the common language's words in the place of a finding, everywhere in the section.

    `found` is the finding's text. Raises Invalid where the words are not there in one piece, or
    where only a person can tell what is right.
    """
    section = as_it_stands(section)
    require(permissions.can_write_section(by, section))
    findings = content.findings(section, vocabulary())
    suggestion = next((finding.suggestion for finding in findings if finding.text == found), "")
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, found.split())) + r"(?!\w)")
    given = replacing.replaced(section, pattern, suggestion)
    if not suggestion or all(getattr(section, name) == value for name, value in given.items()):
        raise Invalid(
            _("“%(words)s” cannot be corrected in one step; correct it by hand.") % {"words": found}
        )
    keep(section, section.revision, by, now, traced=True, **given)
    return section


def attach(*, section: ReportSection, upload: File, by: Any, now: dt.datetime) -> Attachment:
    """Add a document to a section; the group's room keeps it. Raises Invalid as files.keep does."""
    require(permissions.can_write_section(by, section))
    # Outside the transaction: a large file is written while others go on saving.
    return _attach(section=section, kept=files.keep(upload), by=by, now=now)


def insert_picture(*, section: ReportSection, upload: File, by: Any, now: dt.datetime) -> StoredFile:
    """Keep a picture for a section's text, drawn anew; the text then shows it by its number.

    Raises Invalid as pictures.keep does. The same picture inserted twice is one file.
    """
    require(permissions.can_write_section(by, section))
    return _attach(section=section, kept=pictures.keep(upload), by=by, now=now, in_text=True).file


@service
def _attach(
    *, section: ReportSection, kept: files.Kept, by: Any, now: dt.datetime, in_text: bool = False
) -> Attachment:
    section = as_it_stands(section)
    require(permissions.can_write_section(by, section))
    attached = section.attachments.filter(removed_at=None, in_text=in_text)
    if same := attached.filter(file__blob__sha256=kept.digest, file__name=kept.name).first():
        return same
    file = files.record(kept=kept, body=section.report.body, by=by, now=now)
    attachment = Attachment(section=section, file=file, in_text=in_text)
    attachment.save()
    begin(section.report)
    return attachment


@service
def detach(*, attachment: Attachment, by: Any, now: dt.datetime) -> Attachment:
    """Take a document from its section; the file stays in the group's room."""
    require(permissions.can_write_section(by, as_it_stands(attachment.section)))
    attachment.refresh_from_db()
    if attachment.removed_at is None:
        attachment.removed_at = now
        attachment.save()
    return attachment


def as_it_stands(section: ReportSection) -> ReportSection:
    """The section now, its report held: neither is submitted nor cancelled while it is being written."""
    report = Report.objects.locked(section.report_id)
    section = ReportSection.objects.get(pk=section.pk)
    section.report = report
    return section


def standing(section: ReportSection) -> str:
    """The state that a section in the group's hands has earned by what stands in it."""
    whole = not content.problems(section)
    if section.came_back:
        return SectionState.ANSWERED if whole and section.is_answered else SectionState.RETURNED
    if content.is_empty(section):
        return SectionState.EMPTY
    return SectionState.DONE if whole else SectionState.WRITING


def _given(section: ReportSection, html: str | None, rows: Any, answer: str | None) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if html is not None and not section.is_table:
        given["html"] = content.clean_html(html)
    if rows is not None and section.is_table:
        given["rows"] = content.clean_rows(section.columns, rows)
    if answer is not None and section.came_back:
        given["answer"] = answer.strip()
    return given


def keep(
    section: ReportSection, revision: int, by: Any, now: dt.datetime, *, traced: bool, **fields: Any
) -> None:
    """Make the section say `fields`, as its next save. Raises SavedMeanwhile where it is past `revision`."""
    for name, value in fields.items():
        setattr(section, name, value)
    # Who marks it as answered has asked already whether it is.
    if "answered_at" not in fields and section.is_answered and not permissions.answer_allows(section):
        fields["answered_at"] = section.answered_at = None
    state = standing(section)
    if state != section.state:
        SECTION.check(section.state, state)
    pending.tell(section, before=by)
    try:
        transition(
            section,
            field="revision",
            frm=revision,
            to=revision + 1,
            traced=traced,
            state=state,
            saved_at=now,
            saved_by=by,
            **fields,
        )
    except Stale as stale:
        raise SavedMeanwhile(ReportSection.objects.select_related("saved_by").get(pk=section.pk)) from stale


def _sitting_goes_on(section: ReportSection, by: Any, now: dt.datetime) -> bool:
    """Whether this person's row of the same sitting, in the same seat, is the newest in the section's history."""
    if section.saved_by_id != by.pk or section.saved_at is None or now - section.saved_at > SITTING:
        return False
    writers = section.history.order_by("-history_id").values_list("history_user_id", "history_for_name")
    return writers.first() == (by.pk, on_behalf_of(by))


def begin(report: Report) -> None:
    """The first words make a requested report one that is being written."""
    if report.state == ReportState.REQUESTED:
        with suppress(Stale):  # a colleague began in the same moment
            transition(report, frm=ReportState.REQUESTED, to=ReportState.WRITING)
