"""A session that ends in the middle of writing, on the report's own page: no character is lost."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from documents.reports.models import ReportSection
from tests.factories import reports as make
from tests.factories.base import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECOND = 1000
BEFORE = "Paydaşlar, çalıştayda önem ve etki yönünden puanlandı: ğüşıöç İĞÜŞÖÇ “%40” "
AFTER = "ve oturum bittikten sonra da yazılmaya devam edildi; hiçbir harf yitmedi."


def test_ended_on_the_server_is_said_and_every_character_is_saved_after_sign_in(house, new_tab):
    report = make.requested(house.group)
    client = Client()
    client.force_login(house.rapporteur)
    page = new_tab(session=client.cookies["sessionid"].value)
    answers: list[tuple[int, str]] = []
    page.on("response", lambda got: answers.append((got.status, got.url)) if "/save/" in got.url else None)
    page.goto(f"/reports/{report.pk}/sections/1/")
    page.get_by_role("textbox", name="1. konu").click()
    Session.objects.all().delete()
    page.keyboard.type(BEFORE)
    state = page.locator("[data-save-state]")
    expect(state).to_contain_text("Oturumunuz sona erdi", timeout=15 * SECOND)
    page.keyboard.type(AFTER)
    assert {status for status, _url in answers} == {401}  # said, and never led to the sign-in page
    assert ReportSection.objects.get(report=report, number=1).html == ""

    with page.context.expect_page() as opened:
        state.get_by_role("link", name="Yeni sekmede giriş yap").click()
    door = opened.value
    door.get_by_label("E-posta").fill(house.rapporteur.email)
    door.get_by_label("Parola", exact=True).fill(PASSWORD)
    door.keyboard.press("Enter")
    expect(door).not_to_have_url(re.compile("/login/"))
    door.close()
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(state).to_contain_text("Kaydedildi", timeout=15 * SECOND)
    assert answers[-1][0] == 200
    assert ReportSection.objects.get(report=report, number=1).html == f"<p>{BEFORE}{AFTER}</p>"
