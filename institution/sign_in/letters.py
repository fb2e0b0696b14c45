"""Letters about an account: an invitation, a link for a new password, news of a change.

They are written by the worker, so that no page waits for a mail server, and so that the sign-in
page takes as long for an address that nobody has as for one that somebody has.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from common import jobs
from institution.models import Municipality, User

JOB = "institution.letter"
# What the library calls a change, and what the letter says of it.
NOTICES = {
    "account/email/password_changed": _("The password of your account was changed."),
    "account/email/password_reset": _(
        "The password of your account was changed by a link sent to this address."
    ),
    "mfa/email/totp_activated": _("Codes of an authenticator app were set up for your account."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed from your account."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was removed from your account."),
    "mfa/email/recovery_codes_generated": _(
        "New recovery codes were made for your account; the old ones are void."
    ),
    "factors_removed": _(
        "The second steps of your sign-in (app, passkeys, codes) were removed by an administrator."
    ),
}


def post(kind: str, person: User | None, *, base: str, by: Any, what: str = "") -> None:
    """Have a letter written: "invitation", "password" or "notice" (`what` is a key of NOTICES).

    `base` is the address under which the installation was reached. For nobody, the work is to do nothing.
    """
    args = {"kind": kind, "person": person and person.pk, "base": base, "what": what}
    jobs.enqueue(kind=JOB, key=secrets.token_hex(16), args=args, by=by)


def send(*, kind: str, person: int | None, base: str, what: str = "") -> None:
    """Write the letter and hand it to the mail server, in the reader's language. The link is made only
    here: it stands in no table. Who was closed meanwhile gets none."""
    reader = User.objects.filter(pk=person, is_active=True).first()
    if reader is None:
        return
    with translation.override(reader.language):
        context = {
            "municipality_name": municipality_name(),
            "link": urljoin(base, link_path(reader)),
            "login": urljoin(base, settings.LOGIN_URL),
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
            "what": NOTICES.get(what, ""),
        }
        subject, _line, body = render_to_string(f"emails/{kind}.txt", context).strip().partition("\n")
        EmailMessage(
            f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", body.strip(), to=[reader.email]
        ).send()


def link_path(person: User) -> str:
    """The one-time address where the person chooses a password."""
    return reverse(
        "account_reset_password_from_key",
        args=[user_pk_to_url_str(person), default_token_generator.make_token(person)],
    )


def municipality_name() -> str:
    municipality = Municipality.objects.first()
    return municipality.name if municipality else settings.MUNICIPALITY_NAME
