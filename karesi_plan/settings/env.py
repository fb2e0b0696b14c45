"""Reads settings from the environment; docs/settings.md has a line for each name."""

import os
import secrets
from pathlib import Path


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    return int(text(name, str(default)))


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def load_or_make(path: Path) -> None:
    """Puts the lines NAME=value of `path` into the environment where a name is not set already.
    A missing file is made first, with a secret of its own that nobody else can read."""
    try:
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(f"SECRET_KEY={secrets.token_urlsafe(50)}\n")
    except FileExistsError:
        pass
    for line in path.read_text().splitlines():
        name, equals, value = line.partition("=")
        if equals and not name.lstrip().startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())
