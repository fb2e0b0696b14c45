"""Many files dropped at once: a bar for each, one is cancelled, a refused one says why, the list follows."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from documents.files.models import StoredFile
from tests.browsing import drop
from tests.factories.reports import PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tab(new_tab):
    client = Client()

    def opened(person, path):
        client.force_login(person)
        page = new_tab(session=client.cookies["sessionid"].value)
        page.goto(path)
        return page

    return opened


def test_files_are_dropped_cancelled_and_refused_one_by_one(house, tab):
    page = tab(house.rapporteur, f"/files/rooms/{house.group.pk}/")
    # So slow that there is time to press.
    page.route("**/upload/", lambda route: (page.wait_for_timeout(400), route.continue_()))
    files = [("bir.pdf", PDF.decode()), ("sahte.pdf", "MZ"), ("üç.csv", "a;b"), ("dört.csv", "a;c")]
    drop(page.locator(".drop"), *files)
    rows = page.locator("[data-upload-rows] > li")
    expect(rows).to_have_count(4)
    rows.nth(3).get_by_role("button").click()
    expect(rows.nth(3)).to_contain_text("Vazgeçildi")
    expect(rows.nth(0)).to_contain_text("Kaydedildi", timeout=15_000)
    expect(rows.nth(1)).to_contain_text("“sahte.pdf” gerçek bir PDF dosyası değil", timeout=15_000)
    expect(rows.nth(2)).to_contain_text("Kaydedildi", timeout=15_000)
    expect(page.get_by_role("alert")).to_contain_text("Bazı dosyalar kaydedilmedi")
    expect(page.locator("#files").get_by_role("link", name="üç.csv", exact=True)).to_be_visible()
    assert set(StoredFile.objects.values_list("name", flat=True)) == {"bir.pdf", "üç.csv"}
