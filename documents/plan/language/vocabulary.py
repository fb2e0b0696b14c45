"""The vocabulary of this installation: what the database holds, else the file beside this module."""

import json
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import OperationalError, ProgrammingError

from documents.plan.language.terms import Name, Vocabulary
from institution.models import Body, BodyKind, Unit

_FILE = Path(__file__).with_name("tr.json")


def vocabulary() -> Vocabulary:
    """Names of the municipality's own bodies and units, with the common part of the file.

    Where the database holds no bodies (or no units, or no tables yet) the names of the file
    stand for them.
    """
    try:
        kinds = BodyKind.objects.values_list("name", "legal_name")
        units = Unit.objects.values_list("name", "is_active")
        return _combined(
            bodies=(*chain(*kinds), *Body.objects.values_list("name", flat=True).distinct()),
            units=tuple(name for name, is_active in units if is_active),
            closed_units=tuple(name for name, is_active in units if not is_active),
        )
    except (OperationalError, ProgrammingError):  # before the first migration
        return default_vocabulary()


def default_vocabulary() -> Vocabulary:
    """The vocabulary of the file alone."""
    return _combined(bodies=(), units=(), closed_units=())


@lru_cache(maxsize=2)
def _combined(
    *, bodies: tuple[str, ...], units: tuple[str, ...], closed_units: tuple[str, ...]
) -> Vocabulary:
    """Kept while the names are the same: every page of writing asks for it."""
    data = _data()
    usual_units = _names(data["units"])
    own_units = _names(units)
    return Vocabulary(
        names=(_names(bodies) or _names(data["bodies"])) + own_units,
        # The usual units of other municipalities are right only while ours are not known.
        accepted=_names(closed_units) + (() if own_units else usual_units),
        legal=_names(data["legal"]),
        law_words=tuple(data["law_words"]),
        usual=usual_units,
        ours={word: tuple(after) for word, after in data["ours"].items()},
        offices=tuple(data["offices"]),
        other_offices=frozenset(data["other_offices"]),
        altered_heads=frozenset(data["altered_heads"]),
        fragile=tuple(data["fragile"]),
        fragile_verbs=tuple(data["fragile_verbs"]),
        sound=frozenset(data["sound"]),
    )


def _names(texts: Iterable[str]) -> tuple[Name, ...]:
    """The texts as names; what holds no word is none."""
    return tuple(name for name in map(Name, texts) if name.words)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return data
