"""The first half of the way: the period, its bodies, the calendar, the reports."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.factories.base import days_ago
from tests.journeys.conftest import Stage
from tests.journeys.hands import fill, press, said, told

TEAM, GROUP, OTHER = "Stratejik Planlama Ekibi", "Paydaş Analizi Grubu", "PESTLE Grubu"


def day(ago: int) -> str:
    return days_ago(ago).strftime("%d.%m.%Y")


def open_period(stage: Stage) -> None:
    page = stage.officer
    press(page, "Open a plan period")
    circular = {"Number of the circular": "2025/7", "Date of the circular": day(10), "Election day": day(40)}
    fill(page, circular)
    press(page, "Open the period")
    told(page, "Plan period opened.")


def form_bodies(stage: Stage) -> None:
    page = stage.officer
    form_body(page, "Planning Team", TEAM)
    seat(page, "Emine Çınar", "Chair", represents="Strateji Geliştirme Müdürlüğü")
    seat(page, "Kemal Uysal", "Member", represents="Mali Hizmetler Müdürlüğü")
    seat(page, "Ümit Kaya", "Member", represents="Fen İşleri Müdürlüğü")
    form_body(page, "Sub-working group", GROUP)
    seat(page, "Elif Aksoy", "Rapporteur")
    seat(page, "Kemal Uysal", "Member")
    form_body(page, "Sub-working group", OTHER)
    seat(page, "Hülya Şen", "Rapporteur")
    expect(page.locator(".badge-s.stop")).to_have_text(said("Cannot submit"))
    expect(page.get_by_text("Grupta Stratejik Planlama Ekibi üyesi yok.")).to_be_visible()


def form_body(page: Page, kind: str, name: str) -> None:
    page.goto("/bodies/")
    press(page, "Form a body")
    approval = {"Number of the approval": "E-41", "Date of the approval": day(9)}
    fill(page, {"Kind": said(kind), "Name": name, "Topic": name, **approval})
    press(page, "Form the body")
    press(page, name)


def seat(page: Page, person: str, role: str, *, represents: str = "") -> None:
    press(page, "Appoint a member")
    fill(page, {"Person": person, "Role": said(role), "First day": day(0)})
    if represents:
        fill(page, {"Represents the unit": represents})
    press(page, "Appoint the member")
    told(page, "Appointed. The rights of the role begin on the first day.")


def lay_out_calendar(stage: Stage) -> None:
    page = stage.officer
    page.goto("/calendar/")
    press(page, "Lay out the usual programme")
    told(page, "%(n)s tasks stand in the calendar.", n=13)
    expect(page.locator("svg.gantt")).to_be_visible()
    expect(
        page.get_by_role("row", name="Taslağın meclise sunulması").get_by_text("5393 md. 41")
    ).to_be_visible()


def mend_group(stage: Stage) -> None:
    """With a member of the team the second group may submit as well."""
    page = stage.officer
    page.goto("/bodies/")
    press(page, OTHER)
    seat(page, "Ümit Kaya", "Member")
    expect(page.get_by_text(said("Cannot submit"))).to_have_count(0)
