"""How long a session lasts, and who can end it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.conf import settings as real
from django.test import Client

from institution import services as institution
from institution.sign_in import services
from tests.factories.base import BY, PASSWORD, person

pytestmark = pytest.mark.django_db
MINE = "/accounts/sessions/"
START = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
NEW = {"password1": "gürgen-söğüt-kestane-8", "password2": "gürgen-söğüt-kestane-8"}


@pytest.fixture
def member(house):
    return house.rapporteur


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as travelling:
        yield travelling


def is_in(client: Client) -> bool:
    return client.get(MINE).status_code == 200


def minutes(n: float) -> dt.timedelta:
    return dt.timedelta(minutes=n)


class TestTime:
    def test_the_documented_lengths(self):
        assert real.SESSION_IDLE_SECONDS == 30 * 60
        assert real.SESSION_ABSOLUTE_SECONDS == 10 * 3600
        assert real.ACCOUNT_REAUTHENTICATION_TIMEOUT == 15 * 60

    def test_half_an_hour_without_a_sign_of_life_ends_it(self, knock, clock, member):
        client = knock(member).client
        clock.shift(minutes(29))
        assert is_in(client)
        clock.shift(minutes(29))
        assert is_in(client)
        clock.shift(minutes(31))
        assert not is_in(client)
        clock.move_to(START + minutes(40))
        assert not is_in(client)  # it is gone, not hidden

    def test_a_page_that_asks_by_itself_is_no_sign_of_life(self, knock, clock, member):
        client = knock(member).client
        for _ in range(4):
            clock.shift(minutes(10))
            client.get("/session/", headers={"X-Requested-With": "fetch"})
        assert not is_in(client)

    def test_saving_by_script_is_one(self, knock, clock, member):
        client = knock(member).client
        for _ in range(4):
            clock.shift(minutes(20))
            client.post("/theme/", {"theme": "dark"}, headers={"X-Requested-With": "fetch"})
        assert is_in(client)

    def test_ten_hours_end_it_whatever_is_done(self, knock, clock, member):
        client = knock(member).client
        for _ in range(29):
            clock.shift(minutes(20))
            assert is_in(client)
        clock.shift(minutes(21))
        assert not is_in(client)

    def test_a_script_hears_401_so_that_nothing_typed_is_lost(self, knock, clock, member):
        client = knock(member).client
        clock.shift(minutes(31))
        answer = client.post("/reports/1/sections/1/save/", {"text": "x"}, headers={"HX-Request": "true"})
        assert (answer.status_code, answer.headers["HX-Trigger"]) == (401, "session-expired")


class TestWhy:
    """The sign-in page of the device that had the session says when and why it ended, and no other does."""

    def said(self, client: Client) -> str:
        """What the next page there says: whatever was asked for leads to the sign-in."""
        page = client.get("/bodies/", follow=True)
        assert page.request["PATH_INFO"] == "/accounts/login/"
        return page.text.partition('id="ended"')[2].partition("</div>")[0]

    def test_half_an_hour_without_a_sign_of_life(self, knock, clock, member):
        client = knock(member).client
        clock.shift(minutes(50))
        said = self.said(client)
        assert "23 Kasım 2026, 12.30" in said
        assert "30 dakika boyunca işlem yapılmadı" in said
        assert member.full_name not in said and member.email not in said
        assert said == self.said(client)  # also when the page is loaded again

    def test_ten_hours(self, knock, clock, member):
        client = knock(member).client
        for _ in range(29):
            clock.shift(minutes(20))
            is_in(client)
        clock.shift(minutes(21))
        said = self.said(client)
        assert "23 Kasım 2026, 22.00" in said
        assert "Bir oturum en çok 10 saat sürer" in said

    def test_the_next_day_when_nothing_of_it_is_kept_any_more(self, knock, clock, member):
        client = knock(member).client
        clock.shift(dt.timedelta(hours=20))
        assert "30 dakika boyunca işlem yapılmadı" in self.said(client)

    def test_a_script_that_hears_of_it_first_takes_nothing_from_the_page(self, knock, clock, member):
        client = knock(member).client
        clock.shift(minutes(31))
        client.get("/session/", headers={"X-Requested-With": "fetch"})
        assert "30 dakika boyunca işlem yapılmadı" in self.said(client)

    def test_from_another_device(self, knock, clock, member):
        there, here = (knock(member).client for _ in range(2))
        clock.shift(minutes(5))
        here.post(f"{MINE}end/")
        clock.shift(minutes(5))
        said = self.said(there)
        assert "23 Kasım 2026, 12.05" in said
        assert "Başka bir cihazdan sonlandırıldı" in said

    def test_a_new_password(self, knock, member):
        there, here = (knock(member).client for _ in range(2))
        here.post("/accounts/password/change/", {"oldpassword": PASSWORD, **NEW})
        assert is_in(here)
        assert "Hesabın parolası değiştirildi" in self.said(there)

    def test_a_closed_account(self, knock, member):
        client = knock(member).client
        institution.close_account(person=member, by=BY)
        assert "Hesap kapatıldı" in self.said(client)

    def test_nothing_is_said_to_others(self, knock, member):
        visitor = Client()
        left = knock(member).client
        left.post("/accounts/logout/")
        knock(member)
        services.end_sessions(person=member, by=member)
        for client in (visitor, left, Client(headers={"Cookie": "sessionid=" + "a" * 32})):
            assert self.said(client) == ""

    def test_nor_any_more_once_somebody_signed_in(self, knock, member):
        client = knock(member).client
        services.end_sessions(person=member, by=member)
        assert self.said(client)
        knock(member, client=client)
        client.post("/accounts/logout/")
        assert self.said(client) == ""


class TestRotation:
    def test_the_key_changes_at_the_sign_in(self, knock, member):
        client = Client()
        client.get("/accounts/login/")
        session = client.session
        session["planted"] = True
        session.save()
        client.cookies["sessionid"] = before = session.session_key
        knock(member, client=client)
        assert client.cookies["sessionid"].value != before
        assert not is_in(Client(headers={"Cookie": f"sessionid={before}"}))

    def test_the_cookie_ends_with_the_browser_and_no_script_reads_it(self, knock, member):
        cookie = knock(member).client.cookies["sessionid"]
        assert (cookie["httponly"], cookie["samesite"], cookie["expires"]) == (True, "Lax", "")


class TestList:
    def test_says_where_the_account_is_open(self, knock, member):
        agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36"
        client = knock(member, HTTP_USER_AGENT=agent).client
        knock(member, HTTP_USER_AGENT="Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19 Safari/604.1")
        page = client.get(MINE).text
        assert "Chrome, Linux" in page
        assert "Safari, iPhone" in page
        assert page.count("Bu oturum") == 1

    def test_one_is_ended_and_the_others_go_on(self, knock, member):
        here, there, elsewhere = (knock(member).client for _ in range(3))
        rows = {session.row.session_key: session.row.pk for session in here.get(MINE).context["sessions"]}
        here.post(f"{MINE}end/", {"session": rows[there.session.session_key]})
        assert (is_in(here), is_in(there), is_in(elsewhere)) == (True, False, True)
        assert member.history.first().history_change_reason == "Sonlandırılan oturum sayısı: 1"

    def test_all_others_are_ended(self, knock, member):
        here, there, elsewhere = (knock(member).client for _ in range(3))
        here.post(f"{MINE}end/")
        assert (is_in(here), is_in(there), is_in(elsewhere)) == (True, False, False)

    @pytest.mark.parametrize("odd", ["", "x", "-1", "9" * 5000])
    def test_a_number_that_is_none_ends_nothing(self, knock, member, odd):
        here, there = knock(member).client, knock(member).client
        assert here.post(f"{MINE}end/", {"session": odd}).status_code == 302
        assert (is_in(here), is_in(there)) == (True, True)

    def test_nobody_ends_anothers(self, knock, member, house):
        here, theirs = knock(member).client, knock(house.officer).client
        row = theirs.get(MINE).context["sessions"][0].row
        here.post(f"{MINE}end/", {"session": row.pk})
        assert is_in(theirs)


class TestEnds:
    def test_a_closed_account_is_out_and_stays_out_when_it_is_opened_again(self, knock, member):
        client = knock(member).client
        institution.close_account(person=member, by=BY)
        assert not is_in(client)
        institution.open_account(person=member, by=BY)
        assert not is_in(client)

    def test_a_new_password_ends_the_others_and_not_this_one(self, knock, member):
        here, there = knock(member).client, knock(member).client
        here.post("/accounts/password/change/", {"oldpassword": PASSWORD, **NEW})
        assert (is_in(here), is_in(there)) == (True, False)
        assert len(here.get(MINE).context["sessions"]) == 1

    def test_an_administrators_removal_of_second_steps_ends_all(self, knock, app):
        other = person()
        client = knock(other).client
        app(other)
        services.remove_factors(person=other, base="https://plan.example/", by=BY)
        assert not is_in(client)
