"""The guide's templates brought into an installation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from common.decisions import require
from common.history import service
from documents.reports import library, permissions
from documents.reports.models import ReportTemplate
from documents.reports.services.templates import save_section, save_template
from institution.models import Body
from institution.roles import Kind


def missing_from_guide() -> list[library.GuideTemplate]:
    """Those of the guide that are not there: neither under their name nor, renamed, from the same source."""
    there = set(ReportTemplate.objects.values_list("name", flat=True))
    there |= set(ReportTemplate.objects.exclude(source="").values_list("source", flat=True))
    return [one for one in library.guide() if not there & {one.name, one.source}]


@service
def add_guide_templates(*, by: Any, now: dt.datetime) -> list[ReportTemplate]:
    """Add the guide's templates that are missing, and return them. Those that are there stay as they are."""
    require(permissions.can_manage_templates(by))
    # On PostgreSQL two who press at once wait for each other here.
    list(Body.objects.kind(Kind.DIRECTORATE).select_for_update(of=("self",)))
    return [_add(one, by, now) for one in missing_from_guide()]


def _add(one: library.GuideTemplate, by: Any, now: dt.datetime) -> ReportTemplate:
    template = save_template(name=one.name, purpose=one.purpose, source=one.source, is_active=True, by=by)
    for shape in one.sections:
        save_section(template=template, by=by, now=now, **shape)
    return template
