"""The form in which files are uploaded; other rooms build theirs on it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.decisions import Invalid
from documents.files import kinds, services


class _Mark(forms.HiddenInput):
    """Says the same whenever the form is shown, also again after it came without the mark."""

    def format_value(self, value):
        return "1"


class UploadForm(forms.Form):
    """One file. `request` tells whether a larger one was turned away while it came in."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={"accept": kinds.ACCEPT}),
        error_messages={"required": _("Choose a file.")},
    )
    # Stands after the file in the form: where it is missing, the upload broke off on its way.
    whole = forms.CharField(widget=_Mark, required=False)

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.refused = getattr(request, "refused_upload", None)

    def clean(self):
        if self.refused:
            self.errors.pop("file", None)
            try:
                services.check_size(self.refused)
            except Invalid as refusal:
                raise ValidationError(str(refusal.message)) from refusal
        if not self.cleaned_data.get("whole"):
            raise ValidationError(_("The upload broke off; nothing was stored. Upload the file again."))
        return super().clean()


class RoomForm(forms.Form):
    """Which room's files the list shows."""

    room = forms.ModelChoiceField(None, label=_("Room"), required=False, empty_label=_("All rooms"))

    def __init__(self, *args, rooms, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = rooms
