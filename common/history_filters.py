"""By what a history is narrowed: the person, the kind of thing, the thing, the days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.audit.models import SAME_ACT, Entry, ReadLog
from common.audit.reconcile import audited_models
from common.forms import TurkishDateField
from common.history_words import capital
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


def _within(days: Span) -> Q:
    asked = {"at__gte": days.first, "at__lt": days.end}
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
    """Of what says in `actor_id` who did it and in `at` when."""

    narrower = _("Choose fewer days or a person.")
    """What to do where it finds too much"""

    who = forms.ChoiceField(label=_("Person"), required=False)

    def offer(self, name: str, first: Any, choices: Iterable[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", first), *choices]  # type: ignore[attr-defined]  # a ChoiceField

    def of_what(self) -> Q:
        return Q()

    def conditions(self) -> Q:
        """What is typed wrong finds nothing rather than everything."""
        if not self.is_valid():
            return Q(pk__in=[])
        return self.of_what() & _acted(self.cleaned_data["who"]) & _within(self.days)


class ActsFilter(HistoryFilter):
    """Of the entries of the chain; `act` is the number of one, whose whole act is shown."""

    act = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1)

    @property
    def is_of_act(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["act"])

    def of_what(self) -> Q:
        if not self.cleaned_data["act"]:
            return Q()
        entry = Entry.objects.filter(pk=self.cleaned_data["act"]).first()
        if entry is None:
            return Q(pk__in=[])
        return Q(**{name: getattr(entry, name) for name in SAME_ACT})


class PageFilter(ActsFilter):
    """Of one thing's entries; `people` are those who acted on it."""

    day = TurkishDateField(label=_("Go to the day"), required=False, help_text="")
    field_order = ["who", "since", "until", "day"]

    def __init__(self, data: Any, *, people: dict[int | None, str]) -> None:
        super().__init__(data)
        acted = [(str(pk), name) for pk, name in people.items() if pk]
        acted.sort(key=lambda one: sort_key(one[1]))
        self.offer("who", _("Everybody"), [*acted, THE_SYSTEM] if None in people else acted)


class ListFilter(ActsFilter):
    """Of the entries of everything."""

    narrower = _("Choose fewer days, a person or a kind of thing.")
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
        return super().of_what() & Q(**{name: value for name, value in asked.items() if value})


class ReadingsFilter(HistoryFilter):
    """Of what was read, by those who have read something."""

    field_order = ["who", "since", "until"]

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        read = ReadLog.objects.order_by().filter(actor_id=OuterRef("pk"))
        self.offer("who", _("Everybody"), everybody(Exists(read)))


def everybody(*only: Any) -> list[tuple[str, str]]:
    people = get_user_model()._default_manager.filter(*only).order_by(turkish_order("full_name"))
    return [(str(pk), name) for pk, name in people.values_list("pk", "full_name")]


def _acted(who: str) -> Q:
    if who == SYSTEM:
        return Q(actor_id=None)
    return Q(actor_id=int(who)) if who else Q()
