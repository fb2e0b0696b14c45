"""What the Directorate asks of a group: templates, and the shape of a section."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from common.history import AuditedQuerySet, audited
from documents.plan.guide import CHAPTER_CHOICES
from documents.reports import shapes
from documents.reports.querysets import (
    TemplateQuerySet,
)
from institution.models import User


class ReportTemplate(models.Model):
    """What the Directorate asks of a group: ordered sections."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    purpose = models.TextField(_("purpose"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    """where the guide asks for it; empty for the Directorate's own"""
    is_active = models.BooleanField(_("can be requested"), default=True)
    criteria = models.JSONField(_("criteria"), default=list, blank=True)
    """[{name, weight, hint}], weights of 100 in all; empty where the team judges without; see criteria.py"""
    shows_marks = models.BooleanField(_("the group sees the marks"), default=False)

    objects = TemplateQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("report template")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SectionShape(models.Model):
    """What a section is to hold; a report keeps its own copy, so later edits of a template leave it alone."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        TABLE = "table", _("Table")
        MATRIX = "matrix", _("Matrix")
        LIST = "list", _("List")
        FIGURE = "figure", _("Figures")

    number = models.PositiveSmallIntegerField(pgettext_lazy("place in the order", "number"))
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.TEXT)
    columns = models.JSONField(_("columns"), default=list, blank=True)
    """[{key, title, type: text|long|number|date|choice|unit, required: bool, choices: [str]}]; see shapes.py"""
    required = models.BooleanField(_("required"), default=True)
    length_hint = models.PositiveSmallIntegerField(_("length hint, words"), null=True, blank=True)
    chapter = models.CharField(_("chapter of the plan"), max_length=5, choices=CHAPTER_CHOICES)
    help = models.TextField(_("what the guide asks"), blank=True)

    class Meta:
        abstract = True
        ordering = ["number"]

    @property
    def heading(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def is_table(self) -> bool:
        """Held as rows under columns: every kind but text."""
        return self.kind != self.Kind.TEXT

    @property
    def heads(self) -> list[str]:
        return shapes.heads(self.columns)


class TemplateSection(SectionShape):
    template = models.ForeignKey(ReportTemplate, models.CASCADE, related_name="sections")

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta(SectionShape.Meta):
        verbose_name = _("section")
        abstract = False
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="template_section_once")]

    def __str__(self) -> str:
        return self.heading


class TemplateVersion(models.Model):
    """A state of a template. From the first report requested on it, it stays as it was."""

    template = models.ForeignKey(
        ReportTemplate, models.CASCADE, related_name="versions", verbose_name=_("template")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    made_at = models.DateTimeField(_("begun at"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("begun by"))
    frozen_at = models.DateTimeField(_("first requested at"), null=True, blank=True)
    sections = models.JSONField(_("sections"), default=list, blank=True)
    """as they stood at that moment: id, number and the fields of SectionShape"""
    criteria = models.JSONField(_("criteria"), default=list, blank=True)
    shows_marks = models.BooleanField(_("the group sees the marks"), default=False)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("version of a template")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="template_version_once")]

    def __str__(self) -> str:
        return gettext("%(thing)s, version %(n)d") % {"thing": self.template, "n": self.number}
