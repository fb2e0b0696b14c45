"""Forms of the plan. The card is one form with sections: its own fields and tables of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from common.forms import Choice, TurkishDecimalField, whole_number
from common.turkish import turkish_order
from documents.plan.cards import ALL_UNITS, Card, card_of, digest, outlook_of
from documents.plan.models import (
    FIGURE_DIGITS,
    CoreValue,
    Frequency,
    Goal,
    Indicator,
    Objective,
    PlanActivity,
)
from institution.models import PlanPeriod, Unit


class Words(forms.CharField):
    """Running text; line ends as the database keeps them, so that unchanged text counts as unchanged."""

    def __init__(self, *, rows: int = 2, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


def line_for(model: type, name: str, label: Any, **kwargs: Any) -> forms.CharField:
    """A one-line field as long as a model's field may be."""
    length = model._meta.get_field(name).max_length
    return forms.CharField(label=label, max_length=length, **kwargs)


def frequency(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", _("Not chosen")), *Frequency.choices], required=False)


# --- Goals and looking ahead


class GoalForm(forms.Form):
    title = line_for(Goal, "title", _("Goal"))


class ObjectiveForm(forms.Form):
    title = line_for(Objective, "title", _("Topic"))
    responsible = Choice(
        Unit.objects.filter(is_active=True).order_by(turkish_order("name")), label=_("Responsible unit")
    )


class OutlookForm(forms.Form):
    mission = Words(label=_("Mission"), required=False, rows=3)
    vision = Words(label=_("Vision"), required=False, rows=3)


# --- Rows of a table


class Row(forms.Form):
    """One row. Rows without content are passed over; a changed row is no sample any more."""

    def values(self) -> dict[str, Any]:
        kept = {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}
        return kept | {"sample": bool(self.initial.get("sample")) and not self.has_changed()}


class Rows(forms.BaseFormSet):
    """A table of rows in which one more stands empty, so that it can be used without a script."""

    def kept(self) -> list[dict[str, Any]]:
        return [
            form.values()
            for form in self.forms
            if form.has_changed() or form.initial
            if not form.cleaned_data.get("DELETE")
        ]


class ValueRow(Row):
    name = line_for(CoreValue, "name", _("Value"))
    text = Words(label=_("Explanation"), required=False)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "text")}


class IndicatorRow(Row):
    code = forms.CharField(required=False, widget=forms.HiddenInput)
    name = line_for(Indicator, "name", _("Indicator"))
    measure = line_for(Indicator, "measure", _("Unit of measure"), required=False)
    weight = TurkishDecimalField(
        label=_("Weight in the objective (%)"), min_value=0, max_value=100, decimal_places=2, required=False
    )
    baseline = TurkishDecimalField(
        label=_("Baseline"), max_digits=FIGURE_DIGITS, decimal_places=2, required=False
    )

    def __init__(self, *args: Any, years: range, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = years
        for year in years:
            self.fields[f"target_{year}"] = TurkishDecimalField(
                label=str(year), max_digits=FIGURE_DIGITS, decimal_places=2, required=False
            )
        self.fields["monitoring"] = frequency(_("Monitoring frequency"))
        self.fields["reporting"] = frequency(_("Reporting frequency"))

    def values(self) -> dict[str, Any]:
        values = super().values()
        targets = {year: values.pop(f"target_{year}") for year in self.years}
        return values | {"targets": {year: value for year, value in targets.items() if value is not None}}


class ActivityRow(Row):
    code = forms.CharField(required=False, widget=forms.HiddenInput)
    name = line_for(PlanActivity, "name", _("Activity or project"))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=PlanActivity.Kind.choices, initial=PlanActivity.Kind.ACTIVITY
    )


class RiskRow(Row):
    text = Words(label=_("Risk"))
    control = Words(label=_("Control activity"), required=False)


class FindingRow(Row):
    text = Words(label=_("Finding of the analysis"))


class NeedRow(Row):
    text = Words(label=_("Need"))


# --- The card


class CardForm(forms.Form):
    """What stands once on a card; the costs of the years are fields of their own."""

    title = line_for(Objective, "title", _("Topic"))
    sentence = Words(label=_("Objective"), required=False, help_text=_("One sentence with its end date."))
    responsible = Choice(Unit.objects.none(), label=_("Responsible unit"), to_field_name="name")
    all_units = forms.BooleanField(label=_("All units cooperate"), required=False)
    cooperating = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Cooperating units"),
        to_field_name="name",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    cost_estimate = TurkishDecimalField(
        money=True,
        label=_("Cost estimate over the period, TL"),
        min_value=0,
        max_digits=FIGURE_DIGITS,
        required=False,
    )
    origin = Words(label=_("Origin of the figures and sentences"), required=False)

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on_card = Q(objectives=objective) | Q(cooperations__objective=objective)
        units = Unit.objects.filter(Q(is_active=True) | on_card).distinct().order_by(turkish_order("name"))
        self.fields["responsible"].queryset = self.fields["cooperating"].queryset = units
        for year in objective.goal.period.years:
            self.fields[f"cost_{year}"] = TurkishDecimalField(
                money=True, label=str(year), min_value=0, max_digits=FIGURE_DIGITS, required=False
            )

    def yearly_costs(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in self.fields if name.startswith("cost_") and name != "cost_estimate")


SECTIONS: dict[str, tuple[Any, type[Row]]] = {
    "indicators": (_("Performance indicators"), IndicatorRow),
    "risks": (_("Risks"), RiskRow),
    "activities": (_("Activities and projects"), ActivityRow),
    "findings": (_("Findings of the analysis"), FindingRow),
    "needs": (_("Needs"), NeedRow),
}


def table(
    row: type[Row],
    data: QueryDict | None,
    *,
    prefix: str,
    title: Any,
    initial: Any,
    extra: int = 1,
    **kwargs: Any,
):
    """A table of rows; those that stand there can be removed."""
    formset = forms.formset_factory(row, formset=Rows, extra=extra, can_delete=True, can_delete_extra=False)
    rows = formset(data, initial=initial, prefix=prefix, form_kwargs=kwargs)
    rows.title = title
    return rows


class OutlookSheet:
    """Mission, vision and values in one form. `seen` tells which words the writer had before them."""

    def __init__(self, period: PlanPeriod, data: QueryDict | None = None) -> None:
        self.before = outlook_of(period)
        self.seen = data.get("seen", "") if data else digest(self.before)
        self.form = OutlookForm(data, initial=self.before)
        self.values = table(
            ValueRow, data, prefix="values", title=_("Core values"), initial=self.before["values"], extra=3
        )

    def accept_present(self) -> None:
        self.seen = digest(self.before)

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.values.is_valid()])

    def outlook(self) -> dict[str, Any]:
        changed = self.form.has_changed() or self.values.has_changed()
        sample = self.before["sample"] and not changed
        return {**self.form.cleaned_data, "values": self.values.kept(), "sample": sample}


class CardSheet:
    """The whole form of one card. `seen` tells which card the writer had before them."""

    def __init__(self, objective: Objective, data: QueryDict | None = None, *, add_row_to: str = "") -> None:
        self.before = card_of(objective)
        self.years = objective.goal.period.years
        self.seen = data.get("seen", "") if data else digest(self.before)
        if data and add_row_to in SECTIONS:
            data = data.copy()
            total = f"{add_row_to}-TOTAL_FORMS"
            data[total] = str(whole_number(data.get(total)) + 1)
        costs = {f"cost_{year}": cost["amount"] for year, cost in self.before["costs"].items()}
        cooperating = [name for name in self.before["cooperating"] if name != ALL_UNITS]
        self.form = CardForm(
            data,
            objective=objective,
            initial={
                **{
                    name: self.before[name]
                    for name in ("title", "sentence", "responsible", "cost_estimate", "origin")
                },
                "cooperating": cooperating,
                "all_units": ALL_UNITS in self.before["cooperating"],
                **costs,
            },
        )
        self.sections = {name: self._rows(name, data) for name in SECTIONS}
        if data and add_row_to in SECTIONS:
            newest = self.sections[add_row_to].forms[-1]
            newest.visible_fields()[0].field.widget.attrs["data-focus"] = True

    def _rows(self, name: str, data: QueryDict | None) -> forms.BaseFormSet:
        title, row = SECTIONS[name]
        initial = self.before[name]
        if name != "indicators":
            return table(row, data, prefix=name, title=title, initial=initial)
        targets = [{f"target_{year}": value for year, value in r["targets"].items()} for r in initial]
        initial = [{**row, **target} for row, target in zip(initial, targets, strict=True)]
        return table(row, data, prefix=name, title=title, initial=initial, years=self.years)

    def accept_present(self) -> None:
        """The writer has been told that the card changed meanwhile; saving again is their decision."""
        self.seen = digest(self.before)

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.sections.values())])

    def problems(self) -> list[tuple[str, str]]:
        """Each fault with the id of its field: "Risks, row 2, control activity: …"."""
        found = [
            (bound.id_for_label, f"{bound.label}: {error}") for bound in self.form for error in bound.errors
        ]
        for rows in self.sections.values():
            for number, form in enumerate(rows.forms, 1):
                found += [
                    (
                        bound.id_for_label,
                        _("%(section)s, row %(n)d, %(field)s: %(error)s")
                        % {"section": rows.title, "n": number, "field": bound.label, "error": error},
                    )
                    for bound in form
                    for error in bound.errors
                ]
            found += [("", f"{rows.title}: {error}") for error in rows.non_form_errors()]
        return found

    def card(self) -> Card:
        """What the form says, in the shape of documents/plan/cards.py."""
        given = self.form.cleaned_data
        rows = {name: rows.kept() for name, rows in self.sections.items()}
        for name in ("indicators", "activities"):
            known = {row["code"] for row in self.before[name]}
            for row in rows[name]:
                row["code"] = row["code"] if row["code"] in known else ""
                known.discard(row["code"])
        return {
            **{name: given[name] for name in ("title", "sentence", "cost_estimate", "origin")},
            "code": self.before["code"],
            "responsible": given["responsible"].name,
            "cooperating": [ALL_UNITS] * given["all_units"] + [unit.name for unit in given["cooperating"]],
            "costs": {
                year: {"amount": amount, "sample": self._still_sample(year, amount)}
                for year in self.years
                if (amount := given[f"cost_{year}"]) is not None
            },
            **rows,
        }

    def _still_sample(self, year: int, amount: Any) -> bool:
        before = self.before["costs"].get(year)
        return bool(before and before["sample"] and before["amount"] == amount)
