"""What members of a group say to each other beside a section: never sent to the team, in no version."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.history import audited
from documents.reports.models.writing import ReportSection
from documents.reports.querysets import CommentQuerySet
from institution.models import User

LONGEST_QUOTE = 300


class Comment(models.Model):
    """A comment on a section, or a reply to one. Only the first of a conversation is resolved."""

    section = models.ForeignKey(
        ReportSection, models.PROTECT, related_name="comments", verbose_name=_("section")
    )
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("reply to")
    )
    quote = models.CharField(_("quoted passage"), max_length=LONGEST_QUOTE, blank=True)
    text = models.TextField(_("comment"))
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("resolved by")
    )

    objects = CommentQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name, verbose_name_plural = _("comment"), _("comments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False, answers=None),
                name="comment_resolved_whole",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
