"""Who may do what, read from the tables that enforce it; and who holds what today, read from the grants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common import grants
from common.forms import whole_number
from common.turkish import ascii_fold, sort_key
from institution.models import Body, Holding, User
from institution.roles import IN_PERSON, PERMISSIONS, RIGHTS, Kind, Role, rights


@dataclass(frozen=True)
class Part:
    """One kind of body: its roles, and for each right that one of them brings, who of them has it."""

    kind: Kind
    roles: list[Role]
    rows: list[tuple[Any, list[tuple[Role, bool]]]]


@dataclass
class Holder:
    """Somebody who acts in a body today by one seat, their own or that of `holder`."""

    person: User
    body: Body
    holder: User | None
    holding: str
    valid_from: dt.date
    valid_to: dt.date | None
    codenames: set[str] = field(default_factory=set)
    seat: Holding | None = None

    @property
    def role(self) -> str:
        return self.seat.get_role_display() if self.seat else ""

    @property
    def rights(self) -> list[Any]:
        return [label for code, label in PERMISSIONS.items() if code in self.codenames]

    @property
    def fits(self) -> bool:
        """Whether the grants are those that the seat and the table of rights bring, no more and no fewer."""
        if self.seat is None:
            return False
        seat, brought = self.seat, rights(self.body.kind.code, self.seat.role)
        held = (self.person, self.valid_from, self.valid_to)
        if self.holder is None:
            return self.codenames == brought and held == (seat.person, seat.starts_on, seat.ends_on)
        lent = (seat.delegate, seat.delegate_from, seat.delegate_until)
        return self.codenames == brought - IN_PERSON and held == lent and self.holder == seat.person


def matrix() -> list[Part]:
    """The table of rights, a part for each kind of body."""
    parts = []
    for kind, roles in RIGHTS.items():
        brought = set[str]().union(*roles.values())
        rows = [
            (label, [(Role(role), code in granted) for role, granted in roles.items()])
            for code, label in PERMISSIONS.items()
            if code in brought
        ]
        parts.append(Part(Kind(kind), [Role(role) for role in roles], rows))
    return parts


def holders(day: dt.date) -> list[Holder]:
    """Everybody who holds rights on the day, by body and name. Five queries at most, however many they are."""
    found: dict[tuple[str, int], Holder] = {}
    for grant in grants.standing(on=day):
        key = (grant.holding, grant.user_id)
        if key not in found:
            found[key] = Holder(
                grant.user,
                grant.content_object,
                grant.holder,
                grant.holding,
                grant.valid_from,
                grant.valid_to,
            )
        found[key].codenames.add(grant.permission.codename)
    seats = _seats({holding for holding, _person in found})
    for holder in found.values():
        holder.seat = seats.get(holder.holding)
    return sorted(found.values(), key=_order)


def _seats(keys: Iterable[str]) -> dict[str, Holding]:
    """The seats and memberships by the names that grants know them by: one query a model.
    A name that is nobody's seat, as a grant written past the program may carry, finds none."""
    kinds = {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, Holding)}
    ids: dict[str, list[int]] = {}
    for key in keys:
        label, _colon, pk = key.partition(":")
        if label in kinds and (number := whole_number(pk)):
            ids.setdefault(label, []).append(number)
    return {
        seat.key: seat
        for label, pks in ids.items()
        for seat in kinds[label]._default_manager.filter(pk__in=pks).select_related("person", "delegate")
    }


def _order(holder: Holder) -> tuple:
    period = holder.body.period.first_year if holder.body.period else 0
    return (holder.body.kind.order, -period, holder.body.pk, sort_key(holder.person.full_name))


def narrowed(found: list[Holder], *, words: str = "", right: str = "") -> list[Holder]:
    """Those whose name, title or body holds the words, and who have the right."""
    sought = ascii_fold(words).split()

    def matches(holder: Holder) -> bool:
        told = ascii_fold(f"{holder.person.full_name} {holder.person.title} {holder.body.name}")
        return all(word in told for word in sought)

    return [holder for holder in found if (not right or right in holder.codenames) and matches(holder)]


def sheets(found: list[Holder]) -> list[tuple[str, list[str], list[list[Any]]]]:
    """Both tables as sheets of a workbook, one row for each right; of all roles, and of those found."""
    may = [
        [part.kind.label, role.label, label]
        for part in matrix()
        for label, marks in part.rows
        for role, may in marks
        if may
    ]
    hold = [
        [
            holder.person.full_name,
            holder.person.email,
            holder.person.title,
            holder.body.name,
            holder.body.period.label if holder.body.period else "",
            holder.role,
            label,
            holder.valid_from,
            holder.valid_to,
            holder.holder.full_name if holder.holder else "",
            _("yes") if holder.fits else _("no"),
        ]
        for holder in found
        for label in holder.rights
    ]
    return [
        (_("Who may do what"), [_("Body"), _("Role"), _("Right")], may),
        (
            _("Who holds what"),
            [
                _("Name"),
                _("E-mail"),
                _("Job title"),
                _("Body"),
                _("Plan period"),
                _("Role"),
                _("Right"),
                pgettext("first day", "From"),
                pgettext("last day", "Until"),
                _("Stands in for"),
                _("As the seat brings it"),
            ],
            hold,
        ),
    ]
