"""Plain Django pages for tools/bench_reports.py to compare with: session, user, one membership query, one template.

Each draws as many bytes from as many rows as the page that it stands for, by a template's ordinary means (links
and cells of variables), and does nothing else: no rights, no navigation, no translation, no history.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import django
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import DjangoTemplates
from django.urls import path

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
LINK = '<li><a class="nav-link" href="{{ request.path }}">{{ user.full_name }}</a></li>'
CELL = "<td>{{ report.due_on }}</td>"
ROW = """<tr><th scope="row"><a href="/reports/{{ report.pk }}/">{{ report.title }}</a><span>{{ report.body.name }}</span></th>
<td>{{ report.get_state_display }}</td><td>{{ report.due_on }}</td><td>{{ report.requested_at }}</td></tr>"""


def drawn(before: str, each: str, after: str, context: dict[str, Any], request: HttpRequest) -> HttpResponse:
    """With so many further links before and cells after each row as the address says."""
    links, cells = (int(request.GET.get(name, 0)) for name in ("links", "cells"))
    return HttpResponse(
        template(LINK * links + before + each + CELL * cells + after).render(context, request)
    )


@cache
def template(source: str) -> Any:
    loaders = [("django.template.loaders.locmem.Loader", {"page": source})]
    processors = ("django.template.context_processors.request", "django.contrib.auth.context_processors.auth")
    options = {
        "loaders": loaders,
        "context_processors": [*processors, "django.contrib.messages.context_processors.messages"],
    }
    engine = DjangoTemplates({"NAME": "bare", "DIRS": [], "APP_DIRS": False, "OPTIONS": options})
    return engine.get_template("page")


def _mine(request: Any) -> Any:
    from documents.reports.models import Report
    from teams.models import Membership

    own = Membership.objects.filter(person=request.user).values("body__period")
    return Report.objects.filter(period__in=own).select_related("body")


@login_required
def listed(request: HttpRequest, state: str, rows: int) -> HttpResponse:
    """The oldest reports of a state that this person's bodies have to do with."""
    reports = _mine(request).filter(state=state).order_by("due_on", "pk")[:rows]
    return drawn(
        "<table>{% for report in reports %}", ROW, "{% endfor %}</table>", {"reports": reports}, request
    )


@login_required
def opened(request: HttpRequest, pk: int, words: int, number: int = 0) -> HttpResponse:
    """A report with its sections, or one of them; with their words if `words` is 1."""
    report = _mine(request).get(pk=pk)
    sections = report.sections.filter(number=number) if number else report.sections.all()
    each = "{% for s in sections %}<h2>{{ s.title }}</h2>" + ("{{ s.html|safe }}" if words else "")
    context = {"report": report, "sections": sections if words else sections.defer("html")}
    return drawn("<h1>{{ report.title }}</h1>", each, "{% endfor %}", context, request)


@login_required
def saved(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One row changed under its lock."""
    from django.db.models import QuerySet

    from documents.reports.models import ReportSection

    with transaction.atomic():
        section = _mine(request).select_for_update(of=("self",)).get(pk=pk).sections.get(number=number)
        QuerySet(ReportSection).filter(pk=section.pk).update(html=request.POST["html"])
    return HttpResponse("{}")


def application() -> WSGIHandler:
    """These pages alone, over the product's database and settings."""
    django.setup()
    settings.MIDDLEWARE, settings.ROOT_URLCONF = MIDDLEWARE, "bench_bare"
    return WSGIHandler()


urlpatterns = [
    path("list/<str:state>/<int:rows>/", listed),
    path("report/<int:pk>/<int:words>/", opened),
    path("report/<int:pk>/<int:words>/<int:number>/", opened),
    path("save/<int:pk>/<int:number>/", saved),
]
