"""People and their accounts."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.decisions import Invalid, require
from common.turkish import turkish_order
from institution import permissions, services
from institution.form_pages import form_page, values
from institution.forms import PersonForm
from institution.models import User
from institution.sign_in import invitations
from institution.sign_in import services as sign_in
from institution.sign_in.confirming import confirmed

PER_PAGE = 50


@require_GET
def people(request):
    """Everybody, the open accounts first; `q` searches names, e-mails and titles."""
    require(permissions.can_see_people(request.user))
    sought = request.GET.get("q", "").strip()
    found = User.objects.matching(sought) if sought else User.objects.all()
    ordered = found.select_related("unit").order_by("-is_active", turkish_order("full_name"))
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    invited = invitations.waiting(page.object_list)
    for person in page.object_list:
        person.invitation = invited.get(person.pk)
    return render(
        request,
        "institution/people.html",
        {
            "page_obj": page,
            "sought": sought,
            "manage": permissions.can_manage_accounts(request.user),
        },
    )


@confirmed(gettext_lazy("Opening an account"))
@require_http_methods(["GET", "POST"])
def add_person(request):
    return form_page(
        request,
        PersonForm(request.POST or None),
        partial(sign_in.open_account, by=request.user, base=request.build_absolute_uri("/")),
        decision=permissions.can_manage_accounts(request.user),
        heading=_("Add a person"),
        button=_("Open the account"),
        back=reverse("institution:people"),
        message=_opened,
        onward=lambda person: reverse("teams:person", args=[person.pk]),
    )


def _opened(person: User) -> str:
    told = _(
        "The account of %(person)s was opened. A letter with a link for a password was sent to %(email)s."
    )
    return told % {"person": person, "email": person.email}


@confirmed(gettext_lazy("Changing the data of a person"))
@require_http_methods(["GET", "POST"])
def edit_person(request, pk: int):
    person = seen(request.user, pk)
    return form_page(
        request,
        PersonForm(request.POST or None, initial=values(person, PersonForm)),
        partial(sign_in.change_person, person=person, by=request.user, base=request.build_absolute_uri("/")),
        decision=permissions.can_manage_accounts(request.user),
        heading=person.full_name,
        button=_("Save the person"),
        back=reverse("teams:person", args=[pk]),
        message=_("Person saved."),
    )


@confirmed(gettext_lazy("Sending a link for a password"))
@require_POST
def invite(request, pk: int):
    """A letter with a one-time link: the first, or a new one for a forgotten or expired one."""
    person = seen(request.user, pk)
    require(permissions.can_manage_accounts(request.user))
    letter = partial(sign_in.invite, base=request.build_absolute_uri("/"))
    said = _("A letter with a link was sent to %(person)s (%(email)s).")
    return done(request, letter, person, said % {"person": person, "email": person.email})


@confirmed(gettext_lazy("Removing second steps"))
@require_POST
def remove_factors(request, pk: int):
    person = seen(request.user, pk)
    require(permissions.can_manage_accounts(request.user))
    remove = partial(sign_in.remove_factors, base=request.build_absolute_uri("/"))
    return done(request, remove, person, _("The second steps of this account were removed."))


@confirmed(gettext_lazy("Closing or opening an account"))
@require_POST
def switch_account(request, pk: int):
    """Close or open an account; pressing twice does it once."""
    person = seen(request.user, pk)
    require(permissions.can_manage_accounts(request.user))
    closing = request.POST.get("to") == "closed"
    switch = services.close_account if closing else services.open_account
    said = (
        _("The account of %(person)s was closed.") if closing else _("The account of %(person)s was opened.")
    )
    return done(request, switch, person, said % {"person": person})


def done(request, act, person: User, message: str):
    """Do the act on the person; say what came of it on their page."""
    try:
        act(person=person, by=request.user)
    except Invalid as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, message)
    return redirect("teams:person", person.pk)


def seen(user: User, pk: int) -> User:
    """The person, or 404 for who may not see them."""
    person = get_object_or_404(User.objects.select_related("unit"), pk=pk)
    if not permissions.can_see_person(user, person):
        raise Http404
    return person
