"""Seals what proves a person's identity (seeds of codes), so that the database alone proves nothing."""

from __future__ import annotations

from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def seal(text: str) -> str:
    return _box(tuple(settings.MFA_KEYS)).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises InvalidToken for what none of the keys sealed."""
    return _box(tuple(settings.MFA_KEYS)).decrypt(sealed.encode()).decode()


def sealed_anew(sealed: str) -> str:
    """The same, under the first key: for a change of keys."""
    return _box(tuple(settings.MFA_KEYS)).rotate(sealed.encode()).decode()


def check_settings() -> None:
    """Refuse to start with a key that is none."""
    _box(tuple(settings.MFA_KEYS))


@cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    """The first key seals, each opens. Raises ImproperlyConfigured for anything that is no such key."""
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError as error:
        raise ImproperlyConfigured(
            "MFA_KEY holds one or more keys with commas between, each 32 bytes as URL-safe base64."
        ) from error


__all__ = ["InvalidToken", "seal", "sealed_anew", "unseal"]
