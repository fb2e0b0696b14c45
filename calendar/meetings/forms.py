"""Forms of meetings: planning and calling, the roll, votes."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common import turkish
from common.forms import TurkishDateField, TurkishTimeField
from documents.drafts.models import DraftVersion
from documents.plan.guide import CHAPTER_CHOICES
from institution.roles import Kind
from meetings.arithmetic import Tally
from meetings.models import AgendaItem, Attendance, Ballot, Meeting, Vote
from meetings.services import AWAITING


class WhenForm(forms.Form):
    """A day and an hour; `starts_at` is the moment in local time."""

    day = TurkishDateField(label=_("Day"))
    time = TurkishTimeField(label=_("Time"), help_text=_("Hour and minute: 14.00"))
    place = forms.CharField(label=_("Place"), max_length=200)

    @property
    def starts_at(self) -> dt.datetime:
        moment = dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"])
        return timezone.make_aware(moment)


class MeetingForm(WhenForm):
    """Day, place and title of a planned meeting."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("Made from the body and the day if left empty."),
    )


class NewMeetingForm(MeetingForm):
    """Everything that a body is called with, on one page."""

    agenda = forms.CharField(
        label=_("Agenda"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One item on each line."),
        error_messages={"required": _("The agenda is empty. Write at least one item.")},
    )
    drafts = forms.ModelMultipleChoiceField(
        label=_("Drafts that wait for this body"),
        queryset=DraftVersion.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("They follow the first item of the agenda."),
    )
    notified_on = TurkishDateField(
        label=_("Members told on"), help_text=_("The day on which the call and the agenda reached them.")
    )

    field_order = ["day", "time", "place", "drafts", "agenda", "notified_on", "title"]

    def __init__(self, *args, body, period, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.body = body
        waiting = open_drafts(body, period)
        if waiting:
            self.fields["drafts"].queryset = DraftVersion.objects.filter(pk__in=[d.pk for d in waiting])
            self.fields["drafts"].label_from_instance = lambda draft: item_title(body, draft)
        else:
            del self.fields["drafts"]

    @property
    def items(self) -> list[tuple[str, DraftVersion | None]]:
        """The agenda in order; the drafts follow its first line."""
        lines = [(line.strip(), None) for line in self.cleaned_data["agenda"].splitlines() if line.strip()]
        drafts = [(item_title(self.body, draft), draft) for draft in self.cleaned_data.get("drafts", [])]
        return [*lines[:1], *drafts, *lines[1:]]


def open_drafts(body, period) -> list[DraftVersion]:
    """Drafts that wait for the body and stand on no agenda yet."""
    states = AWAITING.get(Kind(body.kind.code), ())
    taken = AgendaItem.objects.filter(meeting__in=Meeting.objects.ahead(), draft__isnull=False)
    return list(
        DraftVersion.objects.filter(period=period, state__in=states)
        .exclude(pk__in=taken.values("draft"))
        .select_related("period")
    )


_ITEM = {
    Kind.PLANNING_TEAM: "görüşülmesi ve uygun görülmesi",
    Kind.MANAGEMENT: "görüşülmesi ve onaylanması",
    Kind.COUNCIL: "görüşülmesi ve kabulü",
}


def item_title(body, draft: DraftVersion) -> str:
    """The agenda item on a draft, as the record says it: data, so Turkish."""
    return f"{draft.period.label} Stratejik Plan Taslağının ({draft.number}. taslak) {_ITEM[Kind(body.kind.code)]}"


def first_values(body, today: dt.date) -> dict:
    """Hour and place of the body's last meeting, the usual agenda, and today as the day of the call."""
    last = Meeting.objects.filter(body=body).order_by("-starts_at").first()
    return {
        "time": timezone.localtime(last.starts_at).time() if last else None,
        "place": last.place if last else "",
        "agenda": "Yoklama ve açılış\nDilek ve temenniler, kapanış",
        "notified_on": turkish.date_short(today),
    }


class CallForm(forms.Form):
    notified_on = TurkishDateField(
        label=_("Members told on"), help_text=_("The day on which the call and the agenda reached them.")
    )


class ItemForm(forms.Form):
    title = forms.CharField(label=_("New item"), max_length=300)


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("For the minutes"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("What was said and agreed on this item, in whole sentences."),
    )


class AbsenceForm(forms.Form):
    """A member who is on leave or excused."""

    person = forms.ChoiceField(label=_("Member"))
    status = forms.ChoiceField(
        label=_("Reason"),
        choices=[
            (Attendance.Status.LEAVE, _("On leave")),
            (Attendance.Status.EXCUSED, _("Excused")),
            (Attendance.Status.ABSENT, _("No reason given")),
        ],
    )

    def __init__(self, *args, places, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        away = [(p.person.pk, p.person.full_name) for p in places if not p.is_present]
        # Nobody is chosen beforehand: the first of the roll is the chair.
        self.fields["person"].choices = [("", _("Choose the member")), *away] if away else []


class VoteForm(forms.Form):
    """How a vote is opened."""

    motion = forms.ChoiceField(label=_("Put to the vote"), widget=forms.RadioSelect)
    method = forms.ChoiceField(
        label=_("Taken by"), choices=Vote.Method.choices, widget=forms.RadioSelect, initial=Vote.Method.NAMED
    )

    def __init__(self, *args, motions: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motion"].choices = [(m, Vote.Motion(m).label) for m in motions]
        self.fields["motion"].initial = motions[0]


class ObjectionForm(forms.Form):
    chapter = forms.ChoiceField(
        label=_("Chapter"), choices=[("", _("The whole plan")), *CHAPTER_CHOICES], required=False
    )
    text = forms.CharField(label=_("Objection"), widget=forms.Textarea(attrs={"rows": 2}))


ObjectionFormSet = forms.formset_factory(ObjectionForm, extra=1, max_num=40, absolute_max=40)


class NumberField(forms.CharField):
    """A decision's number in the council's register. The service knows its form; a field that had a
    longest length would be cut by the browser without a word."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Number of the decision"),
            required=False,
            help_text=_("As in the council’s register: 2024/61"),
        )


class NumberForm(forms.Form):
    decision_no = NumberField()


class CloseForm(forms.Form):
    """What the clerk states when a vote is closed: the count of hands, the chair's side where the
    votes are equal and nothing else says it, the number in the council's register."""

    in_favour = forms.IntegerField(label=_("For"), min_value=0, max_value=999)
    against = forms.IntegerField(label=_("Against"), min_value=0, max_value=999)
    abstaining = forms.IntegerField(label=_("Abstaining"), min_value=0, max_value=999)
    chair_side = forms.ChoiceField(
        label=_("The votes are equal. The chair’s vote"),
        choices=Ballot.Choice.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    decision_no = NumberField()

    COUNTS = ("in_favour", "against", "abstaining")

    def __init__(self, *args, hands: bool, ask_chair: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in [*(() if hands else self.COUNTS), *(() if ask_chair else ["chair_side"])]:
            del self.fields[name]

    @property
    def counted(self) -> Tally | None:
        """The count of hands; None in a vote by name, and while a figure is missing."""
        figures = [self.cleaned_data.get(name) for name in self.COUNTS]
        return None if None in figures else Tally(*figures)
