"""Small promises of docs/security.md that no other test keeps, each through the door that people use."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from common.history import service
from institution.models import User
from tests.factories.base import PASSWORD, person

pytestmark = pytest.mark.django_db
ODD = "  İğde, kavak ve ÇINAR 41  "  # spaces at both ends, letters that other alphabets fold


def signs_in(client, who, password) -> bool:
    cache.clear()
    client.post(reverse("account_login"), {"login": who.email, "password": password})
    return "_auth_user_id" in client.session


def test_a_fresh_installation_has_no_account():
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.env",
        "/manage.py",
        "/admin/",
        "/static/",
        "/static/../manage.py",
        "/static/%2e%2e/manage.py",
        "/media/",
        "/var/db.sqlite3",
        "/staticfiles/staticfiles.json",
        "/docs/",
        "/silk/",
        "/__debug__/",
    ],
)
def test_what_is_not_published_is_not_there(production, over_https, officer, path):
    assert over_https(officer).get(path).status_code == 404


def test_a_request_is_never_echoed(production, over_https, officer):
    answer = over_https(officer).trace("/", headers={"X-Secret": "gizli"})
    assert answer.status_code == 405 and b"gizli" not in answer.content


SAID = ("confinement", "scanner")  # words for who operates, of no use to who attacks


def test_machines_that_ask_for_health_are_not_led_elsewhere_and_told_little(production, client):
    answer = client.get("/health/ready/")  # over http, from inside
    assert answer.status_code in (200, 503)
    assert {type(told) for name, told in answer.json().items() if name not in SAID} == {bool}


@pytest.mark.parametrize("name", ["account_login", "account_change_password", "account_reauthenticate"])
def test_password_fields_are_masked_and_take_a_paste(production, over_https, officer, name):
    page = over_https(officer if name != "account_login" else None).get(reverse(name)).text
    fields = re.findall(r"""<input[^>]*name="[a-z]*password[^>]*>""", page)
    assert fields
    for field in fields:
        assert 'type="password"' in field and "maxlength" not in field
        assert re.search(r'autocomplete="(current|new)-password"', field)
    assert "onpaste" not in page


def test_a_password_counts_exactly_as_it_was_typed(client):
    who = person(password=ODD)
    for other in (ODD.strip(), ODD.lower(), ODD[:-1], ODD.replace("İ", "I")):
        assert not signs_in(client, who, other)
    assert signs_in(client, who, ODD)


def test_a_password_of_ten_years_ago_still_opens(client):
    who = person()
    with time_machine.travel(timezone.now() + dt.timedelta(days=3650)):
        assert signs_in(client, who, PASSWORD)


def test_each_page_of_a_person_offers_to_sign_out(production, over_https, officer):
    for path in ("/", "/files/", reverse("account_change_password")):
        assert f'action="{reverse("account_logout")}"' in over_https(officer).get(path).text


def test_after_signing_out_the_old_cookie_opens_nothing(production, over_https, officer):
    client = over_https(officer)
    kept = client.cookies["__Host-sid"].value
    client.post(reverse("account_logout"))
    client.cookies["__Host-sid"] = kept
    assert client.get("/files/").status_code == 302


def test_a_letter_takes_no_second_header(production, over_https, sysadmin):
    typed = {"full_name": "Ayşe Yılmaz", "title": "Uzman", "email": "a@ornek.bel.tr\nBcc: b@ornek.bel.tr"}
    answer = over_https(sysadmin).post(reverse("institution:person_add"), typed)
    assert answer.status_code in (200, 422)
    assert not User.objects.filter(email__startswith="a@").exists()


def test_what_people_write_is_shown_as_words(production, over_https, house):
    house.team_chair.full_name = house.group.name = (
        "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    )

    @service
    def rename(*, by):
        house.group.save()

    rename(by=house.officer)
    page = over_https(house.officer).get(reverse("teams:body", args=[house.group.pk])).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page and "<img src=x" not in page
