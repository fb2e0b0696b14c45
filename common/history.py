"""Who changed what: the one way in which the application writes, and its trace.

Every write runs inside a function decorated with `@service`, which opens a transaction and
names the actor. Every audited model carries `history = audited()`; its rows keep the actor
as a plain number beside the name, so that they outlive the person's account.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from common.audit.chain import linked
from common.decisions import Invalid, noted, noting


@dataclass(frozen=True)
class SystemActor:
    """A named part of the system that acts without a person (a timer, a command)."""

    name: str
    pk: None = None

    def get_full_name(self) -> str:
        return self.name


@dataclass(frozen=True)
class _Act:
    by: Any
    reason: str
    at: dt.datetime | None
    for_name: str | None = None


FOR_NAME = 200  # letters
_act: ContextVar[_Act | None] = ContextVar("act", default=None)


class ActorMissing(RuntimeError):
    """An audited row was about to be written and nobody is named as its author."""


class BypassesHistory(RuntimeError):
    """A bulk write on an audited model would leave no history row."""


class Stale(Invalid):
    """Somebody else was first: the row is no longer in the state that this act started from."""


@contextmanager
def acting(by: Any, *, reason: str = "", at: dt.datetime | None = None, for_name: str | None = None):
    """Name the author of every audited write inside the block, and its moment (default: now).

    `for_name` says whose seat they filled in for where that was settled before; else it is what `require` notes.
    All that the block writes has this one moment: it is one act. A service called by a service keeps
    the reason and the moment of the act that it is part of.
    """
    if by is None or not getattr(by, "get_full_name", None):
        raise ActorMissing("a write needs its actor")
    outer = _act.get() or _Act(by, "", None)
    token = _act.set(_Act(by, reason or outer.reason, at or outer.at or timezone.now(), for_name))
    try:
        yield
    finally:
        _act.reset(token)


F = TypeVar("F", bound=Callable[..., Any])


def service(function: F) -> F:
    """Make a keyword-only write: atomic, with `by` as its actor, `reason` as its why, `now` as its when."""

    @functools.wraps(function)
    def write(**kwargs: Any) -> Any:
        reason = str(kwargs.get("reason") or "")
        author = acting(kwargs["by"], reason=reason, at=kwargs.get("now"))
        with transaction.atomic(), linked(), noting(), author:
            return function(**kwargs)

    return write  # type: ignore[return-value]  # the wrapper keeps the signature but for positional use


class HistoryRow(models.Model):
    """Columns that each history table has beside simple-history's own."""

    history_user_name = models.CharField(max_length=FOR_NAME, editable=False)
    # Whose seat the author filled in for, where they acted as a delegate.
    history_for_name = models.CharField(max_length=FOR_NAME, editable=False, blank=True, default="")

    class Meta:
        abstract = True


def _set_actor(row: Any, actor: Any) -> None:
    row.history_user_id = actor.pk
    row.history_user_name = actor.get_full_name()
    row.history_for_name = on_behalf_of(actor)


def on_behalf_of(actor: Any) -> str:
    """Whose seat the author of the current act fills in for; empty for their own, and for no person."""
    if not actor.pk:
        return ""
    act = _act.get()
    return (noted() if act is None or act.for_name is None else act.for_name)[:FOR_NAME]


def author(name: Any, for_name: str = "") -> str:
    """Who did it, as records and pages say it: the name, and for whom the person stood in."""
    if not for_name:
        return str(name)
    return _("%(name)s (for %(holder)s)") % {"name": name, "holder": for_name}


def for_name_field() -> models.CharField:
    """Beside a record's person: whose seat they filled in for when it was made."""
    return models.CharField(gettext_lazy("on behalf of"), max_length=FOR_NAME, blank=True, default="")


def _current_actor(instance: Any, request: Any = None, **_kwargs: Any) -> Any:
    """The service's actor; for what libraries save by themselves (sign-in), the person of the request."""
    act = _act.get()
    if act:
        return act.by
    if request:
        return request.user
    raise ActorMissing(f"{instance._meta.label} saved outside a service")


def _at_once(save_base: Any) -> Any:
    """A row, its history row and its link in the chain: all or none, also where a library saves by itself."""

    @functools.wraps(save_base)
    def save(*args: Any, **kwargs: Any) -> Any:
        with transaction.atomic(savepoint=False):
            return save_base(*args, **kwargs)

    return save


class _Records(HistoricalRecords):
    """simple-history that leaves no row when only excluded fields were saved, and keeps the reason."""

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        super().contribute_to_class(cls, name)
        cls.history_records = self  # type: ignore[attr-defined]  # `record` finds it there
        cls.save_base = _at_once(cls.save_base)  # type: ignore[method-assign]  # simple-history's own method, wrapped

    def post_save(self, instance: Any, created: bool, using: Any = None, **kwargs: Any) -> None:
        if hasattr(instance, "skip_history_when_saving"):
            raise BypassesHistory("every save of an audited model leaves a history row")
        touched = kwargs.get("update_fields")
        if touched and set(touched) <= set(self.excluded_fields):
            return
        super().post_save(instance, created, using=using, **kwargs)

    def create_historical_record(self, instance: Any, history_type: str, using: Any = None) -> None:
        act = _act.get()
        instance._history_date = (act and act.at) or timezone.now()
        super().create_historical_record(instance, history_type, using)

    def get_change_reason_for_object(self, instance: Any, history_type: str, using: Any) -> str:
        given = super().get_change_reason_for_object(instance, history_type, using)
        act = _act.get()
        return given or (act.reason if act else "")


def audited(*, excluded: tuple[str, ...] = ()) -> HistoricalRecords:
    """The `history` attribute of an audited model; `excluded` fields never enter the history."""
    return _Records(
        bases=[HistoryRow],
        excluded_fields=list(excluded),
        history_user_id_field=models.BigIntegerField(null=True, editable=False),
        history_user_getter=lambda row: row.history_user_name,
        history_user_setter=_set_actor,
        history_change_reason_field=models.TextField(blank=True, default=""),
        get_user=_current_actor,
    )


class AuditedQuerySet(models.QuerySet):
    """Reads as usual; bulk writes, which would leave no history row, are refused."""

    def update(self, **kwargs: Any) -> int:
        raise BypassesHistory("use a service, or common.history.transition")

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        raise BypassesHistory("save one by one inside a service")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise BypassesHistory("save one by one inside a service")


def transition(
    obj: models.Model, *, frm: Any, to: Any, field: str = "state", traced: bool = True, **fields: Any
) -> None:
    """Move one row from `frm` to `to` only if it still stands at `frm`; write its history row.

    The test and the change are one statement, so that of two acts at once exactly one wins
    on SQLite and PostgreSQL alike. Further `fields` are set in the same statement.
    Untraced only where a history row of the same sitting already tells of it (autosaved text).
    Raises Stale when the row has moved meanwhile.
    """
    values = {field: to, **fields}
    plain: models.QuerySet = models.QuerySet(type(obj)).filter(**{"pk": obj.pk, field: frm})
    if plain.update(**values) != 1:
        raise Stale(_("Somebody else was faster: the state has changed meanwhile. Nothing was overwritten."))
    for name, value in values.items():
        setattr(obj, name, value)
    if traced:
        record(obj)


def record(obj: Any) -> None:
    """Write a history row of the object as its row stands now, for a change that save() did not make."""
    obj.refresh_from_db()
    obj.__class__.history_records.create_historical_record(obj, "~")  # the class of a lazy request.user too
