"""Reads settings from the environment; docs/settings.md has a line for each name."""

import base64
import fcntl
import os
import secrets
from pathlib import Path

SECRETS = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "MFA_KEY": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
}


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
    The file and what it lacks of secrets are made first, for nobody else to read."""
    with open(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # two processes at the first start
        kept = dict(line.rstrip("\n").partition("=")[::2] for line in file if not line.startswith("#"))
        kept = {name.strip(): value.strip() for name, value in kept.items() if value}
        for name in SECRETS.keys() - kept.keys():
            kept[name] = SECRETS[name]()
            file.write(f"{name}={kept[name]}\n")
    for name, value in kept.items():
        os.environ.setdefault(name, value)
