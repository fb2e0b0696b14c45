"""The page that shows who may do what: from the tables that enforce it, with who holds what today."""

from __future__ import annotations

import datetime as dt
import html
import io
import re

import openpyxl
import pytest
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from institution import access, holdings
from institution import services as institution
from institution.models import BodyGrant
from institution.roles import PERMISSIONS, RIGHTS, Kind, Role, rights
from teams.models import Membership
from tests.factories.base import BY, person, seat

PAGE, TABLE = "/access/", "/access/table/"


@pytest.fixture
def delegate(house):
    """Stands in for the rapporteur until next week."""
    own = Membership.objects.get(person=house.rapporteur, body=house.group)
    today, who = timezone.localdate(), person("Vekil Kişi")
    holdings.delegate(holding=own, to=who, first=today, last=today + dt.timedelta(7), by=BY)
    return who


def holder_of(who, body) -> access.Holder:
    found = access.holders(timezone.localdate())
    return next(one for one in found if (one.person, one.body) == (who, body))


def sheets(client, path: str = TABLE) -> dict[str, list[tuple]]:
    book = openpyxl.load_workbook(io.BytesIO(client.get(path).content))
    return {sheet.title: list(sheet.values) for sheet in book}


def test_opens_for_those_who_manage_accounts_and_for_inspectors_only(house, enter):
    let_in = {"officer", "director", "sysadmin", "inspector"}
    for path in (PAGE, TABLE):
        answers = {name: enter(who).get(path).status_code for name, who in house.people.items()}
        assert {name for name, status in answers.items() if status == 200} == let_in
        assert answers["rapporteur"] == answers["stranger"] == 403


def test_the_matrix_is_the_table_that_enforces():
    told = {
        (part.kind, role, str(label)): may
        for part in access.matrix()
        for label, marks in part.rows
        for role, may in marks
    }
    for kind, roles in RIGHTS.items():
        for role in roles:
            for code, label in PERMISSIONS.items():
                assert told.get((kind, role, str(label)), False) == (code in rights(kind, role))


def test_a_changed_table_of_rights_shows_at_once(house, officer, enter, monkeypatch):
    monkeypatch.setitem(RIGHTS[Kind.SUB_GROUP], Role.CLERK, {"inspect"})
    page = enter(officer).get(PAGE).text
    group = page[page.index('id="kind-sub_group"') :].partition("</section>")[0]
    assert "Kâtip" in group and gettext("Read everything, change nothing") in group


def test_a_holder_comes_with_role_dates_and_rights(house, rapporteur):
    found = holder_of(rapporteur, house.group)
    own = Membership.objects.get(person=rapporteur)
    assert (found.role, found.valid_from, found.valid_to) == ("Raportör", own.starts_on, None)
    assert found.codenames == rights(Kind.SUB_GROUP, Role.RAPPORTEUR)
    assert found.holder is None and found.fits


def test_a_delegate_is_told_with_whose_seat_it_is(house, delegate, officer, enter):
    found = holder_of(delegate, house.group)
    assert found.holder == house.rapporteur and found.fits
    page = enter(officer).get(PAGE, {"q": "vekil"}).text
    assert f"{house.rapporteur.full_name} yerine" in page


def test_who_left_or_whose_account_is_closed_holds_nothing(house, group_member, rapporteur):
    today = timezone.localdate()
    own = Membership.objects.get(person=group_member, body=house.group)
    holdings.end(holding=own, on=today - dt.timedelta(1), by=BY)
    institution.close_account(person=rapporteur, by=BY)
    people = {one.person for one in access.holders(today)}
    assert not {group_member, rapporteur, house.deactivated, house.stranger} & people


@pytest.mark.parametrize(
    "holding", ["teams.membership:999999", "teams.membership:x", "auth.user:1", "elle", ""]
)
def test_a_grant_that_no_seat_brings_is_shown_as_such(house, rapporteur, officer, enter, holding):
    assert [one for one in access.holders(timezone.localdate()) if not one.fits] == []
    assert "Hiçbir görevin vermediği yetkiler" not in enter(officer).get(PAGE).text
    # As somebody could only with the database open before them.
    row = BodyGrant.objects.filter(user=rapporteur).first()
    QuerySet(BodyGrant).filter(pk=row.pk).update(holding=holding)
    page = enter(officer).get(PAGE).text
    strays = page[page.index("Hiçbir görevin vermediği yetkiler") :].partition("</section>")[0]
    assert rapporteur.full_name in strays


def test_is_searched_by_name_body_and_right(house, officer, enter):
    client = enter(officer)
    found = client.get(PAGE, {"q": "ELIF aksoy"}).text
    assert "Elif Aksoy" in found and "Nuri Balcı" not in found
    found = client.get(PAGE, {"right": "submit_reports"}).text
    assert "Elif Aksoy" in found and "Kemal Uysal" not in found
    assert "Kimse bulunamadı" in client.get(PAGE, {"q": "yok böyle biri"}).text
    assert client.get(PAGE, {"right": "no such right", "page": "x"}).status_code == 200


def test_the_spreadsheet_has_a_row_for_each_right(house, delegate, officer, enter):
    answer = enter(officer).get(TABLE)
    assert "attachment" in answer.headers["Content-Disposition"]
    may, hold = sheets(enter(officer)).values()
    assert len(may) - 1 == sum(len(granted) for roles in RIGHTS.values() for granted in roles.values())
    assert len(hold) - 1 == BodyGrant.objects.filter(user__is_active=True).count()
    mine = [row for row in hold if row[0] == "Vekil Kişi"]
    assert {row[9] for row in mine} == {house.rapporteur.full_name}


def test_the_spreadsheet_holds_what_the_page_was_narrowed_to(house, delegate, officer, enter):
    client = enter(officer)
    page = client.get(PAGE, {"q": "paydaş", "right": "submit_reports", "page": "1"}).text
    path = html.unescape(re.search(rf'href="({TABLE}[^"]*)"', page)[1])
    assert "page=" not in path
    _may, hold = sheets(client, path).values()
    assert {row[0] for row in hold[1:]} == {house.rapporteur.full_name, "Vekil Kişi"}
    assert {row[6] for row in hold[1:]} >= {"Kurulun raporlarını göndermek"}
    assert f"2 / {len(access.holders(timezone.localdate()))} görev" in page


def test_the_spreadsheet_says_everything_in_words(house, rapporteur, officer, enter):
    row = BodyGrant.objects.filter(user=rapporteur).first()
    QuerySet(BodyGrant).filter(pk=row.pk).update(holding="elle")
    _may, hold = sheets(enter(officer)).values()
    assert not [cell for line in hold for cell in line if re.search(r"\w+\.\w+:\d|^elle$", str(cell))]
    stray = [line for line in hold[1:] if line[-1] == "hayır"]
    assert {line[0] for line in stray} == {rapporteur.full_name}


def test_a_name_that_could_be_a_formula_stays_text(house, officer, enter):
    seat(house.group, person("=HYPERLINK(1)"), starts_on=timezone.localdate())
    book = openpyxl.load_workbook(io.BytesIO(enter(officer).get(TABLE).content))
    cells = [row[0] for row in book.worksheets[1].iter_rows() if row[0].value == "=HYPERLINK(1)"]
    assert cells and {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def test_costs_the_same_number_of_queries_however_many_hold_seats(house, officer, enter, queries):
    client = enter(officer)
    few = queries(client, PAGE)
    for _ in range(12):
        seat(house.group, person(), starts_on=timezone.localdate())
    assert queries(client, PAGE) == few
