"""Files as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from common import turkish
from documents.files import places
from documents.files.models import StoredFile
from documents.files.workflow import ScreeningState
from institution.models import User


@dataclass
class Folder:
    """Files that belong to one thing, or to nothing yet; each with the places where it is used."""

    title: str
    files: list[tuple[StoredFile, list[places.Place]]] = field(default_factory=list)


def folders(user: User, files: Iterable[StoredFile]) -> list[Folder]:
    """The files by what they belong to, those without a place last."""
    shown = list(files)
    used = places.of(user, (file.pk for file in shown))
    found: dict[str, Folder] = {}
    for file in shown:
        title = used[file.pk][0].folder if used[file.pk] else ""
        found.setdefault(title, Folder(title)).files.append((file, used[file.pk]))
    return sorted(found.values(), key=lambda folder: (not folder.title, turkish.sort_key(folder.title)))


def news(file: StoredFile) -> list[str]:
    """What who uploaded the file should know of it beside that it is stored."""
    told = []
    if file.state == ScreeningState.WAITING:
        told.append(_("“%(name)s” is being examined; others can download it as soon as that is done."))
    if hasattr(file, "screening") and file.screening.was_stripped:
        told.append(
            _(
                "“%(name)s” held scripts or embedded files. They were removed; text and pictures are as they were."
            )
        )
    return [sentence % {"name": file.name} for sentence in told]
