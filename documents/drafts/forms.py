"""Forms of the drafts room."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import TurkishDateField
from documents.drafts.models import DraftDecision
from documents.files.forms import UploadForm


def _number(*, min_value: int = 0, **kwargs: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})
    return forms.IntegerField(min_value=min_value, max_value=999, widget=widget, **kwargs)


class CountsForm(forms.Form):
    """A body's decision as its chair records it."""

    decided_on = TurkishDateField(label=_("Date of the decision"))
    present = _number(label=_("Present"), min_value=1)
    in_favour = _number(label=_("For"))
    against = _number(label=_("Against"))
    note = forms.CharField(label=_("Summary"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class RecordForm(UploadForm):
    """The executive committee's opinion or the commission's report, with its file."""

    kind = forms.ChoiceField(label=_("Record"))
    decided_on = TurkishDateField(label=_("Date"))
    number = forms.CharField(
        label=_("Number"), max_length=50, widget=forms.TextInput(attrs={"class": "short"})
    )
    note = forms.CharField(label=_("Summary"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("kind", "decided_on", "number", "note", "file", "whole")

    def __init__(self, *args: Any, filed: Container[str] = (), **kwargs: Any) -> None:
        """`filed` are the kinds of which the draft has a record already."""
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False
        kinds = DraftDecision.RECORDS
        self.fields["kind"].choices = [(kind, kind.label) for kind in kinds if kind not in filed]


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 3}))
