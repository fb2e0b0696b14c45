"""A fault shows an incident number and nothing else; the log has it once, with the trace."""

from __future__ import annotations

import re

import pytest
from django.db import OperationalError
from django.urls import reverse

from documents.reports.models import Comment
from tests.factories import reports as make
from tests.factories.base import PASSWORD

pytestmark = pytest.mark.django_db
DETAIL = "gizli-ayrıntı"
SCRIPT = {"X-Requested-With": "fetch"}
HTMX = {"HX-Request": "true"}


def broken(*_args, **_kwargs):
    raise RuntimeError(f"{DETAIL} TABLO kisi")


def gone(*_args, **_kwargs):
    raise OperationalError(f"{DETAIL} connection to 10.0.0.5 failed")


# where it breaks, what is replaced, by what, and the request
PLACES = {
    "view": ("documents.files.views.RoomForm", broken, lambda c: c.get("/files/")),
    "fragment": ("documents.files.views.RoomForm", broken, lambda c: c.get("/files/", headers=HTMX)),
    "template": ("institution.models.User.get_full_name", broken, lambda c: c.get("/files/")),
    "template of all pages": ("common.templatetags.kp._drawn", broken, lambda c: c.get("/files/")),
    "context": ("karesi_plan.context.grants.held", broken, lambda c: c.get("/accounts/logout/")),
    "middleware": ("institution.middleware.current_of", broken, lambda c: c.get("/files/")),
    "database": ("django.contrib.sessions.backends.db.SessionStore.load", gone, lambda c: c.get("/files/")),
    "service": ("common.preferences.choose", broken, lambda c: c.post("/theme/", {"theme": "dark"})),
    "download": ("documents.files.views.get_object_or_404", broken, lambda c: c.get("/files/1/")),
    "job": ("common.jobs.views.get_object_or_404", broken, lambda c: c.get("/jobs/1/")),
    "job, fragment": (
        "common.jobs.views.get_object_or_404",
        broken,
        lambda c: c.get("/jobs/1/", headers=HTMX),
    ),
    "sign-in": (
        "allauth.account.auth_backends.AuthenticationBackend.authenticate",
        broken,
        lambda c: c.post(reverse("account_login"), {"login": "a@ornek.bel.tr", "password": PASSWORD}),
    ),
    "JSON": ("common.views.get_token", broken, lambda c: c.get("/session/", headers=SCRIPT)),
    "error page": ("common.views.render", broken, lambda c: c.get("/static/olmayan.js")),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_fault_tells_its_number_and_nothing_else(
    production, over_https, house, officer, log, monkeypatch, place
):
    target, instead, ask = PLACES[place]
    client = over_https(None if place == "sign-in" else officer)
    monkeypatch.setattr(target, instead)
    answer = ask(client)

    assert answer.status_code == 500
    page = answer.content.decode()
    [number] = set(re.findall(r"\b[0-9a-f]{8}\b", re.sub(r"<head>.*</head>", "", page, flags=re.DOTALL)))
    for word in (
        DETAIL,
        "SELECT",
        "10.0.0.5",
        "Traceback",
        "RuntimeError",
        "OperationalError",
        ".py",
        "Django",
    ):
        assert word not in page
    if answer.wsgi_request.headers.get("HX-Request") or answer.wsgi_request.headers.get("X-Requested-With"):
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert "<" not in page

    [told] = [line for line in log.lines if line["level"] == "ERROR"]
    assert told["incident"] == number and number in told["message"]
    assert DETAIL in told["trace"] and "Traceback" in told["trace"]
    assert [line for line in log.lines if number in str(line)] == [told]
    [access] = log.by("karesi.access")
    assert access["status"] == 500 and access["request"] == told["request"]


def test_the_number_stands_in_the_page_of_every_day(production, over_https, officer, monkeypatch):
    monkeypatch.setattr("documents.files.views.RoomForm", broken)
    answer = over_https(officer).get("/files/")
    assert re.search(r'<b class="num">[0-9a-f]{8}</b>', answer.text) and '<html lang="tr"' in answer.text


def test_words_remain_when_what_all_pages_are_made_of_is_broken(production, over_https, officer, monkeypatch):
    monkeypatch.setattr("common.templatetags.kp._drawn", broken)
    answer = over_https(officer).get("/files/")
    assert re.fullmatch(r"Sistemde bir hata oluştu\. Olay numarası: [0-9a-f]{8}", answer.text)


def test_a_fault_in_one_request_is_not_told_with_the_next(production, over_https, officer, log, monkeypatch):
    client = over_https(officer)
    with monkeypatch.context() as patch:
        patch.setattr("documents.files.views.RoomForm", broken)
        client.get("/files/")
    over_https().get(reverse("account_login"))
    first, second = log.by("karesi.access")
    assert first["actor"] == officer.pk and "actor" not in second
    assert first["request"] != second["request"]


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "rot13", "idna"])
def test_a_charset_that_no_page_of_ours_sends_is_refused_and_is_no_fault(client, charset):
    body = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\na\\ud800b\r\n--x--\r\n'
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    answer = client.generic("POST", "/accounts/login/", body, content_type=kind)
    assert answer.status_code == 400


@pytest.mark.parametrize("sent", ["address", "form", "form by a script"])
def test_a_nul_is_refused_in_a_sentence_and_is_no_fault(house, enter, sent):
    """PostgreSQL takes none in a text and SQLite does: neither is asked."""
    report = make.requested(house.group)
    client, section = enter(house.rapporteur), f"/reports/{report.pk}/sections/1/"
    if sent == "address":
        answer = client.get(f"/reports/{report.pk}/find/", {"q": "a\0b"})
    else:
        headers = SCRIPT if sent == "form by a script" else {}
        answer = client.post(f"{section}comments/", {"text": "a\0b"}, headers=headers)
    assert answer.status_code == 400
    assert "İstek anlaşılamadı" in answer.content.decode()
    assert not Comment.objects.exists()
