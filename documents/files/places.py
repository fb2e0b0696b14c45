"""To what a file belongs: the rooms above tell of theirs (a report's section, a draft). They register here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from institution.models import User


class Place(NamedTuple):
    """Where a file is used: the folder in which its room shows it, and within that the place itself."""

    folder: str
    label: str
    url: str


Finder = Callable[[User, list[int]], Iterable[tuple[int | None, Place]]]
_finders: list[Finder] = []


def register(finder: Finder) -> Finder:
    """Register a function (user, keys of files) -> pairs (key, Place) of what the person may see; called
    from an app's ready(). One query for all keys."""
    _finders.append(finder)
    return finder


def of(user: User, files: Iterable[int]) -> dict[int, list[Place]]:
    """By file, every place where this person may meet it."""
    keys = list(files)
    found: dict[int, list[Place]] = {key: [] for key in keys}
    for finder in _finders:
        for key, place in finder(user, keys):
            if key is not None:  # a key that may be empty in its table is never asked for
                found[key].append(place)
    return found
