"""Marks of a version by the criteria of its template."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from common.decisions import Invalid, require
from common.history import on_behalf_of, service
from documents.reports import criteria, permissions
from documents.reports.models import Report, ReportVersion, VersionMarks


@service
def give_marks(*, version: ReportVersion, marks: dict[str, int], by: Any, now: dt.datetime) -> VersionMarks:
    """Mark a version, by as many of its criteria as one likes; what was given before stays or is given anew.

    Raises Refused, Invalid (no mark, one that the scale does not have, a newer version).
    """
    report = Report.objects.locked(version.report_id)
    require(permissions.can_mark(by, report))
    if version.pk != report.versions.latest("number").pk:
        raise Invalid(_("A newer version of this report has been submitted."))
    known = [criterion["name"] for criterion in criteria.of(report)]
    given = {name: marks[name] for name in known if name in marks}
    if not given or not set(given.values()) <= set(criteria.SCALE):
        raise Invalid(_("Choose a mark for at least one criterion."), field="marks")
    standing = VersionMarks.objects.filter(version=version, given_by=by.pk).first()
    if standing and standing.marks | given == standing.marks:
        return standing
    kept = standing or VersionMarks(version=version, given_by=by)
    kept.marks = {name: mark for name in known if (mark := (kept.marks | given).get(name)) is not None}
    kept.given_at, kept.given_for = now, on_behalf_of(by)
    kept.save()
    return kept
