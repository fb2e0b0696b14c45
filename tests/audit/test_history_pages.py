"""History that people read: a thing's page narrowed, the list of everything, its table."""

import datetime as dt
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from common import history_views
from common.audit.models import Entry
from common.history import acting
from documents.files.services import store_bytes
from institution import holdings, services
from institution.models import Unit
from tests.factories.base import BY, days_ago, unit

ALL, TABLE, READINGS = "/history/", "/history/table/", "/history/readings/"


def at(day: dt.date, hour: int = 12) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def topics(house, *words: str, by=None, on: dt.date | None = None) -> None:
    """The group's topic is changed to each of these words, one change after the other."""
    for word in words:
        with acting(by or house.officer, at=at(on) if on else None):
            services.change_body(
                body=house.group, topic=word, by=by or house.officer, reason=f"Gerekçe {word}"
            )


def seqs(page: str) -> list[int]:
    """The numbers of the entries on the page, in its order."""
    return [int(found) for found in re.findall(r", (\d+)</span></a></p>", page)]


def sheet(response) -> list[tuple]:
    return list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))


class TestAThingsPage:
    def url(self, house, query=""):
        return f"/history/institution/body/{house.group.pk}/{query}"

    def test_is_narrowed_to_a_person(self, house, enter, officer, director):
        topics(house, "uzmanın sözü", by=officer)
        topics(house, "müdürün sözü", by=director)
        page = enter(officer).get(self.url(house, f"?who={director.pk}")).text
        assert f"<b>{director.full_name}</b>" in page
        assert f"<b>{officer.full_name}</b>" not in page
        everyone = re.findall(r"<option[^>]*>([^<]+)</option>", page)
        assert {officer.full_name, director.full_name} <= set(everyone)
        assert house.clerk.full_name not in everyone

    def test_is_narrowed_to_what_the_system_did(self, house, enter, officer):
        topics(house, "uzmanın sözü", by=officer)
        page = enter(officer).get(self.url(house, "?who=system")).text
        assert f"<b>{BY.name}</b>" in page
        assert f"<b>{officer.full_name}</b>" not in page

    def test_is_narrowed_to_days_both_included(self, house, enter, officer):
        for day in (10, 9, 8, 7):
            topics(house, f"gün-{day}", on=days_ago(day))
        since, until = days_ago(9), days_ago(8)
        page = enter(officer).get(self.url(house, f"?since={since:%d.%m.%Y}&until={until:%d.%m.%Y}")).text
        told = set(re.findall(r"<ins>(gün-\d+)</ins>", page))
        assert told == {"gün-9", "gün-8"}

    @pytest.mark.parametrize("query", ["?since=dün", "?until=31.02.2024", "?who=99999", "?who=x&day=y"])
    def test_says_what_was_typed_wrong_and_shows_nothing(self, house, enter, officer, query):
        response = enter(officer).get(self.url(house, query))
        assert response.status_code == 200
        assert "invalid-feedback" in response.text
        assert '<ol class="plain log">' not in response.text

    def test_does_not_take_a_last_day_before_the_first(self, house, enter, officer):
        page = enter(officer).get(self.url(house, "?since=02.03.2024&until=01.03.2024")).text
        assert "Son gün ilk günden önce olamaz." in page

    def test_leads_to_the_page_of_a_day(self, house, enter, officer):
        for day in (30, 20):
            topics(house, *(f"{day}-{n}" for n in range(30)), on=days_ago(day))
        client, day = enter(officer), days_ago(30)
        response = client.get(self.url(house, f"?day={day:%d.%m.%Y}"))
        here = response.headers["Location"]
        assert here.endswith(f"#day-{day:%Y-%m-%d}")
        page = client.get(here).text
        assert f'id="day-{day:%Y-%m-%d}"' in page
        assert "<ins>30-29</ins>" in page

    def test_leads_to_the_nearest_day_before_one_without_a_record(self, house, enter, officer):
        topics(house, "eskiden", on=days_ago(20))
        response = enter(officer).get(self.url(house, f"?day={days_ago(15):%d.%m.%Y}"))
        assert response.headers["Location"].endswith(f"#day-{days_ago(20):%Y-%m-%d}")

    def test_says_for_whom_a_delegate_acted(self, house, enter, director, officer):
        place = house.directorate.memberships.get(person=director)
        holdings.delegate(holding=place, to=house.unit_rep, first=days_ago(1), last=days_ago(-5), by=officer)
        sent = {"name": "Konuk Müdürlüğü"}
        assert enter(house.unit_rep).post("/units/add/", sent).status_code == 302
        made = Unit.objects.get(name="Konuk Müdürlüğü")
        said = f"{house.unit_rep.full_name} ({director.full_name} adına)"
        assert said in enter(officer).get(f"/history/institution/unit/{made.pk}/").text
        assert said in enter(officer).get(f"{ALL}?kind=institution.unit&thing={made.pk}").text


class TestTheListOfEverything:
    @pytest.mark.parametrize("who", ["officer", "director", "inspector"])
    def test_is_read_by(self, house, enter, who):
        client = enter(house.people[who])
        assert client.get(ALL).status_code == 200
        assert client.get(TABLE).status_code == 200
        assert f'href="{ALL}"' in client.get("/").text

    @pytest.mark.parametrize("who", ["team_chair", "rapporteur", "mayor", "council_member", "clerk"])
    def test_is_refused_to(self, house, enter, who):
        client = enter(house.people[who])
        refused = client.get(ALL)
        assert refused.status_code == 403
        assert "yalnız denetçiler ile Strateji Geliştirme Müdürlüğü görür" in refused.text
        assert client.get(TABLE).status_code == 403
        assert f'href="{ALL}"' not in client.get("/").text

    def test_tells_who_what_and_why_with_the_way_to_the_thing(self, house, enter, inspector, officer):
        topics(house, "Paydaş anketi", by=officer)
        page = enter(inspector).get(ALL).text
        assert f"<b>{officer.full_name}</b>" in page
        assert "<dt>Konu</dt><dd>Paydaş <del>analizi</del> <ins>anketi</ins></dd>" in page
        assert "Gerekçe: Gerekçe Paydaş anketi" in page
        assert f'<a href="/history/institution/body/{house.group.pk}/">{house.group}</a>' in page

    def test_tells_of_a_seat_on_the_history_of_its_body(self, house, enter, inspector, officer):
        place = house.group.memberships.get(person=house.rapporteur)
        holdings.end(holding=place, on=days_ago(0), by=officer)
        page = enter(inspector).get(f"{ALL}?kind=teams.membership").text
        assert f'<a href="/history/institution/body/{house.group.pk}/">' in page
        assert house.rapporteur.full_name in page

    def test_stands_in_the_order_of_entry_and_says_what_came_late(self, house, enter, inspector):
        topics(house, "bugünün")
        topics(house, "geç girilen", on=days_ago(10))
        page = enter(inspector).get(ALL).text
        assert page.index("Gerekçe geç girilen") < page.index("Gerekçe bugünün")
        assert page.count("Kayda giriş:") >= 1

    def test_turns_its_pages_there_and_back_without_a_gap(self, house, enter, inspector, monkeypatch):
        monkeypatch.setattr(history_views, "PER_PAGE", 5)
        client = enter(inspector)
        pages = [client.get(ALL).text]
        while older := re.search(r'href="(\?[^"]*before=\d+)">', pages[-1]):
            pages.append(client.get(ALL + older[1]).text)
        everything = list(Entry.objects.order_by("-pk").values_list("pk", flat=True))
        assert sum(map(seqs, pages), []) == everything
        assert len(pages) > 2
        back = [pages[-1]]
        while newer := re.search(r'href="(\?[^"]*after=\d+)">', back[0]):
            back.insert(0, client.get(ALL + newer[1]).text)
        assert sum(map(seqs, back), []) == everything

    def test_turns_its_pages_within_days_in_the_order_of_their_moments(
        self, house, enter, inspector, monkeypatch
    ):
        monkeypatch.setattr(history_views, "PER_PAGE", 3)
        for day in (9, 3, 6):
            topics(house, *(f"{day}-{n}" for n in range(4)), on=days_ago(day))
        query = f"?kind=institution.body&since={days_ago(9):%d.%m.%Y}&until={days_ago(3):%d.%m.%Y}"
        client, url, seen = enter(inspector), ALL + query, []
        while url:
            page = client.get(url).text
            seen.append(seqs(page))
            older = re.search(r'href="(\?[^"]*before=\d+[^"]*)">', page)
            url = older and ALL + older[1].replace("&amp;", "&")
        wanted = Entry.objects.filter(
            model="institution.body", at__gte=at(days_ago(9), 0), at__lt=at(days_ago(2), 0)
        )
        assert sum(seen, []) == list(wanted.order_by("-at", "-pk").values_list("pk", flat=True))
        assert len(sum(seen, [])) == 12
        newer = re.search(r'href="(\?[^"]*after=\d+)">', page)
        assert seqs(client.get(ALL + newer[1].replace("&amp;", "&")).text) == seen[-2]

    def test_is_narrowed_to_a_person_a_kind_and_a_thing(self, house, enter, inspector, officer, director):
        topics(house, "uzmanın", by=officer)
        topics(house, "müdürün", by=director)
        client = enter(inspector)
        page = client.get(f"{ALL}?who={director.pk}").text
        assert "müdürün" in page
        assert f"<b>{officer.full_name}</b>" not in page
        page = client.get(f"{ALL}?kind=institution.unit").text
        assert seqs(page) == list(
            Entry.objects.filter(model="institution.unit").order_by("-pk").values_list("pk", flat=True)
        )
        page = client.get(f"{ALL}?kind=institution.body&thing={house.team.pk}").text
        assert str(house.team) in page
        assert "müdürün" not in page
        page = client.get(f"{ALL}?who=system").text
        assert f"<b>{officer.full_name}</b>" not in page

    @pytest.mark.parametrize(
        "query",
        ["?kind=x", "?who=1'--", "?since=2024-13-01", f"?kind=institution.unit&thing={'9' * 70}"],
    )
    def test_says_what_was_typed_wrong_and_finds_nothing(self, house, enter, inspector, query):
        client = enter(inspector)
        response = client.get(ALL + query)
        assert (response.status_code, seqs(response.text)) == (200, [])
        assert client.get(TABLE + query).status_code == 422

    @pytest.mark.parametrize("query", ["?before=x", "?before=-1", f"?after={'9' * 30}", "?before=0&after=0"])
    def test_begins_at_the_newest_where_the_address_makes_no_sense(self, house, enter, inspector, query):
        newest = seqs(enter(inspector).get(ALL).text)
        assert seqs(enter(inspector).get(ALL + query).text) == newest

    def test_does_not_tell_what_the_thing_itself_would_not(self, council, enter, inspector, officer):
        """While a vote is open: that somebody voted is there, what they said is not."""
        vote = council.vote(council.opened(), method="named")
        council.cast(vote, in_favour=0, against=27)
        hidden, url = "Değişikliğin içeriği erişiminize açık değildir.", f"{ALL}?kind=meetings.ballot"
        for reader in (officer, inspector):
            page = enter(reader).get(url).text
            assert page.count(hidden) == 27
            assert "<dt>Oyun yönü</dt>" not in page
            rows = sheet(enter(reader).get(f"{TABLE}?kind=meetings.ballot"))
            assert [row[7] for row in rows[1:]] == ["Erişiminize açık değildir."] * 27
        council.close(vote)
        page = enter(officer).get(url).text
        assert hidden not in page
        assert page.count("<dt>Oyun yönü</dt><dd>Ret</dd>") == 27

    def test_tells_what_stands_on_no_page_to_inspectors_alone(
        self, house, enter, inspector, officer, settings, tmp_path
    ):
        settings.MEDIA_ROOT = tmp_path
        store_bytes(content=b"%PDF-1.7\n%%EOF\n", name="a.pdf", body=house.group, by=BY, now=timezone.now())
        url, hidden = f"{ALL}?kind=files.blob", "Değişikliğin içeriği erişiminize açık değildir."
        assert hidden in enter(officer).get(url).text
        page = enter(inspector).get(url).text
        assert hidden not in page
        assert "<dt>Tür</dt><dd>application/pdf</dd>" in page

    def test_tells_no_column_that_has_no_name_for_people(self, house, enter, inspector):
        page = enter(inspector).get(f"{ALL}?kind=institution.bodygrant").text
        assert "Yetki" in page
        assert "Holding" not in page
        assert "teams.membership:" not in page

    def test_tells_of_what_was_removed_and_of_a_row_that_is_gone(self, house, enter, inspector):
        made = unit("Geçici Müdürlük")
        key = made.pk
        with acting(BY):
            made.delete()
        Entry.objects.create(
            seq=Entry.objects.order_by("-pk")[0].pk + 1,
            model="nowhere.thing",
            object_id="1",
            history_id=1,
            act="~",
            at=timezone.now(),
            actor_name="Eski Sürüm",
            digest="0" * 64,
            hash="1" * 64,
        )
        page = enter(inspector).get(ALL).text
        assert "Eski Sürüm" in page
        assert "nowhere.thing" in page
        gone = enter(inspector).get(f"{ALL}?kind=institution.unit&thing={key}").text
        assert len(seqs(gone)) == 2
        assert "Değişikliğin içeriği erişiminize açık değildir." in gone

    def test_escapes_what_people_wrote(self, house, enter, inspector):
        topics(house, "<script>alert(1)</script>")
        assert "<script>alert" not in enter(inspector).get(ALL).text


class TestItsCost:
    def asked(self, client, url) -> list[str]:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        return [query["sql"] for query in caught]

    def test_is_the_same_for_many_entries_as_for_few(self, house, enter, inspector):
        client, url = enter(inspector), f"{ALL}?who={house.officer.pk}"
        topics(house, *(str(n) for n in range(10)))
        few = self.asked(client, url)
        topics(house, *(f"yeni {n}" for n in range(1000)))
        oldest = seqs(client.get(f"{url}&after=1").text)[-1]
        for deep in (url, f"{url}&before={oldest + 60}", f"{url}&after={oldest}"):
            assert len(self.asked(client, deep)) == len(few)

    def test_of_the_list_is_bounded_whatever_kinds_it_shows(self, house, enter, inspector):
        asked = self.asked(enter(inspector), ALL)
        assert len(asked) <= 40, "\n".join(asked)

    def test_has_no_count_and_no_offset(self, house, enter, inspector, officer):
        topics(house, *(str(n) for n in range(100)))
        oldest = Entry.objects.order_by("pk")[0].pk
        days = f"since={days_ago(3):%d.%m.%Y}"
        for client, url in (
            (enter(inspector), ALL),
            (enter(inspector), f"{ALL}?before={oldest + 60}"),
            (enter(inspector), f"{ALL}?after={oldest}"),
            (enter(inspector), f"{ALL}?{days}&before={oldest + 60}"),
            (enter(officer), READINGS),
        ):
            told = [sql for sql in self.asked(client, url) if "audit_entry" in sql or "audit_readlog" in sql]
            assert told
            assert not [sql for sql in told if re.search(r"\b(COUNT|OFFSET)\b", sql, re.IGNORECASE)]


class TestItsTable:
    def test_has_a_row_an_entry_with_everything_told(self, house, enter, inspector, officer):
        topics(house, "Paydaş anketi", by=officer)
        response = enter(inspector).get(TABLE)
        assert response.headers["Content-Disposition"].startswith("attachment; filename=")
        head, *rows = sheet(response)
        assert head[:4] == ("Sıra no", "Ne zaman", "Kayda giriş", "Kim")
        assert [row[0] for row in rows] == list(Entry.objects.order_by("-pk").values_list("pk", flat=True))
        last = rows[0]
        assert (last[3], last[4], last[6]) == (officer.full_name, "değiştirildi", str(house.group))
        assert "Paydaş analizi → Paydaş anketi" in last[7]
        assert last[8] == "Gerekçe Paydaş anketi"

    def test_is_of_the_days_that_are_asked_for(self, house, enter, inspector):
        topics(house, "dokuz", on=days_ago(9))
        topics(house, "sekiz", on=days_ago(8))
        day = f"{days_ago(9):%d.%m.%Y}"
        _head, *rows = sheet(enter(inspector).get(f"{TABLE}?since={day}&until={day}"))
        assert len(rows) == 1
        assert "dokuz" in rows[0][7]

    @pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@A1", '=HYPERLINK("http://x")', "＝1"])
    def test_holds_no_formula(self, house, enter, inspector, words):
        services.change_body(body=house.group, name=words, topic=words, by=house.officer, reason=words)
        book = load_workbook(io.BytesIO(enter(inspector).get(f"{TABLE}?kind=institution.body").content))
        cells = [cell for row in book.active.iter_rows() for cell in row if str(cell.value).startswith(words)]
        assert cells
        assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)

    def test_longer_than_can_be_drawn_up_says_so(self, house, enter, inspector, monkeypatch):
        monkeypatch.setattr(history_views, "LONGEST_TABLE", 5)
        response = enter(inspector).get(TABLE)
        assert response.status_code == 422
        assert "Bir tabloya en çok 5 kayıt sığar. Daha az gün, bir kişi veya bir tür seçin." in response.text
        assert enter(inspector).get(f"{TABLE}?since={days_ago(-5):%d.%m.%Y}").status_code == 200
