"""What the inspector reads leaves a trace; what the inspector may do ends with the seat."""

import re

import pytest
from django.db import DatabaseError, transaction

from common import history_views
from common.audit.models import Entry, ReadLog
from institution import holdings
from institution.roles import Role
from tests.audit.test_history_pages import ALL, READINGS, TABLE
from tests.factories.base import days_ago, seat


class TestTheInspectorsReading:
    def rows(self, person) -> list[tuple]:
        found = ReadLog.objects.filter(actor_id=person.pk).order_by("pk")
        return list(found.values_list("path", "title", "status"))

    def test_leaves_a_row_for_each_page_file_and_table(self, house, enter, inspector):
        client = enter(inspector)
        client.get("/people/?q=gizli")
        client.get(TABLE)
        body = f"/bodies/{house.group.pk}/"
        client.get(body)
        told = self.rows(inspector)
        assert [path for path, *_rest in told] == ["/people/", TABLE, body]
        assert [status for *_rest, status in told] == [200, 200, 200]
        assert told[0][1] == "Kişiler ve hesaplar"
        assert told[1][1].endswith(".xlsx")
        assert house.group.name in told[2][1]
        assert "gizli" not in str(told)

    def test_leaves_a_row_for_what_was_refused(self, house, enter, inspector):
        client = enter(inspector)
        assert client.get(READINGS).status_code == 403
        assert client.get("/bodies/99999/").status_code == 404
        assert [status for *_rest, status in self.rows(inspector)] == [403, 404]

    def test_is_not_kept_of_who_does_not_inspect(self, house, enter, officer, rapporteur):
        for person in (officer, rapporteur):
            enter(person).get("/")
        assert not ReadLog.objects.exists()

    def test_is_not_kept_of_asking_whether_the_session_lives(self, house, enter, inspector):
        enter(inspector).get("/session/")
        assert self.rows(inspector) == []

    def test_that_cannot_be_kept_is_not_given(self, house, enter, inspector, monkeypatch):
        def fails(**_row):
            raise DatabaseError("no room")

        monkeypatch.setattr(ReadLog.objects, "create", fails)
        client = enter(inspector)
        client.raise_request_exception = False
        answer = client.get("/people/")
        assert answer.status_code == 500
        assert house.officer.email not in answer.text

    @pytest.mark.parametrize(
        "act", [lambda rows: rows.update(path="/"), lambda rows: rows.delete()], ids=["changed", "removed"]
    )
    def test_stays_as_it_was_written(self, house, enter, inspector, act):
        enter(inspector).get("/people/")
        with pytest.raises(DatabaseError), transaction.atomic():
            act(ReadLog.objects.all())
        assert self.rows(inspector)

    @pytest.mark.parametrize("who", ["officer", "director", "sysadmin"])
    def test_is_shown_to(self, house, enter, inspector, who):
        enter(inspector).get("/people/")
        page = enter(house.people[who]).get(ALL if who == "sysadmin" else READINGS, follow=True).text
        assert inspector.full_name in page
        assert "Kişiler ve hesaplar" in page
        assert '<span class="small told">/people/</span>' in page

    @pytest.mark.parametrize("who", ["inspector", "team_chair", "rapporteur", "council_member", "mayor"])
    def test_is_not_shown_to(self, house, enter, who):
        assert enter(house.people[who]).get(READINGS).status_code == 403

    def test_is_narrowed_and_turned_by_its_numbers(self, house, enter, inspector, officer, monkeypatch):
        monkeypatch.setattr(history_views, "PER_PAGE", 2)
        client = enter(inspector)
        for path in ("/people/", "/units/", "/bodies/", "/plan/", "/files/"):
            client.get(path)
        reader = enter(officer)
        page = reader.get(f"{READINGS}?who={inspector.pk}").text
        paths = r'<span class="small told">([^<]+)</span>'
        assert re.findall(paths, page) == ["/files/", "/plan/"]
        older = re.search(r'href="(\?[^"]*before=\d+)">', page)[1].replace("&amp;", "&")
        assert re.findall(paths, reader.get(READINGS + older).text) == ["/bodies/", "/units/"]
        assert not re.findall(paths, reader.get(f"{READINGS}?who={officer.pk}").text)
        assert not re.findall(paths, reader.get(f"{READINGS}?until={days_ago(1):%d.%m.%Y}").text)
        today = reader.get(f"{READINGS}?since={days_ago(0):%d.%m.%Y}").text
        assert re.findall(paths, today) == ["/files/", "/plan/"]

    def test_says_for_whom_a_delegate_read(self, house, enter, inspector, officer):
        place = house.inspection.memberships.get(person=inspector)
        holdings.delegate(holding=place, to=house.unit_rep, first=days_ago(1), last=days_ago(-5), by=officer)
        enter(house.unit_rep).get("/people/")
        page = enter(officer).get(READINGS).text
        assert f"{house.unit_rep.full_name} ({inspector.full_name} adına)" in page


class TestTheInspector:
    def test_whose_seat_has_ended_gets_nothing(self, house, enter, inspector, officer):
        client = enter(inspector)
        assert client.get(ALL).status_code == 200
        holdings.end(holding=house.inspection.memberships.get(person=inspector), on=days_ago(1), by=officer)
        kept = ReadLog.objects.count()
        for path in (ALL, TABLE, "/people/", "/", f"/history/institution/body/{house.group.pk}/"):
            refused = client.get(path)
            assert refused.status_code == 403
            assert house.group.name not in refused.text
        assert ReadLog.objects.count() == kept

    def test_of_a_seat_that_is_over_by_its_date_gets_nothing(self, house, enter, stranger):
        seat(house.inspection, stranger, Role.MEMBER, starts_on=days_ago(30), ends_on=days_ago(1))
        assert enter(stranger).get(ALL).status_code == 403
        assert not ReadLog.objects.exists()

    def test_changes_nothing(self, house, enter, inspector):
        client = enter(inspector)
        before = Entry.objects.count()
        for path, sent in (
            ("/units/add/", {"name": "Denetçinin Müdürlüğü"}),
            ("/people/add/", {"full_name": "X", "email": "x@ornek.bel.tr"}),
            (f"/people/{house.officer.pk}/account/", {}),
        ):
            assert client.post(path, sent).status_code == 403
        for path in (ALL, TABLE, READINGS):
            assert client.post(path).status_code == 405
        assert Entry.objects.count() == before
