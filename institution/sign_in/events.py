"""What the libraries tell: a sign-in begins a session's time, a change of second factors is history.

The one place of signals: the libraries offer no other way to hear of them.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext as _

from institution.sign_in import services
from institution.sign_in.confirming import begin


def signed_in(*, request: Any, **_signal: Any) -> None:
    begin(request)


def used(*, request: Any, user: Any, authenticator: Authenticator, **_signal: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        services.recovery_code_used(person=user, base=request.build_absolute_uri("/"), by=user)


def added(*, user: Any, authenticator: Authenticator, **_signal: Any) -> None:
    services.note(
        person=user, by=user, reason=_("Second step added: %(kind)s") % {"kind": name(authenticator)}
    )


def removed(*, user: Any, authenticator: Authenticator, **_signal: Any) -> None:
    services.note(
        person=user, by=user, reason=_("Second step removed: %(kind)s") % {"kind": name(authenticator)}
    )


def reset(*, user: Any, authenticator: Authenticator, **_signal: Any) -> None:
    services.note(person=user, by=user, reason=_("New recovery codes made"))


def name(authenticator: Authenticator) -> str:
    kinds = {
        Authenticator.Type.TOTP: _("authenticator app"),
        Authenticator.Type.WEBAUTHN: _("passkey"),
        Authenticator.Type.RECOVERY_CODES: _("recovery codes"),
    }
    return kinds[Authenticator.Type(authenticator.type)]


def listen() -> None:
    user_logged_in.connect(signed_in, dispatch_uid="session")
    signals.authenticator_used.connect(used, dispatch_uid="history")
    signals.authenticator_added.connect(added, dispatch_uid="history")
    signals.authenticator_removed.connect(removed, dispatch_uid="history")
    signals.authenticator_reset.connect(reset, dispatch_uid="history")
