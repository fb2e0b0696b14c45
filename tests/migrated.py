"""A migrated database is made once and kept in var/: every run, and those side by side, begin with a copy of it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import setup_databases

ROOT = Path(__file__).resolve().parent.parent
QUIETLY: dict[str, Any] = {"verbosity": 0, "interactive": False}


def begin() -> Any:
    """The test database, as setup_databases gives it; on SQLite a copy where the migrations have not changed."""
    if connection.vendor != "sqlite":
        return setup_databases(**QUIETLY)
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    kept = folder / f"migrated-{_state()}.sqlite3"
    with (folder / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            return _made(kept)
    shutil.copy(kept, connection.settings_dict["TEST"]["NAME"])
    return setup_databases(**QUIETLY, keepdb=True)


def _made(kept: Path) -> Any:
    for old in kept.parent.glob("migrated-*.sqlite3"):
        old.unlink()
    made = setup_databases(**QUIETLY)
    half = kept.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(half)])
    half.rename(kept)
    return made


def _state() -> str:
    """What a migrated database depends on: our code but for the tests, and the packages."""
    read = hashlib.sha256()
    rooms = ("calendar", "committees", "common", "documents", "institution", "karesi_plan", "teams")
    sources = {path for room in rooms for path in (ROOT / room).rglob("*") if path.suffix in (".py", ".json")}
    for path in [ROOT / "requirements.txt", *sorted(sources)]:
        read.update(path.read_bytes())
    return read.hexdigest()[:16]
