"""Forms of the sign-in library where ours differ."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, TOTP
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.history import SystemActor
from institution.sign_in import letters, sealing

DOOR = SystemActor("Oturum açma")


class ResetPasswordForm(account.ResetPasswordForm):
    """The letter is left to the worker, also for an address that nobody has: both answers take as long."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        person = self.users[0] if self.users else None
        letters.post("password", person, base=request.build_absolute_uri("/"), by=DOOR)
        return self.cleaned_data["email"]


class ChoosePasswordForm(account.ResetPasswordKeyForm):
    """By the link of a letter. Who was invited chooses their first: nothing about it is new."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_first = bool(self.user and not self.user.has_usable_password())
        if self.is_first:
            self.fields["password1"].label = _("Password")
            self.fields["password2"].label = _("Password (again)")


class UserTokenForm(account.UserTokenForm):
    """The link of a letter: worth nothing once the account is closed, also one that was sent before."""

    def _get_user(self, uidb36: str) -> Any:
        person = super()._get_user(uidb36)
        return person if person and person.is_active else None


class ActivateTOTPForm(totp.ActivateTOTPForm):
    """Between showing and confirming the seed waits in the session, sealed as it will be in its table."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session = context.request.session
        if sealed := session.get(SECRET_SESSION_KEY):
            session[SECRET_SESSION_KEY] = sealing.unseal(sealed)
        super().__init__(*args, **kwargs)
        session[SECRET_SESSION_KEY] = sealing.seal(self.secret)
        self.fields["code"].label = _("Code of the app")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        """Shown here it counts no more at the door."""
        code = super().clean_code()
        TOTP(Authenticator(user=self.user))._mark_code_used(code)
        return code


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """Always a passkey: it knows the account and asks for finger, face or PIN, so it alone signs in."""

    name = forms.CharField(
        label=_("Name of the device"),
        max_length=60,
        required=False,
        help_text=_("For your own list: “my phone”, “office computer”."),
    )
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True, required=False)

    def clean(self) -> dict:
        self.cleaned_data["passwordless"] = True  # whatever the page sent
        return super().clean()
