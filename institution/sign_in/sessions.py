"""A person's open sessions: which there are, and their end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession

from institution.sign_in import endings

# The first that the browser's name for itself holds; each claims to be those after it too.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox"} | {
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "FxiOS": "Firefox",
    "Safari": "Safari",
}
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows"} | {
    "CrOS": "ChromeOS",
    "Macintosh": "macOS",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class Session:
    """One line of the list."""

    row: UserSession
    is_current: bool

    @property
    def device(self) -> str:
        """Browser and system as the browser names them, empty if it does not."""
        said = self.row.user_agent
        names = [
            next((name for sign, name in known.items() if re.search(rf"\b{sign}\b", said)), "")
            for known in (BROWSERS, SYSTEMS)
        ]
        return ", ".join(filter(None, names))


def of(person: Any, *, current: str | None) -> list[Session]:
    """The sessions that are open, the one of this request first, then the last used."""
    rows = UserSession.objects.purge_and_list(person)
    found = [Session(row, row.session_key == current) for row in rows]
    return sorted(found, key=lambda one: (not one.is_current, -one.row.last_seen_at.timestamp()))


def end(person: Any, *, why: str, but: str | None = None, only: int | None = None) -> int:
    """End the person's sessions but the one of this key, or one alone; how many ended.

    `why` (of endings.REASONS) is told where they were open.
    """
    rows = UserSession.objects.filter(user=person).exclude(session_key=but or "")
    ended = list(rows if only is None else rows.filter(pk=only))
    for row in ended:
        endings.keep(row.session_key, why)
        row.end()
    return len(ended)
