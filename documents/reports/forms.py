"""Forms of the reports' room. The text itself is no form field: see the writing and evaluation views."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Choice, TurkishDateField, whole_number
from common.turkish import turkish_order
from documents.plan.guide import CHAPTER_CHOICES
from documents.reports import replacing, shapes
from documents.reports.models import ReportTemplate, SectionShape, TemplateSection
from institution.form_pages import values
from institution.models import Body
from institution.roles import Kind


class FindForm(forms.Form):
    """What is sought in a report, and what is put there."""

    q = forms.CharField(label=_("Find"), max_length=200)
    put = forms.CharField(label=_("Replace with"), max_length=200, required=False)
    whole = forms.BooleanField(label=_("Whole words only"), required=False)

    def pattern(self) -> re.Pattern[str]:
        return replacing.pattern(self.cleaned_data["q"], whole=self.cleaned_data["whole"])


class TemplateForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    purpose = forms.CharField(
        label=_("Purpose"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The group reads this when the report is requested."),
    )
    is_active = forms.BooleanField(label=_("Can be requested from groups"), required=False, initial=True)


PLAIN = [
    ("text", _("Short text")),
    ("long", _("Long text")),
    ("number", _("Number")),
    ("date", _("Date")),
    ("unit", _("Unit of the municipality")),
    ("choice", _("One of given choices")),
]
LISTS = [(f"choice:{name}", given.title) for name, given in shapes.GIVEN.items()]
TYPES = [*PLAIN, (_("A list of the guide"), LISTS)]
FAMILIES = [("", _("No families")), PLAIN[-1], (_("A list of the guide"), LISTS)]


class LinesField(forms.Field):
    """Several names, one a line."""

    widget = forms.Textarea(attrs={"rows": 6})

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(filter(None, (line.strip() for line in (value or "").splitlines()))))

    def prepare_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else value


class ChoicesField(forms.Field):
    """Choices of one's own, divided by semicolons."""

    widget = forms.TextInput(attrs={"maxlength": 1000})

    def to_python(self, value: Any) -> list[str]:
        return [choice.strip() for choice in (value or "").split(";") if choice.strip()]

    def prepare_value(self, value: Any) -> str:
        return "; ".join(value) if isinstance(value, list) else value


class SectionForm(forms.Form):
    """One section of a template. What a kind does not have is not looked at; see `shape`."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=SectionShape.Kind.choices, widget=forms.RadioSelect, initial="text"
    )
    says = forms.CharField(
        label=_("What a row stands for"),
        max_length=100,
        required=False,
        help_text=_("Heads the first column, for instance “Stakeholder” or “Statement”."),
    )
    heads = LinesField(
        label=_("Names of the rows"),
        required=False,
        help_text=_("One a line. Left empty, the group names the rows itself."),
    )
    column_heads = LinesField(label=_("Heads of the columns"), required=False, help_text=_("One a line."))
    cells = forms.ChoiceField(label=_("What a cell holds"), choices=TYPES, initial="text", required=False)
    filled = forms.BooleanField(label=_("No cell may stay empty"), required=False)
    families = forms.ChoiceField(
        label=_("Families of the statements"),
        choices=FAMILIES,
        required=False,
        help_text=_("Each statement then stands in one of them; the draft prints them family by family."),
    )
    own = ChoicesField(
        label=_("Own choices, divided by semicolons"),
        required=False,
        help_text=_("Only where “One of given choices” is picked."),
    )
    required = forms.BooleanField(
        label=_("The report cannot be submitted without it"), required=False, initial=True
    )
    length_hint = forms.IntegerField(
        label=_("Length, about so many words"),
        required=False,
        min_value=1,
        max_value=20_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    chapter = forms.ChoiceField(label=_("Chapter of the plan that it feeds"), choices=CHAPTER_CHOICES)
    help = forms.CharField(
        label=_("What the guide asks"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands above the field while the group writes."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        picked = {"matrix": given.get("cells"), "list": given.get("families")}.get(given.get("kind", ""))
        if picked == "choice" and not given.get("own"):
            self.add_error("own", _("Write the choices."))
        return given

    def shape(self, columns: list[dict[str, Any]]) -> dict[str, Any]:
        """The fields of the section; `columns` are those of a table."""
        given = self.cleaned_data
        names = ("title", "kind", "required", "length_hint", "chapter", "help")
        return {name: given[name] for name in names} | {"columns": self._columns(columns)}

    def _columns(self, of_table: list[dict[str, Any]]) -> list[dict[str, Any]]:
        given = self.cleaned_data
        if given["kind"] == SectionShape.Kind.MATRIX:
            kind, choices = shapes.picked(given["cells"] or "text", given["own"])
            return shapes.matrix(
                given["says"] or "Satır",
                given["column_heads"],
                type=kind,
                choices=choices,
                required=given["filled"],
                heads=given["heads"],
            )
        if given["kind"] == SectionShape.Kind.LIST:
            return shapes.statements(given["says"] or "İfade", families=given["families"], own=given["own"])
        if given["kind"] == SectionShape.Kind.FIGURE:
            return shapes.figures(given["says"] or "Veri", heads=given["heads"])
        return of_table


def section_form(data: Any = None, section: TemplateSection | None = None) -> SectionForm:
    """The form of a new section, or of one that is there."""
    if section is None:
        return SectionForm(data)
    columns = section.columns
    told = {"heads": section.heads, "says": columns[-1]["title"] if columns else ""}
    if section.kind in (SectionShape.Kind.MATRIX, SectionShape.Kind.FIGURE):
        told |= {"says": columns[0]["title"]}
    if section.kind == SectionShape.Kind.MATRIX:
        told |= {
            "column_heads": [column["title"] for column in columns[1:]],
            "filled": columns[1]["required"],
            **_picked("cells", "own", columns[1]),
        }
    if section.kind == SectionShape.Kind.LIST and len(columns) > 1:
        told |= _picked("families", "own", columns[0])
    return SectionForm(data, initial=values(section, SectionForm) | told)


def _picked(type: str, own: str, column: shapes.Column) -> dict[str, Any]:
    """What the two fields of a type show: a list of the guide is picked by its name, only others are typed out."""
    picked = shapes.as_picked(column)
    return {type: picked, own: column["choices"] if picked == "choice" else []}


def typed_again(data: Any) -> SectionForm:
    """The form as it was typed, looked at by nobody yet: a column was moved, nothing saved."""
    typed = SectionForm(data)
    return SectionForm(initial={name: typed[name].value() for name in typed.fields})


class ColumnForm(forms.Form):
    """One column of a table section; a row without a title is passed over."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Column"), required=False, max_length=100)
    type = forms.ChoiceField(label=_("Type"), choices=TYPES, initial="text")
    choices = ChoicesField(label=_("Choices, divided by semicolons"), required=False)
    required = forms.BooleanField(label=_("Required"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("title") and given.get("type") == "choice" and not given.get("choices"):
            self.add_error("choices", _("Write the choices."))
        kind, choices = shapes.picked(given.get("type", "text"), given.get("choices", []))
        return given | {"type": kind, "choices": choices}


class _Columns(forms.BaseFormSet):
    def kept(self) -> list[dict[str, Any]]:
        """The columns in their order, new ones with a key that no other has."""
        rows = [form.cleaned_data for form in self if form.cleaned_data.get("title")]
        taken = {row["key"] for row in rows}
        free = (key for number in range(1, 1000) if (key := f"c{number}") not in taken)
        return [row | {"key": row["key"] or next(free)} for row in rows]

    def typed(self) -> list[dict[str, Any]]:
        """The columns as they were typed, whole or not."""
        return [{name: form[name].value() for name in form.fields} for form in self]


ColumnForms = forms.formset_factory(ColumnForm, formset=_Columns, extra=2, max_num=20)


def column_forms(data: Any = None, columns: list[dict] | None = None) -> Any:
    """The columns of a table, and two empty rows for further ones."""
    initial = [column | _picked("type", "choices", column) for column in columns or []]
    return ColumnForms(data, initial=initial, prefix="columns")


def moved_columns(data: Any, move: str) -> Any:
    """The same typed columns with one of them moved: "2:up" or "2:down", counted from 1. Nothing is saved."""
    rows = ColumnForms(data, prefix="columns").typed()
    number, _sign, way = move.partition(":")
    here = whole_number(number) - 1
    there = here + {"up": -1, "down": 1}.get(way, 0)
    if min(here, there) >= 0 and max(here, there) < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    return ColumnForms(initial=[row for row in rows if row["title"]], prefix="columns")


class CriterionForm(forms.Form):
    """One criterion; a row without a name is passed over."""

    name = forms.CharField(label=_("Criterion"), required=False, max_length=100)
    weight = forms.IntegerField(
        label=_("Weight"),
        required=False,
        min_value=1,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    hint = forms.CharField(label=_("What to look at"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("name") and "weight" in given and not given["weight"]:
            self.add_error("weight", _("Write the weight."))
        return given


class _Criteria(forms.BaseFormSet):
    def kept(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self if form.cleaned_data.get("name")]


CriterionForms = forms.formset_factory(CriterionForm, formset=_Criteria, extra=3, max_num=12)


class ShowsMarksForm(forms.Form):
    shows_marks = forms.BooleanField(
        label=_("The group sees the marks and the result once the evaluation is closed"), required=False
    )


class RequestForm(forms.Form):
    """Ask one group for a report."""

    template = Choice(None, label=_("Template"))
    body = Choice(None, label=_("Group"))
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("Left empty, the template’s name is taken."),
    )
    due_on = TurkishDateField(label=_("Due on"))

    def __init__(self, *args: Any, period: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = ReportTemplate.objects.requestable().order_by(
            turkish_order("name")
        )
        groups = Body.objects.kind(Kind.SUB_GROUP).filter(period=period, dissolved_on=None)
        self.fields["body"].queryset = groups.order_by(turkish_order("name"))


class DueForm(forms.Form):
    due_on = TurkishDateField(label=_("Due on"))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)


class RoundDueForm(forms.Form):
    due_on = TurkishDateField(label=_("Evaluation due on"))
    reason = forms.CharField(
        label=_("Reason"), max_length=500, help_text=_("The team reads it; the history keeps it.")
    )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The group reads it. What was written stays readable."),
    )


class GroupForm(forms.Form):
    """Which group's reports a list shows."""

    body = Choice(None, label=_("Group"), required=False, empty_label=_("All groups"))

    def __init__(self, *args: Any, reports: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = Body.objects.filter(pk__in=reports.order_by().values("body"))
        self.fields["body"].queryset = groups.order_by(turkish_order("name"))
