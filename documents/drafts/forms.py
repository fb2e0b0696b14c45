"""Forms of the drafts room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import TurkishDateField
from documents.drafts.models import DraftDecision


class CountsForm(forms.Form):
    """A body's decision as its chair records it."""

    decided_on = TurkishDateField(label=_("Date of the decision"))
    present = forms.IntegerField(label=_("Present"), min_value=1)
    in_favour = forms.IntegerField(label=_("For"), min_value=0)
    against = forms.IntegerField(label=_("Against"), min_value=0)
    note = forms.CharField(label=_("Summary"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class RecordForm(forms.Form):
    """The executive committee's opinion or the commission's report, with its file."""

    kind = forms.ChoiceField(
        label=_("Record"),
        choices=[
            (DraftDecision.Kind.EXECUTIVE_OPINION, DraftDecision.Kind.EXECUTIVE_OPINION.label),
            (DraftDecision.Kind.COMMISSION_REPORT, DraftDecision.Kind.COMMISSION_REPORT.label),
        ],
    )
    decided_on = TurkishDateField(label=_("Date"))
    number = forms.CharField(label=_("Number"), max_length=50)
    note = forms.CharField(label=_("Summary"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label=_("File"), required=False)


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 3}))
