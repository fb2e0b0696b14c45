"""Which news there is: the rooms above register their groups and kinds, so that imports go one way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Channel(TextChoices):
    """How news of a group reaches a person beside the application."""

    AT_ONCE = "at_once", _("By e-mail at once")
    DIGEST = "digest", _("By e-mail once a day, at 08.00 on weekdays")
    HERE = "here", _("Only in the application")


@dataclass(frozen=True)
class Group:
    """What a person chooses a channel for."""

    code: str
    label: Text
    default: Channel


@dataclass(frozen=True)
class Kind:
    """`words(data)` is the sentence in the language of the moment, without names of people: it is mailed.

    `ladder(data)` gives, step by step, ids of those who are told when nobody was reached. What is
    private is between people: where it does not reach them it is told to nobody else, and shown to nobody.
    """

    code: str
    group: Group
    words: Callable[[dict[str, Any]], str]
    icon: str
    tone: str
    ladder: Callable[[dict[str, Any]], list[Iterable[int]]]
    is_private: bool


GROUPS: dict[str, Group] = {}
KINDS: dict[str, Kind] = {}


def group(code: str, *, label: Text, default: Channel) -> Group:
    GROUPS[code] = Group(code, label, default)
    return GROUPS[code]


def kind(
    code: str,
    *,
    group: Group,
    words: Callable[[dict[str, Any]], str],
    icon: str,
    tone: str = "info",
    ladder: Callable[[dict[str, Any]], list[Iterable[int]]] = lambda data: [],
    is_private: bool = False,
) -> None:
    KINDS[code] = Kind(code, group, words, icon, tone, ladder, is_private)


def kind_of(code: str) -> Kind:
    return KINDS[code]


def private() -> list[str]:
    return [code for code, kind in KINDS.items() if kind.is_private]
