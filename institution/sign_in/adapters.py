"""How the sign-in library (allauth) meets our accounts."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.turkish import ascii_fold
from institution import services
from institution.models import User
from institution.sign_in import letters, sealing
from institution.sign_in.confirming import recently_confirmed


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        """Accounts are made by the administrator, never by the visitor."""
        return False

    def authenticate(self, request, **credentials):
        """Sample people, whose passwords everybody knows, come in from this machine alone."""
        person = super().authenticate(request, **credentials)
        if person and person.is_demo and not ip_address(self.get_client_ip(request)).is_loopback:
            return None
        return person

    def _get_login_attempts_cache_key(self, request, **credentials: Any) -> str:
        """Wrong passwords count by the account alone. The library adds the host that the visitor names,
        and each spelling of it would begin a new count."""
        return ascii_fold(credentials.get("email", ""))

    def set_password(self, user, password: str) -> None:
        """Changed by the person, signed in or by the link in a letter: either way they are its author."""
        own = self.request.session.session_key if self.request.user == user else None
        services.set_password(person=user, password=password, by=user, session=own)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """One rule for the library's pages and for ours: see confirming.py."""
        return not recently_confirmed(self.request)

    def get_reauthentication_methods(self, user) -> list[dict]:
        """The quickest first: one tap for who has a passkey, else the password, else the house's own
        provider or directory for those whose password we do not know."""
        ways = {way["id"]: way for way in super().get_reauthentication_methods(user)}
        if user.is_authenticated and settings.LDAP_SERVER_URI:
            ways.setdefault(
                "reauthenticate", {"id": "reauthenticate", "url": reverse("account_reauthenticate")}
            )
        if user.is_authenticated and settings.OIDC_SERVER_URL:
            url = reverse("openid_connect_login", args=[settings.OIDC_ID])
            # Asked for by name, or the provider would answer from a session of its own.
            ways["openid"] = {"id": "openid", "url": f"{url}?auth_params=prompt%3Dlogin"}
        words = {
            "mfa_reauthenticate:webauthn": _("With a passkey"),
            "reauthenticate": _("With your password"),
            "mfa_reauthenticate": _("With a code"),
            "openid": settings.OIDC_NAME,
        }
        return [{**ways[name], "description": words[name]} for name in words if name in ways]

    def send_notification_mail(self, template_prefix: str, user, context=None, email=None) -> None:
        """News of a change goes to the person, by the worker."""
        base = self.request.build_absolute_uri("/")
        letters.post("notice", user, base=base, by=user, what=template_prefix)


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "The code is wrong or has expired. Type the code that the app shows now; "
            "if that fails too, check the clock of the phone."
        ),
        "passkey_refused": gettext_lazy("The passkey was not accepted. Use another one, or your password."),
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """The library calls a passkey that it does not know a wrong code too."""
        of_passkey = code == "incorrect_code" and "credential" in context.request.POST
        return super().validation_error("passkey_refused" if of_passkey else code, *args)

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def generate_authenticator_name(self, user, type: Authenticator.Type) -> str:
        return _("Passkey")


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Sign-in with the house's own OpenID provider: only for an account that exists, found by its address."""

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin) -> None:
        addresses = [address.email for address in sociallogin.email_addresses if address.verified]
        person = User.objects.active().filter(email__iexact=addresses[0]).first() if addresses else None
        if person is None:
            page = render(request, "socialaccount/unknown.html", {"name": settings.OIDC_NAME}, status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.user = person
        if request.user == person:  # already in: they only proved once more who they are
            record_authentication(request, person, "socialaccount", reauthenticated=True)
            # The library kept the address only because it is one of ours.
            raise ImmediateHttpResponse(
                redirect(sociallogin.get_redirect_url(request) or settings.LOGIN_REDIRECT_URL)
            )
