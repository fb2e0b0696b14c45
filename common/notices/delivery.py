"""Mails with notices: one at once, many as the morning's digest. Written by the worker, in the reader's language."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPRecipientsRefused
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from common import mail
from common.jobs import JobError
from common.notices import services
from common.notices.models import Notice, Unreached
from common.notices.services import PATIENCE, WORKER

FOR_GOOD = 500  # answers of a mail server from here on


def send_one(*, notice: int) -> None:
    """Mail one notice, unless it was mailed or read meanwhile."""
    _send(Notice.objects.filter(pk=notice))


def send_digest(*, person: int, before: str) -> None:
    """Mail what waits for a person since the last digest; nothing where it was read meanwhile."""
    morning = dt.datetime.fromisoformat(before)
    _send(Notice.objects.for_digest(morning).filter(to=person), due=morning)


def _send(waiting: QuerySet[Notice], *, due: dt.datetime | None = None) -> None:
    """One mail to the one person of these, who was to have it when it was `due`, else when it was made.

    Who has left meanwhile, or whose address is refused, was not reached. Any other trouble is tried
    again; once it lasts too long, it counts as not reached too.
    """
    now = timezone.now()
    notices = services.claim(notices=waiting, by=WORKER, now=now)
    if not notices:
        return
    reader: Any = get_user_model().objects.get(pk=notices[0].to_id)
    if not (reader.is_active and reader.email):
        _lost(notices, Unreached.INACTIVE if reader.email else Unreached.NO_ADDRESS)
        return
    try:
        with translation.override(reader.language):
            mail.send("notices", _context(reader, notices), to=reader.email)
    except Exception as error:
        if _is_refusal(error):
            _lost(notices, Unreached.REFUSED)
            refused = _("The mail server refused the address %(address)s.")
            raise JobError(refused % {"address": reader.email}) from error
        if now - (due or notices[0].made_at) > PATIENCE:
            _lost(notices, Unreached.FAILED)
        else:
            services.release(notices=notices, by=WORKER)
        raise
    services.mailed(notices=notices, by=WORKER, now=timezone.now())


def _is_refusal(error: Exception) -> bool:
    """For good: what begins with a 4 asks to come again later."""
    return isinstance(error, SMTPRecipientsRefused) and any(
        code >= FOR_GOOD for code, _words in error.recipients.values()
    )


def _lost(notices: list[Notice], why: str) -> None:
    services.release(notices=notices, by=WORKER)
    services.lost(notices=notices, why=why, by=WORKER, now=timezone.now())


def _context(reader: Any, notices: list[Notice]) -> dict[str, Any]:
    return {
        "reader": reader,
        "notices": notices,
        "municipality_name": mail.sender(),
        # No token: whoever opens it signs in as always.
        "link": urljoin(settings.PUBLIC_URL or "http://localhost:8000/", reverse("owed")),
    }
