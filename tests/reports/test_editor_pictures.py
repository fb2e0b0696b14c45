"""Pictures in the text, as one writes them: kept, numbered, spoken of."""

import pytest
from playwright.sync_api import expect

from tests.browsing import faults
from tests.reports.editing import saved, text

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.reports.editor_urls"),
]
MAP = '<figure><img alt="İlçe haritası" src="/files/12/picture/"><figcaption>Mahalleler</figcaption></figure>'
CHART = '<figure><img alt="Gelir çizgesi" src="/files/7/picture/"></figure>'


def test_pictures_and_references_are_kept_and_numbered_while_one_writes(open_section):
    page = open_section(html=f'<p>Bkz. <a data-figure="7"></a></p>{MAP}{CHART}<p>Son</p>')
    reference = text(page).locator("a[data-figure]")
    expect(reference).to_have_attribute("data-name", "Şekil 2")
    text(page).get_by_text("Mahalleler").click()
    page.keyboard.press("End")
    page.keyboard.type(", 2024")
    page.keyboard.press("Enter")
    page.keyboard.type("Altında")
    html = saved(page)["html"]
    assert html.startswith(
        '<p>Bkz. <a data-figure="7"></a></p>' + MAP.replace("Mahalleler", "Mahalleler, 2024")
    )
    assert html.endswith(f"<p>Altında</p>{CHART}<p>Son</p>")
    assert page.evaluate("window.refused") == []


def test_a_picture_goes_in_only_with_words_for_who_does_not_see_it(open_section):
    page = open_section(html="<p>Önc</p>")
    text(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("e")  # so that the editor has heard where the caret is
    expect(text(page)).to_have_text("Önce")
    page.keyboard.press("Alt+F10")
    tool = page.get_by_role("button", name="Resim ekle")
    tool.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Resim ekle")
    insert = dialog.get_by_role("button", name="Resmi ekle")
    insert.click()
    expect(dialog.get_by_role("alert")).to_have_text("Bir resim seçin.")
    dialog.get_by_label("Dosya").set_input_files({"name": "ham.png", "mimeType": "image/png", "buffer": b"x"})
    insert.click()
    expect(dialog.get_by_role("alert")).to_have_text("Resmin ne gösterdiğini yazın.")
    words = dialog.get_by_label("Ne gösterdiği")
    expect(words).to_be_focused()
    words.fill(" İlçe \n haritası ")
    insert.click()
    expect(dialog.get_by_role("alert")).to_have_text("“ham.png” resim olarak okunamıyor.")
    dialog.get_by_label("Dosya").set_input_files({"name": "12.png", "mimeType": "image/png", "buffer": b"x"})
    dialog.get_by_label("Resim altı yazısı").fill("Mahalleler")
    assert faults(page, "dialog[open]") == []
    insert.click()
    expect(dialog).to_be_hidden()
    assert saved(page)["html"] == f"<p>Önce</p>{MAP}"
    # In the picture the same button asks for its words again, and takes it out.
    text(page).get_by_text("Mahalleler").click()
    expect(tool).to_have_attribute("aria-pressed", "true")
    tool.click()
    page.get_by_role("dialog").get_by_role("button", name="Resmi sil").click()
    expect(text(page).locator("figure")).to_have_count(0)
    assert saved(page)["html"] == "<p>Önce</p>"


def test_a_dropped_or_pasted_picture_asks_for_its_words_and_the_text_can_speak_of_it(open_section):
    page = open_section(html="<p>Bkz.</p>")
    text(page).click()
    page.keyboard.press("Control+End")
    for count, (event, transfer) in enumerate((("drop", "dataTransfer"), ("paste", "clipboardData")), 1):
        page.evaluate(
            """([event, transfer]) => {
              const files = new DataTransfer();
              files.items.add(new File(["x"], event === "drop" ? "7.png" : "12.png", { type: "image/png" }));
              const box = document.activeElement.getBoundingClientRect();
              const init = { bubbles: true, cancelable: true, clientX: box.right - 40, clientY: box.top + 30 };
              const kind = event === "drop" ? DragEvent : ClipboardEvent;
              document.activeElement.dispatchEvent(new kind(event, { ...init, [transfer]: files }));
            }""",
            [event, transfer],
        )
        dialog = page.get_by_role("dialog", name="Resim ekle")
        dialog.get_by_label("Ne gösterdiği").fill(event)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(text(page).locator("figure")).to_have_count(count)
        expect(text(page)).to_be_focused()  # where the next one is dropped
    text(page).get_by_text("Bkz.").click()
    page.keyboard.press("End")
    page.get_by_role("button", name="Resme gönderme yap").click()
    dialog = page.get_by_role("dialog", name="Resme gönderme yap")
    dialog.get_by_label("Hangi resim").select_option(value="12")
    dialog.get_by_role("button", name="Göndermeyi ekle").click()
    html = saved(page)["html"]
    assert html.startswith('<p>Bkz.<a data-figure="12"></a></p><figure>')
    assert "/files/7/" in html and "/files/12/" in html
