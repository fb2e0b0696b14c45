"""What the inspector reads leaves a trace; what the inspector may do ends with the seat."""

import re

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from common import history_pages, history_readings, history_views
from common.audit.models import Entry, ReadLog
from institution import holdings
from institution.roles import Role
from tests.audit.test_history_pages import ALL, READINGS, TABLE, sheet
from tests.factories import reports
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
        page = enter(house.people[who]).get(READINGS).text
        assert inspector.full_name in page
        assert "Kişiler ve hesaplar" in page
        assert '<span class="small told">/people/</span>' in page

    @pytest.mark.parametrize("who", ["inspector", "team_chair", "rapporteur", "council_member", "mayor"])
    def test_is_not_shown_to(self, house, enter, who):
        assert enter(house.people[who]).get(READINGS).status_code == 403

    def test_is_narrowed_and_turned_by_its_numbers(self, house, enter, inspector, officer, monkeypatch):
        monkeypatch.setattr(history_readings, "PER_PAGE", 2)
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

    def test_is_narrowed_to_one_of_those_who_read(self, house, enter, inspector, officer):
        enter(inspector).get("/people/")
        page = enter(officer).get(READINGS).text
        offered = re.search(r'<select[^>]*name="who".*?</select>', page, re.DOTALL)[0]
        assert re.findall(r'<option value="(\d+)"[^>]*>([^<]+)', offered) == [
            (str(inspector.pk), inspector.full_name)
        ]

    @pytest.mark.parametrize("who", ["officer", "sysadmin"])
    def test_leads_to_what_opens_for_who_sees_it_and_nowhere_else(self, council, enter, inspector, who):
        house, vote = council.house, council.vote(council.opened(), method="named")
        council.cast(vote, in_favour=27)
        council.close(vote)
        ours, report = council.planned(body=house.group), reports.submitted(house.group)
        read = [
            "/",
            "/nowhere/",
            f"/reports/{report.pk}/",
            f"/reports/{report.pk}/versions/1/",
            f"/reports/{report.pk}/sections/1/",
            f"/reports/templates/{report.template_id}/",
            "/reports/99999/",
            f"/meetings/{vote.item.meeting_id}/",
            f"/meetings/{ours.pk}/",
            f"/meetings/{ours.pk}/minutes/",
            f"/meetings/votes/{vote.pk}/",
            f"/people/{house.rapporteur.pk}/",
            f"/bodies/{house.group.pk}/",
            f"/history/reports/report/{report.pk}/",
            f"/history/institution/body/{house.group.pk}/",
            "/history/institution/bodygrant/1/",
            "/history/nowhere/body/1/",
            *(reverse(name) for name in history_pages.lists),
        ]
        client, reader = enter(inspector), enter(house.people[who])
        for path in read:
            client.get(path)
        linked, url = set(), READINGS
        while url:
            page = reader.get(url).text
            linked |= set(re.findall(r'<td data-l="Sayfa veya dosya"><a href="([^"]+)">', page))
            older = re.search(r'href="(\?[^"]*before=\d+)">', page)
            url = older and READINGS + older[1]
        # The first page is everybody's own: it is not what the inspector read.
        assert linked == {path for path in read if reader.get(path).status_code == 200} - {"/"}
        assert len(linked) > 10

    def test_of_an_address_with_a_number_beyond_all_keys_leads_nowhere(
        self, house, enter, inspector, officer
    ):
        path = f"/plan/goals/{'9' * 20}/"
        assert enter(inspector).get(path).status_code == 404
        page = enter(officer).get(READINGS)
        assert page.status_code == 200
        assert f'<span class="small told">{path}</span>' in page.text
        assert f'<a href="{path}">' not in page.text

    def test_of_some_days_can_be_taken_away_as_a_table(self, house, enter, inspector, officer, monkeypatch):
        for path in ("/people/", READINGS):
            enter(inspector).get(path)
        table, reader = f"{READINGS}table/", enter(officer)
        response = reader.get(f"{table}?who={inspector.pk}&since={days_ago(0):%d.%m.%Y}")
        assert response.headers["Content-Disposition"].startswith('attachment; filename="okumalar-')
        head, *rows = sheet(response)
        assert head == ("Ne zaman", "Kim", "Sayfa veya dosya", "Adres", "Yanıt")
        assert [row[1:] for row in rows] == [
            (inspector.full_name, "Yetki yok", READINGS, "Verilmedi (403)"),
            (inspector.full_name, "Kişiler ve hesaplar", "/people/", "Verildi (200)"),
        ]
        assert len(sheet(reader.get(f"{table}?until={days_ago(1):%d.%m.%Y}"))) == 1
        refused = reader.get(f"{table}?since=x")
        assert (refused.status_code, "Süzgeç anlaşılamadı" in refused.text) == (422, True)
        monkeypatch.setattr(history_views, "LONGEST_TABLE", 1)
        refused = reader.get(table)
        assert refused.status_code == 422
        assert "Bir tabloya en çok 1 kayıt sığar. Daha az gün veya bir kişi seçin." in refused.text

    def test_says_for_whom_a_delegate_read(self, house, enter, inspector, officer):
        place = house.inspection.memberships.get(person=inspector)
        holdings.delegate(holding=place, to=house.unit_rep, first=days_ago(1), last=days_ago(-5), by=officer)
        enter(house.unit_rep).get("/people/")
        page = enter(officer).get(READINGS).text
        assert f"{house.unit_rep.full_name} ({inspector.full_name} adına)" in page


class TestTheNavigation:
    @pytest.mark.parametrize(
        ("who", "history", "readings"),
        [
            ("sysadmin", False, True),
            ("officer", True, True),
            ("inspector", True, False),
            ("rapporteur", False, False),
        ],
    )
    def test_leads_to_the_history_and_to_the_readings_by_their_own_names(
        self, house, enter, who, history, readings
    ):
        client = enter(house.people[who])
        page = client.get("/").text
        for url, words, there in ((ALL, "Geçmiş", history), (READINGS, "Denetçilerin okudukları", readings)):
            link = re.search(rf'<a[^>]*href="{url}"[^>]*>.*?</a>', page, re.DOTALL)
            assert bool(link) == there
            answer = client.get(url)
            assert answer.status_code == (200 if there else 403)
            if there:
                assert words in link[0]
                assert re.search(rf"<h1[^>]*>{words}</h1>", answer.text)


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
