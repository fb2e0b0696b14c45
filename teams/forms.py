"""Forms of bodies, and of the seats and memberships in them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import TurkishDateField
from institution.forms import PersonChoice, UnitChoice
from institution.models import Body, BodyKind, Holding
from institution.roles import RIGHTS, Kind, Role

FORMED_FOR_A_PERIOD = (Kind.PLANNING_TEAM, Kind.SUB_GROUP)


class ReasonForm(forms.Form):
    """Why, in words; kept in the history."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Kept in the history.")
    )


class BodyForm(forms.Form):
    """What the approval says of a body."""

    name = forms.CharField(label=_("Name"), max_length=200)
    topic = forms.CharField(label=_("Topic"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    approval_no = forms.CharField(
        label=_("Number of the approval"),
        max_length=50,
        required=False,
        help_text=_("The mayor’s approval (olur) that forms the body."),
    )
    approval_on = TurkishDateField(label=_("Date of the approval"), required=False)


class BodyFormationForm(BodyForm):
    kind = forms.ChoiceField(label=_("Kind"))
    field_order = ["kind"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = BodyKind.objects.filter(code__in=FORMED_FOR_A_PERIOD)
        self.fields["kind"].choices = [(kind.code, str(kind)) for kind in kinds]
        for name in ("approval_no", "approval_on"):
            self.fields[name].required = True


class DissolutionForm(ReasonForm):
    on = TurkishDateField(label=_("Dissolved on"))
    field_order = ["on"]


class TermChangeForm(forms.Form):
    """What can be corrected of a term."""

    ends_on = TurkishDateField(label=_("Last day"), required=False)
    full_membership = forms.IntegerField(
        label=_("Full membership including the mayor"),
        min_value=1,
        max_value=200,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        help_text=_("Quorum and required votes are calculated from this number."),
    )


class TermForm(TermChangeForm):
    starts_on = TurkishDateField(label=_("First day"))
    field_order = ["starts_on"]


class AppointmentForm(ReasonForm):
    """Who sits in the body, as what, from when."""

    person = PersonChoice(label=_("Person"))
    role = forms.ChoiceField(label=_("Role"), initial=Role.MEMBER)
    represents = UnitChoice(label=_("Represents the unit"), required=False)
    starts_on = TurkishDateField(label=_("First day"))
    ends_on = TurkishDateField(label=_("Last day"), required=False)
    field_order = ["person", "role", "represents", "starts_on", "ends_on"]

    def __init__(self, *args, body: Body, **kwargs):
        super().__init__(*args, **kwargs)
        roles = RIGHTS[body.kind.code]
        self.fields["role"].choices = [(role, role.label) for role in Role if role in roles]
        if body.kind.code != Kind.PLANNING_TEAM:
            del self.fields["represents"]


class EndForm(ReasonForm):
    on = TurkishDateField(
        label=_("Last day"),
        help_text=_("Rights last until the end of this day. To end them at once, enter yesterday’s date."),
    )
    field_order = ["on"]

    def __init__(self, *args, undo: str = "", **kwargs):
        """`undo` says how a seat that has not lasted a day is taken back."""
        super().__init__(*args, **kwargs)
        if undo:
            self.fields["on"].help_text = undo


class DelegationForm(ReasonForm):
    to = PersonChoice(label=_("Delegate"))
    first = TurkishDateField(label=_("First day"))
    last = TurkishDateField(label=_("Last day"))
    field_order = ["to", "first", "last"]


class HandOverForm(ReasonForm):
    """For each thing that a leaving person holds: who follows, or nobody."""

    last_day = TurkishDateField(label=_("Last day"))
    close_account = forms.BooleanField(label=_("Close the account too"), required=False)

    def __init__(self, *args, holdings: list[Holding], **kwargs):
        super().__init__(*args, **kwargs)
        self.holdings = {f"to_{place}": holding for place, holding in enumerate(holdings)}
        for name, holding in self.holdings.items():
            label = f"{holding.body.name}: {holding.get_role_display()}"
            self.fields[name] = PersonChoice(
                label=label, required=False, empty_label=_("Leave the seat empty")
            )
        self.order_fields(["last_day", *self.holdings, "close_account", "reason"])

    def clean(self) -> dict:
        """The answers as the service takes them: successors by the key of the holding."""
        super().clean()
        given = dict(self.cleaned_data)
        successors = {
            holding.key: given.pop(name) for name, holding in self.holdings.items() if name in given
        }
        return {**given, "successors": successors}
