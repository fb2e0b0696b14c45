"""An empty installation is made ready with one command, and only an empty one."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from institution.models import Municipality, User
from tests.factories.base import PASSWORD, person

pytestmark = pytest.mark.django_db
ARGS = {"municipality": "Karesi Belediyesi", "name": "Orhan Işık", "email": "orhan@karesi.bel.tr"}


def run(monkeypatch, password=PASSWORD):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("first_account", **ARGS, stdout=io.StringIO())


def test_the_director_signs_in_and_opens_accounts(monkeypatch):
    run(monkeypatch)
    client = Client()
    client.post("/accounts/login/", {"login": ARGS["email"], "password": PASSWORD})
    assert client.get("/people/add/").status_code == 200
    assert Municipality.objects.get().name == "Karesi Belediyesi"
    assert "Paydaş analizi" in client.get("/reports/templates/").content.decode()


def test_a_weak_password_leaves_everything_empty(monkeypatch):
    with pytest.raises(CommandError):
        run(monkeypatch, "kısa")
    assert not User.objects.exists()
    assert not Municipality.objects.exists()


def test_a_second_run_is_refused(monkeypatch):
    person()
    with pytest.raises(CommandError):
        run(monkeypatch)
