"""Writes around an account's way in. Each leaves a row in the person's history; no secret enters it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from common import history
from common.decisions import Invalid
from common.history import service
from institution import services as institution
from institution.models import User
from institution.sign_in import endings, letters, sessions


@service
def open_account(*, base: str, by: Any, **fields: Any) -> User:
    """A new person's account without a password, and the invitation by which they choose one."""
    person = institution.add_person(by=by, **fields)
    invite(person=person, base=base, by=by)
    return person


@service
def change_person(*, person: User, base: str, by: Any, **fields: Any) -> User:
    """What the page of the person changes. Of another address the one before it hears by mail."""
    person.refresh_from_db(from_queryset=User.objects.select_for_update(no_key=True))
    was = person.email
    institution.change_person(person=person, by=by, **fields)
    if person.email != was:
        said = {"email": person.email, "by": by.get_full_name()}
        letters.tell_former_addresses(person, base=base, by=by, what="address_changed", said=said)
    return person


@service
def invite(*, person: User, base: str, by: Any) -> str:
    """A letter with a one-time link by which the person chooses their password; again as often as asked.

    Gives which letter it is: "invitation" until a password was chosen, then "password".
    """
    if not person.is_active:
        raise Invalid(_("The account is closed; open it first."))
    kind = "password" if person.has_usable_password() else "invitation"
    letters.post(kind, person, base=base, by=by)
    reason = _("Link for a new password sent") if kind == "password" else _("Invitation sent")
    note(person=person, reason=reason, by=by)
    return kind


@service
def note(*, person: User, reason: str, by: Any) -> None:
    """A row in the person's history for what stands in a table of the library."""
    history.record(person)


@service
def recovery_code_used(*, person: User, base: str, by: Any) -> None:
    """In place of the second step: the person hears of it, since a sheet of codes is easily found."""
    note(person=person, reason=_("Recovery code used"), by=by)
    letters.post("notice", person, base=base, by=by, what="recovery_code_used")


@service
def end_sessions(*, person: User, by: Any, but: str | None = None, only: int | None = None) -> int:
    """End sessions of the person (see sessions.end); how many ended. None to end is no act."""
    ended = sessions.end(person, why=endings.ELSEWHERE, but=but, only=only)
    if ended:
        note(person=person, reason=_("Sessions ended: %(n)d") % {"n": ended}, by=by)
    return ended


@service
def remove_factors(*, person: User, base: str, by: Any) -> None:
    """For who lost phone and codes: take the second steps away; the next sign-in asks for new ones where
    they are demanded. The person hears of it by mail."""
    if person == by:
        raise Invalid(_("You manage your own second step on the page of your account."))
    removed, _rows = Authenticator.objects.filter(user=person).delete()
    if not removed:
        raise Invalid(_("The account has no second step."))
    sessions.end(person, why=endings.FACTORS)
    note(person=person, reason=_("Second steps of the sign-in removed"), by=by)
    letters.post("notice", person, base=base, by=by, what="factors_removed")
