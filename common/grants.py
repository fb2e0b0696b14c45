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
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from guardian.utils import get_user_obj_perms_model

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
    day = on or timezone.localdate()
    return grant.objects.filter(user_id=user.pk, valid_from__lte=day).filter(
        Q(valid_to=None) | Q(valid_to__gte=day)
    )


@contextmanager
def remembered() -> Iterator[None]:
    """Within the block (one request) each person's grants are read once."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def held(user: Any, *, on: dt.date | None = None) -> frozenset[tuple[str, int]]:
    """All (permission, body id) pairs that the person holds on the day."""
    memory = _memory.get()
    key = (getattr(user, "pk", None), getattr(user, "is_active", False), on)
    if memory is not None and key in memory:
        return memory[key]
    pairs = frozenset(_rows(user, on).values_list("permission__codename", "content_object_id"))
    if memory is not None:
        memory[key] = pairs
    return pairs


def allows(user: Any, perm: str, body: Any, *, on: dt.date | None = None) -> bool:
    """Whether the person holds the permission on this body (an instance or its id)."""
    return body is not None and (perm, getattr(body, "pk", body)) in held(user, on=on)


def anywhere(user: Any, perm: str, *, on: dt.date | None = None) -> bool:
    """Whether the person holds the permission on any body at all."""
    return any(codename == perm for codename, _ in held(user, on=on))


def bodies(user: Any, *perms: str, on: dt.date | None = None) -> list[int]:
    """Ids of the bodies on which the person holds one of the permissions."""
    return sorted({body for codename, body in held(user, on=on) if codename in perms})


def people(perm: str, body: Any, *, on: dt.date | None = None) -> list[int]:
    """Ids of the active people who hold the permission on this body."""
    day = on or timezone.localdate()
    return list(
        _grants()
        .objects.filter(
            content_object=body, permission__codename=perm, user__is_active=True, valid_from__lte=day
        )
        .filter(Q(valid_to=None) | Q(valid_to__gte=day))
        .values_list("user_id", flat=True)
        .distinct()
    )


def follow(
    *, holding: str, body: Model, spans: Iterable[tuple[Any, dt.date, dt.date | None]], perms: Iterable[str]
) -> None:
    """Make the grants of one holding be exactly these; called by the service that changed it.

    `holding` names the seat or membership ("committees.seat:7"), `spans` are the people who act
    by it with their first and last day (the holder, and a delegate while the delegation lasts).
    """
    grant = _grants()
    for old in grant.objects.filter(holding=holding):
        old.delete()
    permissions = Permission.objects.filter(
        content_type__app_label=body._meta.app_label,
        content_type__model=body._meta.model_name,
        codename__in=list(perms),
    )
    for person, first, last in spans:
        for permission in permissions:
            grant(
                user=person,
                permission=permission,
                content_object=body,
                holding=holding,
                valid_from=first,
                valid_to=last,
            ).save()
    if (memory := _memory.get()) is not None:
        memory.clear()
