"""The first screen of each person, and what it and every list cost when there are many reports."""

import re

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from documents.reports.models import Report, ReportSection, ReportVersion, SectionDecision, SectionVersion
from institution import services as institution
from institution.models import PlanPeriod, User
from institution.workflow import PeriodState
from karesi_plan.demo.people import DOMAIN, PASSWORD
from tests.factories.base import BY
from tests.pages.conftest import sign_in
from tests.pages.sample import SEATED
from tests.triggers import lifted

LISTS = {
    "officer": ["/?list=submitted", "/reports/", "/plan/", "/plan/checks/", "/drafts/", "/meetings/"]
    + ["/calendar/", "/bodies/", "/units/", "/people/", "/files/", "/periods/", "/reports/templates/"],
    "team_member": ["/reports/queue/", "/reports/?show=accepted", "/files/"],
    "group_member": ["/reports/", "/files/"],
    "council_member": ["/meetings/", "/drafts/"],
}
PATHS = [(who, "/") for who in SEATED] + [(who, path) for who, paths in LISTS.items() for path in paths]


QUEUE = ["Değerlendirmenizi bekleyen raporlar", "Paydaş analizi raporu"]
WEEK, SEATS = "Bu haftanın toplantıları", "Görevlerim"  # the first is left out where nothing else is ahead
PROCESS = ["Sürecin saati", "Bekleyenler"]
NEWS = [
    "Süresi gelen veya geciken raporlar",
    "Dünden bu yana değişenler",
    "Eksiği olan kurul ve gruplar",
]
WRITER = ["İade edildi: Kuruluş içi analiz raporu", "Raporum", "Grubumuzun dosyaları", SEATS]
COUNCIL = ["Oylama açık", "Bugünkü birleşim", "Taslak", "Plan kısaca", "Geçmiş kararlar", SEATS]
# What each person finds, in this order; after it the buttons that are filled.
SCREENS = {
    "officer": ([*PROCESS, *NEWS, SEATS], ["Toplantıya çağır"]),
    "director": ([*PROCESS, NEWS[0], *QUEUE, *NEWS[1:], SEATS], ["Toplantıya çağır", "Değerlendir"]),
    "team_chair": ([*QUEUE, SEATS], ["Değerlendir"]),
    "team_member": ([*QUEUE, "Raporlarımız ne oldu?", SEATS], ["Değerlendir"]),
    "unit_rep": ([*QUEUE, "Raporlarımız ne oldu?", SEATS], ["Değerlendir"]),
    "rapporteur": (WRITER, ["Yazmaya devam et: 1. İnsan kaynakları"]),
    "group_member": (WRITER, ["Yazmaya devam et: 1. İnsan kaynakları"]),
    "mayor": (COUNCIL, ["Taslağı oku"]),
    "council_member": (COUNCIL, ["Taslağı oku"]),
    "clerk": (["Bugünkü birleşim", SEATS], ["Birleşime git"]),
    "inspector": ([*PROCESS, *NEWS, SEATS], []),
    "sysadmin": (["Kişiler ve hesaplar", "Tamamlanamayan işler", SEATS], ["Hesaplara git"]),
}


def words(html: str) -> str:
    return " ".join(re.sub(r"<(\w+) class=.visually-hidden.*?</\1>|<[^>]+>", "", html).split())


def screen(client) -> tuple[list[str], list[str]]:
    """Titles of the cards, and the filled buttons. A row of a queue counts as a screen of its own."""
    page = client.get("/").text
    page = page[page.index("<main") :]
    titles = re.findall(r"<h2[^>]*>(.*?)</h2>", page, re.DOTALL)
    filled = re.findall(r"<a class=\"btn btn-primary\"[^>]*>(.*?)</a>", page, re.DOTALL)
    return [title for title in map(words, titles) if title != WEEK], [words(button) for button in filled]


@pytest.mark.parametrize("who", SEATED)
def test_has_what_waits_for_the_person_and_one_filled_button(who, clients):
    assert screen(clients[who]) == SCREENS[who]


def test_gives_the_plan_to_read_to_who_has_nothing_else_to_do(sample):
    deputy = sign_in(User.objects.get(email=f"baskan.yardimcisi2@{DOMAIN}"))
    assert screen(deputy) == (["Taslak", "Plan kısaca", SEATS], ["Taslağı oku"])


@pytest.mark.parametrize("who", [who for who in SEATED if who != "sysadmin"])
def test_of_a_closed_period_is_an_archive_without_work_or_alarm(who, sample):
    client = sign_in(getattr(sample, who))
    client.post(f"/periods/{sample.closed.pk}/choose/")
    assert screen(client) == (["Plan kısaca", "Kapanan plan dönemi", SEATS], [])
    page = words(client.get("/").text)
    assert "Plan kabul edildi, 2020–2024 yıllarında uygulandı ve kapandı." in page
    assert "Kartlarında bugünkü kurallara göre 42 bulgu var; kapanan planda düzeltme yapılmaz." in page


@pytest.mark.parametrize("who", ["officer", "team_member", "rapporteur", "inspector"])
def test_of_an_adopted_plan_asks_for_no_writing_judging_or_submission(who, sample):
    with transaction.atomic():
        institution.move_period(
            period=PlanPeriod.objects.get(pk=sample.period.pk), to=PeriodState.ADOPTED, by=BY
        )
        page = words(sign_in(getattr(sample, who)).get("/").text)
        owed = words(sign_in(getattr(sample, who)).get("/owed/").text)
        transaction.set_rollback(True)
    for gone in (
        "Yazmaya devam et",
        "Meclise sunmanın son günü",
        "gün gecikti",
        "Taslağı derle",
        "Değerlendirmenizi",
    ):
        assert gone not in page
    assert "Raporu yaz" not in owed and "Raporu değerlendir" not in owed


def test_says_to_who_holds_no_seat_whom_to_ask(clients):
    answer = clients["stranger"].get("/plan/")
    assert answer.status_code == 403
    assert "Strateji Geliştirme Müdürlüğüne başvurun" in answer.text


def test_does_not_open_for_a_closed_account(client, sample):
    sent = {"login": sample.deactivated.email, "password": PASSWORD}
    assert client.post("/accounts/login/", sent).headers["Location"] == "/accounts/inactive/"
    assert client.get("/").headers["Location"] == "/accounts/login/?next=/"


def copies(model, of: dict[int, int], parent: str, **changed) -> dict[int, int]:
    """Copies of the rows that hang on the old parents, hung on the new ones; ids, old to new.

    Past the guard that keeps the history whole, since nothing here outlives the test.
    """
    rows = list(QuerySet(model).filter(**{f"{parent}__in": of}))
    old = [row.pk for row in rows]
    for row in rows:
        row.pk = None
        setattr(row, f"{parent}_id", of[getattr(row, f"{parent}_id")])
        for name, ids in changed.items():
            setattr(row, name, ids and ids[getattr(row, name)])
    made = QuerySet(model).bulk_create(rows)
    return dict(zip(old, [row.pk for row in made], strict=True))


def copy_reports(serial: int, most: int) -> int:
    """Up to so many of the sample's reports once more, with all that hangs on them."""
    rows = list(QuerySet(Report).order_by("pk")[: min(most, 9)])
    old = [row.pk for row in rows]
    for row in rows:
        row.pk, row.title = None, f"{row.title} {serial}"
    made = QuerySet(Report).bulk_create(rows)
    reports = dict(zip(old, [row.pk for row in made], strict=True))
    sections = copies(ReportSection, reports, "report")
    versions = copies(ReportVersion, reports, "report")
    frozen = copies(SectionVersion, versions, "version", section_id=sections, previous_id=None)
    copies(SectionDecision, frozen, "section_version")
    return len(made)


def raise_to(total: int) -> None:
    there = Report.objects.count()
    with lifted():  # what is copied has been decided, and takes no decision any more
        while there < total:
            there += copy_reports(there, total - there)


def queries(client, path: str) -> int:
    client.get("/health/live/")  # so that the session's own sign of life is not due with the page
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_no_list_costs_more_queries_with_a_thousand_reports_than_with_ten(sample, clients):
    counted = []
    with transaction.atomic():
        for total in (10, 1000):
            raise_to(total)
            assert Report.objects.count() == total
            counted.append({(who, path): queries(clients[who], path) for who, path in PATHS})
        transaction.set_rollback(True)
    few, many = counted
    assert {at: (few[at], many[at]) for at in few if few[at] != many[at]} == {}
