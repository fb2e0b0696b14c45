"""Passkeys in Chromium, with an authenticator that the browser plays."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from common import turkish
from institution.models import User
from tests.browsing import faults
from tests.factories.base import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def device(new_tab):
    """A tab whose device has a finger that is always there."""

    def open_tab(**options) -> Page:
        tab = new_tab(**options)
        devtools = tab.context.new_cdp_session(tab)
        devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return tab

    return open_tab


def knock(tab: Page, person: User) -> None:
    tab.goto("/accounts/login/")
    tab.get_by_label("E-posta").fill(person.email)
    tab.get_by_label("Parola", exact=True).fill(PASSWORD)
    tab.get_by_role("button", name="Giriş yap", exact=True).click()


def add_passkey(tab: Page, person: User) -> None:
    knock(tab, person)
    expect(tab.locator(".ava")).to_be_visible()
    tab.goto("/accounts/2fa/")
    tab.get_by_role("link", name="Geçiş anahtarı ekle").click()
    tab.get_by_label("Cihazın adı").fill("ofis bilgisayarı")
    tab.get_by_role("button", name="Geçiş anahtarını ekle").click()
    expect(tab.get_by_role("heading", name="Kurtarma kodları")).to_be_visible()


def sign_out(tab: Page) -> None:
    tab.goto("/accounts/logout/")
    tab.locator("main").get_by_role("button", name="Çıkış yap").click()
    tab.wait_for_url("**/accounts/login/")


def test_added_listed_and_enough_to_sign_in_without_typing(device, house):
    tab = device(width=320)
    add_passkey(tab, house.council_member)
    assert faults(tab) == []
    assert tab.evaluate("window.refused") == []
    tab.goto("/accounts/2fa/")
    expect(tab.get_by_text("ofis bilgisayarı").first).to_be_visible()
    sign_out(tab)
    tab.get_by_role("button", name="Geçiş anahtarıyla giriş yap").click()
    expect(tab.locator(".ava")).to_be_visible()
    tab.goto("/accounts/sessions/")
    expect(tab.get_by_text("Bu oturum")).to_be_visible()
    assert tab.evaluate("window.refused") == []


def test_after_the_password_the_passkey_is_the_second_step(device, house):
    tab = device()
    add_passkey(tab, house.officer)
    sign_out(tab)
    knock(tab, house.officer)
    tab.wait_for_url("**/accounts/2fa/authenticate/")
    assert faults(tab) == []
    tab.get_by_role("button", name="Geçiş anahtarını kullan").click()
    expect(tab.locator(".ava")).to_be_visible()
    expect(tab.get_by_role("link", name="Bugün").first).to_be_attached()


def test_removed_it_opens_no_more(device, house):
    tab = device()
    add_passkey(tab, house.officer)
    tab.goto("/accounts/2fa/")
    assert faults(tab) == []
    tab.get_by_role("link", name=re.compile("Kaldır.*ofis bilgisayarı")).click()
    assert faults(tab) == []
    tab.get_by_role("button", name="Geçiş anahtarını kaldır").click()
    expect(tab.get_by_text("Geçiş anahtarı yok")).to_be_visible()
    sign_out(tab)
    tab.get_by_role("button", name="Geçiş anahtarıyla giriş yap").click()
    expect(tab.get_by_text("Geçiş anahtarı kabul edilmedi").first).to_be_visible()


def test_recovery_codes_are_printed_and_saved_with_whose_they_are(device, house, tmp_path):
    tab = device()
    add_passkey(tab, house.officer)  # whose first factor brings the codes
    codes = tab.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    assert faults(tab) == []
    with tab.expect_download() as saved:
        tab.get_by_role("button", name="Metin olarak kaydet").click()
    assert saved.value.suggested_filename == "karesi-plan-kurtarma-kodlari.txt"
    text = saved.value.path().read_text()
    whose = ["Örnek Belediyesi", house.officer.email, turkish.datetime_long(timezone.now()).partition(",")[0]]
    assert [part for part in [*codes, *whose] if part not in text] == []
    expect(tab.get_by_text(whose[1], exact=False).first).to_be_hidden()
    tab.emulate_media(media="print")
    printed = tab.locator("body").inner_text()
    assert [part for part in [*codes, *whose] if part not in printed] == []
    assert [part for part in ("Yazdır", "Hesap güvenliğine dön", "Ana menü") if part in printed] == []


def test_a_device_without_a_passkey_is_told_in_words(device, house):
    tab = device()
    tab.goto("/accounts/login/")
    tab.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')) }"
    )
    tab.get_by_role("button", name="Geçiş anahtarıyla giriş yap").click()
    expect(tab.get_by_text("Cihazdan geçiş anahtarı alınamadı")).to_be_visible()
    assert faults(tab) == []


def test_an_act_that_comes_late_costs_one_tap_more(device, house):
    tab = device(width=360)
    add_passkey(tab, house.sysadmin)
    tab.goto("/people/add/")
    tab.get_by_label("Adı ve soyadı").fill("Yeni Kişi")
    tab.get_by_label("E-posta").fill("yeni@ornek.bel.tr")
    grow_old()
    tab.locator("main").get_by_role("button", name="Hesabı aç").click()
    tab.wait_for_url("**/accounts/2fa/webauthn/reauthenticate/**")
    assert faults(tab) == []
    tab.get_by_role("button", name="Geçiş anahtarını kullan").click()
    tab.wait_for_url(re.compile(r"/people/\d+/$"))
    assert User.objects.get(email="yeni@ornek.bel.tr").full_name == "Yeni Kişi"


def grow_old() -> None:
    """As if sixteen minutes had passed since the person proved who they are."""
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        session["signed_in_at"] -= 16 * 60
        for record in session.get("account_authentication_methods", []):
            record["at"] -= 16 * 60
        session.save()
