"""Writes of the Directorate's templates. A report keeps its own copy, so none of these touches a report."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from common.decisions import Invalid, require
from common.history import service
from documents.reports import criteria as criteria_of
from documents.reports import permissions
from documents.reports.models import ReportTemplate, SectionShape, TemplateSection, TemplateVersion

Kind = SectionShape.Kind
SHAPE = ("title", "kind", "columns", "required", "length_hint", "chapter", "help")


@service
def save_template(
    *,
    name: str,
    purpose: str,
    is_active: bool,
    by: Any,
    template: ReportTemplate | None = None,
    source: str = "",
) -> ReportTemplate:
    """Make a template, or change the one given; `source` is a new one's. Raises Invalid for a name that another has.

    The same new template sent twice is one template.
    """
    require(permissions.can_manage_templates(by))
    values = {"purpose": purpose, "is_active": is_active}
    if template is None:
        template, made = ReportTemplate.objects.get_or_create(name=name, defaults=values | {"source": source})
        if not made and (template.sections.exists() or template.purpose != purpose):
            raise Invalid(_("There is already a template of this name."), field="name")
        return template
    # By name, so that on PostgreSQL two that want one name wait for each other.
    list(ReportTemplate.objects.select_for_update(no_key=True).order_by("pk"))
    if ReportTemplate.objects.exclude(pk=template.pk).filter(name=name).exists():
        raise Invalid(_("There is already a template of this name."), field="name")
    template.refresh_from_db()
    wanted = {"name": name, **values}
    if any(getattr(template, field) != value for field, value in wanted.items()):
        for field, value in wanted.items():
            setattr(template, field, value)
        template.save()
    return template


@service
def save_section(
    *,
    template: ReportTemplate,
    by: Any,
    now: dt.datetime,
    section: TemplateSection | None = None,
    **shape: Any,
) -> TemplateSection:
    """Add a section at the end, or change the one given. `shape` has the fields of SHAPE.

    The same new section sent twice is one section. Raises Invalid for a table or a matrix without columns.
    """
    require(permissions.can_manage_templates(by))
    if shape["kind"] == Kind.TABLE and not shape["columns"]:
        raise Invalid(_("A table needs at least one column."), field="columns")
    if shape["kind"] == Kind.MATRIX and len(shape["columns"]) < 2:
        raise Invalid(_("A matrix needs at least one column head."), field="column_heads")
    if shape["kind"] == Kind.TEXT:
        shape["columns"] = []
    _alone(template.pk)
    if section is None:
        last = template.sections.last()
        if last and all(getattr(last, name) == shape[name] for name in SHAPE):
            return last
        section = TemplateSection(template=template, number=last.number + 1 if last else 1)
    elif (section := _again(section)) is None:
        raise Invalid(_("Somebody else removed this section meanwhile."))
    if section.pk and all(getattr(section, name) == shape[name] for name in SHAPE):
        return section
    for name in SHAPE:
        setattr(section, name, shape[name])
    _begin_version(template, by, now)
    section.save()
    return section


@service
def move_section(*, section: TemplateSection, steps: int, by: Any, now: dt.datetime) -> TemplateSection:
    """Move a section up (-1) or down (1); at either end it stays.

    It stays, too, when it has another number meanwhile than the one given: the press was repeated,
    or somebody else was first.
    """
    require(permissions.can_manage_templates(by))
    _alone(section.template_id)
    present = _again(section)
    if present is None or present.number != section.number:
        return present or section
    section = present
    neighbour = TemplateSection.objects.filter(
        template=section.template_id, number=section.number + steps
    ).first()
    if neighbour:
        _begin_version(section.template, by, now)
        here, there = section.number, neighbour.number
        # Numbers are unique within a template: one waits outside while the other moves.
        for moved, number in ((section, 0), (neighbour, here), (section, there)):
            moved.number = number
            moved.save()
    return section


@service
def remove_section(*, section: TemplateSection, by: Any, now: dt.datetime) -> None:
    """Take a section out of its template; those after it move up."""
    require(permissions.can_manage_templates(by))
    _alone(section.template_id)
    if (present := _again(section)) is None:
        return  # pressed twice: it is gone, as was asked
    _begin_version(present.template, by, now)
    later = list(TemplateSection.objects.filter(template=section.template_id, number__gt=present.number))
    present.delete()
    for following in later:
        following.number -= 1
        following.save()


@service
def save_criteria(
    *,
    template: ReportTemplate,
    criteria: list[dict[str, Any]],
    shows_marks: bool,
    by: Any,
    now: dt.datetime,
) -> ReportTemplate:
    """What the team marks reports by that are requested from now on; none is none.

    Raises Invalid where two have one name, or the weights are not 100 in all.
    """
    require(permissions.can_manage_templates(by))
    template = _alone(template.pk)
    if len({one["name"] for one in criteria}) < len(criteria):
        raise Invalid(_("Two criteria have the same name."))
    total = sum(one["weight"] for one in criteria)
    if criteria and total != criteria_of.WHOLE:
        raise Invalid(
            _("The weights must be %(whole)d in all; they are %(n)d.")
            % {"whole": criteria_of.WHOLE, "n": total}
        )
    shows_marks = shows_marks and bool(criteria)
    if (template.criteria, template.shows_marks) == (criteria, shows_marks):
        return template
    _begin_version(template, by, now)
    template.criteria, template.shows_marks = criteria, shows_marks
    template.save()
    return template


def requested_version(*, template: ReportTemplate, by: Any, now: dt.datetime) -> TemplateVersion:
    """The version of which a report is being requested now: from here on it stays as it is."""
    template = _alone(template.pk)
    version = template.versions.first() or _begin_version(template, by, now)
    if version.frozen_at is None:
        version.frozen_at, version.sections = now, snapshot(template)
        version.criteria, version.shows_marks = template.criteria, template.shows_marks
        version.save()
    return version


def snapshot(template: ReportTemplate) -> list[dict[str, Any]]:
    """The sections of a template as they stand: id, number and shape."""
    names = ("id", "number", *SHAPE)
    return [{name: getattr(section, name) for name in names} for section in template.sections.all()]


def _begin_version(template: ReportTemplate, by: Any, now: dt.datetime) -> TemplateVersion:
    """The version that an edit belongs to: the newest, or the next where a report was requested of that one."""
    newest = template.versions.first()
    if newest is None or newest.frozen_at:
        number = newest.number + 1 if newest else 1
        newest = TemplateVersion(template=template, number=number, made_at=now, made_by=by)
        newest.save()
    return newest


def _alone(template: int) -> ReportTemplate:
    """The template as it stands now; on PostgreSQL writes on the sections of one wait for each other here."""
    return ReportTemplate.objects.select_for_update(no_key=True).get(pk=template)


def _again(section: TemplateSection) -> TemplateSection | None:
    """The section as it stands now; None where it has been removed."""
    return TemplateSection.objects.filter(pk=section.pk).first()
