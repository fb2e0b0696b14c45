"""Reads of reports, each with its subject."""

from __future__ import annotations

import datetime as dt

from django.db.models import Case, Count, Exists, Max, Min, OuterRef, Prefetch, Q, Subquery, Sum, When
from django.utils import timezone

from common import grants
from common.history import AuditedQuerySet
from documents.reports.workflow import CLOSED, COMPLETE, EVALUATED, FINISHED, TAKEN, WITH_GROUP, ReportState
from institution.models import Body

SOON = dt.timedelta(days=7)
"""What is due within so many days is counted with what is late."""


class TemplateQuerySet(AuditedQuerySet):
    def requestable(self):
        """Active templates with at least one section."""
        return self.filter(is_active=True, sections__isnull=False).distinct()

    def with_counts(self):
        """`section_count` and `report_count` of each."""
        return self.annotate(
            section_count=Count("sections", distinct=True), report_count=Count("reports", distinct=True)
        )


class ReportQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Their own group's reports; the team's those of its sub-groups; the Directorate's and the inspector's all."""
        if grants.anywhere(user, "manage_process") or grants.anywhere(user, "inspect"):
            return self
        own = self.filter(body__in=grants.bodies(user, "enter_room"))
        return own | self.evaluated_by(user)

    def of(self, period):
        return self.filter(period=period)

    def locked(self, pk: int, *others: int):
        """One report, held until the transaction ends: acts on it come one after the other.

        With it `others` that the act touches, all in the order of their numbers: no two acts wait for each
        other. SQLite needs no lock: there, a transaction that may write is alone from its beginning.
        """
        held = self.select_for_update(of=("self",)).select_related("period", "body__kind")
        return {one.pk: one for one in held.filter(pk__in=[pk, *others]).order_by("pk")}[pk]

    def awaiting(self, user):
        """Submitted reports that this person may evaluate."""
        return self.filter(state=ReportState.SUBMITTED).evaluated_by(user)

    def evaluated_by(self, user):
        """Reports of the sub-groups of this person's team: those of the team's plan period."""
        return self.filter(period__in=Body.objects.where(user, "evaluate_reports").values("period"))

    def evaluated(self):
        """Those whose newest version has been decided on and closed."""
        return self.filter(state__in=EVALUATED)

    def written_by(self, user):
        """Reports that this person may write."""
        return self.filter(body__in=grants.bodies(user, "write_reports"))

    def of_body(self, body):
        """Of one group; of all for None."""
        return self.filter(body=body) if body else self

    def for_list(self):
        """Open reports first, by their due dates; presenters.listed adds what their rows show."""
        closed = Case(When(state__in=FINISHED, then=1), default=0)
        return self.select_related("body").order_by(closed, "due_on", "pk")

    def with_group(self):
        return self.filter(state__in=WITH_GROUP)

    def standing(self):
        """All but the cancelled ones."""
        return self.exclude(state=ReportState.CANCELLED)

    def due_by(self, day: dt.date):
        return self.with_group().filter(due_on__lte=day)

    def late_on(self, day: dt.date):
        """With their group on the day after their due date, the longest delay first."""
        return self.with_group().filter(due_on__lt=day).order_by("due_on", "pk")

    def with_last_reminder(self):
        """`reminded_on` of each: the last day on which its group was reminded, if any."""
        return self.annotate(reminded_on=Max("reminders__sent_on"))

    def with_submission(self):
        """`submitted_at`, `submitter` (and for whom), `version_number` and `judged_by` (the day by which
        its evaluation is due) of the newest version."""
        newest = (
            self.model._meta.get_field("versions")
            .related_model.objects.filter(report=OuterRef("pk"))
            .order_by("-number")
        )
        return self.annotate(
            submitted_at=Subquery(newest.values("submitted_at")[:1]),
            submitter=Subquery(newest.values("submitted_by__full_name")[:1]),
            submitter_for=Subquery(newest.values("submitted_for")[:1]),
            version_number=Subquery(newest.values("number")[:1]),
            judged_by=Subquery(newest.values("due_on")[:1]),
        )

    def with_questions(self):
        """`question_count`: what the team asked the group and has not been answered."""
        asked = Q(versions__outcome="", versions__sections__questions__answered_at=None)
        return self.annotate(question_count=Count("versions__sections__questions", filter=asked))

    def oldest_submission(self) -> dt.date | None:
        """The day on which the newest version of the longest waiting of these was submitted."""
        newest = self.annotate(newest=Max("versions__submitted_at")).aggregate(oldest=Min("newest"))
        return timezone.localdate(newest["oldest"]) if newest["oldest"] else None

    def counted(self, today: dt.date, soon: dt.date) -> dict[str, int]:
        """How many are due or late, late, being written, awaiting, returned, accepted; one query."""
        state = {state: Count("pk", filter=Q(state=state)) for state in ReportState.values}
        with_group = Q(state__in=WITH_GROUP)
        return self.aggregate(
            all=Count("pk"),
            due=Count("pk", filter=with_group & Q(due_on__lte=soon)),
            late=Count("pk", filter=with_group & Q(due_on__lt=today)),
            **state,
        )


class SectionQuerySet(AuditedQuerySet):
    def light(self):
        """Without the text, for outlines and counts."""
        return self.defer("html", "rows", "columns", "help", "answer")

    def without_text(self):
        """With the columns but without the words, where those of a frozen version are read."""
        return self.defer("html", "rows", "help", "answer")

    def progress(self) -> dict[int, tuple[int, int]]:
        """By report: how many sections there are, and how many of them are complete. One query."""
        counts = {"all": Count("pk"), "complete": Count("pk", filter=Q(state__in=COMPLETE))}
        rows = self.order_by().values_list("report").annotate(**counts)
        return {report: (all_of_them, done) for report, all_of_them, done in rows}

    def incomplete(self):
        """What the group still has to write or answer."""
        return self.exclude(state__in=COMPLETE)

    def near(self, chapter: str):
        """Those of this chapter of the plan first, then by report."""
        elsewhere = Case(When(chapter=chapter, then=0), default=1)
        return self.order_by(elsewhere, "report__title", "report_id", "number")

    def first_of(self, user):
        """Those assigned to the person before the others, then in order."""
        return self.order_by(Case(When(assigned_to=user.pk, then=0), default=1), "number")

    def with_comments(self):
        """`comment_count`: open conversations of each. For members of the group alone."""
        return self.annotate(
            comment_count=Count("comments", filter=Q(comments__answers=None, comments__resolved_at=None))
        )

    def open(self):
        """Not yet decided for good."""
        return self.exclude(state__in=CLOSED)


class CommentQuerySet(AuditedQuerySet):
    def conversations(self):
        """First comments with their replies, open ones first."""
        return (
            self.filter(answers=None)
            .select_related("written_by", "resolved_by")
            .prefetch_related(Prefetch("replies", self.model.objects.select_related("written_by")))
            .order_by(Case(When(resolved_at=None, then=0), default=1), "pk")
        )


class AttachmentQuerySet(AuditedQuerySet):
    def standing(self):
        """Documents that belong to a section now; its pictures stand in the text itself."""
        return self.filter(removed_at=None, in_text=False)


class VersionQuerySet(AuditedQuerySet):
    def due_by(self, day: dt.date):
        """Those that the team is evaluating and whose evaluation is due on that day or before it."""
        return self.filter(outcome="", report__state=ReportState.SUBMITTED, due_on__lte=day)

    def with_change(self):
        """The newest first, `added` and `removed` words of each version as a whole."""
        changed = self.annotate(added=Sum("sections__added"), removed=Sum("sections__removed"))
        return changed.order_by("-number")  # what groups has no order of its model


_QUESTIONS = ("questions__asked_by", "questions__answered_by")


class SectionVersionQuerySet(AuditedQuerySet):
    def light(self):
        """Without the text, for outlines and queues."""
        return self.defer(
            "html", "rows", "section__html", "section__rows", "section__columns", "section__help"
        )

    def without_living_text(self):
        """With the section as it is beside the frozen text, but for the words that go on changing there."""
        return self.defer("section__html", "section__rows", "section__help", "section__answer")

    def of(self, report):
        return self.filter(version__report=report)

    def newest_of(self, reports):
        """Sections of each report's newest version."""
        later = self.model.objects.filter(
            version__report=OuterRef("version__report"), version__number__gt=OuterRef("version__number")
        )
        return self.filter(version__report__in=reports).exclude(Exists(later)).order_by("section__number")

    def accepted_in(self, period):
        """Of each accepted section of a period's reports, the version in which it was accepted."""
        later = self.model.objects.filter(
            section=OuterRef("section"), version__number__gt=OuterRef("version__number")
        )
        return (
            self.filter(section__state__in=TAKEN, section__report__period=period)
            .exclude(section__report__state=ReportState.CANCELLED)
            .exclude(Exists(later))
        )

    def undecided(self, report):
        """Sections of the report's newest version on which the team has not decided."""
        newest = report.versions.order_by("-number").values("pk")[:1]
        return self.filter(version__in=newest, decision=None).order_by("section__number")

    def undecided_in(self, reports):
        """The same for many reports."""
        return self.newest_of(reports.filter(state=ReportState.SUBMITTED)).filter(decision=None)

    def with_dialogue(self):
        """With the decision, the remark that it answers, and the versions of both; no query more."""
        return self.select_related(
            "version",
            "decision__decided_by",
            "decision__target__report__body",
            "previous__version",
            "previous__decision__decided_by",
        ).prefetch_related("opinions__given_by", *_QUESTIONS)

    def with_questions(self):
        """With the questions to the group alone; two queries more where there are any."""
        return self.prefetch_related(*_QUESTIONS)

    def last_by_section(self, report) -> dict:
        """By section, its newest frozen words with their dialogue. One query."""
        frozen = self.of(report).with_dialogue().order_by("version__number")
        return {one.section_id: one for one in frozen}


class QuestionQuerySet(AuditedQuerySet):
    def of(self, report):
        """Asked of any of the report's versions, with its section and who asked and answered."""
        found = self.filter(section_version__version__report=report)
        return found.select_related("section_version__section", "asked_by", "answered_by")

    def unanswered(self):
        return self.filter(answered_at=None)

    def to_answer(self, *, and_this: int | None = None):
        """Those that the group can still answer: their evaluation is open. With one more, by its number."""
        return self.filter(Q(answered_at=None, section_version__version__outcome="") | Q(pk=and_this))
