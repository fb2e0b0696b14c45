"""Two of a group in one section, each in a browser of their own."""

import pytest
from playwright.sync_api import expect

from tests.browsing import faults
from tests.factories import reports as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_as(house, enter, new_tab):
    report = make.requested(house.group)

    def opened(user, **options):
        page = new_tab(session=enter(user).cookies["sessionid"].value, **options)
        page.goto(f"/reports/{report.pk}/sections/1/")
        return page

    opened.section = report.sections.get(number=1)
    return opened


def write(page, words):
    page.get_by_role("textbox", name="1. konu").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def test_both_texts_survive_and_each_sees_the_other(open_as, rapporteur, group_member):
    hers, his = open_as(rapporteur), open_as(group_member)
    expect(his.get_by_text("Elif Aksoy bu bölümü açtı")).to_be_visible()
    write(hers, "Onun sözleri")
    expect(hers.locator("[data-save-state]")).to_contain_text("Kaydedildi")
    write(his, "Öbürünün sözleri")
    both = his.locator("[data-take=both]")
    expect(both).to_be_visible()
    both.click()
    expect(his.locator("[data-save-state]")).to_contain_text("Kaydedildi")
    open_as.section.refresh_from_db()
    assert "Onun sözleri" in open_as.section.html and "Öbürünün sözleri" in open_as.section.html


def test_a_comment_names_a_member_by_keyboard(open_as, rapporteur, group_member):
    page = open_as(rapporteur)
    write(page, "On sekiz katılımcı geldi.")
    page.keyboard.press("Shift+Home")
    page.get_by_role("button", name="Seçili yeri alıntıla").click()
    expect(page.get_by_label("İlgili yer")).to_have_value("On sekiz katılımcı geldi.")
    page.get_by_label("Yorum yazın").click()
    page.keyboard.type("@nu")
    expect(page.get_by_role("option", name="Nuri Balcı")).to_have_attribute("aria-selected", "true")
    assert faults(page, ".pane-r") == []
    page.keyboard.press("Enter")
    page.keyboard.type("bakar mısın?")
    page.get_by_role("button", name="Yorumu gönder").click()
    comment = page.get_by_role("article", name="Yorum: Elif Aksoy")
    expect(comment).to_contain_text("@Nuri Balcı bakar mısın?")
    expect(page.locator("#outline")).to_contain_text("1 yorum")
    comment.get_by_role("button", name="Çözüldü").click()
    expect(comment).to_contain_text("çözüldü dedi")
    expect(page.get_by_role("textbox", name="1. konu")).to_contain_text("On sekiz katılımcı")
    assert page.evaluate("window.refused") == []


def test_what_is_half_typed_stays_when_the_comments_are_shown_anew(open_as, rapporteur):
    page = open_as(rapporteur)
    comment, send = page.get_by_label("Yorum yazın"), page.get_by_role("button", name="Yorumu gönder")
    for words in ("Birinci söz", "İkinci söz"):
        comment.fill(words)
        send.click()
        expect(page.get_by_role("article").filter(has_text=words)).to_be_visible()
        expect(comment).to_have_value("")
    comment.fill("Yarım kalan yorum")
    first, second = (page.get_by_role("article").filter(has_text=words) for words in ("Birinci", "İkinci"))
    second.locator("summary").click()
    second.get_by_label("Yanıt").fill("Yarım kalan yanıt")
    first.get_by_role("button", name="Çözüldü").click()
    expect(first).to_contain_text("çözüldü dedi")
    expect(comment).to_have_value("Yarım kalan yorum")
    expect(second.get_by_label("Yanıt")).to_have_value("Yarım kalan yanıt")
    expect(second.get_by_label("Yanıt")).to_be_visible()
    second.get_by_role("button", name="Yanıtı gönder").click()
    expect(second.locator(".reply")).to_contain_text("Yarım kalan yanıt")
    expect(comment).to_have_value("Yarım kalan yorum")
    assert page.evaluate("window.refused") == []


def test_an_older_answer_that_comes_later_does_not_hide_a_comment_from_the_outline(open_as, rapporteur):
    page = open_as(rapporteur)
    write(page, "On sekiz katılımcı geldi.")
    with page.expect_response("**/check/"):  # the new status of the section
        expect(page.locator("[data-save-state]")).to_contain_text("Kaydedildi")
    held = []
    page.route("**/check/", lambda route: held.append((route, route.fetch())), times=1)
    page.get_by_label("Yorum yazın").fill("Kaynağı yazalım.")
    for _ in range(200):  # five seconds after the last key it is asked again
        if held:
            break
        page.wait_for_timeout(100)
    page.get_by_role("button", name="Yorumu gönder").click()
    expect(page.locator("#outline")).to_contain_text("1 yorum")
    ((route, earlier),) = held
    assert "1 yorum" not in earlier.text()
    with page.expect_response("**/check/"):
        route.fulfill(response=earlier)
    page.wait_for_timeout(500)  # so that it is shown before it is looked at
    expect(page.locator("#outline")).to_contain_text("1 yorum")
