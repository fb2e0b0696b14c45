"""What every answer owes the person: safety, their language, their unsaved text, their privacy."""

import codecs
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.shortcuts import render, resolve_url
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

# For what a browser is to keep and not to show: should it show it all the same, nothing in it acts.
POWERLESS = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
# What Django's own middlewares set, for the answers that they do not reach: a strange host, a fault in one of them.
EVERYWHERE = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
}


class HeadersMiddleware:
    """The headers of every answer, whoever gave it: a page, a static file, a fault, a redirect.

    A download is powerless by being one: no view can forget it. Only what says so itself, static
    files, is kept by a cache. Stands before all that may answer.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in EVERYWHERE.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            response.headers["Content-Security-Policy"] = POWERLESS
        return response


class CharsetMiddleware(MiddlewareMixin):
    """A page of ours sends UTF-8. In another tongue, as only a hand-made request declares one, there may be
    letters that nothing here can write down."""

    def process_request(self, request):
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest("charset")


class NulMiddleware(MiddlewareMixin):
    """No keyboard types a NUL, and PostgreSQL keeps none: what brings one is refused, whatever the database."""

    def process_view(self, request, view, args, kwargs):
        try:
            sent = [*request.GET.lists(), *request.POST.lists()]
        except UnreadablePostError:
            return  # cut off; the check of the form's token refuses it
        values = [value for _name, several in sent for value in several]
        if any("\0" in value for value in values):
            raise BadRequest("NUL")


class LanguageMiddleware:
    """Turkish whatever the browser asks; another language only for a person who chose it.

    A signed-in person's choice is kept with the account, anybody else's in a cookie, so that
    a shared computer never speaks the language of the one who sat there before.
    Stands after AuthenticationMiddleware.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = self.chosen(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    @staticmethod
    def chosen(request) -> str:
        if request.user.is_authenticated:
            choice = request.user.language
        else:
            choice = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        return choice if choice in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class SessionExpiredMiddleware:
    """A script's request without a session gets 401 and an event, never the sign-in page.

    The sign-in page swapped into a half-written form would destroy what was typed. The page
    hears `session-expired`, keeps the form, and offers to sign in beside it.
    Stands before LoginRequiredMiddleware, whose redirect it replaces.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        by_script = asked_by_script(request)
        if by_script and leads_to_sign_in(response):
            response = HttpResponse(
                _("Your session has ended. Sign in again; what you typed is still on the page."),
                status=401,
                headers={"HX-Trigger": "session-expired", "Cache-Control": "no-store"},
            )
        if by_script:
            patch_vary_headers(response, ["HX-Request"])
        return response


class NotAllowedMiddleware:
    """Words for an address that is opened in a way it does not know, most often by reloading a form's answer.

    Nothing is put, patched or deleted here: a view that does not say so would take that for a read.
    """

    METHODS = ("GET", "HEAD", "POST")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        known = request.method in self.METHODS
        response = self.get_response(request) if known else HttpResponseNotAllowed(self.METHODS)
        if response.status_code != 405 or response.content:
            return response
        words = (
            render(request, "405.html")
            if not asked_by_script(request)
            else HttpResponse(
                _("This address takes no such request."), content_type="text/plain; charset=utf-8"
            )
        )
        response.content, response.headers["Content-Type"] = words.content, words.headers["Content-Type"]
        return response


def asked_by_script(request) -> bool:
    """True for htmx and for our own scripts, which name themselves in X-Requested-With."""
    return "HX-Request" in request.headers or "X-Requested-With" in request.headers


def leads_to_sign_in(response) -> bool:
    if response.status_code != 302:
        return False
    return urlsplit(response.headers["Location"]).path == resolve_url(settings.LOGIN_URL)
