"""Why a session ended, for the sign-in page of the device that had it.

Only who shows the key of the ended session is told, so a stranger at the same page learns nothing; and no
sentence names whose account it was.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from common.turkish import datetime_long

IDLE, ABSOLUTE = "idle", "absolute"
ELSEWHERE, PASSWORD, ADDRESS, FACTORS, CLOSED = "elsewhere", "password", "address", "factors", "closed"
REASONS = {
    IDLE: _("Nothing was done for %(minutes)d minutes. What you had saved is kept."),
    ABSOLUTE: _("A session lasts %(hours)d hours at most. What you had saved is kept."),
    ELSEWHERE: _("It was ended from another device. If that was not you, change your password."),
    PASSWORD: _(
        "The password of the account was changed. If that was not you, tell the system administrator."
    ),
    ADDRESS: _("The e-mail address of the account was changed. Sign in with the new one."),
    FACTORS: _("An administrator removed the second steps of the sign-in. Sign in again."),
    CLOSED: _("The account was closed. Ask the system administrator of the municipality."),
}
TOLD = "ended"
KEPT = 7 * 24 * 60 * 60  # seconds: so long a device that was away still learns why


def keep(session_key: str, why: str) -> None:
    """Note why this session is being ended now."""
    cache.set(_place(session_key), (why, time.time()), KEPT)


def find(session_key: str) -> tuple[str, float] | None:
    """Why and when this session ended: as it was noted, else by its own time; None for one that never was."""
    if noted := cache.get(_place(session_key)):
        return noted
    row = UserSession.objects.filter(session_key=session_key).first()
    return row and run_out(row.created_at.timestamp(), row.last_seen_at.timestamp())


def run_out(began: float, seen: float) -> tuple[str, float] | None:
    """Which limit a session has passed, and when; None while it lasts."""
    at, why = min(
        (seen + settings.SESSION_IDLE_SECONDS, IDLE), (began + settings.SESSION_ABSOLUTE_SECONDS, ABSOLUTE)
    )
    return (why, at) if at < time.time() else None


def tell(request: Any, why: str, at: float) -> None:
    """Have the sign-in page say it, in this browser and until somebody signs in or the browser is closed."""
    request.session[TOLD] = {"why": why, "at": at}
    request.session.set_expiry(0)


def told(session: Any) -> dict[str, str] | None:
    """What the sign-in page says: the moment and the reason, in words."""
    ended = session.get(TOLD)
    if ended is None:
        return None
    lengths = {
        "minutes": settings.SESSION_IDLE_SECONDS // 60,
        "hours": settings.SESSION_ABSOLUTE_SECONDS // 3600,
    }
    at = dt.datetime.fromtimestamp(ended["at"], dt.UTC)
    return {"at": datetime_long(at), "reason": str(REASONS[ended["why"]]) % lengths}


def _place(session_key: str) -> str:
    """Not the key itself: where counts of tries are kept, no proof of a person lies."""
    return f"ended:{hashlib.sha256(session_key.encode()).hexdigest()}"
