"""A house with a history of its own, its key, its file of checkpoints and its stored files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from common.audit import checkpoints
from common.audit.verify import verify
from documents.files import services as files
from documents.files.models import Blob
from institution import services
from tests.factories.base import BY
from tests.meetings.conftest import council  # noqa: F401  # a fixture
from tests.personas import House


@pytest.fixture
def outside(settings, tmp_path) -> Path:
    """The file of checkpoints, and a key, of one test's own."""
    settings.AUDIT_KEY_FILE = str(tmp_path / "audit.key")
    settings.AUDIT_CHECKPOINT_FILE = str(tmp_path / "elsewhere" / "checkpoints.jsonl")
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.AUDIT_CHECKPOINT_FILE)


@dataclass
class Sealed:
    """A house whose history is under a checkpoint; `blob` is a stored file."""

    house: House
    blob: Blob
    outside: Path

    def topic(self, words: str) -> None:
        """One more row in the history."""
        services.change_body(body=self.house.group, topic=words, by=self.house.officer)

    def faults(self, **how) -> list[tuple[str, int | None]]:
        """What is found, and at which entry, the first first."""
        return [(fault.what.value, fault.seq) for fault in verify(**how)]


@pytest.fixture
def sealed(house, outside) -> Sealed:
    stored = files.store_bytes(
        content=b"%PDF-1.7\n%%EOF\n", name="olur.pdf", body=house.group, by=BY, now=timezone.now()
    )
    made = Sealed(house, stored.blob, outside)
    for words in ("Paydaş anketi", "Paydaş çalıştayı", "Paydaş matrisi"):
        made.topic(words)
    checkpoints.hourly()
    assert made.faults() == []
    return made


def sql(statement: str, *values) -> list[tuple]:
    """As somebody with the database's own tools would."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []
