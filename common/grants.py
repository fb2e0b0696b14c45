"""Rights: who may do what on which body. The only module that touches django-guardian.

A grant hangs on a body and follows from a holding (a seat or a membership): it carries the
holding's dates and counts only while they hold, tested here at read time, so no job has to
switch rights on or off. What a body owns inherits its grants. Closed by default.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from guardian.utils import get_user_obj_perms_model

from common.decisions import Allowed, Decision, Denied

_memory: ContextVar[dict[Any, Any] | None] = ContextVar("grants", default=None)


def _grants() -> Any:
    """The model of the grants: guardian's, with a direct key to the body, so that no grant outlives it."""
    body: Any = apps.get_model("institution", "Body")
    return get_user_obj_perms_model(body)


def _rows(user: Any, on: dt.date | None) -> QuerySet:
    """The grants of a person that count on a day (default today); none for who is not active."""
    grant = _grants()
    if not (user and user.is_authenticated and user.is_active):
        return grant.objects.none()
    return grant.objects.filter(_counting(on), user_id=user.pk)


def _counting(on: dt.date | None) -> Q:
    """The condition that the day (default today) lies in the dates of the seat that brought the grant."""
    day = on or timezone.localdate()
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))


@contextmanager
def remembered() -> Iterator[None]:
    """Within the block (one request) each person's grants are read once."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def _given(user: Any, on: dt.date | None = None) -> dict[tuple[str, int], set[str]]:
    """What the person holds on the day, and by whose seats: "" is a seat of their own."""
    memory = _memory.get()
    key = (getattr(user, "pk", None), getattr(user, "is_active", False), on)
    if memory is not None and key in memory:
        return memory[key]
    given: dict[tuple[str, int], set[str]] = {}
    rows = _rows(user, on).values_list("permission__codename", "content_object_id", "holder__full_name")
    for codename, body, holder in rows:
        given.setdefault((codename, body), set()).add(holder or "")
    if memory is not None:
        memory[key] = given
    return given


def held(user: Any, *, on: dt.date | None = None) -> frozenset[tuple[str, int]]:
    """All (permission, body id) pairs that the person holds on the day."""
    return frozenset(_given(user, on))


def decide(user: Any, perm: str, denial: Any, *, among: Iterable[int] | None = None) -> Decision:
    """Allowed by the permission on one of the bodies (ids; None: on any), otherwise the denial.

    Where it is held by somebody else's seat only, the decision says whose.
    """
    ids = None if among is None else set(among)
    givers = [
        holders
        for (codename, body), holders in _given(user).items()
        if codename == perm and (ids is None or body in ids)
    ]
    if not givers:
        return Denied(denial)
    names = set[str]().union(*givers)
    return Allowed(for_name="" if "" in names else ", ".join(sorted(names)))


def allows(user: Any, perm: str, body: Any, *, on: dt.date | None = None) -> bool:
    """Whether the person holds the permission on this body (an instance or its id)."""
    return body is not None and (perm, getattr(body, "pk", body)) in _given(user, on)


def anywhere(user: Any, perm: str, *, on: dt.date | None = None) -> bool:
    """Whether the person holds the permission on any body at all."""
    return any(codename == perm for codename, _ in _given(user, on))


def bodies(user: Any, *perms: str, on: dt.date | None = None) -> list[int]:
    """Ids of the bodies on which the person holds one of the permissions."""
    return sorted({body for codename, body in _given(user, on) if codename in perms})


def people(perm: str, body: Any, *, on: dt.date | None = None) -> list[int]:
    """Ids of the active people who hold the permission on this body."""
    held = standing(on=on).filter(content_object=body, permission__codename=perm)
    return list(held.values_list("user_id", flat=True).distinct())


class Span(NamedTuple):
    """Somebody who acts by a holding, from a day to a day; `holder` is whose seat it is, None their own."""

    person: Any
    first: dt.date
    last: dt.date | None
    perms: Iterable[str]
    holder: Any = None


def follow(*, holding: str, body: Model, spans: Iterable[Span]) -> None:
    """Make the grants of one holding be exactly these; called by the service that changed it.

    `holding` names the seat or membership ("committees.seat:7"), `spans` are the people who act
    by it (the holder, and a delegate while the delegation lasts).
    """
    grant = _grants()
    for old in grant.objects.filter(holding=holding):
        old.delete()
    permissions = {
        permission.codename: permission
        for permission in Permission.objects.filter(
            content_type__app_label=body._meta.app_label, content_type__model=body._meta.model_name
        )
    }
    for span in spans:
        for perm in sorted(span.perms):
            grant(
                user=span.person,
                holder=span.holder,
                permission=permissions[perm],
                content_object=body,
                holding=holding,
                valid_from=span.first,
                valid_to=span.last,
            ).save()
    if (memory := _memory.get()) is not None:
        memory.clear()


def standing(*, on: dt.date | None = None) -> QuerySet:
    """Every grant that counts on the day (default today), with the person, the holder and the body."""
    return (
        _grants()
        .objects.filter(_counting(on), user__is_active=True)
        .select_related("user", "holder", "permission", "content_object__kind", "content_object__period")
    )
