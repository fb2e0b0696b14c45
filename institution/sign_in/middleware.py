"""How long a session lasts, and who must have a second factor before anything else."""

from __future__ import annotations

import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from common.decisions import Refused
from common.middleware import asked_by_script
from institution.sign_in import endings, factors
from institution.sign_in.confirming import SEEN, SIGNED_IN, begin

PRECISION = 60  # seconds; so seldom the store is written for a sign of life


class SessionLimitsMiddleware:
    """Ends a session that was idle too long, and any session in the end; has the next page say why one ended.

    A page that asks for news by itself is no sign of life; opening one, sending or saving is.
    Stands after AuthenticationMiddleware and before whatever asks who is there.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self.check(request)
        else:
            self.explain(request)
        return self.get_response(request)

    @staticmethod
    def explain(request) -> None:
        """For a browser that shows the key of a session that is gone."""
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if key and request.session.is_empty() and (ended := endings.find(key)):
            endings.tell(request, *ended)

    @staticmethod
    def check(request) -> None:
        now = time.time()
        began = request.session.get(SIGNED_IN)
        if began is None:  # begun by an older version of the program
            begin(request)
            return
        seen = request.session.get(SEEN, began)
        if ended := endings.run_out(began, seen):
            logout(request)
            endings.tell(request, *ended)
        elif now - seen > PRECISION and not (request.method == "GET" and asked_by_script(request)):
            request.session[SEEN] = now
            rows = UserSession.objects.filter(session_key=request.session.session_key)
            rows.update(last_seen_at=timezone.now())


class FactorMiddleware(MiddlewareMixin):
    """Who must have a second factor and has none is led to set one up, and can do nothing else.

    Stands after LoginRequiredMiddleware and PeriodMiddleware (which reads the rights).
    """

    OPEN = {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "openid_connect_login",
        "openid_connect_callback",
        "language",
        "theme",
        "session",
    }

    def process_view(self, request, view, args, kwargs):
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        request.lacks_factor = factors.lacks_factor(request.user)  # the page of the account says so
        if not request.lacks_factor or request.resolver_match.url_name in self.OPEN:
            return None
        if asked_by_script(request):
            raise Refused(_("Set up a second sign-in step first; your seat requires it."))
        return redirect("mfa_index")
