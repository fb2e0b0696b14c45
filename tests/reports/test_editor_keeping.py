"""The editor in a real browser: whatever happens, nothing that was typed is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.browsing import faults
from tests.factories.base import PASSWORD
from tests.reports import editor_urls
from tests.reports.conftest import enter
from tests.reports.editing import (
    saved,
    state,
    text,
    told,
    wait,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.reports.editor_urls"),
]


class TestNothingIsLost:
    def write(self, page, words):
        text(page).click()
        page.keyboard.press("Control+End")
        page.keyboard.type(words)

    def test_somebody_elses_text_is_shown_beside_mine_and_both_can_go_on(self, open_section):
        page = open_section(html="<p>Ortak</p><p>Son</p>")
        editor_urls.SECTION.update(version=4, html="<p>Ortak</p><p>Onların</p><p>Son</p>")
        self.write(page, " benim")
        told(page, "Nihal Özdemir")
        expect(page.get_by_role("heading", name="Bölümün iki metni")).to_be_visible()
        expect(text(page)).to_be_focused()
        expect(page.locator("[data-side=mine] .only-here")).to_have_text("Son benim")
        expect(page.locator("[data-side=theirs] .only-here")).to_have_text(["Onların", "Son"])
        assert faults(page) == []
        self.write(page, " sözüm")
        wait(page)
        assert len(editor_urls.POSTED) == 1  # nothing is sent before somebody chose
        page.get_by_role("button", name="İkisiyle devam et").click()
        assert saved(page)["html"] == "<p>Ortak</p><p>Onların</p><p>Son</p><p>Son benim sözüm</p>"

    @pytest.mark.parametrize(
        ("button", "html"),
        [("Benim metnimle devam et", "<p>Benim</p>"), ("Kayıtlı metinle devam et", "<p>Onların</p>")],
    )
    def test_one_of_the_two_texts_goes_on(self, open_section, button, html):
        page = open_section()
        editor_urls.SECTION.update(version=9, html="<p>Onların</p>")
        self.write(page, "Benim")
        told(page, "Nihal Özdemir")
        page.get_by_role("button", name=button).click()
        told(page, "Kaydedildi")
        wait(page, 1)
        assert editor_urls.SECTION["html"] == html
        expect(text(page)).to_have_text(re.sub("<.*?>", "", html))
        page.reload()
        expect(page.locator("[data-compare]")).to_be_hidden()

    def test_a_save_whose_answer_was_lost_is_no_conflict(self, open_section):
        page = open_section()
        page.locator("[data-autosave]").evaluate(
            "(form) => form.setAttribute('action', '/section/evaporate/')"
        )
        self.write(page, "Bir")
        told(page, "Sunucu şu anda")
        page.locator("[data-autosave]").evaluate("(form) => form.setAttribute('action', '/section/save/')")
        self.write(page, " iki")
        assert saved(page)["html"] == "<p>Bir iki</p>"
        expect(page.locator("[data-compare]")).to_be_hidden()

    def test_two_people_in_different_fields_of_a_section_do_not_disturb_each_other(self, open_section):
        page = open_section(html="<p>Metin</p>")
        editor_urls.SECTION.update(version=4)
        page.get_by_label("Yanıtınız").fill("Yanıt")
        assert saved(page)["answer"] == "Yanıt"

    def test_an_ended_session_loses_no_character(self, open_section, new_tab):
        page = open_section(html="<p>Önce</p>")
        page.context.clear_cookies(name="sessionid")
        self.write(page, " sonra")
        told(page, "Oturumunuz sona erdi")
        expect(text(page)).to_be_focused()
        page.keyboard.type(" ve yine")
        with page.context.expect_page() as opened:
            state(page).get_by_role("link", name="Yeni sekmede giriş yap").click()
        other = opened.value
        other.get_by_label("E-posta").fill("elif@ornek.bel.tr")
        other.get_by_label("Parola", exact=True).fill(PASSWORD)
        other.keyboard.press("Enter")
        expect(other).not_to_have_url(re.compile("/login/"))
        other.close()
        page.bring_to_front()
        page.evaluate("dispatchEvent(new Event('focus'))")
        assert saved(page)["html"] == "<p>Önce sonra ve yine</p>"

    def test_another_persons_sign_in_never_takes_my_words(self, open_section):
        page = open_section()
        page.context.add_cookies(
            [{"name": "sessionid", "value": enter("Veli Can"), "url": page.url.split("/section")[0]}]
        )
        page.context.clear_cookies(name="csrftoken")
        self.write(page, "Elif yazdı")
        told(page, "Oturumunuz sona erdi")
        page.evaluate("dispatchEvent(new Event('focus'))")
        wait(page)
        assert editor_urls.SECTION["html"] == ""
        page.goto("/section/")  # now Veli's page: what Elif left on this device is gone
        wait(page, 1)
        expect(page.locator("[data-compare]")).to_be_hidden()
        expect(text(page)).to_have_text("")

    def test_without_a_connection_words_stay_here_and_go_when_it_is_back(self, open_section):
        page = open_section()
        page.context.set_offline(True)
        self.write(page, "Çevrim dışı")
        told(page, "Bağlantı kesildi. Yazdıklarınız bu cihazda saklanıyor; bağlantı gelince kaydedilecek.")
        assert editor_urls.POSTED == []
        page.context.set_offline(False)
        assert saved(page)["html"] == "<p>Çevrim dışı</p>"

    def test_five_minutes_without_a_network_lose_nothing(self, open_section):
        page = open_section()
        page.context.set_offline(True)
        for minute in range(5):
            self.write(page, f" dakika{minute}")
            wait(page, 60)
            expect(state(page)).to_contain_text("Bağlantı kesildi")
        page.context.set_offline(False)
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(state(page)).to_contain_text("10.50")
        assert all(f"dakika{minute}" in editor_urls.SECTION["html"] for minute in range(5))

    def test_a_closed_page_gives_back_what_was_not_saved(self, open_section):
        page = open_section(html="<p>Eski</p>")
        editor_urls.ANSWER.update(status=503)
        self.write(page, " yeni")
        told(page, "Sunucu şu anda")
        page.goto("about:blank")
        wait(page, 1)  # the last post, refused too
        editor_urls.ANSWER.clear()
        page.goto("/section/")
        expect(page.get_by_text("kaydedilmemiş metniniz var")).to_be_visible()
        expect(text(page)).to_have_text("Eski yeni")
        expect(page.locator("[data-side=theirs]")).to_contain_text("Eski")
        page.get_by_role("button", name="Benim metnimle devam et").click()
        assert saved(page)["html"] == "<p>Eski yeni</p>"
        page.reload()
        wait(page, 1)
        expect(page.locator("[data-compare]")).to_be_hidden()

    def test_a_draft_left_behind_by_a_newer_text_is_still_offered(self, open_section):
        page = open_section("table", rows=[{"name": "Eski"}])
        editor_urls.ANSWER.update(status=503)
        page.get_by_label("Paydaş", exact=True).last.fill("Benim")
        told(page, "Sunucu şu anda")
        editor_urls.ANSWER.clear()
        editor_urls.SECTION.update(version=8, rows=[{"why": "", "name": "Eski"}, {"name": "Onların"}])
        page.goto("/section/?kind=table")
        page.get_by_role("button", name="İkisiyle devam et").click()
        saved(page)
        assert [row["name"] for row in editor_urls.SECTION["rows"]] == ["Eski", "Onların", "Benim"]

    def test_drafts_go_after_fourteen_days(self, open_section):
        page = open_section(at="2026-11-01T09:00:00")
        editor_urls.ANSWER.update(status=503)
        self.write(page, "Eski taslak")
        told(page, "Sunucu şu anda")
        page.goto("about:blank")
        wait(page, 1)
        editor_urls.ANSWER.clear()
        page.clock.set_system_time("2026-11-16T09:00:00")
        page.goto("/section/")
        wait(page, 1)
        expect(text(page)).to_have_text("")
        expect(page.locator("[data-compare]")).to_be_hidden()

    def test_a_refusal_stands_at_the_section_with_its_reason(self, open_section):
        page = open_section()
        editor_urls.ANSWER.update(
            status=422, message="Tabloda 2001 satır var; en çok 2000 satır saklanabilir."
        )
        self.write(page, "Söz")
        told(page, "Kaydedilmedi")
        expect(page.get_by_role("alert").filter(has_text="2001 satır")).to_be_visible()
        assert faults(page) == []
        editor_urls.ANSWER.clear()
        self.write(page, " kısa")
        assert saved(page)["html"] == "<p>Söz kısa</p>"
        expect(page.get_by_text("2001 satır")).to_be_hidden()

    def test_a_denial_is_told_and_a_too_large_text_without_a_sentence_too(self, open_section):
        page = open_section()
        editor_urls.ANSWER.update(status=403, message="Rapor gönderildi; bölüm artık değiştirilemez.")
        self.write(page, "Söz")
        told(page, "Kaydedilmedi")
        expect(page.get_by_text("artık değiştirilemez")).to_be_visible()
        del editor_urls.ANSWER["message"]
        editor_urls.ANSWER.update(status=413)
        self.write(page, " daha")
        wait(page)
        expect(page.get_by_text("Bu bölüm kaydedilmedi")).to_be_visible()

    def test_leaving_by_a_link_or_a_form_saves_first(self, open_section):
        page = open_section()
        self.write(page, "Bir")
        page.get_by_role("link", name="4. İhtiyaçlar").click()
        page.wait_for_url("**/elsewhere/")
        assert editor_urls.SECTION["html"] == "<p>Bir</p>"
        page.goto("/section/")
        self.write(page, " iki")
        page.get_by_role("button", name="Gönder…").click()
        page.wait_for_url("**/elsewhere/")
        assert editor_urls.SECTION["html"] == "<p>Bir iki</p>"

    def test_closing_the_page_sends_the_last_words(self, open_section):
        page = open_section()
        self.write(page, "Son söz")
        page.goto("about:blank")
        wait(page, 1)
        assert editor_urls.SECTION["html"] == "<p>Son söz</p>"
        page.goto("/section/")
        wait(page, 1)
        expect(page.locator("[data-compare]")).to_be_hidden()

    def test_a_form_waits_while_the_words_cannot_be_saved(self, open_section):
        page = open_section()
        editor_urls.ANSWER.update(status=422, message="Çok uzun.")
        self.write(page, "Söz")
        page.get_by_role("button", name="Gönder…").click()
        expect(page.locator("[data-trouble]")).to_be_focused()
        assert "/section/" in page.url

    def test_the_browser_asks_only_where_words_are_kept_nowhere(self, open_section, new_tab):
        page = open_section()
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        page.context.add_init_script("delete IDBFactory.prototype.open")
        page.reload()
        editor_urls.ANSWER.update(status=503)
        self.write(page, "Söz")
        told(page, "bu tarayıcı hiçbir şey saklamıyor")
        page.evaluate("location.href = '/section/elsewhere/'")
        wait(page, 1)
        assert asked == ["beforeunload"]
