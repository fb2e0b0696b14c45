"""The key that signs checkpoints: Ed25519, in a file of its own, never in the database."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings


class KeyMissing(Exception):
    """There is no usable key; the sentence says why."""


def sign(words: bytes) -> str:
    """The signature as hexadecimal digits."""
    return private_key().sign(words).hex()


def own_id() -> str:
    return key_id(private_key().public_key().public_bytes_raw())


def private_key() -> Ed25519PrivateKey:
    """The installation's key; raises KeyMissing. Made where the settings allow it (never in production)."""
    path = Path(settings.AUDIT_KEY_FILE)
    if settings.AUDIT_KEY_IS_MADE and not path.exists():
        make(path)
    return _read(path)


@cache
def _read(path: Path) -> Ed25519PrivateKey:
    """Read once: a council's vote is not held up by a disk that went away meanwhile."""
    try:
        if path.stat().st_mode & 0o077:
            raise KeyMissing(f"{path} can be read by others; chmod 600 it.")
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise KeyMissing(f"{path} holds no key: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyMissing(f"{path} holds a key of another kind than Ed25519.")
    return key


def make(path: Path) -> None:
    """A new key that only its owner may read; one that is there stays."""
    words = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        file.write(words)
    try:
        os.link(beside, path)  # whole or not at all, and the first of two wins
    except FileExistsError:
        pass
    finally:
        beside.unlink()


def public_keys() -> dict[str, bytes]:
    """By id: the present key's public half, and those of earlier keys (AUDIT_OLD_KEYS)."""
    known = [bytes.fromhex(key) for key in settings.AUDIT_OLD_KEYS]
    return {key_id(raw): raw for raw in [private_key().public_key().public_bytes_raw(), *known]}


def key_id(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:16]


def is_signed(words: bytes, signature: str, raw: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(bytes.fromhex(signature), words)
    except (InvalidSignature, ValueError):
        return False
    return True
