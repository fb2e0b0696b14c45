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
    section.save()
    return section


@service
def move_section(*, section: TemplateSection, steps: int, by: Any) -> TemplateSection:
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
    _alone(section.template_id)
    if (present := _again(section)) is None:
        return  # pressed twice: it is gone, as was asked
    later = list(TemplateSection.objects.filter(template=section.template_id, number__gt=present.number))
    present.delete()
    for following in later:
        following.number -= 1
        following.save()


def _alone(template: int) -> None:
    """On PostgreSQL writes on the sections of one template wait for each other here."""
    ReportTemplate.objects.select_for_update(no_key=True).get(pk=template)


def _again(section: TemplateSection) -> TemplateSection | None:
    """The section as it stands now; None where it has been removed."""
    return TemplateSection.objects.filter(pk=section.pk).first()
