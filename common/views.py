"""What belongs to no app: the person's language and look, the state of the session, error pages."""

import secrets
import sys
from contextlib import suppress

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.log import log_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from common import preferences
from common.middleware import asked_by_script
from common.templatetags.kp import THEMES

YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def choose_language(request):
    return chosen(request, "language", dict(settings.LANGUAGES), cookie=settings.LANGUAGE_COOKIE_NAME)


@login_not_required
@require_POST
def choose_theme(request):
    return chosen(request, "theme", THEMES, cookie=settings.THEME_COOKIE_NAME)


def way_back(request) -> str:
    """`next` of the form where it is an address of ours, else the first page."""
    url = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if ours else "/"


def chosen(request, what: str, allowed, *, cookie: str):
    """Keep one choice with the account and on this device, then back to the page it was made on."""
    value = request.POST.get(what)
    if value not in allowed:
        raise Http404
    if request.user.is_authenticated:
        preferences.choose(by=request.user, **{what: value})
    response = HttpResponseRedirect(way_back(request))
    response.set_cookie(
        cookie, value, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


@login_not_required
@never_cache
@require_GET
def session_state(request):
    """Is somebody still signed in, and with which form token: a page asks before it sends a form."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401, headers={"HX-Trigger": "session-expired"})
    return JsonResponse({"user": request.user.pk, "csrf": get_token(request)})


def bad_request(request, exception):
    return failed(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def denied(request, exception):
    """403 with the sentence that the permission gave, so that the reader knows whom to ask."""
    return failed(request, 403, reason=getattr(exception, "reason", ""))


def not_found(request, exception):
    return failed(request, 404)


def form_refused(request, reason=""):
    """The form token did not match: mostly a page that stood open across a sign-in."""
    return failed(request, 403, template="csrf.html")


def server_error(request):
    """An incident number and nothing else; the same number stands in the log, once, with the trace."""
    number = request.incident = secrets.token_hex(4)
    words = _("Something went wrong on our side. Incident number: %(number)s") % {"number": number}
    response = HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")
    # Here and not by Django, which would write a second line without the number.
    log_response(
        "incident %s at %s",
        number,
        request.path,
        response=response,
        request=request,
        exception=sys.exception(),
    )
    if not asked_by_script(request):
        with suppress(Exception):  # what failed may be what every page is made of; the words remain
            # Without the request: its context may be what failed.
            response.content = render_to_string("500.html", {"incident": number})
            response.headers["Content-Type"] = "text/html; charset=utf-8"
    return response


def failed(request, status: int, *, template: str = "", **context):
    if asked_by_script(request):
        return HttpResponse(
            context.get("reason") or PLAIN[status](), status=status, content_type="text/plain; charset=utf-8"
        )
    return render(request, template or f"{status}.html", context, status=status)


PLAIN = {
    400: lambda: _("The request could not be understood."),
    403: lambda: _("You cannot do this."),
    404: lambda: _("There is no such page."),
    413: lambda: _("What was sent is too large. Nothing was changed."),
}
