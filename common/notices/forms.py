from django import forms
from django.utils.translation import gettext_lazy as _

from common.notices import registry
from common.notices.models import Choice
from common.notices.registry import Channel


class ChoicesForm(forms.Form):
    """One question for each group of notices: how it comes."""

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = dict(Choice.objects.filter(person=person.pk).values_list("group", "channel"))
        for group in registry.GROUPS.values():
            self.fields[group.code] = forms.ChoiceField(
                label=group.label,
                choices=Channel.choices,
                initial=chosen.get(group.code, str(group.default)),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose how these come.")},
            )
