"""The frame of every page: language, session, privacy, errors, tags and forms."""

import datetime as dt
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.template import engines
from django.test import Client, override_settings
from django.utils import timezone, translation

from common import jobs
from common.decisions import Denied
from common.forms import TurkishDateField, TurkishDecimalField
from common.history import SystemActor, acting
from tests.common.look_urls import CostForm

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.common.look_urls")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def person():
    with acting(SystemActor("test")):
        return get_user_model().objects.create_user(email="sevda@ornek.bel.tr", full_name="Sevda Karaca")


@pytest.fixture
def signed_in(client, person):
    client.force_login(person)
    return client


def rendered(text, **context):
    return engines["django"].from_string("{% load kp %}" + text).render(context)


class TestLanguage:
    def test_is_turkish_whatever_the_browser_asks(self, client):
        answer = client.get("/accounts/login/", headers={"Accept-Language": "en"})
        assert answer.headers["Content-Language"] == "tr"
        assert '<html lang="tr"' in answer.text

    def test_is_english_for_a_visitor_who_chose_it(self, client):
        client.post("/language/", {"language": "en", "next": "/accounts/login/"})
        assert '<html lang="en"' in client.get("/accounts/login/").text

    def test_is_kept_with_the_account_and_not_taken_from_who_sat_here_before(self, signed_in, person):
        signed_in.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        assert signed_in.get("/closed/").headers["Content-Language"] == "tr"
        signed_in.post("/language/", {"language": "en"})
        person.refresh_from_db()
        assert person.language == "en"
        assert person.history.first().history_user_name == "Sevda Karaca"

    def test_refuses_a_language_that_is_not_there(self, client):
        assert client.post("/language/", {"language": "xx"}).status_code == 404

    @pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
    def test_leads_back_to_our_own_pages_only(self, client, where):
        assert client.post("/language/", {"language": "en", "next": where}).headers["Location"] == "/"


def test_theme_is_kept_with_the_account(signed_in, person):
    signed_in.post("/theme/", {"theme": "dark"})
    person.refresh_from_db()
    assert person.theme == "dark"
    assert 'data-bs-theme="dark"' in signed_in.get("/parts/").text


class TestSession:
    def test_page_without_a_session_leads_to_sign_in(self, client):
        assert client.get("/closed/").headers["Location"].startswith("/accounts/login/")

    @pytest.mark.parametrize("headers", [HTMX, {"X-Requested-With": "fetch"}])
    def test_script_without_a_session_gets_an_event_and_no_page(self, client, headers):
        answer = client.post("/closed/", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["HX-Trigger"] == "session-expired"
        assert "<form" not in answer.text

    def test_state_tells_the_person_and_a_fresh_form_token(self, client, signed_in, person):
        state = signed_in.get("/session/")
        assert state.json()["user"] == person.pk
        assert state.headers["Cache-Control"].count("no-store")
        assert Client().get("/session/").status_code == 401

    def test_pages_are_kept_by_no_cache(self, client, person):
        assert client.get("/parts/").headers["Cache-Control"] == "no-store"
        client.force_login(person)
        assert client.get("/closed/").headers["Cache-Control"] == "no-store"


class TestErrors:
    def test_refusal_says_its_reason(self, client):
        answer = client.get("/refused/")
        assert answer.status_code == 403
        assert "yalnız Stratejik Planlama Ekibi üyeleri" in answer.text

    def test_refusal_of_a_fragment_is_one_sentence(self, client):
        answer = client.get("/refused/", headers=HTMX)
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.text == "Bu sayfayı yalnız Stratejik Planlama Ekibi üyeleri görebilir."

    def test_missing_page_stands_in_the_same_frame(self, signed_in):
        answer = signed_in.get("/none/")
        assert answer.status_code == 404
        assert 'class="topbar"' in answer.text

    def test_fault_shows_the_number_that_the_log_has(self, client, caplog):
        client.raise_request_exception = False
        answer = client.get("/broken/")
        assert answer.status_code == 500
        number = re.search(r"<b class=\"num\">([0-9a-f]{8})</b>", answer.text)[1]
        assert f"incident {number} at /broken/" in caplog.text

    def test_form_without_its_token_is_refused_with_what_to_do(self):
        client = Client(enforce_csrf_checks=True)
        assert client.post("/language/", {"language": "en"}).status_code == 403
        assert "csrfmiddlewaretoken" not in client.post("/fragment/", headers=HTMX).text

    def test_htmx_sends_the_token_that_the_page_hands_down(self):
        client = Client(enforce_csrf_checks=True)
        page = client.get("/parts/").text
        headers = json.loads(re.search(r"hx-headers:inherited='([^']+)'", page)[1])
        assert client.post("/fragment/", headers={**HTMX, **headers}).status_code == 422


class TestTags:
    def test_badge_is_icon_word_and_tone(self):
        html = rendered("{% badge state %}", state=("Gönderildi", "info", "send"))
        assert html.startswith('<span class="badge-s info"><svg')
        assert html.endswith("Gönderildi</span>")

    def test_denied_act_is_disabled_and_says_why_beside_it(self):
        html = rendered("{% act 'Gönder' url='/x/' decision=no %}", no=Denied("Üye yok."))
        described = re.search(r'aria-describedby="([^"]+)"', html)[1]
        assert "disabled" in html
        assert f'id="{described}">Üye yok.' in html
        assert "/x/" not in html

    def test_act_posts_in_a_form_of_its_own(self):
        html = rendered("{% act 'Gönder' url='/x/' %}", csrf_token="t")  # noqa: S106
        assert '<form class="act" method="post" action="/x/">' in html
        assert 'value="t"' in html

    @pytest.mark.parametrize(("done", "total", "width"), [(6, 9, "66.7"), (0, 0, "0.0"), (9, 9, "100.0")])
    def test_progress_is_drawn_by_attributes(self, done, total, width):
        html = rendered("{% progress done total %}", done=done, total=total)
        assert f'width="{width}"' in html
        assert "style=" not in html

    def test_initials_are_turkish_capitals(self):
        assert rendered("{{ name|initials }}", name="ışıl ince") == "Iİ"
        assert rendered("{{ name|initials }}", name="Ümit") == "Ü"

    @pytest.mark.parametrize(
        ("days", "words", "tone"),
        [
            (-4, "4 gün gecikti", "stop"),
            (0, "bugün", "warn"),
            (3, "3 gün kaldı", "warn"),
            (30, "30 gün kaldı", "idle"),
        ],
    )
    def test_due_day_is_said_in_words_and_tone(self, days, words, tone):
        day = timezone.localdate() + dt.timedelta(days=days)
        html = rendered("{% badge day|due_badge %}", day=day)
        assert words in html
        assert f'"badge-s {tone}"' in html

    def test_missing_value_shows_nothing(self):
        assert rendered("{{ none|tr_date }}{{ none|money }}", none=None) == ""


class TestForms:
    @pytest.mark.parametrize("typed", ["1.3.2026", "01/03/2026", "2026-03-01", " 01.03.2026 "])
    def test_day_is_read_as_people_write_it(self, typed):
        assert TurkishDateField().clean(typed) == dt.date(2026, 3, 1)

    def test_day_and_amount_are_shown_in_turkish_form(self):
        form = CostForm(initial={"amount": Decimal("4420505"), "due_on": dt.date(2026, 3, 1)})
        assert 'value="4.420.505,00"' in str(form["amount"])
        assert 'value="01.03.2026"' in str(form["due_on"])

    def test_unchanged_amount_and_day_count_as_unchanged(self):
        initial = {"amount": Decimal("4420505.00"), "due_on": dt.date(2026, 3, 1)}
        form = CostForm({"amount": "4.420.505,00", "due_on": "1.3.2026"}, initial=initial)
        assert not {"amount", "due_on"} & set(form.changed_data)

    def test_amount_keeps_its_bounds(self):
        field = TurkishDecimalField(money=True, max_digits=6, decimal_places=2)
        assert field.clean("4.420,50") == Decimal("4420.50")
        with pytest.raises(Exception, match="6"):
            field.clean("4.420.505,00")

    def test_errors_are_summed_up_and_point_at_their_fields(self):
        html = str(CostForm({"amount": "4.420.505,0", "due_on": "31.02.2026"}))
        ids = set(re.findall(r'\bid="([^"]+)"', html))
        assert "Tutarı iki ondalıkla yazın: 4.420.505,00" in html
        assert set(re.findall(r'href="#([^"]+)"', html)) <= ids
        described = " ".join(re.findall(r'aria-describedby="([^"]+)"', html)).split()
        assert described
        assert set(described) <= ids


class TestSignIn:
    def test_wrong_password_is_said_at_the_form(self, client, person):
        answer = client.post("/accounts/login/", {"login": person.email, "password": "yanlış"})
        assert 'class="errsum"' in answer.text
        assert "E-posta adresi veya parola doğru değil." in answer.text

    def test_one_word_is_used_for_the_password(self, signed_in):
        pages = [signed_in.get("/accounts/password/change/"), Client().get("/accounts/login/")]
        assert not [page for page in pages if "şifre" in page.text.lower()]

    def test_mail_for_a_new_password_is_turkish_and_names_nobody(self, client, person):
        client.post("/accounts/password/reset/", {"email": person.email})
        jobs.perform_waiting()
        letter = mail.outbox[0]
        assert letter.subject == "Karesi Plan: Yeni parolanız"
        assert "/accounts/password/reset/key/" in letter.body
        assert "Sevda" not in letter.body

    def test_unknown_address_gets_the_same_answer_and_no_mail(self, client):
        answer = client.post("/accounts/password/reset/", {"email": "kimse@ornek.bel.tr"}, follow=True)
        jobs.perform_waiting()
        assert answer.status_code == 200
        assert not mail.outbox

    def test_nobody_signs_up(self, client):
        assert "password1" not in client.get("/accounts/signup/").text


FORBIDDEN = {
    "inline style": r"<[^>{]*\sstyle=",
    "inline handler": r"<[a-z][^>]*\son[a-z]+=",
    "htmx code": r"\bhx-on\b|\bjs:|hx-trigger=\"[^\"]*\[",
    "inline script": r"<script(?![^>]*\ssrc=)",
    "script in a fragment's address": r"javascript:",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_templates_hold_nothing_that_the_policy_forbids(what):
    for path in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        if not {"pdf", "emails"} & set(path.parts):  # read by no browser of ours
            assert not re.search(FORBIDDEN[what], path.read_text()), f"{path}: {what}"


def test_lock_file_names_no_registry():
    assert "://" not in re.sub(
        r'"(url|funding)": "[^"]+"', "", Path(settings.BASE_DIR, "package-lock.json").read_text()
    )


@override_settings(DEBUG=False)
def test_every_string_of_the_frame_is_turkish(client):
    with translation.override("tr"):
        text = client.get("/parts/?form=1&say=1").text + client.get("/accounts/login/").text
    for english in ("Skip to content", "Open menu", "Sign in", "optional", "Close this notice"):
        assert english not in text
