"""Seating people: beginning, end and delegation of one seat or membership."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from committees import services as committees
from common.decisions import Invalid, require
from common.forms import whole_number
from common.turkish import date_long, date_short
from institution import holdings
from institution.form_pages import form_page
from institution.models import Body, Holding, User
from institution.roles import DECIDING
from institution.sign_in.confirming import confirmed
from teams import permissions, services
from teams.forms import AppointmentForm, DelegationForm, EndForm
from teams.querysets import holdings_of


def _body(pk: int) -> Body:
    return get_object_or_404(Body.objects.select_related("kind", "period"), pk=pk)


def _holding(body: Body, pk: int) -> Holding:
    return get_object_or_404(holdings_of(body).select_related("person", "delegate", "body__kind"), pk=pk)


def _taken_back(request, body: Body, pk: int):
    """The answer to who presses a button of a seat that was taken back before, by a first press or by
    somebody else; None where it was not."""
    gone = holdings_of(body).model.history.filter(id=pk, body=body, history_type="-")
    if request.method != "POST" or not gone.exists():
        return None
    require(permissions.can_manage_body(request.user, body))
    messages.info(request, str(holdings.TAKEN_BACK))
    return redirect("teams:body", body.pk)


@confirmed(gettext_lazy("Appointing a member"))
@require_http_methods(["GET", "POST"])
def appoint(request, pk: int):
    """`person` in the address is the one whose page led here."""
    body = _body(pk)
    keeper = committees if body.kind.code in DECIDING else services
    first = {"starts_on": timezone.localdate(), "person": whole_number(request.GET.get("person"))}
    return form_page(
        request,
        AppointmentForm(request.POST or None, body=body, initial=first),
        partial(keeper.appoint, body=body, by=request.user),
        decision=permissions.can_manage_body(request.user, body),
        heading=_("Appoint a member: %(body)s") % {"body": body.name},
        button=_("Appoint the member"),
        back=reverse("teams:body", args=[pk]),
        message=_("Appointed. The rights of the role begin on the first day."),
    )


@confirmed(gettext_lazy("Ending a seat"))
@require_http_methods(["GET", "POST"])
def end_seat(request, pk: int, seat_pk: int):
    """Yesterday as the last day of a seat that has not lasted a day takes it back: what was entered today by
    mistake is undone. Any other day before its first one is a slip, and refused."""
    body = _body(pk)
    if gone := _taken_back(request, body, seat_pk):
        return gone
    holding = _holding(body, seat_pk)
    person, today = holding.person, timezone.localdate()
    young = holding.starts_on >= today

    def act(*, on: dt.date, reason: str) -> Holding | None:
        if young and on == today - services.ONE_DAY:
            return holdings.take_back(holding=holding, today=today, by=request.user, reason=reason)
        return holdings.end(holding=holding, on=on, by=request.user, reason=reason)

    return form_page(
        request,
        EndForm(
            request.POST or None,
            initial={"on": holding.starts_on if young else today},
            undo=_undo(holding, today) if young else "",
        ),
        act,
        decision=permissions.can_manage_body(request.user, body),
        heading=_("End the seat of %(person)s") % {"person": person},
        button=_("End the seat"),
        back=reverse("teams:body", args=[pk]),
        message=lambda ended: _said(person, ended, today),
        note=f"{body.name}, {holding.get_role_display()}",
    )


def _said(person: User, ended: Holding | None, today: dt.date) -> str:
    """What became of the seat; None was taken back."""
    if ended is None or ended.ends_on is None:
        return _("The seat of %(person)s has been taken back; its rights are gone.") % {"person": person}
    told = (
        _("The seat of %(person)s ended on %(day)s; its rights are gone.")
        if ended.ends_on < today
        else _("The seat of %(person)s ends on %(day)s; its rights last until the end of that day.")
    )
    return told % {"person": person, "day": date_long(ended.ends_on)}


def _undo(holding: Holding, today: dt.date) -> str:
    told = (
        _("This seat began today. If it was a mistake, enter yesterday’s date (%(day)s): it is taken back.")
        if holding.starts_on == today
        else _("This seat has not begun yet. If it is not to begin, enter yesterday’s date (%(day)s).")
    )
    rights = _("Its rights end at once; the history keeps both entries.")
    return f"{told % {'day': date_short(today - services.ONE_DAY)}} {rights}"


@confirmed(gettext_lazy("Naming a delegate"))
@require_http_methods(["GET", "POST"])
def delegate_seat(request, pk: int, seat_pk: int):
    body = _body(pk)
    if gone := _taken_back(request, body, seat_pk):
        return gone
    holding = _holding(body, seat_pk)
    return form_page(
        request,
        DelegationForm(request.POST or None, initial={"first": timezone.localdate()}),
        partial(holdings.delegate, holding=holding, by=request.user),
        decision=permissions.can_manage_body(request.user, body),
        heading=_("Delegate for %(person)s") % {"person": holding.person},
        button=_("Name the delegate"),
        back=reverse("teams:body", args=[pk]),
        message=_("Delegate named."),
        note=_("The delegate has the same rights between these days: %(body)s, %(role)s.")
        % {"body": body.name, "role": holding.get_role_display()},
    )


@confirmed(gettext_lazy("Ending a delegation"))
@require_POST
def end_delegation(request, pk: int, seat_pk: int):
    """The delegate's rights end with yesterday, so that they are gone with the next request."""
    body = _body(pk)
    if gone := _taken_back(request, body, seat_pk):
        return gone
    require(permissions.can_manage_body(request.user, body))
    yesterday = timezone.localdate() - services.ONE_DAY
    try:
        holdings.end_delegation(holding=_holding(body, seat_pk), on=yesterday, by=request.user)
    except Invalid as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The delegation has ended."))
    return redirect("teams:body", pk)
