"""The members of the group that writes a report: whom a comment may name, who writes what, who is here now."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache

from common import grants, turkish
from common.turkish import turkish_order
from documents.reports.models import Report, ReportSection
from institution.models import User

HERE = 40  # seconds that a sign of life holds; pages give one every 15
WRITING = dt.timedelta(minutes=2)


def of(report: Report) -> list[User]:
    """Who writes the report, by name. Two queries."""
    writers = grants.people("write_reports", report.body_id)
    return list(User.objects.filter(pk__in=writers).order_by(turkish_order("full_name")))


def named_in(text: str, people: Iterable[User]) -> list[User]:
    """Those whose full name stands in the text after an @; of names that begin alike, the longest that stands there."""
    by_name: dict[str, list[User]] = {}
    for person in people:
        by_name.setdefault(turkish.fold(person.full_name), []).append(person)
    names = "|".join(map(re.escape, sorted(by_name, key=len, reverse=True)))
    found = set(re.findall(rf"@({names})(?!\w)", turkish.fold(text))) if names else set()
    return [person for name in sorted(found) for person in by_name[name]]


@dataclass(frozen=True)
class Other:
    """Another member who has the section open now; `writes`: their words were saved a moment ago."""

    person: User
    writes: bool


def note_here(section: ReportSection, user: User) -> None:
    """A sign of life. It is nobody's record: kept in the cache, gone after 40 seconds."""
    cache.set(_key(section, user.pk), 1, HERE)


def others(section: ReportSection, user: User, now: dt.datetime) -> list[Other]:
    """Who else of the group has the section open."""
    people = {_key(section, person.pk): person for person in of(section.report) if person.pk != user.pk}
    recent = section.saved_at is not None and now - section.saved_at < WRITING
    return [
        Other(people[key], recent and section.saved_by_id == people[key].pk) for key in cache.get_many(people)
    ]


def _key(section: ReportSection, person: int) -> str:
    return f"here:{section.pk}:{person}"
