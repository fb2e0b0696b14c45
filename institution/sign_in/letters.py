"""Letters about an account: an invitation, a link for a new password, news of a change.

They are written by the worker, so that no page waits for a mail server, and so that the sign-in
page takes as long for an address that nobody has as for one that somebody has.
"""

from __future__ import annotations

import datetime as dt
import secrets
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from common import jobs, mail
from common.history import SystemActor
from institution.models import Municipality, User

JOB = "institution.letter"
WORKER = SystemActor("Bildirim")
# So long a former address hears of the account: whoever moved it to take it over must still have a
# password chosen and a second step removed, and its owner may be on leave when the first letter comes.
FORMER = dt.timedelta(days=30)
# What the library calls a change, and what the letter says of it.
NOTICES = {
    "account/email/password_changed": _("The password of your account was changed."),
    "account/email/password_reset": _(
        "The password of your account was set with a link sent to this address."
    ),
    "mfa/email/totp_activated": _("Codes of an authenticator app were set up for your account."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed from your account."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was removed from your account."),
    "mfa/email/recovery_codes_generated": _(
        "New recovery codes were made for your account; the old ones are void."
    ),
    "recovery_code_used": _("One of your recovery codes was used in place of the second step."),
    "factors_removed": _(
        "The second steps of your sign-in (app, passkeys, codes) were removed by an administrator."
    ),
}
# What a former address reads instead, or alone.
FORMER_NOTICES = {
    "address_changed": _("The address of your account was changed to %(email)s by %(by)s."),
    "invitation": _("A link for choosing a password was sent to the new address of your account."),
    "password": _("A link for choosing a password was sent to the new address of your account."),
    "account/email/password_reset": _(
        "The password of your account was set with a link sent to its new address."
    ),
}
FORMER_SUBJECT = _("A change to the account that had this address")
FORMER_ADVICE = _(
    "If you did not ask for it, tell the IT directorate of the municipality at once. "
    "For %(days)d days after a change of address, news of the account comes to the former address too."
)


def post(kind: str, person: User | None, *, base: str, by: Any, what: str = "") -> None:
    """Have a letter written: "invitation", "password" or "notice" (`what` is a key of NOTICES).

    `base` is the address under which the installation was reached, as the visitor names it: where PUBLIC_URL
    is set, the links begin with that. For nobody, the work is to do nothing.
    """
    key, base = secrets.token_hex(16), settings.PUBLIC_URL or base
    args = {"kind": kind, "person": person and person.pk, "base": base, "what": what, "key": key}
    jobs.enqueue(kind=JOB, key=key, args=args, by=by)


def tell_former_addresses(
    person: User, *, base: str, by: Any, what: str, said: dict[str, str] | None = None, key: str = ""
) -> None:
    """Have the news written to each address that the account had lately: never a link, and each a work of
    its own, so that a mailbox that is gone holds no other letter up."""
    key = key or secrets.token_hex(16)
    args = {"kind": "former", "person": person.pk, "base": base, "what": what, "said": said or {}}
    for number, address in enumerate(former_addresses(person)):
        jobs.enqueue(kind=JOB, key=f"{key}-{number}", args={**args, "to": address}, by=by)


def former_addresses(person: User) -> list[str]:
    """Addresses that the account lost within the time of FORMER, as its history has them."""
    rows = person.history.order_by("history_id").values_list("history_date", "email")
    since = timezone.now() - FORMER
    lost = {was for (_at, was), (at, email) in pairwise(rows) if at >= since and was != email}
    return sorted(lost - {person.email})


def send(
    *,
    kind: str,
    person: int | None,
    base: str,
    what: str = "",
    key: str = "",
    to: str = "",
    said: dict[str, str] | None = None,
) -> None:
    """Write the letter and hand it to the mail server, in the reader's language. The link is made only
    here: it stands in no table. Who was closed meanwhile gets none, but a former address (`to`) its news.

    Former addresses are looked up here too, where nobody at the sign-in page can measure it.
    """
    reader = User.objects.filter(pk=person).first()
    if reader is None or not (reader.is_active or to):
        return
    if to:
        write_to_former(to, reader.language, what, said or {})
        return
    tell_former_addresses(reader, base=base, by=WORKER, what=what or kind, key=key)
    with translation.override(reader.language):
        context = {
            "municipality_name": municipality_name(),
            "link": urljoin(base, link_path(reader)),
            "login": urljoin(base, settings.LOGIN_URL),
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
            "what": NOTICES.get(what, ""),
        }
        mail.send(kind, context, to=reader.email)


def write_to_former(address: str, language: str, what: str, said: dict[str, str]) -> None:
    with translation.override(language):
        sentence = str({**NOTICES, **FORMER_NOTICES}.get(what, ""))
        context = {
            "subject": FORMER_SUBJECT,
            "what": sentence % said if said else sentence,
            "advice": FORMER_ADVICE % {"days": FORMER.days},
        }
        mail.send("former", context, to=address)


def link_path(person: User) -> str:
    """The one-time address where the person chooses a password."""
    return reverse(
        "account_reset_password_from_key",
        args=[user_pk_to_url_str(person), default_token_generator.make_token(person)],
    )


def municipality_name() -> str:
    municipality = Municipality.objects.first()
    return municipality.name if municipality else settings.MUNICIPALITY_NAME
