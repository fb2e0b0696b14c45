"""The look in a real browser: both themes, four widths, keyboard, forms that are sent once."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from common.history import SystemActor, acting
from tests.browsing import faults, faults_in_every_look
from tests.common import look_urls

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.common.look_urls"),
]
PASSWORD = "uzun-bir-parola-42"  # noqa: S105  # of a person who lives for one test


@pytest.fixture
def arrived():
    look_urls.ARRIVED.clear()
    return look_urls.ARRIVED


@pytest.fixture
def session():
    with acting(SystemActor("test")):
        person = get_user_model().objects.create_user(
            email="sevda@ornek.bel.tr", full_name="Sevda Karaca", password=PASSWORD
        )
        client = Client()
        client.force_login(person)
    return client.cookies["sessionid"].value


@pytest.mark.parametrize("path", ["/parts/?form=1&say=1&demo=1", "/write/", "/accounts/login/", "/refused/"])
def test_every_part_is_accessible_and_fits(new_tab, path):
    page = new_tab(theme="dark")
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert faults_in_every_look(page) == {}
    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    for width in (1100, 720, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []


def test_a_password_is_shown_while_asked_for_and_sent_as_one(new_tab, session):
    page = new_tab()
    page.goto("/accounts/login/")
    typed = page.get_by_label("Parola", exact=True)
    typed.fill("yanlış-parola")
    page.get_by_label("Parolayı göster").check()
    expect(typed).to_have_attribute("type", "text")
    page.get_by_label("Parolayı göster").uncheck()
    expect(typed).to_have_attribute("type", "password")
    page.get_by_label("Parolayı göster").check()
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault(), true)")
    page.get_by_role("button", name="Giriş yap", exact=True).click()
    expect(typed).to_have_attribute("type", "password")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_open_menus_and_dialogs_are_accessible(new_tab, theme):
    page = new_tab(width=320, theme=theme)
    page.goto("/parts/")
    page.get_by_label("Hesabım").click()
    assert faults(page, within="details[open]") == []
    page.get_by_label("Menüyü aç").click()
    assert faults(page, within="dialog[open]") == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Toplantıya çağır").click()
    assert faults(page, within="dialog[open]") == []


def test_as_on_my_device_follows_the_device(new_tab):
    page = new_tab(theme="auto", scheme="dark")
    page.goto("/parts/")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")


class TestKeyboard:
    def test_first_stop_leads_to_the_content(self, new_tab):
        page = new_tab()
        page.goto("/parts/")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#content")).to_be_focused()

    def test_menu_of_a_narrow_screen_opens_and_gives_the_focus_back(self, new_tab):
        page = new_tab(width=320)
        page.goto("/parts/")
        burger = page.get_by_label("Menüyü aç")
        burger.press("Enter")
        expect(page.get_by_role("dialog").get_by_role("link", name="Raporlar")).to_be_visible()
        page.keyboard.press("Escape")
        expect(burger).to_be_focused()

    def test_menus_of_the_bar_close_on_escape_and_when_left(self, new_tab):
        page = new_tab()
        page.goto("/parts/")
        account = page.get_by_label("Hesabım")
        account.press("Enter")
        expect(page.get_by_role("link", name="Görevlerim")).to_be_visible()
        page.keyboard.press("Escape")
        expect(account).to_be_focused()
        expect(page.get_by_role("link", name="Görevlerim")).to_be_hidden()
        account.press("Enter")
        page.get_by_role("link", name="Taslağı derle").focus()
        expect(page.get_by_role("link", name="Görevlerim")).to_be_hidden()

    def test_folded_outline_opens(self, new_tab):
        page = new_tab(width=720)
        page.goto("/write/")
        last = page.get_by_role("link", name="3. İhtiyaçlar")
        expect(last).to_be_hidden()
        page.get_by_role("button", name="Bütün bölümler (3)").press("Enter")
        expect(last).to_be_visible()


class TestForms:
    def test_pressed_twice_is_sent_once(self, new_tab, arrived, session):
        page = new_tab(session=session)
        page.goto("/keep/")
        page.get_by_label("Sözcük").fill("ışık")
        page.get_by_role("button", name="Kaydet").dblclick()
        page.wait_for_url("**/write/")
        assert arrived == ["ışık"]

    def test_session_that_ended_loses_nothing(self, new_tab, arrived, session):
        page = new_tab(session=session)
        page.goto("/keep/")
        page.get_by_label("Sözcük").fill("ışık")
        Session.objects.all().delete()
        page.get_by_role("button", name="Kaydet").click()
        note = page.get_by_text("Oturumunuz sona erdi")
        expect(note).to_be_visible()
        expect(page.get_by_label("Sözcük")).to_have_value("ışık")

        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Yeni sekmede giriş yap").click()
        door = opened.value
        door.get_by_label("E-posta").fill("sevda@ornek.bel.tr")
        door.get_by_label("Parola", exact=True).fill(PASSWORD)
        door.get_by_role("button", name="Giriş yap", exact=True).click()
        expect(door.locator(".door")).to_have_count(0)
        page.bring_to_front()
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(note).to_be_hidden()
        page.get_by_role("button", name="Kaydet").click()
        page.wait_for_url("**/write/")
        assert arrived == ["ışık"]

    def test_lost_connection_loses_nothing(self, new_tab, session):
        page = new_tab(session=session)
        page.goto("/keep/")
        page.get_by_label("Sözcük").fill("ışık")
        page.context.set_offline(True)
        page.get_by_role("button", name="Kaydet").click()
        expect(page.get_by_text("Bağlantı kesildi")).to_be_visible()
        expect(page.get_by_label("Sözcük")).to_have_value("ışık")


class TestFragments:
    def test_errors_of_a_swapped_form_take_the_focus(self, new_tab):
        page = new_tab()
        page.goto("/parts/")
        page.get_by_role("button", name="Maliyeti düzenle").click()
        page.locator("#slot").get_by_role("button", name="Kaydet").click()
        expect(page.locator("#slot .errsum")).to_be_focused()
        assert faults(page) == []

    def test_error_page_is_said_and_never_swapped_in(self, new_tab):
        page = new_tab()
        page.goto("/keep/")
        page.get_by_role("button", name="Boz").click()
        expect(page.get_by_text("Olay numarası")).to_be_visible()
        expect(page.locator("#slot")).to_have_text("boş")
        page.get_by_role("button", name="Bildirimi kapat").click()
        expect(page.get_by_text("Olay numarası")).to_have_count(0)

    def test_ended_session_is_said_and_sign_in_never_swapped_in(self, new_tab):
        page = new_tab()
        page.goto("/keep/")
        page.get_by_role("button", name="Kapalı").click()
        expect(page.get_by_text("Oturumunuz sona erdi")).to_be_visible()
        expect(page.locator("#slot")).to_have_text("boş")


class TestUploads:
    def test_chosen_file_is_sent_at_once(self, new_tab, arrived, session):
        page = new_tab(session=session)
        page.goto("/write/")
        with page.expect_navigation():  # the page is shown anew
            page.locator("[type=file]").set_input_files(
                [{"name": "çizelge.txt", "mimeType": "text/plain", "buffer": b"1"}]
            )
        assert page.url.endswith("/write/")
        assert arrived == ["çizelge.txt"]

    def test_refusal_is_said_and_the_page_stays(self, new_tab, session):
        page = new_tab(session=session)
        page.goto("/write/")
        page.locator("[type=file]").set_input_files(
            [{"name": "a.exe", "mimeType": "text/plain", "buffer": b"1"}]
        )
        expect(page.locator("#upload-fault").get_by_text("Bu türde dosya yüklenemez.")).to_be_visible()
        assert page.url.endswith("/write/")
