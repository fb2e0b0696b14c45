"""Writes of the Directorate's templates. A report keeps its own copy, so none of these touches a report."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from common.decisions import Invalid, require
from common.history import service
from documents.reports import permissions
from documents.reports.models import ReportTemplate, SectionShape, TemplateSection

SHAPE = ("title", "kind", "columns", "required", "length_hint", "chapter", "help")


@service
def save_template(
    *, name: str, purpose: str, is_active: bool, by: Any, template: ReportTemplate | None = None
) -> ReportTemplate:
    """Make a template, or change the one given. Raises Invalid for a name that another one has.

    The same new template sent twice is one template.
    """
    require(permissions.can_manage_templates(by))
    values = {"purpose": purpose, "is_active": is_active}
    if template is None:
        template, made = ReportTemplate.objects.get_or_create(name=name, defaults=values)
        if not made and (template.sections.exists() or template.purpose != purpose):
            raise Invalid(_("There is already a template of this name."), field="name")
        return template
    if ReportTemplate.objects.exclude(pk=template.pk).filter(name=name).exists():
        raise Invalid(_("There is already a template of this name."), field="name")
    template.name, template.purpose, template.is_active = name, purpose, is_active
    template.save()
    return template


@service
def save_section(
    *, template: ReportTemplate, by: Any, section: TemplateSection | None = None, **shape: Any
) -> TemplateSection:
    """Add a section at the end, or change the one given. `shape` has the fields of SHAPE.

    The same new section sent twice is one section. Raises Invalid for a table without columns.
    """
    require(permissions.can_manage_templates(by))
    if shape["kind"] == SectionShape.Kind.TABLE and not shape["columns"]:
        raise Invalid(_("A table needs at least one column."), field="columns")
    if shape["kind"] == SectionShape.Kind.TEXT:
        shape["columns"] = []
    if section is None:
        # On PostgreSQL two additions to one template wait for each other here.
        ReportTemplate.objects.select_for_update().get(pk=template.pk)
        last = template.sections.last()
        if last and all(getattr(last, name) == shape[name] for name in SHAPE):
            return last
        section = TemplateSection(template=template, number=last.number + 1 if last else 1)
    for name in SHAPE:
        setattr(section, name, shape[name])
    section.save()
    return section


@service
def move_section(*, section: TemplateSection, steps: int, by: Any) -> TemplateSection:
    """Move a section up (-1) or down (1); at either end it stays."""
    require(permissions.can_manage_templates(by))
    neighbour = TemplateSection.objects.filter(
        template=section.template_id, number=section.number + steps
    ).first()
    if neighbour:
        here, there = section.number, neighbour.number
        # Numbers are unique within a template: one waits outside while the other moves.
        for moved, number in ((section, 0), (neighbour, here), (section, there)):
            moved.number = number
            moved.save()
    return section


@service
def remove_section(*, section: TemplateSection, by: Any) -> None:
    """Take a section out of its template; those after it move up."""
    require(permissions.can_manage_templates(by))
    later = list(TemplateSection.objects.filter(template=section.template_id, number__gt=section.number))
    section.delete()
    for following in later:
        following.number -= 1
        following.save()
