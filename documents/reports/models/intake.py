"""A Word or Excel file that a group brought, and what was found in it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import AuditedQuerySet, audited
from documents.files.models import StoredFile
from documents.reports.models.writing import Report


class Intake(models.Model):
    """The file stays as it came. `found` is machinery of the page on which its pieces are placed:

    {pieces, notes, pictures, counts} as intake.pieces and intake.reading tell them; `wanted`: the number of the
    section for whose sake it was brought, where there is one.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="intakes", verbose_name=_("report"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    found = models.JSONField(default=dict, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    placed = models.JSONField(_("placed pieces"), default=dict, blank=True)
    """The place of each placed piece among the pieces, with the number of the section that has it now."""

    objects = AuditedQuerySet.as_manager()
    history = audited(excluded=("found",))

    class Meta:
        verbose_name = _("taken document")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file.name

    @property
    def kind(self) -> str:
        return self.file.name.rpartition(".")[2].lower()

    @property
    def pieces(self) -> list[dict[str, Any]]:
        return self.found.get("pieces", [])

    @property
    def key(self) -> str:
        """The name of its reading among the jobs."""
        return f"intake-{self.pk}"
