"""The log: enough to follow what happened, and no personal data, key or line of a stranger's own."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import re
import subprocess
import sys

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from common import jobs
from common.logs import LONGEST, JsonLine, TextLine, clean
from tests.factories.base import PASSWORD
from tests.machine import ROOT

EMAIL, NUMBER, PHONE = "ayse.yilmaz@ornek.bel.tr", "10000000146", "+90 532 123 45 67"
KEY = "c9k2xq-0f3a9d1be27c4a5f8e6d7c8b9a0f1e2d"
SOUGHT = {
    "e-mail": re.compile(r"[\w.+-]+(?:@|%40)[\w-]+\.\w+"),
    "national number": re.compile(r"(?<!\d)[1-9]\d{10}(?!\d)"),
    "phone": re.compile(r"(?<!\d)(?:\+90|0)?[\s.-]?\(?5\d{2}\)?[\s.-]?\d{3}[\s.-]?\d{2}[\s.-]?\d{2}(?!\d)"),
    "key": re.compile(r"[0-9a-z]{32}|[0-9A-Za-z]{40}"),
}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (f"letter to {EMAIL} failed", "letter to [e-mail] failed"),
        ("q=ayse%40ornek.bel.tr", "q=[e-mail]"),
        (f"TCKN {NUMBER}, VKN 1234567890", "TCKN [number], VKN 1234567890"),
        ("TR330006100519786457841326", "[key]"),
        ("05321234567 (0532) 123 45 67 0 532 123 45 67", "[phone] ([phone] [phone]"),
        ("+905321234567, 5321234567, 0266 241 10 01", "[phone], [phone], [phone]"),
        (f"/accounts/password/reset/key/1-{KEY}/", "/accounts/password/reset/key/[key]/"),
        ("sessionid=abc; password: 'kavak ceviz'", "sessionid=[secret]; password: '[secret] ceviz'"),
        ("Authorization: Bearer abc.def", "Authorization: [secret]"),
        ("postgres://plan:parola@db:5432/plan", "postgres://[secret]@db:5432/plan"),
        (
            "DETAIL: Key (full_name)=(Ayşe Yılmaz) already exists.",
            "DETAIL: Key (full_name)=([value]) already exists.",
        ),
        ("Failing row contains (7, Ayşe Yılmaz, null).", "Failing row contains [values]"),
        ("job 41 failed in try 2, incident 0a1b2c3d", "job 41 failed in try 2, incident 0a1b2c3d"),
        ('File "/srv/plan/documents/drafts/views.py", line 120, in freeze', None),
        ("2026-11-23 06:52:51,123 took 0.512 s, 1234567 rows", None),
    ],
)
def test_hides_what_is_private_and_leaves_the_rest(said, told):
    assert clean(said) == (said if told is None else told)


def test_a_text_made_to_be_long_costs_nothing():
    begun = dt.datetime.now()
    for letter in ("a", "1", "a1", "a.", "-", " 0", "key="):
        assert len(clean(letter * 1_000_000)) <= LONGEST * 3
    assert dt.datetime.now() - begun < dt.timedelta(seconds=5)


@pytest.mark.parametrize("split", ["\n", "\r\n", "\u2028", "\x1b[2K", "\u202e", "\x00"])
def test_nobody_writes_a_line_of_their_own(log, split, capsys):
    logging.getLogger("x").warning("name %s", f"Ayşe{split}2026 ERROR fake")
    assert len(log.text.splitlines()) == 1
    assert log.lines[0]["message"] == f"name Ayşe{split}2026 ERROR fake"  # whole for who reads the JSON
    assert split not in log.text.rstrip("\n")
    record = logging.makeLogRecord({"msg": "name %s", "args": (f"Ayşe{split}2026 ERROR fake",)})
    assert split not in TextLine("{message}", style="{").format(record)


def test_a_line_with_wrong_arguments_is_still_written():
    record = logging.makeLogRecord({"msg": "count %d", "args": ("one",)})
    assert json.loads(JsonLine().format(record))["message"] == "count %d"


@pytest.mark.django_db
class TestRequests:
    def test_one_line_an_answer_with_who_what_and_how_long(self, production, over_https, officer, log):
        client = over_https(officer)
        client.get("/files/?room=7&q=gizli")
        client.get("/olmayan/")
        page, missing = log.by("karesi.access")
        assert dt.datetime.fromisoformat(page["time"]).utcoffset() == dt.timedelta(0)
        assert (page["level"], page["method"], page["path"]) == ("INFO", "GET", "/files/")
        assert (page["status"], page["actor"]) == (200, officer.pk) and page["ms"] >= 0
        assert re.fullmatch(r"[a-z]{12}", page["request"])
        assert missing["status"] == 404
        assert "gizli" not in log.text

    def test_static_files_and_redirects_have_their_line_too(self, production, over_https, client, log):
        over_https().get("/static/mark.svg")
        client.get("/")
        assert [line["status"] for line in log.by("karesi.access")] == [200, 301]

    def test_who_came_was_refused_and_went_is_told_by_number_alone(
        self, production, over_https, council_member, log
    ):
        cache.clear()
        client, address = over_https(), reverse("account_login")
        client.post(address, {"login": council_member.email, "password": "yanlış-parola-9"})
        client.post(address, {"login": council_member.email, "password": PASSWORD})
        client.post(reverse("account_logout"))
        told = [(line["message"], line.get("actor"), line["path"]) for line in log.by("karesi.security")]
        assert told == [
            ("sign-in refused", None, address),
            ("signed in", council_member.pk, address),
            ("signed out", council_member.pk, reverse("account_logout")),
        ]

    def test_what_was_refused_has_its_line(self, production, over_https, officer, council_member, log):
        over_https(council_member).get("/people/")
        over_https(officer, enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})
        over_https(officer).get("/", SERVER_NAME="evil.example")
        over_https(officer).get("/theme/")
        told = [(line["status"], line["path"], line.get("actor")) for line in log.by("karesi.access")]
        assert told == [
            (403, "/people/", council_member.pk),
            (403, "/theme/", officer.pk),
            (400, "/", None),
            (405, "/theme/", officer.pk),
        ]
        assert log.by("django.security.csrf") and log.by("django.security.DisallowedHost")

    def test_nothing_private_is_in_the_log_of_a_bad_day(
        self, production, over_https, council_member, log, monkeypatch
    ):
        """Wrong and right sign-ins, a new password by letter, forged forms and hosts, faults that quote."""
        cache.clear()
        client, checked = over_https(), over_https(council_member, enforce_csrf_checks=True)
        login, reset = reverse("account_login"), reverse("account_reset_password")
        client.get(f"{login}?next=/files/&email={EMAIL}&tckn={NUMBER}")
        for typed in (EMAIL, council_member.email, NUMBER, PHONE):
            client.post(login, {"login": typed, "password": f"Parola-{NUMBER}"})
        client.post(reset, {"email": council_member.email})
        client.post(reset, {"email": EMAIL})
        jobs.perform_waiting()
        key = re.search(r"/reset/key/([^/\s]+)/", mail.outbox[0].body)[1]
        for path in (f"/accounts/password/reset/key/{key}/", "/accounts/password/reset/key/1-set-password/"):
            client.get(path)
        client.get(f"/accounts/password/reset/key/1-{KEY}/")
        new = {"password1": "ceviz-kavak-iğde-93", "password2": "ceviz-kavak-iğde-93"}
        client.post("/accounts/password/reset/key/1-set-password/", new)
        client.post(login, {"login": council_member.email, "password": new["password1"]})
        client.get(f"/{EMAIL}/{NUMBER}/")
        client.get("/files/", {"q": f"{EMAIL} {NUMBER} {PHONE}"})
        client.get("/", SERVER_NAME="ayse.yilmaz@evil.example")
        client.get("/", headers={"Referer": f"https://testserver/?{EMAIL}", "User-Agent": EMAIL})
        checked.post("/theme/", {"theme": EMAIL})
        for quoted in (EMAIL, NUMBER, PHONE, f"token={KEY}", f"duplicate key (email)=({EMAIL})"):

            def fault(*_args, quoted=quoted, **_kwargs):
                raise RuntimeError(f"could not save {quoted}")

            monkeypatch.setattr("documents.files.views.RoomForm", fault)
            assert checked.get("/files/").status_code == 500
        logging.getLogger("library").warning("Invalid header %r from %s", {"Cookie": KEY}, EMAIL)

        assert len(log.by("karesi.access")) >= 20 and log.by("karesi.security")
        secrets = [key, KEY, PASSWORD, new["password1"], council_member.email, council_member.full_name]
        secrets += [
            cookie.value for one in (client, checked) for cookie in one.cookies.values() if cookie.value
        ]
        assert [secret for secret in secrets if secret in log.text] == []
        found = {name: rule.findall(log.text) for name, rule in SOUGHT.items()}
        assert {name: hits for name, hits in found.items() if hits} == {}


def test_production_writes_objects_whatever_the_level(configured, tmp_path):
    script = (
        "import django, logging; django.setup();"
        "logging.getLogger('karesi.access').info('GET 200');"
        "logging.getLogger('library').info('chatter');"
        "logging.getLogger('gunicorn.error').error('from\\nayse@ornek.bel.tr')"
    )
    env = {name: text for name, text in os.environ.items() if name in ("PATH", "LANG", "HOME")}
    env |= configured | {
        "DJANGO_SETTINGS_MODULE": "karesi_plan.settings.prod",
        "DATABASE_URL": f"sqlite:///{tmp_path}/x",
    }
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    lines = [json.loads(line) for line in ended.stderr.splitlines()]
    assert [line["message"] for line in lines] == ["GET 200", "from\n[e-mail]"]
