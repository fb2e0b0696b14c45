"""An act that weighs (a vote, an approval, a right) asks who is there, unless that was proved just now.

    @confirmed(gettext_lazy("Closing the vote"))
    @require_http_methods(["GET", "POST"])
    def close_vote(request, pk): ...

What was typed waits in the session while the person proves who they are, and is then sent by itself.
"""

from __future__ import annotations

import functools
import secrets
import time
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core.internal.httpkit import add_query_params
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.utils.crypto import constant_time_compare
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from common.decisions import Refused
from common.middleware import asked_by_script
from institution.sign_in import endings

SIGNED_IN = "signed_in_at"
SEEN = "seen_at"
KEPT = "unconfirmed"
TOKEN = "confirmed"  # noqa: S105  # the name of a parameter
UNCONFIRMED = _(
    "It has been a while since you confirmed who you are. Reload the page and confirm that it is you."
)

V = TypeVar("V", bound=Callable[..., Any])
Words = str | Promise | Callable[..., str]


def begin(request: Any) -> None:
    """From here the session's time counts; why the one before it ended was told."""
    request.session.pop(endings.TOLD, None)
    request.session[SIGNED_IN] = request.session[SEEN] = time.time()


def confirmed_at(request: Any) -> float:
    """When the person last proved who they are in this session: at sign-in or since then; 0 for never."""
    proofs = [record["at"] for record in get_authentication_records(request, request.user)]
    return max([request.session.get(SIGNED_IN, 0), *proofs])


def recently_confirmed(request: Any) -> bool:
    return time.time() - confirmed_at(request) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def confirmed(act: Words) -> Callable[[V], V]:
    """What the view writes it writes only for who has lately proved who they are. Stands outermost.

    The page that asks names the `act`: its words, or what finds them from the request.
    """

    def decorate(view: V) -> V:
        @functools.wraps(view)
        def ask_first(request: Any, *args: Any, **kwargs: Any) -> Any:
            if request.method == "GET" and TOKEN in request.GET:
                take_up(request)
            if request.method == "POST" and request.user.is_authenticated and not recently_confirmed(request):
                return ask(request, str(act(request, *args, **kwargs) if callable(act) else act))
            return view(request, *args, **kwargs)

        return ask_first  # type: ignore[return-value]  # the wrapper keeps the signature

    return decorate


def ask(request: Any, act: str) -> HttpResponseRedirect:
    """To the page that asks, and back here with what was typed."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    if asked_by_script(request) or not methods:
        raise Refused(UNCONFIRMED)
    token = secrets.token_urlsafe(16)
    request.session[KEPT] = {
        "token": token,
        "path": request.path,
        "post": request.POST.urlencode(),
        "act": act,
        "page": _page_before(request),
    }
    query = request.GET.copy()
    query[TOKEN] = token
    back = f"{request.path}?{query.urlencode()}"
    return HttpResponseRedirect(add_query_params(methods[0]["url"], {"next": back}))


def _page_before(request: Any) -> str:
    """Where the form stood: there leads who thinks better of it."""
    url = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if ours else "/"


def take_up(request: HttpRequest) -> None:
    """Make of the way back the form that was kept. Its token was checked when it was sent; the address
    carries one that only its sender was given and that counts once, so no link can bring this about."""
    kept = request.session.pop(KEPT, None)
    query = request.GET.copy()
    token = query.pop(TOKEN)[-1]
    request.GET = query  # type: ignore[assignment]  # a QueryDict that may be changed
    request.META["QUERY_STRING"] = query.urlencode()
    if (
        kept
        and kept["path"] == request.path
        and constant_time_compare(token, kept["token"])
        and recently_confirmed(request)
    ):
        request.method = request.META["REQUEST_METHOD"] = "POST"
        request.POST = QueryDict(kept["post"])
