"""News for a person, and by which way each person wants which group of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.history import AuditedQuerySet, audited
from common.notices.querysets import NoticeQuerySet
from common.notices.registry import Channel, kind_of
from common.workflow import Badge


class Unreached(models.TextChoices):
    """Why a notice found nobody."""

    NOBODY = "nobody", _("there is nobody in this place")
    INACTIVE = "inactive", _("the account is closed")
    NO_ADDRESS = "no_address", _("the account has no e-mail address")
    REFUSED = "refused", _("the mail server refused the address")
    FAILED = "failed", _("the mail could not be sent")


class Notice(models.Model):
    """One piece of news for one person; for nobody (`to` empty) where its place was vacant.

    Without history on purpose: what it tells of has one, and the row itself is never taken away.
    """

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="notices")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    label = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    data: Any = models.JSONField(default=dict)
    by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    channel = models.CharField(max_length=7, choices=Channel)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    unreached = models.CharField(max_length=10, choices=Unreached, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by_name = models.CharField(max_length=200, blank=True)
    escalated_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="climbed")
    level = models.PositiveSmallIntegerField(default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["to", "key"], name="notice_once_a_person"),
            models.UniqueConstraint(fields=["key"], condition=Q(to=None), name="notice_once_for_nobody"),
            models.CheckConstraint(
                condition=Q(to__isnull=False) | ~Q(unreached=""), name="notice_for_nobody_is_unreached"
            ),
        ]
        indexes = [
            models.Index(fields=["key"]),
            models.Index(fields=["to"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["channel", "made_at"], condition=Q(mailed_at=None), name="notice_unmailed"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.words}"

    @property
    def words(self) -> str:
        """What it says of the thing, in the language of the moment."""
        return kind_of(self.kind).words(self.data)

    @property
    def badge(self) -> Badge:
        kind = kind_of(self.kind)
        return Badge(kind.group.label, kind.tone, kind.icon)


class Choice(models.Model):
    """The channel that a person chose for a group of notices; without a row, the group's own."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    group = models.CharField(_("notices about"), max_length=60)
    channel = models.CharField(_("channel"), max_length=7, choices=Channel)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("choice of a channel")
        constraints = [models.UniqueConstraint(fields=["person", "group"], name="choice_once_a_group")]

    def __str__(self) -> str:
        return f"{self.group}: {self.get_channel_display()}"
