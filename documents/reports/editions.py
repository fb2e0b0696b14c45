"""The versions of a template: what differs from one to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from documents.plan.guide import BY_CODE
from documents.reports import criteria
from documents.reports.models import ReportTemplate, SectionShape, TemplateSection, TemplateVersion
from documents.reports.services.templates import SHAPE, snapshot

FIELDS = {field.name: field for field in TemplateSection._meta.fields}


@dataclass(frozen=True)
class Edition:
    """A version with the number of its reports and what it changed, each in a sentence."""

    version: TemplateVersion
    reports: int
    differences: list[str]
    is_first: bool


def of(template: ReportTemplate) -> list[Edition]:
    """The versions of a template, newest first; one of which no report was requested yet is told as it stands now."""
    versions = list(
        template.versions.annotate(report_count=Count("reports")).select_related("made_by").order_by("number")
    )
    states = [one.sections if one.frozen_at else snapshot(template) for one in versions]
    asked = [one.criteria if one.frozen_at else template.criteria for one in versions]
    told = [
        Edition(
            one,
            one.report_count,
            [*differences(before, now), *_of_criteria(*judged)],
            is_first=not at,
        )
        for at, (one, before, now, judged) in enumerate(
            zip(versions, [[], *states], states, zip([[], *asked], asked, strict=False), strict=False)
        )
    ]
    return told[::-1]


def differences(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[str]:
    """What is other in the second state of a template's sections: added, removed, moved, changed."""
    old = {section["id"]: section for section in before}
    new = {section["id"]: section for section in now}
    for key, section in new.items():
        if key not in old:
            yield _("“%(title)s” was added.") % section
    for key, section in old.items():
        if key not in new:
            yield _("“%(title)s” was removed.") % section
    stayed = [key for key in old if key in new]
    if stayed != [key for key in new if key in old]:
        yield _("The sections have another order.")
    for key in stayed:
        for name in SHAPE:
            if old[key][name] != new[key][name]:
                yield _change(name, old[key], new[key])


def _of_criteria(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[str]:
    if before != now:
        told = {"old": criteria.words(before) or "–", "new": criteria.words(now) or "–"}
        yield _("Criteria: were %(old)s, are %(new)s.") % told


def _change(name: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    words = {"title": new["title"], "field": FIELDS[name].verbose_name}
    told = {"old": _words(name, old[name]), "new": _words(name, new[name])}
    if name == "help" or told["old"] == told["new"]:  # of columns other than their titles
        return _("“%(title)s”: %(field)s changed.") % words
    return _("“%(title)s”: %(field)s, was %(old)s, is %(new)s.") % (words | told)


def _words(name: str, value: Any) -> str:
    if name == "kind":
        return str(SectionShape.Kind(value).label)
    if name == "chapter":
        return f"{value} {BY_CODE[value].title}"
    if name == "columns":
        return ", ".join(column["title"] for column in value) or "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value is None else f"“{value}”" if name == "title" else str(value)
