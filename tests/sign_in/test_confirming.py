"""An act that weighs asks who is there once more, keeps what was typed, and then goes on by itself."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.urls import get_resolver
from django.utils import timezone

from institution.models import User
from tests.factories.base import PASSWORD, person, seat

pytestmark = pytest.mark.django_db
NEW = {"full_name": "Yeni Kişi", "email": "yeni@ornek.bel.tr", "title": "Uzman", "unit": ""}


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as travelling:
        yield travelling


@pytest.fixture
def late(knock, clock):
    """The client of somebody who signed in sixteen minutes ago."""

    def sixteen_minutes_in(person):
        client = knock(person).client
        clock.shift(dt.timedelta(minutes=16))
        return client

    return sixteen_minutes_in


def test_just_after_the_sign_in_nobody_is_asked(knock, sysadmin, clock):
    client = knock(sysadmin).client
    clock.shift(dt.timedelta(minutes=14))
    done = client.post("/people/add/", NEW)
    assert done.headers["Location"] == f"/people/{User.objects.get(email=NEW['email']).pk}/"


def test_later_the_password_is_asked_for_and_the_act_is_then_done_by_itself(late, sysadmin):
    client = late(sysadmin)
    asked = client.post("/people/add/", NEW)
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/?next=%2Fpeople%2Fadd%2F")
    assert not User.objects.filter(email=NEW["email"]).exists()
    answer = confirm(client, asked)
    opened = User.objects.get(email=NEW["email"])
    assert opened.full_name == "Yeni Kişi"
    assert answer.redirect_chain[-1][0] == f"/people/{opened.pk}/"


def test_the_page_that_asks_names_the_act_and_leads_back_to_where_it_was_begun(late, sysadmin):
    client = late(sysadmin)
    begun = "http://testserver/people/add/"
    asked = client.post("/people/add/", NEW, headers={"Referer": begun}).headers["Location"]
    again = client.post(asked, {"password": "yanlış", "next": way_back(asked)})
    for page in (client.get(asked), again):
        assert "İşlem: Hesap açma" in page.text
        assert f'href="{begun}"' in page.text
    assert "Hesap açma" not in client.get("/accounts/reauthenticate/?next=/").text


@pytest.mark.parametrize("elsewhere", ["https://saldirgan.example/people/", "javascript:alert(1)", ""])
def test_back_is_never_to_another_site(late, sysadmin, elsewhere):
    client = late(sysadmin)
    asked = client.post("/people/add/", NEW, headers={"Referer": elsewhere}).headers["Location"]
    assert 'href="/">Vazgeç ve geri dön' in client.get(asked).text


def test_a_member_sees_which_vote_is_about_to_be_cast(late, house):
    asked = (client := late(house.council_member)).post("/meetings/votes/1/cast/", {"choice": "against"})
    assert "İşlem: Oyunuz: Ret" in client.get(asked.headers["Location"]).text


def test_what_was_typed_wrongly_is_still_there_to_be_mended(late, sysadmin):
    client = late(sysadmin)
    asked = client.post("/people/add/", {**NEW, "email": "kim"})
    answer = confirm(client, asked)
    assert answer.status_code == 422
    assert answer.request["PATH_INFO"] == "/people/add/"
    assert 'value="Yeni Kişi"' in answer.text
    assert client.post("/people/add/", NEW).status_code == 302


def test_a_wrong_password_does_nothing(late, sysadmin):
    client = late(sysadmin)
    asked = client.post("/people/add/", NEW)
    confirm(client, asked, password="yanlış")
    client.get(way_back(asked.headers["Location"]))
    assert not User.objects.filter(email=NEW["email"]).exists()


def test_the_way_back_counts_once_and_for_its_own_page(late, sysadmin):
    client = late(sysadmin)
    asked = client.post("/people/add/", NEW)
    back = way_back(asked.headers["Location"])
    confirm(client, asked)
    person = User.objects.get(email=NEW["email"])
    assert client.get(back).status_code == 200  # the empty form
    assert client.get(back.replace("/people/add/", f"/people/{person.pk}/account/")).status_code == 405
    assert person.is_active


def test_a_form_that_was_given_up_is_not_sent_by_a_later_visit(late, sysadmin):
    client = late(sysadmin)
    client.post("/people/add/", NEW)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/people/add/").status_code == 200
    assert client.get("/people/add/?confirmed=guessed").status_code == 200
    assert not User.objects.filter(email=NEW["email"]).exists()


def test_a_code_serves_as_well(late, knock, sysadmin, app, clock):
    own = app(sysadmin)
    client = knock(sysadmin).client
    client.post("/accounts/2fa/authenticate/", {"code": own.code()})
    clock.shift(dt.timedelta(minutes=16))
    asked = client.post("/people/add/", NEW)
    asked.headers["Location"] = asked.headers["Location"].replace("/reauth", "/2fa/reauth")
    confirm(client, asked, code=own.code())
    assert User.objects.filter(email=NEW["email"]).exists()


def test_a_script_is_told_in_words(late, sysadmin):
    answer = late(sysadmin).post("/people/add/", NEW, headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert "kimliğinizi yeniden doğrulayın" in answer.text


# Every address by which one votes, approves, changes a right or a value of the law. One that is added to these rooms and
# does not ask stands out in the matrix of access; one that stops asking, here.
WEIGHTY = [
    "institution:legal_value",
    "institution:person_add",
    "institution:person_edit",
    "institution:person_invite",
    "institution:person_factors",
    "institution:person_account",
    "teams:body_add",
    "teams:body_edit",
    "teams:body_dissolve",
    "teams:term_add",
    "teams:term_edit",
    "teams:seat_add",
    "teams:seat_end",
    "teams:seat_delegate",
    "teams:seat_return",
    "teams:hand_over",
    "drafts:endorse",
    "drafts:approve",
    "meetings:open_vote",
    "meetings:cast",
    "meetings:ballots",
    "meetings:close_vote",
    "meetings:cancel_vote",
]


@pytest.mark.parametrize("name", WEIGHTY)
def test_every_act_that_weighs_asks(name, late, sysadmin):
    space, _colon, plain = name.partition(":")
    _prefix, resolver = get_resolver().namespace_dict[space]
    route = resolver.reverse_dict.getlist(plain)[0][0][0][0]
    path = "/" + re.sub(r"%\(\w+\)s", "1", route)
    answer = late(sysadmin).post(path, {})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")


def way_back(asked: str) -> str:
    """Where the page that asks leads on to."""
    return parse_qs(urlsplit(asked).query)["next"][0]


def confirm(client, answer, **given):
    """Says who is there, as the page asks it, and goes where that leads."""
    asked = answer.headers["Location"]
    page = client.get(asked)
    assert f'name="next" value="{way_back(asked)}"' in page.text
    return client.post(asked, {**(given or {"password": PASSWORD}), "next": way_back(asked)}, follow=True)


class TestWhomTheHousesProviderKnows:
    """They have neither a password here nor, yet, a second step, and could be asked for nothing."""

    ADDRESSES = ("/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/keys/add/")

    @pytest.fixture
    def member(self, house):
        known = person(password=None)
        seat(house.group, known)
        return known

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_a_second_step_is_added_after_the_provider_was_asked_again(
        self, member, enter, clock, settings, address
    ):
        settings.OIDC_SERVER_URL = "https://kimlik.ornek.bel.tr"
        client = enter(member)
        clock.shift(dt.timedelta(minutes=16))
        asked = client.post(address, {"code": "000000", "name": "Cihaz", "credential": "{}"})
        assert asked.headers["Location"].startswith("/accounts/oidc/house/login/?auth_params=prompt%3Dlogin")
        assert not Authenticator.objects.exists()

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_where_nobody_can_be_asked_it_is_refused(self, member, enter, clock, address):
        client = enter(member)
        clock.shift(dt.timedelta(minutes=16))
        answer = client.post(address, {"code": "000000", "name": "Cihaz", "credential": "{}"})
        assert answer.status_code == 403
