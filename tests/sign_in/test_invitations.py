"""An account is opened without a password; its owner chooses one by a link that counts once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from institution.models import User
from tests.factories.base import person

pytestmark = pytest.mark.django_db
NEW = {"password1": "gürgen-söğüt-kestane-8", "password2": "gürgen-söğüt-kestane-8"}


@pytest.fixture
def invited(enter, sysadmin, letters):
    """A person whom the administrator has just added, and the link in their letter."""
    enter(sysadmin).post("/people/add/", {"full_name": "Yeni Kişi", "email": "yeni@ornek.bel.tr"})
    return User.objects.get(email="yeni@ornek.bel.tr"), link_of(letters()[-1])


def link_of(letter) -> str:
    return re.search(r"http://testserver(/accounts/password/reset/key/\S+)", letter.body)[1]


def choose(link: str, client: Client | None = None):
    """Opens the link and chooses a password, as far as the page lets."""
    client = client or Client()
    page = client.get(link, follow=True)
    if page.context.get("token_fail"):
        return page
    return client.post(page.redirect_chain[-1][0], NEW)


def test_the_letter_names_the_municipality_and_the_hours(invited, mailoutbox):
    letter = mailoutbox[-1]
    assert letter.to == ["yeni@ornek.bel.tr"]
    assert letter.subject == "Karesi Plan: Davetiniz"
    assert "Örnek Belediyesi" in letter.body
    assert "24 saat" in letter.body


def test_by_the_link_a_password_is_chosen_that_signs_in(invited, knock):
    user, link = invited
    assert not user.has_usable_password()
    assert choose(link).status_code == 302
    assert knock(user, NEW["password1"]).status_code == 302
    reasons = [row.history_change_reason for row in user.history.order_by("history_id")]
    assert reasons[-2:] == ["Davet gönderildi", "Parola değiştirildi"]


def test_the_link_counts_once(invited):
    _user, link = invited
    choose(link)
    assert "Bu bağlantı artık geçerli değil" in choose(link).text


def test_an_expired_link_says_so_and_offers_a_new_one(invited, letters):
    user, link = invited
    with time_machine.travel(timezone.now() + dt.timedelta(hours=28)):
        page = choose(link)
        assert "Bu bağlantı artık geçerli değil" in page.text
        assert "/accounts/password/reset/" in page.text
        Client().post("/accounts/password/reset/", {"email": user.email})
        assert choose(link_of(letters()[-1])).status_code == 302


def test_it_is_sent_again_as_often_as_asked(invited, enter, sysadmin, letters):
    user, _link = invited
    enter(sysadmin).post(f"/people/{user.pk}/invite/")
    assert letters()[-1].subject == "Karesi Plan: Davetiniz"
    assert choose(link_of(letters()[-1])).status_code == 302
    enter(sysadmin).post(f"/people/{user.pk}/invite/")
    assert letters()[-1].subject == "Karesi Plan: Yeni parolanız"


def test_no_table_holds_the_link(invited):
    from tests.sign_in.test_factors import everything_stored

    _user, link = invited
    assert link.rpartition("-")[2].strip("/") not in everything_stored()


def test_who_was_closed_meanwhile_gets_no_letter(enter, sysadmin, letters):
    user = person(password=None)
    client = enter(sysadmin)
    client.post(f"/people/{user.pk}/invite/")
    client.post(f"/people/{user.pk}/account/", {"to": "closed"})
    assert not letters()


def test_only_who_manages_accounts_invites(enter, rapporteur, inspector, letters):
    user = person(password=None)
    assert enter(rapporteur).post(f"/people/{user.pk}/invite/").status_code == 404
    assert enter(inspector).post(f"/people/{user.pk}/invite/").status_code == 403
    assert not letters()


def test_opening_the_link_while_somebody_else_is_signed_in_signs_them_out(invited, enter, officer):
    user, link = invited
    client = enter(officer)
    choose(link, client)
    assert client.get("/accounts/sessions/").status_code == 302
