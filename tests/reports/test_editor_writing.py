"""The editor in a real browser: the page, writing, tools, paste, rows of tables."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browsing import faults
from tests.reports import editor_urls
from tests.reports.editing import (
    FIXTURES,
    paste,
    pasted,
    saved,
    state,
    text,
    wait,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.reports.editor_urls"),
]


class TestThePage:
    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1440, 320])
    @pytest.mark.parametrize("kind", ["text", "table"])
    def test_it_is_accessible_and_breaks_no_rule_of_its_policy(self, open_section, kind, width, theme):
        table = "<table><tr><th>A</th><th>B</th></tr><tr><td>uzun bir hücre</td><td>1</td></tr></table>"
        page = open_section(
            kind, width=width, theme=theme, html=f"<p>Söz</p>{table}", rows=[{"name": "Muhtarlar"}]
        )
        if kind == "text":
            text(page).locator("td").first.click()
            expect(page.get_by_role("group", name="Tablo araçları")).to_be_visible()
        assert faults(page) == []

    def test_without_a_script_it_is_a_plain_form(self, chromium, live_server, open_section):
        session = open_section(html="<p>Eski</p>").context.cookies()
        context = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
        context.add_cookies(session)
        page = context.new_page()
        page.goto("/section/?kind=table")
        page.get_by_role("textbox", name="Paydaş").fill("Odalar")
        page.get_by_role("button", name="Kaydet").click()
        context.close()
        assert editor_urls.POSTED[-1]["name"] == "Odalar"
        assert "rows" not in editor_urls.POSTED[-1]

    @pytest.mark.parametrize("kind", ["text", "table"])
    def test_a_form_that_does_not_save_itself_is_posted_by_its_button(self, open_section, kind):
        page = open_section(f"{kind}&plain", html="<p>Metin</p>", rows=[{"name": "Odalar"}])
        if kind == "text":
            text(page).click()
            page.keyboard.press("Control+End")
        else:
            page.get_by_label("Paydaş", exact=True).first.focus()
            page.keyboard.press("End")
        page.keyboard.type("!")
        wait(page)
        assert editor_urls.POSTED == []
        page.get_by_role("button", name="Kararı kaydet").click()
        page.wait_for_url(re.compile("/section/$"))
        post = editor_urls.POSTED[-1]
        assert post["decision"] == "accept"
        assert post.get("html") == "<p>Metin!</p>" or json.loads(post["rows"])[0]["name"] == "Odalar!"


class TestWriting:
    def test_words_are_saved_two_seconds_after_the_last_key(self, open_section):
        page = open_section(html="<p>Paydaşlar</p>")
        text(page).click()
        page.keyboard.press("Control+End")
        page.keyboard.type(" ışığı gördü")
        expect(state(page)).to_have_text("Kaydedildi, 10.42")
        assert saved(page)["html"] == "<p>Paydaşlar ışığı gördü</p>"
        assert [post["version"] for post in editor_urls.POSTED] == ["3"]
        page.keyboard.type(".")
        wait(page)
        assert [post["version"] for post in editor_urls.POSTED] == ["3", "4"]

    def test_who_never_pauses_is_saved_within_ten_seconds(self, open_section):
        page = open_section()
        text(page).click()
        for _ in range(11):
            page.keyboard.type("söz ")
            wait(page, 1)
        assert editor_urls.POSTED

    def test_a_text_that_did_not_change_is_not_sent(self, open_section):
        page = open_section(html="<p>a <strong>b</strong></p><table><tr><th>A</th></tr></table><p>&nbsp;</p>")
        text(page).click()
        page.keyboard.press("Control+End")
        page.keyboard.type("x")
        page.keyboard.press("Backspace")
        wait(page)
        assert editor_urls.POSTED == []

    def test_words_are_counted_against_the_hint(self, open_section):
        page = open_section(html="<p>bir iki – üç</p>")
        expect(page.locator("[data-words]")).to_have_text("3")
        text(page).click()
        page.keyboard.press("Control+End")
        page.keyboard.type(" dört beş altı yedi sekiz dokuz on on bir")
        expect(page.locator("[data-words]")).to_have_text("12")
        expect(page.get_by_text("aşıldı")).to_be_hidden()
        page.keyboard.type(" on")
        expect(page.get_by_text("önerilen 12 sözcük aşıldı")).to_be_visible()

    def test_the_answer_to_a_remark_is_saved_with_the_section(self, open_section):
        page = open_section()
        page.get_by_label("Yanıtınız").fill("Ölçek eklendi.")
        assert saved(page)["answer"] == "Ölçek eklendi."

    def test_the_outline_hears_of_a_new_state_once(self, open_section):
        page = open_section()
        page.evaluate(
            "window.heard = []; addEventListener('section-status', (e) => heard.push(e.detail.status))"
        )
        for words in ("bir", "iki"):
            page.get_by_label("Yanıtınız").fill(words)
            wait(page)
        assert page.evaluate("heard") == ["Yazılıyor"]


class TestToolbar:
    def test_it_is_one_tab_stop_with_arrows_and_a_way_back(self, open_section):
        page = open_section()
        text(page).click()
        page.keyboard.press("Alt+F10")
        expect(page.get_by_role("button", name="Kalın")).to_be_focused()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("button", name="İtalik")).to_be_focused()
        page.keyboard.press("End")
        expect(page.get_by_role("button", name="Yinele")).to_be_focused()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("button", name="Kalın")).to_be_focused()
        page.keyboard.press("Tab")
        expect(text(page)).to_be_focused()
        page.keyboard.press("Alt+F10")
        page.keyboard.press("Escape")
        expect(text(page)).to_be_focused()

    def test_marks_headings_and_lists_by_keyboard_alone(self, open_section):
        page = open_section()
        text(page).click()

        def press(name):
            page.keyboard.press("Alt+F10")
            page.keyboard.press("Home")
            while page.evaluate("document.activeElement.getAttribute('aria-label')") != name:
                page.keyboard.press("ArrowRight")
            page.keyboard.press("Enter")

        press("Alt başlık")
        expect(page.get_by_role("button", name="Alt başlık", exact=True)).to_have_attribute(
            "aria-pressed", "true"
        )
        page.keyboard.type("Ölçek")
        page.keyboard.press("Enter")
        press("Kalın")
        page.keyboard.type("önemli")
        page.keyboard.press("Enter")
        press("Madde işaretli liste")
        page.keyboard.type("bir")
        assert saved(page)["html"] == (
            "<h3>Ölçek</h3><p><strong>önemli</strong></p><ul><li><p>bir</p></li></ul>"
        )
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        press("Geri al")
        expect(text(page)).to_contain_text("Ölçek")

    def test_a_table_has_a_head_row_and_is_no_keyboard_trap(self, open_section):
        page = open_section()
        text(page).click()
        page.get_by_role("button", name="Tablo ekle").click()
        page.keyboard.type("Paydaş")
        tools = page.get_by_role("group", name="Tablo araçları")
        tools.get_by_role("button", name="Sütun").nth(1).click()
        tools.get_by_role("button", name="Satır").first.click()
        assert page.evaluate("document.querySelectorAll('.edit [style]').length") == 0
        for _ in range(8):
            page.keyboard.press("Tab")
        expect(text(page)).not_to_be_focused()
        html = saved(page)["html"]
        assert (html.count("<tr>"), html.count('<th scope="col">'), html.count("<td>")) == (4, 2, 6)
        text(page).locator("td").first.click()
        tools.get_by_role("button", name="Tabloyu sil").click()
        expect(text(page).locator("table")).to_have_count(0)
        expect(tools).to_be_hidden()

    def test_a_link_is_asked_for_and_a_wrong_address_is_told(self, open_section):
        page = open_section(html="<p>Kanun</p>")
        text(page).click()
        page.keyboard.press("Control+a")
        page.get_by_role("button", name="Bağlantı", exact=True).click()
        assert faults(page) == []
        page.keyboard.type("javascript:alert(1)")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Adres")).to_have_attribute("aria-invalid", "true")
        page.get_by_label("Adres").fill("http://www.mevzuat.gov.tr/?MevzuatNo=5018&a=1")
        page.keyboard.press("Enter")
        assert saved(page)["html"] == (
            '<p><a href="https://www.mevzuat.gov.tr/?MevzuatNo=5018&amp;a=1" '
            'rel="noopener noreferrer">Kanun</a></p>'
        )
        page.get_by_role("button", name="Bağlantı", exact=True).click()
        expect(page.get_by_label("Adres")).to_have_value("https://www.mevzuat.gov.tr/?MevzuatNo=5018&a=1")
        page.get_by_role("button", name="Bağlantıyı kaldır").click()
        expect(text(page).locator("a")).to_have_count(0)

    def test_a_footnote_is_written_and_changed(self, open_section):
        page = open_section(html="<p>Katılım</p>")
        text(page).click()
        page.keyboard.press("Control+End")
        page.get_by_role("button", name="Dipnot").click()
        page.get_by_label("Dipnotun metni").fill("Tutanak <1>")
        page.get_by_role("button", name="Dipnotu koy").click()
        assert saved(page)["html"] == '<p>Katılım<sup data-note="Tutanak &lt;1&gt;"></sup></p>'
        text(page).locator("sup").click()
        page.get_by_role("button", name="Dipnot", exact=True).click()
        page.get_by_label("Dipnotun metni").fill("Tutanak 2")
        page.get_by_role("button", name="Dipnotu koy").click()
        expect(text(page).locator("sup")).to_have_attribute("data-note", "Tutanak 2")


class TestPaste:
    def test_from_word(self, open_section):
        page = open_section()
        html = pasted(page, "word")
        assert html.startswith(
            "<h3>Paydaş analizi</h3><h3>Ölçek</h3><p>Paydaşlar <strong>önem</strong> ve <em>etki</em> yönünden "
            'puanlanmıştır<sup data-note="Çalıştay tutanağı, 24.06.2024, 18 katılımcı."></sup>. '
        )
        assert '<a href="https://www.mevzuat.gov.tr/" rel="noopener noreferrer">5018 sayılı Kanun</a>' in html
        assert "yerel dosya 12 km²." in html and "Eklenen cümle." in html
        assert "Silinen" not in html and "açıklamadır" not in html and "[E1]" not in html
        assert (
            "<ul><li><p>Mahalle muhtarları</p><ul><li><p>Merkez mahalleler</p></li></ul></li>"
            "<li><p>Belediye personeli</p></li></ul>"
            "<ol><li><p>Belirleme</p></li><li><p>Önceliklendirme</p></li></ol>"
        ) in html
        assert html.endswith(
            '<table><thead><tr><th rowspan="2" scope="col"><p>Paydaş</p></th>'
            '<th colspan="2" scope="col"><p>Puan</p></th></tr>'
            '<tr><th scope="col"><p>Önem</p></th><th scope="col"><p>Etki</p></th></tr></thead>'
            "<tbody><tr><td><p>Muhtarlar</p></td><td><p>5</p></td><td><p>4</p></td></tr></tbody></table>"
        )
        expect(page.locator("#status")).to_contain_text("Resimler alınmadı; belge olarak ekleyin.")

    def test_from_excel(self, open_section):
        assert pasted(open_section(), "excel") == (
            '<table><thead><tr><th scope="col"><p>Faaliyet</p></th>'
            '<th colspan="2" scope="col"><p>Maliyet (TL)</p></th></tr></thead>'
            "<tbody><tr><td><p>Park yapımı</p></td><td><p>4.420.505,00</p></td><td><p>%40</p></td></tr>"
            "<tr><td><p>Bisiklet yolu</p></td><td><p>12.000,50</p></td><td></td></tr></tbody></table>"
        )

    def test_from_libreoffice(self, open_section):
        page = open_section()
        assert pasted(page, "libreoffice") == (
            "<h3>Yöntem</h3><p>Puanlama <strong>18 katılımcıyla</strong> yapılmıştır."
            '<sup data-note="Çalıştay tutanağı, 24.06.2024."></sup></p>'
            "<ul><li><p>Anket</p><ul><li><p>Çevrim içi</p></li></ul></li><li><p>Görüşme</p></li></ul>"
            "<ol><li><p>Belirleme</p></li></ol>"
            '<table><thead><tr><th scope="col"><p>Paydaş</p></th><th scope="col"><p>Önem</p></th></tr></thead>'
            "<tbody><tr><td><p>Muhtarlar</p></td><td><p>5</p></td></tr></tbody></table>"
        )
        expect(page.locator("#status")).to_contain_text("Resimler alınmadı")

    def test_from_google_docs(self, open_section):
        assert pasted(open_section(), "google-docs") == (
            "<h3>Sonuç</h3><p>Etki <strong>yüksek</strong><em> görülmüştür.</em></p>"
            "<ul><li><p>Birinci</p><ul><li><p>Alt düzey</p></li></ul></li></ul>"
        )

    def test_a_hostile_clipboard_runs_nothing(self, open_section):
        page = open_section()
        text(page).click()
        paste(
            page,
            '<img src=x onerror="window.ran=1"><svg onload="window.ran=1"></svg><p style=\'x\' onclick=run()>söz</p>'
            "<a href='javascript:window.ran=1'>tıkla</a><iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
        )
        assert saved(page)["html"] == "<p>söz</p><p>tıkla</p>"
        assert page.evaluate("[window.ran ?? 0, window.refused]") == [0, []]

    def test_what_is_copied_within_the_editor_comes_back_whole(self, open_section):
        page = open_section(html="<p>bir <strong>iki</strong></p>")
        text(page).click()
        page.clock.run_for(
            50
        )  # when it takes the focus, the editor puts its selection into the page once more
        page.keyboard.press("Control+a")
        page.keyboard.press("Control+c")
        page.keyboard.press("Control+End")
        bold = page.get_by_role("button", name="Kalın")
        expect(bold).to_have_attribute("aria-pressed", "true")  # so that it has heard where the caret is
        page.keyboard.press("Enter")
        page.keyboard.press("Control+v")
        assert saved(page)["html"] == "<p>bir <strong>iki</strong></p>" * 2


class TestTableSection:
    ROWS = [{"name": "Muhtarlar", "way": "Bilgilendir"}, {"name": "Odalar", "weight": "3"}]

    def names(self):
        return [row["name"] for row in editor_urls.SECTION["rows"]]

    def test_rows_are_added_filled_and_saved(self, open_section):
        page = open_section("table", rows=self.ROWS)
        page.get_by_role("button", name="Satır ekle").click()
        page.keyboard.type("Personel")
        page.get_by_label("İzlenecek yol").last.select_option("Birlikte çalış")
        page.get_by_label("Önem").last.fill("5")
        page.get_by_label("Başlangıç").last.fill("1.3.2026")
        page.get_by_label("Gerekçe").last.fill("Çok\nsatırlı")
        assert saved(page)["rows"][-1] == {
            "name": "Personel",
            "way": "Birlikte çalış",
            "weight": "5",
            "since": "1.3.2026",
            "why": "Çok\nsatırlı",
        }
        assert self.names() == ["Muhtarlar", "Odalar", "Personel"]
        assert set(editor_urls.POSTED[-1]) == {"csrfmiddlewaretoken", "version", "answer", "rows"}

    def test_rows_move_by_buttons_that_keep_the_focus_and_say_the_place(self, open_section):
        page = open_section("table", rows=self.ROWS)
        up = page.get_by_role("row", name="Odalar").or_(
            page.locator("tr", has=page.locator("[value=Odalar]"))
        )
        button = up.get_by_role("button", name="Satırı yukarı taşı")
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_be_focused()
        expect(page.locator("#status")).to_contain_text("1. sıraya taşındı.")
        saved(page)
        assert self.names() == ["Odalar", "Muhtarlar"]
        page.get_by_role("button", name="Satırı aşağı taşı").first.click()
        expect(page.locator("#status")).to_contain_text("2. sıraya taşındı.")

    def test_a_removed_row_can_be_put_back(self, open_section):
        page = open_section("table", rows=self.ROWS)
        page.get_by_role("button", name="Satırı kaldır").first.click()
        undo = page.get_by_role("button", name="Kaldırılan satırı geri koy")
        expect(undo).to_be_focused()
        saved(page)
        assert self.names() == ["Odalar"]
        undo.click()
        wait(page)
        assert self.names() == ["Muhtarlar", "Odalar"]

    def test_cells_copied_from_a_sheet_fill_rows_and_make_new_ones(self, open_section):
        page = open_section("table", rows=self.ROWS)
        page.get_by_label("Paydaş", exact=True).nth(1).focus()
        paste(
            page,
            plain='Odalar\tBirlikte çalış\t4\t1.1.2026\t"iki\nsatır"\nSTK\tBilgilendir\t2\t\t\nOkullar\t\t1\r\n',
        )
        rows = saved(page)["rows"]
        assert self.names() == ["Muhtarlar", "Odalar", "STK", "Okullar"]
        assert rows[1]["why"] == "iki\nsatır" and rows[2]["way"] == "Bilgilendir" and rows[3]["weight"] == "1"


def test_what_the_editor_writes_is_what_the_server_keeps(open_section):
    """Round trip: opening and saving a cleaned text changes nothing in it."""
    page = open_section()
    html = json.loads((FIXTURES / "kept.json").read_text())
    editor_urls.begin(html=html)
    page.reload()
    text(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("!")
    assert saved(page)["html"] == html[: -len("</p>")] + "!</p>"
