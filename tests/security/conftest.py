"""The application as it stands on a municipality's server, and its log."""

from __future__ import annotations

import importlib
import io
import json
import logging
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.test import Client

from common.logs import JsonLine

# What belongs to the run of the tests and not to the product's behaviour.
KEPT = {"SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "DATABASES", "MEDIA_ROOT", "STATIC_ROOT", "LOGGING"}
KEPT |= {"MFA_KEYS", "MFA_REQUIRED_FOR", "AUDIT_KEY_FILE"}  # tests/sign_in and tests/audit see to these


@pytest.fixture(scope="session")
def configured(tmp_path_factory) -> dict[str, str]:
    """The least that production wants to be told."""
    key_file = tmp_path_factory.mktemp("keys") / "audit.key"
    key_file.write_text("only its being there is looked at")
    return {
        "SECRET_KEY": "0123456789" * 5,
        "ALLOWED_HOSTS": "testserver",
        "MFA_KEY": Fernet.generate_key().decode(),
        "AUDIT_KEY_FILE": str(key_file),
    }


@pytest.fixture(scope="session")
def read_anew(configured) -> tuple[ModuleType, ModuleType]:
    """The production settings and their base, as a server reads them: all modules anew, from its environment."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in configured.items():
            patch.setenv(name, value)
        for name in [name for name in sys.modules if name.startswith("karesi_plan.settings.")]:
            patch.delitem(sys.modules, name)
        read = importlib.import_module("karesi_plan.settings.prod")
        base = sys.modules["karesi_plan.settings.base"]
    del sys.modules["karesi_plan.settings.prod"]  # the others are again what they were
    return read, base


@pytest.fixture(scope="session")
def prod(read_anew) -> ModuleType:
    return read_anew[0]


@pytest.fixture(scope="session")
def collected(tmp_path_factory):
    """Static files as `collectstatic` leaves them; made at the first use."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture
def production(settings, read_anew, collected):
    """Every setting in which production differs, and the database and folders of the test."""
    prod, base = read_anew
    for name in filter(str.isupper, dir(prod)):
        if name not in KEPT and getattr(prod, name) != getattr(base, name, None):
            setattr(settings, name, getattr(prod, name))
    settings.STATIC_ROOT = collected
    # The names of production without its packing, which takes a minute.
    manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = prod.STORAGES | {"staticfiles": {"BACKEND": manifest}}
    settings.WHITENOISE_USE_FINDERS = False
    if not any(collected.iterdir()):
        call_command("collectstatic", interactive=False, verbosity=0)
    return settings


class Browser(Client):
    """Comes over https, and shows a fault as a page."""

    def __init__(self, **how) -> None:
        super().__init__(raise_request_exception=False, **how)

    def generic(self, *args, **more):
        return super().generic(*args, **{**more, "secure": True})


@pytest.fixture
def over_https():
    """over_https() is a stranger's browser, over_https(person) that of somebody signed in."""

    def client(person=None, **how) -> Client:
        found = Browser(**how)
        if person:
            found.force_login(person)
        return found

    return client


class Log:
    """What was written since the test began."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.text.splitlines()]

    def by(self, logger: str) -> list[dict]:
        return [line for line in self.lines if line["logger"] == logger]


@pytest.fixture
def log() -> Iterator[Log]:
    """The log of production, of all levels."""
    told = Log()
    handler = logging.StreamHandler(told.stream)
    handler.setFormatter(JsonLine())
    root, ours = logging.getLogger(), logging.getLogger("karesi")
    levels = root.level, ours.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    ours.setLevel(logging.INFO)
    yield told
    root.removeHandler(handler)
    root.setLevel(levels[0])
    ours.setLevel(levels[1])
