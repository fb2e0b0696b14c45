"""What one person holds, and handing it all over."""

from functools import partial

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from common.decisions import require
from institution.form_pages import form_page
from institution.models import Body, User
from institution.permissions import can_manage_accounts
from institution.sign_in import invitations
from institution.sign_in.confirming import confirmed
from institution.views.people import seen
from teams import permissions, services
from teams.forms import HandOverForm
from teams.querysets import delegated_to, held_by, lasting, sitting
from teams.views.bodies import day_asked


@require_GET
def person(request, pk: int):
    return _seats(request, seen(request.user, pk))


@require_GET
def my_seats(request):
    return _seats(request, request.user)


def _seats(request, shown: User):
    """Seats as of a day: held then, coming, past; and where the person stands in for others."""
    day, form = day_asked(request)
    held = held_by(shown)
    return render(
        request,
        "teams/person.html",
        {
            "person": shown,
            "day": day,
            "is_today": day == timezone.localdate(),
            "form": form,
            "now": [holding for holding in held if holding.holds_on(day)],
            "coming": [holding for holding in held if holding.starts_on > day],
            "past": [holding for holding in held if holding.ends_on and holding.ends_on < day],
            "stands_in": delegated_to(shown),
            "manage": can_manage_accounts(request.user),
            "invitation": invitations.waiting([shown]).get(shown.pk),
            "appoint": permissions.can_appoint(request.user, shown),
            "hand_over": permissions.can_hand_over(request.user, shown),
        },
    )


@require_GET
def choose_body(request, pk: int):
    """In which body the person is to sit: each leads to its own form, with the person chosen there."""
    shown = seen(request.user, pk)
    require(permissions.can_appoint(request.user, shown))
    today = timezone.localdate()
    bodies = [
        body
        for body in Body.objects.of(request.period).standing_on(today).select_related("kind", "period")
        if permissions.can_manage_body(request.user, body)
    ]
    people = sitting(bodies, today)
    for body in bodies:
        body.size = len(people[body.pk])
        body.own = next((holding for holding in people[body.pk] if holding.person_id == pk), None)
    return render(request, "teams/choose_body.html", {"person": shown, "bodies": bodies})


@confirmed(gettext_lazy("Handing over all seats of a person"))
@require_http_methods(["GET", "POST"])
def hand_over(request, pk: int):
    leaving = seen(request.user, pk)
    today = timezone.localdate()
    holdings = lasting(held_by(leaving), today)
    return form_page(
        request,
        HandOverForm(request.POST or None, holdings=holdings, initial={"last_day": today}),
        partial(services.hand_over, person=leaving, by=request.user),
        decision=permissions.can_hand_over(request.user, leaving),
        heading=_("Hand over the seats of %(person)s") % {"person": leaving.full_name},
        button=_("Hand everything over"),
        back=reverse("teams:person", args=[pk]),
        message=_("Everything has been handed over."),
        note=_(
            "Each seat ends on the last day, and every delegation to this person with it; "
            "the successor begins the next day with the same role."
        ),
    )
