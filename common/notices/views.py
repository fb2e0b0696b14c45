"""A person's notices, how they want to get them, and the Directorate's settling of what reached nobody."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common import grants
from common.decisions import Decision, require
from common.notices import services
from common.notices.forms import ChoicesForm
from common.notices.models import Notice
from common.views import way_back

PAGE = 30


def can_settle(user) -> Decision:
    denial = gettext_lazy("The Strategy Development Directorate looks after notices that reached nobody.")
    return grants.decide(user, "manage_process", denial)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(Notice.objects.of(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/index.html", {"page_obj": page})


@require_GET
def open_place(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the place that it is about; whoever goes there has read it."""
    notice = get_object_or_404(Notice, pk=pk, to=request.user.pk)
    _read(request, pk=pk)
    return redirect(notice.url)


@require_POST
def read_one(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Notice, pk=pk, to=request.user.pk)
    _read(request, pk=pk)
    return redirect("notices:index")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    _read(request)
    messages.success(request, _("All notices are marked as read."))
    return redirect("notices:index")


def _read(request: HttpRequest, **which) -> None:
    services.read(notices=Notice.objects.filter(**which), by=request.user, now=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    form = ChoicesForm(request.POST or None, person=request.user)
    if form.is_valid():
        services.choose(chosen=form.cleaned_data, by=request.user)
        messages.success(request, _("Your choice has been saved."))
        return redirect("notices:choices")
    return render(request, "notices/choices.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    require(can_settle(request.user))
    notice = get_object_or_404(Notice.objects.unreached(), pk=pk)
    services.settle(notice=notice, by=request.user, now=timezone.now())
    messages.success(request, _("Noted: the person has been told by another way."))
    return redirect(way_back(request))
