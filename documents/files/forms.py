"""The form in which files are uploaded; other rooms build theirs on it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.decisions import Invalid
from documents.files import kinds, services
from documents.files.refusals import refusal


class _Mark(forms.HiddenInput):
    """Says the same whenever the form is shown, also again after it came without the mark."""

    def format_value(self, value):
        return "1"


class UploadForm(forms.Form):
    """One file. `request` tells whether it was turned away, or found no room, while it came in."""

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
        self.unstored = getattr(request, "unstored_upload", "")

    def clean(self):
        if self.refused:
            self.errors.pop("file", None)
            try:
                services.check_size(self.refused)
            except Invalid as too_large:
                raise ValidationError(str(too_large.message)) from too_large
        if self.unstored:
            self.errors.pop("file", None)
            raise ValidationError(str(refusal("disk_full", kinds.clean_name(self.unstored)).message))
        if not self.cleaned_data.get("whole"):
            raise ValidationError(_("The upload broke off; nothing was stored. Upload the file again."))
        return super().clean()


class SeveralInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """As many files as were chosen; each is judged by itself, later."""

    widget = SeveralInput

    def clean(self, data, initial=None):
        return [super(SeveralFiles, self).clean(one, initial) for one in data or [None]]


class RoomUploadForm(UploadForm):
    """Several files for a room. One that is too large does not keep the others from it."""

    file = SeveralFiles(
        label=_("Files"),
        allow_empty_file=True,  # refused by its name
        max_length=1000,  # a longer name is shortened
        widget=SeveralInput(
            attrs={"accept": kinds.ACCEPT, "class": "visually-hidden", "aria-describedby": "upload-fault"}
        ),
        error_messages={"required": _("Choose a file.")},
    )
    too_large = ""
    """The sentence about one that was turned away while the others came in"""

    def clean(self):
        try:
            return super().clean()
        except ValidationError as refusal:
            if not (self.refused and self.cleaned_data.get("file") and self.cleaned_data.get("whole")):
                raise
            self.too_large = str(refusal.message)
        return self.cleaned_data

    def refusals(self) -> list[str]:
        """What is wrong with what came, before any file of it is looked at."""
        wrong = [str(error) for errors in self.errors.values() for error in errors]
        return wrong + ([self.too_large] if self.too_large else [])


class RoomForm(forms.Form):
    """Which room's files the list shows."""

    room = forms.ModelChoiceField(None, label=_("Room"), required=False, empty_label=_("All rooms"))

    def __init__(self, *args, rooms, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = rooms
