"""The second half of the way: the card, the draft, its approvals, the council."""

from __future__ import annotations

import re
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Stage
from tests.journeys.hands import choose, fill, labelled, press, said, told
from tests.journeys.preparing import day
from tests.journeys.town import FULL_MEMBERSHIP

GOAL, OBJECTIVE = "Yaşanabilir bir kent kurmak", "Yaya yolları"
OBJECTION = "Yaya yolu maliyetinin kaynağı gösterilmemiştir."
PRINTED_WITHIN = 90_000  # milliseconds
YEARS = range(timezone.localdate().year + 1, timezone.localdate().year + 6)
PLAN = f"{YEARS[0]}–{YEARS[-1]}"


def make_card(stage: Stage) -> None:
    page = stage.officer
    page.goto("/plan/")
    press(page, "New goal")
    fill(page, {"Goal": GOAL})
    press(page, "Save")
    press(page, "New objective")
    fill(page, {"Topic": OBJECTIVE, "Responsible unit": "Fen İşleri Müdürlüğü"})
    press(page, "Save")
    fill(page, {"Objective": f"Yaya yolları {YEARS[-1]} sonuna kadar 25 km’ye çıkarılacaktır."})
    page.get_by_role("checkbox", name="Mali Hizmetler Müdürlüğü").check()
    indicator(page, 0, "Yaya yolu uzunluğu", "km", weight=60)
    press(page, "Add a row", within=page.locator("#rows-indicators"), stays=True)
    indicator(page, 1, "Erişilebilir geçit sayısı", "adet", weight=40)
    words = {
        "risks-0-text": "İhalelerin gecikmesi",
        "risks-0-control": "Yıllık ihale takvimi izlenir.",
        "activities-0-name": "Yaya yolu yapımı",
        "findings-0-text": "Yaya yolları kesintilidir.",
        "needs-0-text": "Kesintisiz yaya ağı",
    }
    costs = {f"cost_{year}": "1.000.000,00" for year in YEARS}
    for name, value in {**words, **costs, "cost_estimate": "5.000.000,00"}.items():
        page.locator(f"[name={name}]").fill(value)
    press(page, "Save the card")
    expect(page.get_by_text(said("No rule has a finding on this card."))).to_be_visible()


def indicator(page: Page, row: int, name: str, measure: str, *, weight: int) -> None:
    def cell(field: str):
        return page.locator(f"[name=indicators-{row}-{field}]")

    for field, value in {"name": name, "measure": measure, "weight": weight, "baseline": 5}.items():
        cell(field).fill(str(value))
    for at, year in enumerate(YEARS, 1):
        cell(f"target_{year}").fill(str(5 + 4 * at))
    for field in ("monitoring", "reporting"):
        choose(cell(field), said("every 6 months"))


def freeze(stage: Stage, *, number: int, folder: Path) -> None:
    """Two presses; the page tells how far the printing is, and when it is done."""
    page = stage.officer
    page.goto("/drafts/")
    press(page, "Freeze the draft…", stays=True)
    press(page, "Freeze draft %(n)s", within=page.get_by_role("dialog"), n=number)
    job = page.locator(".job")
    expect(job.get_by_role("link", name=said("Show it"))).to_be_visible(timeout=PRINTED_WITHIN)
    press(page, "Show it", within=job)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^PDF")).click()
    path = folder / f"draft-{number}.pdf"
    download.value.save_as(path)
    assert path.read_bytes()[:5] == b"%PDF-"


def record(page: Page, act: str, done: str, *, present: int) -> None:
    """The chair of a body records what it decided, from the first screen."""
    page.goto("/")
    press(page, act)
    fill(page, {"Present": present, "For": present, "Against": 0})
    press(page, act)
    told(page, done)


def endorse_and_approve(stage: Stage) -> None:
    record(stage.team_chair, "Record the endorsement", "The endorsement has been recorded.", present=3)
    record(stage.mayor, "Record the approval", "The approval has been recorded.", present=2)


def call_sitting(stage: Stage, *, at: str, draft: int) -> str:
    """The council is called for today, as it was told three days ago. Gives the address of the sitting."""
    page = stage.officer
    page.goto("/")
    press(page, "Call a meeting")
    press(page, "Strateji Geliştirme Üst Kurulu")
    fill(page, {"Day": day(0), "Time": at, "Place": "Meclis salonu", "Members told on": day(3)})
    page.get_by_role("checkbox", name=f"({draft}. taslak)").check()
    press(page, "Call the meeting")
    told(page, "%(body)s has been called.", body="Strateji Geliştirme Üst Kurulu")
    return page.url


BEFORE_OPENING = "Ticked as present: %(present)s of %(all)s"
OPENED = "%(present)s members present, %(absent)s absent"


def tick(page: Page, names: list[str], *, present: int, there: bool = True, count: str = OPENED) -> None:
    for name in names:
        page.get_by_role("checkbox", name=name, exact=True).set_checked(there)
    words = said(count, present=present, absent=FULL_MEMBERSHIP - present, all=FULL_MEMBERSHIP)
    expect(page.locator("#roll-count")).to_have_text(words)


def too_few(stage: Stage, sitting: str) -> None:
    page = stage.clerk
    page.goto(sitting)
    tick(page, members(stage)[:5], present=5, count=BEFORE_OPENING)
    words = "Yeter sayı yok: salonda 5 üye var, 8 gerekir. Birleşim açılamaz."
    expect(page.locator("#live [role=status]")).to_contain_text(words)
    expect(page.get_by_role("button", name=said("Open the sitting"))).to_be_disabled()
    expect(page.get_by_role("link", name=said("Put to the vote…"))).to_have_count(0)


def members(stage: Stage) -> list[str]:
    """The mayor, then the members, as they come into the hall."""
    return [stage.town.people["mayor"].full_name, *(person.full_name for person in stage.town.council)]


def open_sitting(stage: Stage, sitting: str, *, already: int = 0) -> None:
    page = stage.clerk
    page.goto(sitting)
    tick(page, members(stage)[already:10], present=10, count=BEFORE_OPENING)
    press(page, "Open the sitting")
    at_another_hour(page)


def at_another_hour(page: Page) -> None:
    """The sitting was called for a fixed hour: at another one the page asks once more."""
    if page.url.endswith("/open/"):
        press(page, "Yes, open it now")


def lose_quorum(stage: Stage) -> None:
    """Three leave: no vote can be opened until they are back."""
    page, leaving = stage.clerk, members(stage)[7:10]
    to_vote = page.get_by_role("link", name=said("Put to the vote…"))
    expect(to_vote.first).to_be_visible()
    tick(page, leaving, present=7, there=False)
    words = said(
        "No quorum: %(present)s members are in the hall, %(needed)s are needed. No vote can be opened.",
        present=7,
        needed=8,
    )
    expect(page.locator("#live [role=status]")).to_contain_text(words)
    expect(to_vote).to_have_count(0)
    tick(page, leaving, present=10)


def open_vote(page: Page, motion: str, method: str, *, objection: str = "") -> None:
    press(
        page, "Put to the vote…", within=page.locator("#agenda li").filter(has_text="Stratejik Plan Taslağı")
    )
    for choice in (motion, method):
        page.get_by_role("radio", name=said(choice), exact=True).check()
    if objection:
        choose(labelled(page, "Chapter").first, "5.")
        labelled(page, "Objection").first.fill(objection)
    press(page, "Open the vote")


def return_draft(stage: Stage) -> None:
    page = stage.clerk
    open_vote(page, "Return with objections", "Show of hands", objection=OBJECTION)
    press(page, "Enter the count and close…")
    fill(page, {"For": 10, "Against": 0, "Abstaining": 0, "Number of the decision": "2025/61"})
    expect(page.locator("#sentence")).to_contain_text("oybirliğiyle karar verildi")
    press(page, "Close the vote and write the result")
    sentence = "toplantıya katılan 10 üyenin 10 kabul, 0 ret ve 0 çekimser oyuyla"
    expect(page.locator("#agenda")).to_contain_text(sentence)
    expect(page.locator("#agenda")).to_contain_text(OBJECTION)
    close_sitting(page)


def close_sitting(page: Page) -> None:
    press(page, "Close…", stays=True)
    press(page, "Close and freeze the minutes", within=page.get_by_role("dialog"))


def answer_objection(stage: Stage, sitting: str) -> None:
    page = stage.officer
    page.goto(sitting)
    press(page, "The objections and their answers")
    expect(page.get_by_text(OBJECTION)).to_be_visible()
    labelled(page, "Answer to objection %(n)s", n=1).fill("Kaynak kartın köken satırına yazıldı.")
    press(page, "Save the answer")
    told(page, "The answer has been saved.")


def mend_card(stage: Stage) -> None:
    page = stage.officer
    page.goto("/plan/")
    press(page, "H1.1")
    press(page, "Edit")
    fill(page, {"Origin of the figures and sentences": "Maliyet, 2025 ihale bedellerinden hesaplanmıştır."})
    press(page, "Save the card")
    told(page, "The card %(code)s was saved.", code="H1.1")


def adopt_by_name(stage: Stage) -> None:
    """Two members vote on their phones, the clerk enters the others' from paper."""
    page = stage.clerk
    open_vote(page, "Adoption", "By name")
    expect(page.locator("#live")).to_contain_text(said("%(n)s votes are needed to carry.", n=6))
    for who in ("council_member", "second_member"):
        phone = stage.enter(who, width=360)
        press(phone, "Cast your vote")
        press(phone, "For")
        expect(phone.get_by_role("status").filter(has_text="Oyunuz: Kabul.")).to_be_visible()
        assert not phone.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.reload()
    press(page, "Enter a vote on paper")
    on_paper = [name for name in members(stage)[:10] if name not in phone_names(stage)]
    choices = dict(zip(on_paper, ["For"] * 6 + ["Against", "Abstain"], strict=True))
    for name, choice in choices.items():
        press(page, choice, within=page.get_by_role("form", name=name, exact=True))
    press(page, "Close the vote…")
    fill(page, {"Number of the decision": "2025/74"})
    press(page, "Close the vote and write the result")


def phone_names(stage: Stage) -> list[str]:
    return [stage.town.people[who].full_name for who in ("council_member", "second_member")]


def adopted(stage: Stage) -> None:
    """Ten in the hall, six votes needed, eight given: the law's arithmetic stands in the minutes."""
    page = stage.clerk
    sentence = (
        "Ad okunarak yapılan oylamada, toplantıya katılan 10 üyenin 8 kabul, 1 ret ve 1 çekimser oyuyla, "
        f"{PLAN} Stratejik Plan Taslağının (2. taslak) kabulüne "
        "5393 sayılı Kanunun 22’nci maddesi uyarınca oyçokluğuyla karar verildi."
    )
    expect(page.locator("#agenda")).to_contain_text(sentence)
    close_sitting(page)
    press(page, "Minutes")
    expect(page.get_by_role("article")).to_contain_text(sentence)


def plan_is_closed(stage: Stage) -> None:
    page = stage.officer
    page.goto("/periods/")
    expect(page.get_by_role("row", name=PLAN)).to_contain_text(said("Adopted"))
    page.goto("/plan/")
    expect(page.get_by_role("button", name=said("New goal"))).to_be_disabled()
    press(page, "H1.1")
    edit = f"{page.url}edit/"
    expect(page.get_by_role("button", name=said("Edit"))).to_be_disabled()
    assert page.goto(edit).status == 403
    expect(page.get_by_role("main")).to_contain_text("verileri artık değiştirilemez")
