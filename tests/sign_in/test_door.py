"""Guessing is stopped before a password is hashed, and the door tells nobody who has an account."""

from __future__ import annotations

import re
import statistics
import time

import pytest
from django.contrib.auth import hashers
from django.test import Client

from tests.factories.base import PASSWORD, person

pytestmark = pytest.mark.django_db
TRIES = 100
ARGON2 = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.fixture
def hashed(monkeypatch):
    """Grows by one for each password that is hashed, to check one or to take as long as checking one."""
    seen = []
    encode = hashers.MD5PasswordHasher.encode

    def counted(self, password, salt):
        seen.append(1)
        return encode(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)
    return seen


class TestGuessing:
    """However many wrong tries in a minute, at most ten are hashed."""

    def tries(self, knock, addresses, **extra):
        client = Client()
        return [knock(address, "yanlış-parola-1", client=client, **extra) for address in addresses]

    def test_of_one_account(self, knock, hashed):
        victim = person()
        hashed.clear()
        answers = self.tries(knock, [victim] * TRIES)
        assert len(hashed) <= 10
        assert "Çok sayıda hatalı giriş denendi" in answers[-1].text

    def test_of_one_account_under_every_spelling_of_the_host_and_the_address(self, knock, settings):
        settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": None}
        victim = person(email="isil@ornek.bel.tr")
        spelled = ("isil@ornek.bel.tr", "ISIL@ornek.bel.tr", "İSIL@ornek.bel.tr")
        hosts = ("localhost", "localhost:1", "LOCALHOST:2", "localhost.")
        for host in hosts:
            for address in spelled:
                answer = knock(address, "yanlış-parola-1", HTTP_HOST=host)
        assert "Çok sayıda hatalı giriş denendi" in answer.text
        assert "Çok sayıda hatalı giriş denendi" in knock(victim, HTTP_HOST="127.0.0.1:9").text

    def test_of_many_accounts_from_one_address(self, knock, hashed):
        self.tries(knock, [f"kisi{n}@ornek.bel.tr" for n in range(TRIES)])
        assert len(hashed) <= 10

    def test_with_a_forged_forwarding_header(self, knock, hashed):
        for n in range(TRIES // 2):
            knock("kimse@ornek.bel.tr", "yanlış-parola-1", HTTP_X_FORWARDED_FOR=f"10.0.{n}.7")
            knock(f"k{n}@ornek.bel.tr", "yanlış-parola-1", HTTP_X_FORWARDED_FOR=f"10.1.{n}.7")
        assert len(hashed) <= 10

    def test_behind_our_proxy_what_the_visitor_forged_stands_before_what_the_proxy_says(
        self, knock, hashed, settings
    ):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        for n in range(TRIES // 2):
            knock(f"k{n}@ornek.bel.tr", "yanlış-parola-1", HTTP_X_FORWARDED_FOR=f"10.1.{n}.7, 203.0.113.9")
        assert len(hashed) <= 10

    def test_behind_our_proxy_visitors_do_not_lock_each_other_out(self, knock, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        member = person()
        self.tries(knock, [f"k{n}@ornek.bel.tr" for n in range(50)], HTTP_X_FORWARDED_FOR="203.0.113.9")
        assert knock(member, HTTP_X_FORWARDED_FOR="203.0.113.10").status_code == 302

    def test_forty_members_who_sit_behind_one_address_come_in_at_once(self, knock):
        assert {knock(person()).status_code for _ in range(40)} == {302}

    def test_by_the_old_password_of_an_open_session(self, enter, hashed):
        member = person()
        client = enter(member)
        hashed.clear()
        for _ in range(100):
            client.post(
                "/accounts/password/change/",
                {"oldpassword": "yanlış", "password1": PASSWORD, "password2": PASSWORD},
            )
            client.post("/accounts/reauthenticate/", {"password": "yanlış"})
        # Each try hashes the password that is there; the new one of a refused form is hashed by nobody.
        assert len(hashed) <= 10


class TestNames:
    def test_a_known_and_an_unknown_address_get_the_same_answer(self, knock):
        known = knock(person(), "yanlış-parola-1")
        unknown = knock("kimse@ornek.bel.tr", "yanlış-parola-1")
        assert known.status_code == unknown.status_code == 200
        assert same(known.text) == same(unknown.text)

    def test_a_new_password_is_promised_to_both_alike(self, letters):
        member = person()
        answers = [
            Client().post("/accounts/password/reset/", {"email": address}, follow=True)
            for address in (member.email, "kimse@ornek.bel.tr")
        ]
        assert answers[0].status_code == answers[1].status_code == 200
        assert same(answers[0].text) == same(answers[1].text)
        assert [letter.to for letter in letters()] == [[member.email]]

    def test_the_link_in_the_letter_begins_with_our_address_whatever_host_was_named(self, letters, settings):
        settings.PUBLIC_URL = "https://plan.ornek.bel.tr/"
        Client().post("/accounts/password/reset/", {"email": person().email}, HTTP_HOST="localhost:1")
        (letter,) = letters()
        assert "https://plan.ornek.bel.tr/accounts/password/reset/key/" in letter.body
        assert "localhost" not in letter.body

    @pytest.mark.parametrize("kind", ["known", "invited"])
    def test_the_median_time_is_the_same(self, knock, settings, kind):
        settings.PASSWORD_HASHERS = ARGON2
        settings.ACCOUNT_RATE_LIMITS = False
        member = person() if kind == "known" else person(password=None)
        # In rounds: what else the machine does disturbs some of them, a real difference shows in all.
        assert any(self.apart(knock, member.email, "kimse@ornek.bel.tr") < 0.10 for _ in range(4))

    def apart(self, knock, *addresses) -> float:
        """By how much of the second's the median times of the two addresses differ, asked in turn."""
        client = Client()
        times: dict[str, list[float]] = {address: [] for address in addresses}
        for turn in range(2 * 20):
            address = addresses[turn % 2]
            began = time.perf_counter()
            knock(address, "yanlış-parola-1", client=client)
            times[address].append(time.perf_counter() - began)
        known, unknown = (statistics.median(found) for found in times.values())
        return abs(known - unknown) / unknown


def same(text: str) -> str:
    """Without what a page has of its own each time: form tokens and what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    text = re.sub(r'"X-CSRFToken": "[^"]*"', "", text)
    return re.sub(r'value="[^"@]*@[^"]*"', "", text)
