"""Reads of notices."""

from __future__ import annotations

import datetime as dt

from django.db.models import Case, QuerySet, When

from common.notices import registry
from common.notices.registry import Channel


class NoticeQuerySet(QuerySet):
    def of(self, user):
        """A person's own, the unread ones first, each part from the newest on."""
        own = self.filter(to=user.pk).select_related("escalated_from__to")
        read = Case(When(read_at=None, then=0), default=1)
        return own.order_by(read, "-made_at", "-pk")

    def unread(self):
        return self.filter(read_at=None)

    def for_digest(self, before: dt.datetime):
        """What goes into the digest of the morning that begins then, and what an earlier one failed to bring."""
        waiting = self.filter(channel=Channel.DIGEST, made_at__lt=before)
        return waiting.filter(mailed_at=None, read_at=None)

    def unreached(self):
        """Did not reach their person, of all but the kinds that are nobody else's business."""
        return self.exclude(unreached="").exclude(kind__in=registry.private())

    def astray(self):
        """Reached nobody in their place, were not read after all, and nobody has dealt with it."""
        return self.unreached().filter(read_at=None, settled_at=None)

    def beside(self, notice):
        """Those of the same news and the same step of the ladder, itself among them."""
        return self.filter(key=notice.key, level=notice.level)
