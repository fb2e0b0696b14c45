"""The way of a report: asked for, written, submitted, judged, returned, answered, accepted."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Stage
from tests.journeys.hands import fill, labelled, press, said, told
from tests.journeys.preparing import GROUP, OTHER, day

TEMPLATE = "Paydaş analizi raporu"
WHO, VIEWS, ORDER = "Paydaşların belirlenmesi", "Paydaş görüşleri", "Önceliklendirme"
REMARK = "Katılımcı sayısını ve çalıştayın tarihini yazınız."
SAVED = said("Saved, {time}").split("{")[0]

INSIDER = (
    "You sit in the group that wrote this report. Before the evaluation can be closed, "
    "a member of the Planning Team from outside the group must decide on at least one section."
)


def make_template(stage: Stage) -> None:
    page = stage.officer
    page.goto("/reports/templates/")
    press(page, "New template")
    fill(page, {"Name": TEMPLATE, "Purpose": "Planın durum analizi bölümüne girer."})
    press(page, "Add the template")
    add_section(page, WHO)
    add_section(page, VIEWS)
    add_section(page, ORDER, columns=("Paydaş", "Önem"))


def add_section(page: Page, title: str, *, columns: tuple[str, ...] = ()) -> None:
    press(page, "Add a section")
    fill(page, {"Title": title, "Chapter of the plan that it feeds": "3.F"})
    if columns:
        page.get_by_role("radio", name=said("Table"), exact=True).check()
    for at, name in enumerate(columns, 1):
        fill(page, {f"{said('Column')} ({at})": name, f"{said('Required')} ({at})": True})
    press(page, "Save the section")
    told(page, "The section has been saved.")


def request_reports(stage: Stage) -> None:
    page = stage.officer
    for group in (GROUP, OTHER):
        page.goto("/reports/new/")
        fill(page, {"Template": TEMPLATE, "Group": group, "Due on": day(-14)})
        press(page, "Request the report")
        told(page, "The report has been requested; the group sees it on its first screen.")


def cannot_submit(stage: Stage) -> None:
    page = stage.second_rapporteur
    press(page, "Continue: %(section)s", section="1.")
    expect(page.get_by_role("button", name=said("Submit…"))).to_be_disabled()
    expect(page.get_by_text("Grupta Stratejik Planlama Ekibi üyesi yok.").first).to_be_visible()
    stage.leave("second_rapporteur")


def write_report(stage: Stage) -> None:
    """One press leads into writing; nothing is pressed to save."""
    page = stage.rapporteur
    press(page, "Continue: %(section)s", section="1.")
    write(page, "Paydaşlar mevzuattan ve birimlerin yazışmalarından belirlenmiştir.")
    press(page, "Next to complete: %(title)s", title="2.")
    write(page, "Mahalle muhtarları yaya ulaşımını, esnaf temizliği öne çıkarmıştır.")
    press(page, "Next to complete: %(title)s", title="3.")
    for at, (who, weight) in enumerate([("Mahalle muhtarları", "5"), ("Belediye personeli", "4")]):
        labelled(page, "Paydaş").nth(at).fill(who)
        labelled(page, "Önem").nth(at).fill(weight)
    expect(page.locator("[data-save-state]")).to_contain_text(SAVED)


def write(page: Page, text: str) -> None:
    """Type into the editor and wait until the page says that the words are safe."""
    expect(page.locator("[data-save-state]")).not_to_contain_text(SAVED)
    page.locator(".edit").press_sequentially(text)
    expect(page.locator("[data-save-state]")).to_contain_text(SAVED)


def submit(page: Page, *, version: int) -> None:
    """Two presses: what is missing is looked through first."""
    press(page, "Submit…")
    expect(page.get_by_text(said("Every required part is there."))).to_be_visible()
    press(page, "Submit the report")
    told(page, "Version %(number)d has been sent to the Planning Team.", number=version)


def return_one_section(stage: Stage) -> None:
    page = stage.team_member
    evaluate(page)
    expect(page.get_by_text(said(INSIDER))).to_be_visible()
    decide(page, "Return", remark=REMARK)
    decide(page, "Accept")
    page = stage.team_chair  # who sits outside the group
    evaluate(page)
    decide(page, "Accept")
    page = stage.team_member
    page.reload()
    expect(page.get_by_role("button", name=said("Close the evaluation…"))).to_be_disabled()


def evaluate(page: Page, *, act: str = "Evaluate") -> None:
    """From the first screen, one press."""
    page.goto("/")
    press(page, act, within=page.get_by_role("article", name=TEMPLATE))


def decide(page: Page, choice: str, *, remark: str = "") -> None:
    """One press, after a remark was typed; the page leads on by itself."""
    if remark:
        fill(page, {"Remark": remark})
    press(page, choice)


def close(stage: Stage, label: str, outcome: str) -> None:
    page = stage.team_chair
    evaluate(page, act="Decisions and close")
    press(page, label)
    told(page, outcome)


def answer_and_resubmit(stage: Stage) -> None:
    page = stage.rapporteur
    page.goto("/")
    expect(page.locator(".note.stop")).to_contain_text(REMARK)
    press(page, f"1. {WHO}")
    page.locator(".edit").press("Control+End")
    with page.expect_response(re.compile(r"/save/$")) as saving:
        page.locator(".edit").press_sequentially(" Çalıştay 12 Mayıs’ta 18 katılımcıyla yapılmıştır.")
    assert saving.value.ok
    fill(page, {"Your answer": "Sayı ve tarih ilk paragrafa eklendi."})
    press(page, "Mark as answered")
    submit(page, version=2)


def accept_with_an_edit(stage: Stage) -> None:
    page = stage.team_chair
    evaluate(page)
    expect(page.locator("ins").first).to_contain_text("Çalıştay")
    decide(page, "Accept with an edit…")
    page.locator(".edit").press("Control+End")
    page.locator(".edit").press_sequentially(" Görüşler ekte verilmiştir.")
    decide(page, "Accept as edited")
