"""Writes of members to each other: comments on a section, and who writes which section."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from common.decisions import Invalid, require
from common.history import Stale, service, transition
from documents.reports import members, notices, permissions
from documents.reports.models import Comment, ReportSection
from documents.reports.models.comments import LONGEST_QUOTE
from documents.reports.services import pending
from documents.reports.services.writing import as_it_stands
from institution.models import User

LONGEST = 4_000


@service
def comment(
    *,
    section: ReportSection,
    text: str,
    by: Any,
    now: dt.datetime,
    quote: str = "",
    answers: Comment | None = None,
) -> Comment:
    """Say something on a section or in answer to a comment on it; members named with @ are told.

    The same words sent twice within a minute are one comment. Raises Invalid (empty, too long), Refused.
    """
    section = as_it_stands(section)
    require(permissions.can_comment(by, section.report))
    text = text.strip()
    if not text:
        raise Invalid(_("Write the comment."), field="text")
    if len(text) > LONGEST:
        raise Invalid(_("A comment has at most 4,000 letters; this belongs into the text."), field="text")
    if answers is not None and answers.section_id != section.pk:
        raise Invalid(_("The comment that you answer is not of this section."))
    first = answers and (answers.answers or answers)
    again = {"section": section, "answers": first, "text": text, "written_by_id": by.pk}
    if same := Comment.objects.filter(**again, written_at__gte=now - dt.timedelta(minutes=1)).first():
        return same
    said = Comment(**again, quote=" ".join(quote.split())[:LONGEST_QUOTE], written_at=now)
    said.save()
    named = {person.pk for person in members.named_in(text, members.of(section.report))}
    if named - {by.pk}:
        notices.tell_mentioned(
            report=section.report, section=section, people=named, comment=said.pk, by=by, now=now
        )
    return said


@service
def resolve(*, comment: Comment, resolved: bool, by: Any, now: dt.datetime) -> Comment:
    """Mark a conversation as dealt with, or open it again; what stands so already stays."""
    require(permissions.can_comment(by, as_it_stands(comment.section).report))
    comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if comment.answers_id is None and (comment.resolved_at is not None) != resolved:
        comment.resolved_at, comment.resolved_by_id = (now, by.pk) if resolved else (None, None)
        comment.save()
    return comment


@service
def assign(
    *, section: ReportSection, to: User | None, by: Any, now: dt.datetime, before: int | None = None
) -> ReportSection:
    """Say who of the group writes a section; None takes it from everybody.

    `before` is who was to write it when `to` was chosen. Raises Invalid (no member, another one was named
    meanwhile), Refused.
    """
    section = as_it_stands(section)
    require(permissions.can_write(by, section.report))
    if section.assigned_to_id == (to and to.pk):
        return section
    if to is not None and to not in members.of(section.report):
        raise Invalid(_("%(name)s is not a member of this group.") % {"name": to.full_name})
    pending.tell(section, before=by)
    try:
        transition(section, field="assigned_to", frm=before, to=to)
    except Stale as stale:
        raise Invalid(
            _("Somebody else changed meanwhile who writes “%(section)s”; that was left as it is.")
            % {"section": section.heading}
        ) from stale
    return section
