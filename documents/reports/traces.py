"""Where the words of a report ended up: told by the rooms above, which register themselves here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Place:
    """A place that rests on a section: "Draft v2, 3.F Paydaş analizi, page 41"."""

    label: str | Promise
    url: str = ""


Tracer = Callable[[list[int]], dict[int, list[Place]]]
_tracers: list[Tracer] = []


def register(tracer: Tracer) -> None:
    """Add a room that can tell, for ids of section versions, which of its places rest on them."""
    if tracer not in _tracers:
        _tracers.append(tracer)


def places(section_version_ids: Iterable[int]) -> dict[int, list[Place]]:
    """Every known place, by section version; an id that nothing rests on is left out."""
    ids = list(section_version_ids)
    found: dict[int, list[Place]] = {}
    for tracer in _tracers:
        for pk, there in tracer(ids).items():
            found.setdefault(pk, []).extend(there)
    return found
