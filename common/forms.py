"""Forms in the look of the page, with dates and amounts typed as they are written in Turkish."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from common import turkish
from common.decisions import Invalid


class Renderer(TemplatesSetting):
    """Set as FORM_RENDERER: every form of every app, the sign-in forms too, has one look."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class Choice(forms.ModelChoiceField):
    """One of the things of a table. The empty choice says in words what it is."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("empty_label", _("Choose") if kwargs.get("required", True) else _("Not chosen"))
        super().__init__(*args, **kwargs)


class TurkishDateField(forms.DateField):
    """A day typed as 1.3.2026, 01/03/2026 or 2026-03-01; shown as 01.03.2026.

    A text field on purpose: the browser's own date field shows the browser's form, not the page's.
    """

    def __init__(self, **kwargs):
        attrs: dict[str, Any] = {"inputmode": "numeric", "class": "short"}
        if "help_text" in kwargs:  # the help says something else, so the form stands in the field
            attrs["placeholder"] = _("DD/MM/YYYY")
        kwargs.setdefault("help_text", _("Day, month, year: 09/07/2024"))
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            return parsed(turkish.parse_date, value)
        return super().to_python(value)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else turkish.date_short(value)


class TurkishDecimalField(forms.DecimalField):
    """An amount typed as 4.420.505,00; exactly two decimals where `money` is set."""

    def __init__(self, *, money: bool = False, **kwargs):
        self.parse = turkish.parse_money if money else turkish.parse_decimal
        self.decimals = 2 if money else None
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}), **kwargs)

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            return parsed(self.parse, value)
        return super().to_python(value)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else turkish.number(value, self.decimals)


class TurkishTimeField(forms.TimeField):
    """An hour typed as 14.00 or 14:00."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}), **kwargs)

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            return parsed(turkish.parse_time, value)
        return super().to_python(value)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else turkish.time(value)


def parsed(parse, value: str):
    """What was typed, read; the reader's sentence becomes the message under the field."""
    try:
        return parse(value)
    except turkish.FormatError as error:
        raise ValidationError(str(error), code="invalid") from error


def whole_number(text: str | None, otherwise: int = 0) -> int:
    """A number that a form or an address carries; `otherwise` for what is none, or longer than any is."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else otherwise


def add_refusal(form, refusal: Invalid) -> None:
    """Show what a service refused at the field that it names, or above the form."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal.message))
