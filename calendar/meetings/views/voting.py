"""Votes: opened by the clerk, cast by members on their own pages, closed by the clerk."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.decisions import Invalid, require
from common.forms import add_refusal, whole_number
from institution.form_pages import form_page
from institution.models import User
from institution.sign_in.confirming import confirmed
from meetings import permissions, presenters, roll, services
from meetings.forms import CloseForm, NumberForm, ObjectionFormSet, VoteForm
from meetings.minutes import by_name
from meetings.models import Attendance, Ballot, Vote
from meetings.services.voting import SideMissing, motions
from meetings.views.common import act, seen_item, seen_vote


@confirmed(gettext_lazy("Opening a vote"))
@require_http_methods(["GET", "POST"])
def open_vote(request, pk: int) -> HttpResponse:
    item = seen_item(request, pk)
    meeting = item.meeting
    if not (meeting.of_council and meeting.opened_at):
        raise Http404  # no hall is counted there
    require(permissions.can_run(request.user, meeting))
    form = VoteForm(request.POST or None, motions=motions(item))
    objections = ObjectionFormSet(request.POST or None, prefix="objections")
    more = request.POST.get("act") == "more"
    if more:  # one line further, with everything that was typed
        objections = ObjectionFormSet(_one_more(request.POST), prefix="objections")
    elif request.method == "POST" and form.is_valid():
        # Under another motion the objections are not shown: what was left in them says nothing.
        returns = form.cleaned_data["motion"] == Vote.Motion.RETURN
        if not returns or objections.is_valid():
            lines = [line for line in objections.cleaned_data if line.get("text")] if returns else []
            try:
                services.open_vote(
                    item=item, objections=lines, by=request.user, now=timezone.now(), **form.cleaned_data
                )
            except Invalid as refusal:
                add_refusal(form, refusal)
            else:
                return redirect("meetings:meeting", meeting.pk)
    context = {
        "form": form,
        "objections": objections,
        "item": item,
        "meeting": meeting,
        "allowed": permissions.voting_allows(meeting, roll.hall(meeting)),
    }
    status = 422 if request.method == "POST" and not more else 200
    return render(request, "meetings/open_vote.html", context, status=status)


def _one_more(posted):
    data = posted.copy()
    data["objections-TOTAL_FORMS"] = min(whole_number(data.get("objections-TOTAL_FORMS")) + 1, 40)
    return data


@require_GET
def vote(request, pk: int) -> HttpResponse:
    """A member's own sheet: three equal buttons, changeable until the vote closes."""
    one = seen_vote(request, pk)
    prefetch_related_objects([one], presenters.ballots_of(request.user))
    own = next(iter(one.own), None)
    context = {
        "vote": one,
        "meeting": one.item.meeting,
        "may_vote": permissions.can_vote(request.user, one),
        "own": own,
        "overwritten": presenters.overwritten(own),
        "choices": CHOICES,
        "voters": "" if one.is_open else by_name(one),
        "sees_ballots": permissions.can_see_ballots(request.user, one),
    }
    return render(request, "meetings/vote.html", context)


CHOICES = [
    (Ballot.Choice.FOR, "circle-check", "ok"),
    (Ballot.Choice.AGAINST, "circle-x", "stop"),
    (Ballot.Choice.ABSTAIN, "circle-slash", "idle"),
]


def _vote(request, pk: int) -> str:
    """What the member is about to say, in words."""
    choice = request.POST.get("choice", "")
    return f"{_('Your vote')}: {dict(Ballot.Choice.choices).get(choice, choice)}"


@confirmed(_vote)
@require_POST
def cast(request, pk: int) -> HttpResponse:
    one = seen_vote(request, pk)
    require(permissions.can_vote(request.user, one))
    return act(
        request,
        services.cast,
        to=reverse("meetings:vote", args=[pk]),
        vote=one,
        choice=request.POST.get("choice", ""),
        now=timezone.now(),
    )


@confirmed(gettext_lazy("Entering the vote of a member"))
@require_http_methods(["GET", "POST"])
def ballots(request, pk: int) -> HttpResponse:
    """The clerk's list of a vote by name: enter what a member called or wrote, or who left the hall."""
    one = seen_vote(request, pk)
    meeting = one.item.meeting
    require(permissions.can_run(request.user, meeting))
    page = reverse("meetings:ballots", args=[pk])
    if request.method == "POST":
        person = get_object_or_404(User, pk=whole_number(request.POST.get("person")))
        choice = request.POST.get("choice", "")
        if choice == "left":
            absent = {"meeting": meeting, "person": person, "status": Attendance.Status.ABSENT}
            return act(request, services.mark_attendance, to=page, **absent)
        return act(
            request,
            services.enter_ballot,
            to=page,
            vote=one,
            person=person,
            choice=choice,
            now=timezone.now(),
        )
    given = {ballot.person_id: ballot for ballot in one.ballots.all()}
    rows = [(place.person, given.get(place.person.pk)) for place in roll.of(meeting) if place.is_present]
    context = {
        "vote": one,
        "meeting": meeting,
        "rows": sorted(rows, key=lambda row: row[1] is not None),
        "choices": CHOICES,
        "counting": presenters.counting(one, roll.hall(meeting)),
    }
    return render(request, "meetings/ballots.html", context)


@confirmed(gettext_lazy("Closing the vote"))
@require_http_methods(["GET", "POST"])
def close_vote(request, pk: int) -> HttpResponse:
    """What closing would write, what still stands in its way, and the closing itself."""
    one = seen_vote(request, pk)
    require(permissions.can_run(request.user, one.item.meeting))
    if not one.is_open and request.method == "GET":
        return redirect("meetings:meeting", one.item.meeting_id)
    hands = one.method == Vote.Method.HANDS
    counting = presenters.counting(one, roll.hall(one.item.meeting))
    ask_chair = "chair_side" in request.POST or _ties(counting, hands)
    form = CloseForm(request.POST or None, hands=hands, ask_chair=ask_chair)
    if request.method == "POST" and form.is_valid():
        try:
            services.close_vote(
                vote=one,
                counted=form.counted,
                chair_side=form.cleaned_data.get("chair_side", ""),
                decision_no=form.cleaned_data["decision_no"],
                by=request.user,
                now=timezone.now(),
            )
        except SideMissing as missing:
            form = CloseForm(request.POST, hands=hands, ask_chair=True)
            form.is_valid()
            add_refusal(form, missing)
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The vote is closed."))
            return redirect("meetings:meeting", one.item.meeting_id)
    context = {
        "vote": one,
        "meeting": one.item.meeting,
        "form": form,
        "counting": counting,
        "expected": None if hands else presenters.sentence(counting, counting.tally),
    }
    return render(request, "meetings/close_vote.html", context, status=422 if form.errors else 200)


def _ties(counting: presenters.Counting, hands: bool) -> bool:
    """A vote by name that stands equal, with no vote of the chair."""
    return not hands and "ask_chair" in presenters.sentence(counting, counting.tally)


@require_http_methods(["GET", "POST"])
def number(request, pk: int) -> HttpResponse:
    """The number of a decision, mended until its sitting ends."""
    one = seen_vote(request, pk)
    return form_page(
        request,
        NumberForm(request.POST or None, initial={"decision_no": one.decision_no}),
        partial(services.correct_number, vote=one, by=request.user),
        decision=permissions.can_number(request.user, one),
        heading=_("Number of the decision"),
        button=_("Save the number"),
        back=reverse("meetings:meeting", args=[one.item.meeting_id]),
        parent=one.item.meeting,
        message=_("The number was saved."),
        note=str(one.item),
    )


@require_POST
def preview(request, pk: int) -> HttpResponse:
    """The sentence for a count of hands while it is being typed."""
    one = seen_vote(request, pk)
    require(permissions.can_run(request.user, one.item.meeting))
    form = CloseForm(request.POST, hands=True, ask_chair="chair_side" in request.POST)
    form.is_valid()
    counting = presenters.counting(one, roll.hall(one.item.meeting))
    side = form.cleaned_data.get("chair_side", "")
    expected = presenters.sentence(counting, form.counted, side) if form.counted else {}
    return render(request, "meetings/_sentence.html", {"expected": expected, "counting": counting})


@confirmed(gettext_lazy("Cancelling the vote"))
@require_POST
def cancel_vote(request, pk: int) -> HttpResponse:
    one = seen_vote(request, pk)
    require(permissions.can_run(request.user, one.item.meeting))
    return act(
        request,
        services.cancel_vote,
        to=reverse("meetings:meeting", args=[one.item.meeting_id]),
        vote=one,
        now=timezone.now(),
        reason=request.POST.get("reason", ""),
    )
