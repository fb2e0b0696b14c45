"""Every class of answer carries the headers that production promises: the Observatory's A+ and more."""

from __future__ import annotations

import os
import re
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.templatetags.static import static
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.middleware import POWERLESS
from documents.files import services
from documents.files.kinds import KINDS
from tests.factories.base import PASSWORD
from tests.factories.reports import PDF, upload
from tests.files import test_files as files
from tests.security.observatory import policy, score

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SCRIPT = {"X-Requested-With": "fetch"}
NAME = "Çalıştay tutanağı İĞŞüö"
CONTENT = {
    "pdf": PDF,
    "docx": files.DOCX,
    "xlsx": files.XLSX,
    "pptx": files.office("[Content_Types].xml", "ppt/presentation.xml"),
    "odt": files.ODT,
    "ods": files.office("mimetype", mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
    "png": files.PNG,
    "jpg": files.JPG,
    "jpeg": files.JPG,
    "csv": "Mahalle;Nüfus\r\n".encode(),
    "txt": "Açıklama".encode(),
}


@pytest.fixture
def answers(production, over_https, house, monkeypatch):
    """answers(name) is one answer of that class, as a browser gets it over https."""
    cache.clear()
    officer, stranger = over_https(house.officer), over_https()
    checked = over_https(house.officer, enforce_csrf_checks=True)

    def fault():
        monkeypatch.setattr("documents.files.views.RoomForm", None)
        return officer.get("/files/")

    def too_often():
        for number in range(30):
            answer = stranger.post(reverse("account_reset_password"), {"email": f"kisi{number}@ornek.bel.tr"})
        return answer

    def too_large(headers=None):
        return officer.post("/language/", {"next": "x" * (7 * 1024 * 1024)}, headers=headers)

    ways = {
        "page": lambda: officer.get("/"),
        "list": lambda: officer.get("/files/"),
        "focus page of a stranger": lambda: stranger.get("/accounts/login/"),
        "fragment": lambda: officer.get("/meetings/", headers=HTMX),
        "session as JSON": lambda: officer.get("/session/"),
        "no session as JSON": lambda: stranger.get("/session/"),
        "script without a session": lambda: stranger.get("/files/", headers=HTMX),
        "refused form": lambda: stranger.post(
            "/accounts/login/", {"login": house.officer.email, "password": "yanlış"}
        ),
        "signed in": lambda: stranger.post(
            "/accounts/login/", {"login": house.officer.email, "password": PASSWORD}
        ),
        "signed out": lambda: officer.post("/accounts/logout/"),
        "letter for a new password": lambda: stranger.post(
            "/accounts/password/reset/", {"email": house.officer.email}
        ),
        "spent link": lambda: stranger.get("/accounts/password/reset/key/1-spent/"),
        "redirect to sign-in": lambda: stranger.get("/files/"),
        "redirect after a form": lambda: officer.post("/theme/", {"theme": "dark"}),
        "redirect to a slash": lambda: officer.get("/files"),
        "health": lambda: stranger.get("/health/live/"),
        "readiness": lambda: stranger.get("/health/ready/"),
        "400 host": lambda: officer.get("/", SERVER_NAME="evil.example"),
        "400 host over http": lambda: Client().get("/", SERVER_NAME="evil.example"),
        "400 upload": lambda: officer.post("/theme/", b"--x", content_type="multipart/form-data"),
        "403": lambda: officer.get("/periods/open/"),
        "403 without a seat": lambda: over_https(house.stranger).get("/"),
        "403 form token": lambda: checked.post("/theme/", {"theme": "dark"}),
        "403 form token, script": lambda: checked.post("/theme/", {"theme": "dark"}, headers=SCRIPT),
        "404": lambda: officer.get("/olmayan/"),
        "404 of a stranger": lambda: stranger.get("/olmayan/"),
        "404 script": lambda: officer.get("/olmayan/", headers=HTMX),
        "404 static": lambda: stranger.get("/static/olmayan.js"),
        "405": lambda: officer.get("/theme/"),
        "405 script": lambda: officer.get("/theme/", headers=SCRIPT),
        "413": too_large,
        "413 script": lambda: too_large(SCRIPT),
        "429": too_often,
        "500": fault,
        "static style": lambda: stranger.get(static("kp.css")),
        "static script": lambda: stranger.get(static("app.js")),
        "static picture": lambda: stranger.get(static("mark.svg")),
    }

    def answer(name: str) -> HttpResponse:
        return ways[name]()

    answer.names = list(ways)
    return answer


STATUS = re.compile(r"\d{3}")
CLASSES = [
    "page",
    "list",
    "focus page of a stranger",
    "fragment",
    "session as JSON",
    "no session as JSON",
    "script without a session",
    "refused form",
    "signed in",
    "signed out",
    "letter for a new password",
    "spent link",
    "redirect to sign-in",
    "redirect after a form",
    "redirect to a slash",
    "health",
    "readiness",
    "400 host",
    "400 host over http",
    "400 upload",
    "403",
    "403 without a seat",
    "403 form token",
    "403 form token, script",
    "404",
    "404 of a stranger",
    "404 script",
    "404 static",
    "405",
    "405 script",
    "413",
    "413 script",
    "429",
    "500",
    "static style",
    "static script",
    "static picture",
]


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_of_answer_has_an_a_plus(answers, name):
    answer = answers(name)
    if status := STATUS.match(name):
        assert answer.status_code == int(status[0])
    bare = "over http" in name  # there a browser heeds no HSTS, and is told none
    assert score(answer) >= (80 if bare else 100)
    said = answer.headers
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["Cross-Origin-Opener-Policy"] == "same-origin"
    assert said["Cross-Origin-Resource-Policy"] == "same-origin"
    assert said["Referrer-Policy"] == "same-origin"
    if not bare:
        assert said["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    rules = policy(answer)
    assert rules["default-src"] == rules["object-src"] == rules["base-uri"] == {"'none'"}
    assert rules["frame-ancestors"] == {"'none'"}
    assert "unsafe" not in said["Content-Security-Policy"]
    allowed = {part for part in said["Permissions-Policy"].split(", ") if not part.endswith("=()")}
    assert allowed == {"publickey-credentials-create=(self)", "publickey-credentials-get=(self)"}
    if "static" not in name or STATUS.match(name):
        assert "no-store" in said["Cache-Control"]
    if answer.headers.get("Content-Type", "").startswith("text/") and answer.status_code != 204:
        assert "charset=utf-8" in said["Content-Type"].replace('"', "")


def test_every_way_is_tried(answers):
    assert answers.names == CLASSES


@pytest.mark.parametrize("extension", sorted(KINDS))
def test_a_download_of_any_kind_cannot_act(production, over_https, house, extension):
    stored = services.store(
        upload=upload(f"{NAME}.{extension}", CONTENT[extension]),
        body=house.group,
        by=house.rapporteur,
        now=timezone.now(),
    )
    answer = over_https(house.rapporteur).get(f"/files/{stored.pk}/")
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == POWERLESS
    assert {"sandbox", "default-src"} <= set(policy(answer)) and policy(answer)["sandbox"] == set()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    disposition = answer.headers["Content-Disposition"]
    kind, _, name = disposition.partition("; filename*=utf-8''")
    assert kind == "attachment" and unquote(name) == f"{NAME}.{extension}"
    assert score(answer) >= 100
    answer.close()


@pytest.mark.parametrize(
    "name", ["common:everything_table", "common:readings_table", "institution:access_table"]
)
def test_a_table_made_for_a_person_cannot_act_either(production, over_https, house, name):
    answer = over_https(house.officer).get(reverse(name))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="')
    assert answer.headers["Content-Security-Policy"] == POWERLESS
    assert answer.headers["Cache-Control"] == "no-store"
    assert score(answer) >= 100


def test_every_cookie_is_bound_to_the_host(production, over_https, house):
    """A whole visit: the sign-in page, both choices, sign-in, a message, sign-out."""
    client = over_https()
    for path, typed in [
        ("/accounts/login/", None),
        ("/language/", {"language": "en"}),
        ("/theme/", {"theme": "dark"}),
        ("/accounts/login/", {"login": house.officer.email, "password": PASSWORD}),
        ("/", None),
        ("/accounts/logout/", {}),
    ]:
        client.get(path) if typed is None else client.post(path, typed)
    assert {"__Host-sid", "__Host-csrf", "__Host-language", "__Host-theme"} >= set(client.cookies)
    assert len(client.cookies) >= 3
    for name, cookie in client.cookies.items():
        assert name.startswith("__Host-") and cookie["secure"] and cookie["path"] == "/"
        assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["domain"]


def test_http_is_led_to_https_before_anything_else(production, client, house):
    answer = client.get("/accounts/login/?next=/files/")
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        "https://testserver/accounts/login/?next=/files/",
    )
    assert not answer.cookies
    assert score(answer) >= 80  # the points for HSTS are for https alone


def test_without_a_proxy_nobody_is_believed_to_come_over_https(production, client):
    assert client.get("/accounts/login/", headers={"X-Forwarded-Proto": "https"}).status_code == 301


def test_a_static_file_is_kept_by_its_version_and_is_read_by_no_other_site(production, over_https):
    answer = over_https().get(static("kp.css"))
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_no_setting_of_production_leaks_into_other_runs(prod, settings):
    assert "upgrade-insecure-requests" in prod.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert "upgrade-insecure-requests" not in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert "MFA_KEY" not in os.environ
