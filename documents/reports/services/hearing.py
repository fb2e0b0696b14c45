"""What is said while a version is judged: opinions of evaluators, questions to the group and its answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from common.decisions import Invalid, require
from common.history import on_behalf_of, service
from documents.reports import notices, permissions
from documents.reports.models import Report, SectionOpinion, SectionQuestion, SectionVersion


@service
def give_opinion(
    *, section_version: SectionVersion, choice: str, words: str, by: Any, now: dt.datetime
) -> SectionOpinion:
    """Say what one holds of a section, or say it anew; the last word of each evaluator stands.

    Raises Refused (an interest in the report, an evaluation that is closed), Invalid (no choice; no
    grounds for a return).
    """
    seen, report = _judged(section_version)
    require(permissions.can_give_opinion(by, report))
    words = words.strip()
    if choice not in SectionOpinion.Choice.values:
        raise Invalid(_("Choose what you would decide."), field="opinion")
    if choice == SectionOpinion.Choice.RETURN and not words:
        raise Invalid(_("Write why you would return the section."), field="words")
    standing = SectionOpinion.objects.filter(section_version=seen, given_by=by.pk).first()
    if standing and (standing.choice, standing.words) == (choice, words):
        return standing
    opinion = standing or SectionOpinion(section_version=seen, given_by=by)
    opinion.choice, opinion.words = choice, words
    opinion.given_at, opinion.given_for = now, on_behalf_of(by)
    opinion.save()
    return opinion


@service
def ask(*, section_version: SectionVersion, text: str, by: Any, now: dt.datetime) -> SectionQuestion:
    """Ask the group something about a section while it is judged. The same question sent twice is one."""
    seen, report = _judged(section_version)
    require(permissions.can_evaluate(by, report))
    text = text.strip()
    if not text:
        raise Invalid(_("Write the question."), field="question")
    same = SectionQuestion.objects.unanswered().filter(section_version=seen, text=text, asked_by=by.pk)
    if asked := same.first():
        return asked
    question = SectionQuestion(
        section_version=seen, text=text, asked_at=now, asked_by=by, asked_for=on_behalf_of(by)
    )
    question.save()
    notices.tell_group(
        notices.asked, report, once=str(question.pk), section=seen.section.heading, by=by, now=now
    )
    return question


@service
def answer(*, question: SectionQuestion, text: str, by: Any, now: dt.datetime) -> SectionQuestion:
    """Answer a question of the team, once; the report stays where it is.

    Raises Refused, Invalid (no words, or somebody of the group answered meanwhile).
    """
    seen, report = _judged(question.section_version)
    require(permissions.can_answer(by, report))
    text = text.strip()
    if not text:
        raise Invalid(_("Write the answer."), field="answer")
    question = SectionQuestion.objects.select_related("asked_by").get(pk=question.pk)
    if question.answered_at:
        if (question.answer, question.answered_by_id) == (text, by.pk):
            return question
        raise Invalid(
            _("This question has been answered meanwhile; yours has not been saved."), field="answer"
        )
    question.answer, question.answered_at = text, now
    question.answered_by, question.answered_for = by, on_behalf_of(by)
    question.save()
    notices.tell_asker(question, report, section=seen.section, by=by, now=now)
    return question


def _judged(section_version: SectionVersion) -> tuple[SectionVersion, Report]:
    """The section and its report, held until the transaction ends. Raises Invalid where a newer version came."""
    seen = SectionVersion.objects.select_related("section", "version").get(pk=section_version.pk)
    report = Report.objects.locked(seen.version.report_id)
    if seen.version_id != report.versions.latest("number").pk:
        raise Invalid(_("A newer version of this report has been submitted."))
    return seen, report
