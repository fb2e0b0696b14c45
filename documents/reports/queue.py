"""The queue of the Planning Team: which submitted versions it lists, narrowed by links that say how many.

Each filter counts what its link would show beside the other filters, so that no count promises more
than the press gives. Whatever the list holds, the page costs the same few queries and reads only the
texts of its own rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common import grants
from common.forms import whole_number
from common.turkish import ascii_fold, sort_key
from documents.plan.guide import BY_CODE
from documents.reports.models import Report, ReportVersion, SectionVersion
from documents.reports.workflow import EVALUATED, ReportState
from institution.models import Body, PlanPeriod, User

PAGE = 20
KINDS = {
    "new": _("First versions"),
    "answered": _("Came back answered"),
    "undecided": _("Undecided"),
    "late": _("Late"),
}


@dataclass(frozen=True)
class Link:
    """A filter: pressing it shows `count` reports; pressing the chosen one takes it back."""

    label: str | Promise
    count: int
    query: str
    chosen: bool


class Queue:
    """What an address of the queue shows. Raises Http404 for a list or filter that does not exist."""

    def __init__(self, user: User, period: PlanPeriod | None, params: QueryDict) -> None:
        self.params = params
        self.shown = params.get("show", "")
        self.kind, self.part = params.get("kind", ""), params.get("part", "")
        self.group, self.sought = whole_number(params.get("group")), params.get("q", "").strip()
        if self.shown not in ("", "mine", "decided") or (self.kind and self.kind not in KINDS):
            raise Http404
        self.passes = {
            "new": Q(number=1),
            "answered": Q(number__gt=1),
            "undecided": Q(is_undecided=True),
            "late": Q(outcome="", due_on__lt=timezone.localdate()),
        }
        self.own = list(grants.bodies(user, "write_reports"))
        self.reports = Report.objects.of(period).evaluated_by(user)
        # By the period, as the reports are: a list of their numbers would be as long as the queue.
        teams = Body.objects.where(user, "evaluate_reports")
        self.all = ReportVersion.objects.filter(
            report__period=period, report__period__in=teams.values("period")
        )
        self.found = self._holding(self.sought)

    def versions(self, *, without: str = "") -> Any:
        """The versions of the list that pass its filters, but for one of them."""
        listed = self.all.filter(outcome="", report__state=ReportState.SUBMITTED)
        if self.shown == "decided":
            later = ReportVersion.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
            listed = self.all.filter(report__state__in=EVALUATED).exclude(Exists(later))
        if self.shown == "mine":
            listed = listed.filter(report__body__in=self.own)
        if self.found is not None:
            listed = listed.filter(report__in=self.found)
        sections = SectionVersion.objects.filter(version=OuterRef("pk"))
        listed = listed.annotate(is_undecided=Exists(sections.filter(decision=None)))
        if self.kind and without != "kind":
            listed = listed.filter(self.passes[self.kind])
        if self.group and without != "group":
            listed = listed.filter(report__body=self.group)
        if self.part and without != "part":
            listed = listed.filter(Exists(sections.filter(section__chapter=self.part)))
        return listed

    def page(self, total: int) -> Any:
        """The numbers of the page's reports, in order: the oldest first, of those decided on the newest."""
        order = ["-submitted_at", "-pk"] if self.shown == "decided" else ["submitted_at", "pk"]
        ordered = self.versions().order_by(*order).values_list("report_id", flat=True)
        return _Counted(ordered, PAGE, total).get_page(self.params.get("page"))

    def lists(self) -> dict[str, int]:
        """How many reports each of the three lists holds. One query."""
        waits = Q(state=ReportState.SUBMITTED)
        return self.reports.aggregate(
            awaiting=Count("pk", filter=waits),
            mine=Count("pk", filter=waits & Q(body__in=self.own)),
            decided=Count("pk", filter=Q(state__in=EVALUATED)),
        )

    def kinds(self) -> tuple[int, list[Link]]:
        """How many reports the filters leave, and the links to new, answered, undecided and late ones. One query."""
        told = self.versions(without="kind").aggregate(
            all=Count("pk"), **{name: Count("pk", filter=passes) for name, passes in self.passes.items()}
        )
        links = [self._link("kind", name, label, told[name]) for name, label in KINDS.items()]
        return told[self.kind or "all"], links

    @property
    def tells_facets(self) -> bool:
        """Groups and parts are counted for who asked for them: most go down the list."""
        return bool(self.params.get("facets") or self.group or self.part)

    def facets(self) -> list[tuple[Any, list[Link]]]:
        """The links to groups and to parts of the plan, where they were asked for. Two queries, or none."""
        if not self.tells_facets:
            return []
        return [(_("Group"), self._groups()), (_("Part of the plan"), self._parts())]

    @property
    def to_facets(self) -> str:
        query = self.params.copy()
        query.pop("page", None)
        query["facets"] = "1"
        return query.urlencode()

    def _groups(self) -> list[Link]:
        rows = self.versions(without="group").order_by().values_list("report__body", "report__body__name")
        told = rows.annotate(n=Count("pk"))
        return [self._link("group", str(pk), name, n) for pk, name, n in sorted(told, key=_by_name)]

    def _parts(self) -> list[Link]:
        newest = self.versions(without="part").order_by().values("pk")
        rows = SectionVersion.objects.filter(version__in=newest).order_by("section__chapter")
        told = rows.values_list("section__chapter").annotate(n=Count("version", distinct=True))
        return [self._link("part", code, _titled(code), n) for code, n in told]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.group or self.part or self.sought)

    def _holding(self, words: str) -> list[int] | None:
        """Reports whose title or group holds the words, however İ and ı are typed; None for no words."""
        if not words:
            return None
        sought = ascii_fold(words).split()
        reports = (
            Report.objects.filter(versions__in=self.all).distinct().values_list("pk", "title", "body__name")
        )
        return [pk for pk, *texts in reports if all(word in ascii_fold(" ".join(texts)) for word in sought)]

    def _link(self, name: str, value: str, label: Any, count: int) -> Link:
        chosen = self.params.get(name, "") == value
        query = self.params.copy()
        query.pop("page", None)
        query.pop(name, None)
        if not chosen:
            query[name] = value
        return Link(label, count, query.urlencode(), chosen)


class _Counted(Paginator):
    """A paginator that need not count what has been counted."""

    def __init__(self, rows: Any, size: int, total: int) -> None:
        super().__init__(rows, size)
        self.count = total  # in place of the property that would ask


def in_order(pks: Iterable[int]) -> Any:
    """Reports with these numbers, as reports of the queue, in this order. One query."""
    pks = list(pks)
    place = {pk: at for at, pk in enumerate(pks)}
    reports = Report.objects.filter(pk__in=pks).select_related("body").with_submission()
    return sorted(reports, key=lambda report: place[report.pk])


def _titled(code: str) -> str:
    return f"{code} {BY_CODE[code].title}" if code in BY_CODE else code


def _by_name(row: tuple) -> Any:
    return sort_key(row[1])
