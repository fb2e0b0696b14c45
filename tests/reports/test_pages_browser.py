"""Writing and judging in a real browser: clicks counted, nothing lost, no fault by axe or by the policy."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from documents.reports.models import SectionDecision
from tests.browsing import faults
from tests.factories import reports as make
from tests.journeys import keys

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECOND = 1000


@pytest.fixture
def tab(new_tab):
    def opened(person, path, **look):
        client = Client()
        client.force_login(person)
        page = new_tab(session=client.cookies["sessionid"].value, **look)
        page.goto(path)
        return page

    return opened


def test_writes_corrects_attaches_and_submits(house, tab):
    report = make.requested(house.group)
    page = tab(house.rapporteur, f"/reports/{report.pk}/write/")

    # Typing is saved by itself; the outline and the findings follow.
    page.get_by_role("textbox", name="1. konu").click()
    page.keyboard.type("Sonuçlar Strateji Müdürlüğü tarafından birleştirildi.")
    expect(page.locator("[data-save-state]")).to_contain_text("Kaydedildi", timeout=8 * SECOND)
    expect(page.locator("#outline li").first).to_contain_text("Tamamlandı", timeout=8 * SECOND)
    expect(page.locator("#progress")).to_contain_text("1/4", timeout=8 * SECOND)
    page.get_by_role("button", name=re.compile("^Düzelt")).click(timeout=10 * SECOND)
    expect(page.get_by_role("textbox", name="1. konu")).to_contain_text("Strateji Geliştirme Müdürlüğü")

    # A dropped document is one act.
    page.locator("[data-upload] input[type=file]").set_input_files(
        {"name": "tutanak.pdf", "mimeType": "application/pdf", "buffer": make.PDF}
    )
    expect(page.get_by_role("link", name="tutanak.pdf")).to_be_visible(timeout=8 * SECOND)
    page.locator("[data-upload] input[type=file]").set_input_files(
        {"name": "sahte.pdf", "mimeType": "application/pdf", "buffer": b"\x89PNG\r\n\x1a\n"}
    )
    fault = page.locator("#upload-fault")
    expect(fault).to_contain_text("gerçek bir PDF dosyası değil")
    expect(page.get_by_text("gerçek bir PDF dosyası değil")).to_have_count(1)
    page.locator("[data-upload] input[type=file]").set_input_files(
        {"name": "program.exe", "mimeType": "application/pdf", "buffer": b"MZ"}
    )
    expect(fault).to_contain_text("“program.exe” yüklenemez")
    expect(fault).not_to_contain_text("sahte.pdf")
    expect(page.locator("#status")).to_be_empty()

    # "Next to complete" saves and goes on; a table is typed row by row.
    page.get_by_role("button", name=re.compile("Sıradaki eksik: 2. konu|Sıradaki eksik: 2. 2. konu")).click()
    page.get_by_role("textbox", name="2. konu").click()
    page.keyboard.type("İkinci bölümün sözü.")
    page.get_by_role("button", name=re.compile("Sıradaki eksik: 3.")).click()
    page.get_by_role("textbox", name="Paydaş", exact=True).first.fill("Muhtarlar")
    page.get_by_role("textbox", name="Önem", exact=True).first.fill("çok")
    expect(page.get_by_text("1. satır, “Önem”:")).to_be_visible(timeout=12 * SECOND)
    page.get_by_role("textbox", name="Önem", exact=True).first.fill("5")

    # Two presses submit, and the text is there whole.
    page.get_by_role("link", name="Gönder…").click()
    page.get_by_role("button", name="Raporu gönder").click()
    expect(page.locator("h1")).to_have_text(report.title)
    report.refresh_from_db()
    assert report.state == "submitted"
    frozen = {f.section.number: f for f in report.versions.get().sections.all()}
    assert "İkinci bölümün sözü." in frozen[2].html
    assert frozen[3].rows[0]["weight"] == "5"


def test_judges_with_an_edit_and_enter_in_its_table_decides_nothing(house, tab):
    report = make.submitted(house.group)
    page = tab(house.team_member, f"/reports/{report.pk}/evaluate/3/")
    page.get_by_role("button", name=re.compile("^Düzelterek kabul et")).click()
    cell = page.get_by_role("textbox", name="Paydaş", exact=True).first
    cell.fill("Mahalle muhtarlıkları")
    cell.press("Enter")
    page.get_by_role("button", name=re.compile("^Düzeltilmiş hâliyle kabul et")).click()
    expect(page.locator("#status")).to_contain_text("3. Önceliklendirme")
    decision = SectionDecision.objects.get()
    assert (decision.choice, decision.rows[0]["stakeholder"]) == ("edit", "Mahalle muhtarlıkları")
    assert decision.history.count() == 1


def test_judges_an_answered_section_with_an_edit(house, tab):
    report = make.returned(house.group)
    make.write(report, text=make.TEXT.replace("18", "24"))
    make.submit(report)
    page = tab(house.team_member, "/reports/queue/")
    page.get_by_role("link", name=re.compile(r"^Değerlendir\s*:")).click()
    page.get_by_role("button", name=re.compile("^Düzelterek kabul et")).click()
    field = page.locator(".edit")  # the editor's own field, there once its script has run
    expect(field).to_have_accessible_name("Metnin düzeltilmesi")
    field.press("Control+End")
    field.press_sequentially(" Yazım düzeltildi.")
    page.get_by_role("button", name=re.compile("^Düzeltilmiş hâliyle kabul et")).click()
    expect(page.locator("h1")).to_have_text("Bütün bölümlere karar verildi")
    decision = SectionDecision.objects.latest("pk")
    assert (decision.choice, "Yazım düzeltildi." in decision.html) == ("edit", True)


def test_judges_by_keyboard_alone_from_the_queue_to_the_close(house, tab):
    first, second = (
        make.submitted(house.group, of=make.template(texts=2, table=False), title=title)
        for title in ("Birinci", "İkinci")
    )
    page = tab(house.team_chair, "/reports/queue/")
    page.keyboard.press("k")  # elsewhere a letter is a letter
    expect(page.locator("body")).to_be_focused()
    page.get_by_role("link", name="Birinci", exact=True).focus()
    page.keyboard.press("k")
    expect(page.locator("#status")).to_contain_text("sayfanın ilk raporu")
    page.keyboard.press("j")
    expect(page.locator("article", has_text="İkinci").locator("[data-open]")).to_be_focused()
    assert faults(page) == []
    page.keyboard.press("Enter")

    def standing_at(heading: str) -> None:
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        assert faults(page) == []

    # A return asks for its reason where it is typed; its letters are letters, whatever they do elsewhere.
    standing_at("1. konu")
    keys.to(page, "Return")
    keys.enter(page)
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("iade gerekçesiz olmaz")
    keys.to(page, "Remark", backwards=True)
    page.keyboard.type("jk: katılımcıların kim olduğunu yazınız.")
    keys.enter(page, "Return")
    for heading in ("2. konu", "Ekler"):
        standing_at(heading)
        keys.enter(page, "Accept")
    standing_at("Değerlendirmeyi kapat")
    keys.enter(page, "Close, return to the group")
    expect(page.locator("#status")).to_contain_text("Rapor gruba geri gönderildi")
    second.refresh_from_db()
    first.refresh_from_db()
    assert (first.state, second.state) == ("submitted", "returned")
    decisions = SectionDecision.objects.order_by("section_version__section__number")
    assert [decision.choice for decision in decisions] == ["return", "accept", "accept"]
    assert decisions[0].reason == "jk: katılımcıların kim olduğunu yazınız."
