"""By what a history is narrowed: the person, the kind of thing, the thing, the days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.audit.reconcile import audited_models
from common.forms import TurkishDateField
from common.history_telling import capital
from common.turkish import sort_key, turkish_order

SYSTEM = "system"  # what acts without a person: a timer, a command
THE_SYSTEM = (SYSTEM, _("The system"))


class Span(NamedTuple):
    """From the first moment of a day to the first moment after another; None is open."""

    first: dt.datetime | None
    end: dt.datetime | None


def span(since: dt.date | None, until: dt.date | None) -> Span:
    def midnight(day: dt.date | None) -> dt.datetime | None:
        return timezone.make_aware(dt.datetime.combine(day, dt.time())) if day else None

    return Span(midnight(since), midnight(until and until + dt.timedelta(1)))


def within(column: str, days: Span) -> Q:
    """The condition that a moment lies in the days."""
    asked = {f"{column}__gte": days.first, f"{column}__lt": days.end}
    return Q(**{name: moment for name, moment in asked.items() if moment})


class DaysFilter(forms.Form):
    since = TurkishDateField(label=_("From"), required=False, help_text="")
    until = TurkishDateField(label=_("Until"), required=False, help_text="")

    def clean_until(self) -> dt.date | None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data["until"]
        if since and until and until < since:
            raise forms.ValidationError(_("The last day is before the first."))
        return until

    @property
    def days(self) -> Span:
        return span(self.cleaned_data["since"], self.cleaned_data["until"])

    @property
    def by_time(self) -> bool:
        """Whether days are asked for: then the list is in the order of its moments."""
        return self.is_valid() and any(self.days)

    @property
    def narrows(self) -> bool:
        return not self.is_valid() or any(self.cleaned_data.values())


class HistoryFilter(DaysFilter):
    """Of rows that say in `actor` who acted and in `moment` when."""

    actor, moment = "actor_id", "at"
    who = forms.ChoiceField(label=_("Person"), required=False)

    def offer(self, name: str, first: Any, choices: Iterable[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", first), *choices]  # type: ignore[attr-defined]  # a ChoiceField

    def of_what(self) -> Q:
        return Q()

    def conditions(self) -> Q:
        """What is typed wrong finds nothing rather than everything."""
        if not self.is_valid():
            return Q(pk__in=[])
        return self.of_what() & _acted(self.actor, self.cleaned_data["who"]) & within(self.moment, self.days)


class PageFilter(HistoryFilter):
    """Of one thing's history rows; `people` are those who acted on it."""

    actor, moment = "history_user_id", "history_date"
    day = TurkishDateField(label=_("Go to the day"), required=False, help_text="")
    field_order = ["who", "since", "until", "day"]

    def __init__(self, data: Any, *, people: dict[int | None, str]) -> None:
        super().__init__(data)
        acted = [(str(pk), name) for pk, name in people.items() if pk]
        acted.sort(key=lambda one: sort_key(one[1]))
        self.offer("who", _("Everybody"), [*acted, THE_SYSTEM] if None in people else acted)


class ListFilter(HistoryFilter):
    """Of the entries of the chain."""

    kind = forms.ChoiceField(label=_("Kind of thing"), required=False)
    thing = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    field_order = ["who", "kind", "since", "until", "thing"]

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        kinds = [
            (model._meta.label_lower, capital(str(model._meta.verbose_name))) for model in audited_models()
        ]
        kinds.sort(key=lambda one: sort_key(one[1]))
        self.offer("kind", _("Everything"), kinds)
        self.offer("who", _("Everybody"), [*everybody(), THE_SYSTEM])

    def of_what(self) -> Q:
        told = self.cleaned_data
        asked = {"model": told["kind"], "object_id": told["kind"] and told["thing"]}
        return Q(**{name: value for name, value in asked.items() if value})


class ReadingsFilter(HistoryFilter):
    """Of what was read."""

    field_order = ["who", "since", "until"]

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.offer("who", _("Everybody"), everybody())


def everybody() -> list[tuple[str, str]]:
    people = get_user_model()._default_manager.order_by(turkish_order("full_name"))
    return [(str(pk), name) for pk, name in people.values_list("pk", "full_name")]


def _acted(column: str, who: str) -> Q:
    if who == SYSTEM:
        return Q(**{f"{column}__isnull": True})
    return Q(**{column: int(who)}) if who else Q()
