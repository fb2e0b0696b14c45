"""Reads of reports, each with its subject."""

from __future__ import annotations

import datetime as dt

from django.db.models import Case, Count, Exists, Max, Min, OuterRef, Q, Subquery, Sum, When
from django.utils import timezone

from common import grants
from common.history import AuditedQuerySet
from documents.reports.workflow import CLOSED, COMPLETE, ReportState, SectionState
from institution.models import Body

WITH_GROUP = (ReportState.REQUESTED, ReportState.WRITING, ReportState.RETURNED)


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

    def locked(self, pk: int):
        """One report, held until the transaction ends: acts on it come one after the other.

        SQLite needs no lock: there, a transaction that may write is alone from its beginning.
        """
        return self.select_for_update(of=("self",)).select_related("period", "body__kind").get(pk=pk)

    def awaiting(self, user):
        """Submitted reports that this person may evaluate."""
        return self.filter(state=ReportState.SUBMITTED).evaluated_by(user)

    def evaluated_by(self, user):
        """Reports of the sub-groups of this person's team: those of the team's plan period."""
        return self.filter(period__in=Body.objects.where(user, "evaluate_reports").values("period"))

    def evaluated(self):
        """Those whose newest version has been decided on and closed."""
        return self.filter(state__in=[ReportState.RETURNED, ReportState.ACCEPTED])

    def written_by(self, user):
        """Reports that this person may write."""
        return self.filter(body__in=grants.bodies(user, "write_reports"))

    def of_body(self, body):
        """Of one group; of all for None."""
        return self.filter(body=body) if body else self

    def for_list(self):
        """What a row of a list shows, open reports first; one query for any number of rows."""
        closed = Case(When(state=ReportState.ACCEPTED, then=1), default=0)
        return self.select_related("body").with_progress().order_by(closed, "due_on", "pk")

    def with_group(self):
        return self.filter(state__in=WITH_GROUP)

    def standing(self):
        """All but the cancelled ones."""
        return self.exclude(state=ReportState.CANCELLED)

    def due_by(self, day: dt.date):
        return self.with_group().filter(due_on__lte=day)

    def with_progress(self):
        """`section_count` and `complete_count` of each; one join, so the same cost for any number."""
        return self.annotate(
            section_count=Count("sections"),
            complete_count=Count("sections", filter=Q(sections__state__in=COMPLETE)),
            returned_count=Count("sections", filter=Q(sections__state=SectionState.RETURNED)),
        )

    def with_submission(self):
        """`submitted_at`, `submitter` (and for whom) and `version_number` of the newest version."""
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
        )

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

    def incomplete(self):
        """What the group still has to write or answer."""
        return self.exclude(state__in=COMPLETE)

    def open(self):
        """Not yet accepted."""
        return self.exclude(state__in=CLOSED)


class VersionQuerySet(AuditedQuerySet):
    def with_change(self):
        """`added` and `removed` words of each version as a whole."""
        return self.annotate(added=Sum("sections__added"), removed=Sum("sections__removed"))


class SectionVersionQuerySet(AuditedQuerySet):
    def light(self):
        """Without the text, for outlines and queues."""
        return self.defer(
            "html", "rows", "section__html", "section__rows", "section__columns", "section__help"
        )

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
            self.filter(section__state__in=CLOSED, section__report__period=period)
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
            "version", "decision__decided_by", "previous__version", "previous__decision__decided_by"
        )

    def last_by_section(self, report) -> dict:
        """By section, its newest frozen words with their dialogue. One query."""
        frozen = self.of(report).with_dialogue().order_by("version__number")
        return {one.section_id: one for one in frozen}
