"""Criteria of a template: what the team marks a report by. The result speaks of one report, never of people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.reports.models import Report, ReportVersion, VersionMarks

WHOLE = 100
SCALE: dict[int, str | Promise] = {
    0: _("Insufficient"),
    1: _("Weak"),
    2: _("Adequate"),
    3: _("Good"),
    4: _("Very good"),
}


@dataclass(frozen=True)
class Marked:
    """A criterion with the mark that counts, and what the others gave."""

    name: str
    weight: int
    hint: str
    mark: int | None
    others: list[tuple[VersionMarks, str | Promise]]

    @property
    def words(self) -> str | Promise:
        return "" if self.mark is None else SCALE[self.mark]


def of(report: Report) -> list[dict[str, Any]]:
    """The criteria that the report was requested with."""
    return report.template_version.criteria if report.template_version else []


def beside(report: Report, given: Iterable[VersionMarks], own: int | None) -> list[Marked]:
    """The criteria with the marks of one person (by id), those of the others beside them."""
    given = list(given)
    mine: dict[str, int] = next((one.marks for one in given if one.given_by_id == own), {})
    return [
        Marked(
            **criterion,
            mark=mine.get(criterion["name"]),
            others=[
                (one, SCALE[one.marks[criterion["name"]]])
                for one in given
                if one.given_by_id != own and criterion["name"] in one.marks
            ],
        )
        for criterion in of(report)
    ]


def decided(report: Report, version: ReportVersion) -> list[Marked]:
    """The team's marks of a closed version: those of who closed it. One query where there are criteria."""
    if not of(report):
        return []
    return beside(report, version.marks.select_related("given_by"), version.closed_by_id)


def result(marked: Iterable[Marked]) -> int | None:
    """The weighted result out of 100; None while a mark is missing."""
    marked = list(marked)
    marks = [one.mark for one in marked]
    if not marks or None in marks:
        return None
    points = sum(one.weight * (one.mark or 0) for one in marked)
    return (2 * points + max(SCALE)) // (2 * max(SCALE))  # the nearest whole, halves upwards


def words(criteria: Iterable[dict[str, Any]]) -> str:
    """As the history and the versions of a template tell them."""
    return "; ".join(f"{one['name']} {one['weight']}" for one in criteria)


def words_of_marks(marks: dict[str, int]) -> str:
    return "; ".join(f"{name}: {SCALE[mark]}" for name, mark in marks.items())
