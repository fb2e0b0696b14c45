"""What other rooms offer on a body's page: its reports, its meetings. They register here, from above."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from institution.models import Body, User


class Link(NamedTuple):
    """A way from a body to something of it in another room."""

    label: str
    url: str
    icon: str
    note: str = ""


Offer = Callable[[User, Body], list[Link]]
_offers: list[Offer] = []


def offer(function: Offer) -> Offer:
    """Register a function (user, body) -> [Link]; called from an app's ready()."""
    _offers.append(function)
    return function


def links(user: User, body: Body) -> list[Link]:
    return [link for function in _offers for link in function(user, body)]
