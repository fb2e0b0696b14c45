"""What a history tells: of rights in words, of what belongs to a thing, of acts as one, of days in order."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common.audit.models import Entry
from common.history import acting
from documents.reports.models import SectionDecision
from institution import holdings, services
from institution.models import Unit
from institution.roles import Role
from tests.audit.test_history_pages import ALL, TABLE, at, seqs, sheet, topics
from tests.factories import drafts, reports
from tests.factories.base import BY, days_ago, seat
from tests.factories.reports import Choice

GRANTS = f"{ALL}?kind=institution.bodygrant"
SAME = [f"söz{n}" for n in range(200)]


def of(thing) -> str:
    return f"/history/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/"


def acts(page: str) -> list[str]:
    """The acts on the page, each with its rows."""
    return page.split("<time ")[1:]


def headings(page: str) -> list[str]:
    return re.findall(r'<h2 id="day-([^"]+)">', page)


class TestARight:
    def test_says_which_to_whom_by_which_seat_on_which_body_and_when(self, house, enter, inspector, stranger):
        first, last = days_ago(3), days_ago(-30)
        seat(house.group, stranger, Role.RAPPORTEUR, starts_on=first, ends_on=last)
        client = enter(inspector)
        act = acts(client.get(GRANTS).text)[0]
        assert "<b>" + BY.name in act
        assert "Yetki (Kurulun raporlarını göndermek) eklendi" in act
        assert f'<a href="{of(stranger)}">{stranger}</a>' in act
        told = re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", act)[:5]
        assert [name for name, _value in told] == ["Kime", "Kurul", "Dayandığı görev", "Başlangıç", "Bitiş"]
        values = [value for _name, value in told]
        assert values[:3] == [stranger.full_name, str(house.group), f"Raportör, {house.group}"]
        assert str(first.year) in values[3] and str(last.year) in values[4]
        assert values[3] != values[4]
        row = sheet(client.get(GRANTS.replace(ALL, TABLE)))[1]
        assert row[5].startswith("Yetki (Kurulun")
        assert f"Kime: {stranger}\nKurul: {house.group}\nDayandığı görev: Raportör, {house.group}" in row[7]

    def test_says_by_which_seat_also_once_that_was_taken_back(
        self, house, enter, inspector, stranger, officer
    ):
        url, client = of(stranger), enter(inspector)
        wrong = seat(house.group, stranger, starts_on=days_ago(0))
        holdings.take_back(holding=wrong, today=days_ago(0), by=officer)
        with CaptureQueriesContext(connection) as once:
            page = client.get(url).text
        assert page.count(f"<dt>Dayandığı görev</dt><dd>Üye, {house.group}</dd>") > 0
        assert f"#{wrong.pk}" not in page
        for body in (house.group, house.team):
            again = seat(body, stranger, starts_on=days_ago(0))
            holdings.take_back(holding=again, today=days_ago(0), by=officer)
        with CaptureQueriesContext(connection) as often:
            assert f"<dd>Üye, {house.team}</dd>" in client.get(url).text
        assert len(often) == len(once)

    def test_of_a_delegate_says_in_whose_place(self, house, enter, inspector, officer):
        place = house.group.memberships.get(person=house.rapporteur)
        holdings.delegate(holding=place, to=house.unit_rep, first=days_ago(1), last=days_ago(-5), by=officer)
        page = enter(inspector).get(of(house.unit_rep)).text
        assert f"<dt>Yerine bakılan</dt><dd>{house.rapporteur}</dd>" in page

    def test_stands_on_the_history_of_who_has_it(self, house, enter, inspector, group_member, rapporteur):
        told = "Yetki (Kurulun raporlarını yazmak) eklendi"
        assert told in enter(group_member).get(of(group_member)).text
        assert told in enter(inspector).get(of(group_member)).text
        assert enter(rapporteur).get(of(group_member)).status_code == 404
        assert told not in enter(rapporteur).get(of(house.group)).text


class TestAReport:
    """Of its history; the decisions only where the report's own page would tell them."""

    REASON = "Ölçeği ve puanlamaya katılanları yazınız."

    @pytest.fixture
    def report(self, house):
        found = reports.submitted(house.group, title="Paydaş analizi raporu")
        reports.decide(found, {1: Choice.RETURN, 2: Choice.EDIT})
        return found

    def test_tells_of_sections_versions_and_decisions_with_their_reasons(self, house, enter, report):
        reports.close(report)
        for reader in ("rapporteur", "team_member", "officer"):
            page = enter(house.people[reader]).get(of(report)).text
            assert "Sürüm (1) gönderildi" in page
            assert "Gönderilen bölüm (1. 1. konu) eklendi" in page
            for section, fact in (
                ("1. 1. konu", "İade edildi"),
                ("2. 2. konu", "Düzeltilerek kabul edildi"),
                ("3. Önceliklendirme", "Kabul edildi"),
            ):
                decision = page[page.index(f"Karar ({section}, 1. sürüm) verildi") :]
                assert re.search(r"<dt>Karar</dt><dd>([^<]+)", decision)[1] == fact
            assert page.count(self.REASON) == 1
            assert "Yazım düzeltildi." in page
        decided = SectionDecision.objects.get(section_version__section__number=1).section_version.section
        assert self.REASON in enter(house.rapporteur).get(of(decided)).text

    def test_keeps_the_decisions_to_its_team_until_the_close(self, house, enter, inspector, officer, report):
        assert self.REASON in enter(house.team_member).get(of(report)).text
        url, hidden = f"{ALL}?kind=reports.sectiondecision", "Değişikliğin içeriği erişiminize açık değildir."
        for reader in (house.rapporteur, officer, inspector):
            page = enter(reader).get(of(report)).text
            assert "Sürüm (1) gönderildi" in page
            assert "Karar (" not in page
        for reader in (officer, inspector):
            page = enter(reader).get(url).text
            assert self.REASON not in page
            assert page.count(hidden) == len(seqs(page)) == 4
        reports.close(report)
        for reader in (officer, inspector):
            page = enter(reader).get(url).text
            assert self.REASON in page
            assert hidden not in page


class TestOtherThings:
    def test_a_draft_tells_of_its_words_their_sources_and_what_bodies_decided(
        self, house, enter, council_member
    ):
        draft = drafts.approved(drafts.ready(house))
        page = enter(council_member).get(of(draft)).text
        assert "Kayıt (Üst Yönetimin onayı) eklendi" in page
        assert "Kayıt (Stratejik Planlama Ekibinin uygun bulması) eklendi" in page
        assert "Taslak bloğu (3.F Paydaş analizi) eklendi" in page
        assert "Paydaşlar çalıştayda 18 katılımcı tarafından" in page
        assert "Blok kaynağı (Paydaş analizi raporu, 1. 1. konu) eklendi" in page
        assert "&lt;p&gt;" not in page
        assert "sectionversion:" not in page
        whole = enter(council_member).get(of(draft) + re.search(r'href="(\?act=\d+)#', page)[1]).text
        words = re.findall(r"<dt>Blok metni</dt><dd>(.*?)</dd>", whole, re.DOTALL)
        assert len(words) > 20
        assert not [
            text for text in words if re.search(r"/plan/|#[0-9a-f]{6}|True|sub_group|objective", text)
        ]

    def test_a_meeting_tells_of_agenda_attendance_and_votes(self, council, enter, council_member):
        vote = council.vote(council.opened(("Kabul", None)), item=1, method="named")
        council.cast(vote, in_favour=20, against=7)
        council.close(vote)
        page = enter(council_member).get(of(vote.item.meeting)).text
        assert "Gündem maddesi (Kabul) eklendi" in page
        assert f"Yoklama ({council.house.mayor}) eklendi" in page
        assert "Oylama (1. Kabul) eklendi" in page
        assert "<dt>Kabul</dt><dd><ins>20</ins></dd>" in page
        assert "Oy (" not in page


class TestAnAct:
    def test_is_one_entry_with_its_rows_within(self, house, enter, inspector, officer, stranger):
        place = seat(house.team, stranger)
        before = Entry.objects.count()
        holdings.end(holding=place, on=days_ago(0), by=officer, reason="Görev değişikliği")
        rows = Entry.objects.count() - before
        newest, following = acts(enter(inspector).get(ALL).text)[:2]
        assert f"<b>{officer}</b>" in newest
        assert seqs(newest) == list(range(before + rows, before, -1))
        assert f'<summary class="small">{rows} kayıt</summary>' in newest
        assert newest.count("Gerekçe: Görev değişikliği") == 1
        assert "Üyelik değiştirildi" in newest
        assert f"Yetki eklendi ({(rows - 1) // 2})" in newest
        assert f"<b>{BY.name}</b>" in following

    def test_of_few_rows_stands_unfolded(self, house, enter, inspector):
        topics(house, "Paydaş anketi")
        assert '<summary class="small">' not in acts(enter(inspector).get(ALL).text)[0]

    def test_has_one_moment_though_nobody_named_it(self, house, officer):
        seat(house.team, house.stranger)
        rows = Entry.objects.order_by("-pk")[:4]
        assert len({(row.at, row.noted_at) for row in rows}) == 1

    def test_can_be_read_alone_on_both_histories(self, house, enter, inspector, officer):
        topics(house, "birinci", "ikinci", "üçüncü")
        second = Entry.objects.order_by("-pk")[1].pk
        client = enter(inspector)
        for url in (ALL, of(house.group)):
            page = client.get(f"{url}?act={second}").text
            assert len(acts(page)) == 1
            assert "<del>birinci</del> <ins>ikinci</ins>" in page
            assert "Yalnız bir işlem" in page
            assert 'name="act"' not in page
            assert not acts(client.get(f"{url}?act=99999999").text)
            assert not acts(client.get(f"{url}?act=x").text)

    def test_stays_on_one_page(self, house, enter, inspector, stranger, monkeypatch):
        monkeypatch.setattr("common.history_views.PER_PAGE", 2)
        seat(house.team, stranger)
        topics(house, "bir")
        client = enter(inspector)
        page = client.get(ALL).text
        assert len(acts(page)) == 2
        older = client.get(ALL + re.search(r'href="(\?[^"]*before=\d+)">', page)[1]).text
        assert seqs(page)[-1] == seqs(older)[0] + 1
        entries = Entry.objects.in_bulk([seqs(page)[-1], seqs(older)[0]])
        assert len({entry.noted_at for entry in entries.values()}) == 2


class TestALongText:
    OLD, NEW = " ".join(SAME), " ".join([*SAME[:150], "başka", *SAME[151:]])

    @pytest.fixture
    def changed(self, house, officer) -> int:
        for text in (self.OLD, self.NEW):
            services.change_body(body=house.group, topic=text, by=officer)
        return Entry.objects.order_by("-pk")[0].pk

    def test_is_shown_around_what_changed_with_a_way_to_all_of_it(self, house, enter, inspector, changed):
        client = enter(inspector)
        for url in (ALL, of(house.group)):
            act = acts(client.get(url).text)[0]
            told = re.search(r"<dt>Konu</dt><dd>(.*?)</dd>", act)[1]
            around = [*SAME[142:150], "<del>söz150</del> <ins>başka</ins>", *SAME[151:159]]
            assert told == " ".join(["…", *around, "…"])
            way = re.search(r'href="(\?act=\d+)#e-(\d+)">Metnin tamamı', act)
            assert int(way[2]) == changed
            whole = client.get(url + way[1]).text
            assert f'id="e-{changed}"' in whole
            told = re.search(r"<dt>Konu</dt><dd>(.*?)</dd>", whole)[1]
            assert told == self.NEW.replace("başka", "<del>söz150</del> <ins>başka</ins>")

    def test_that_is_new_is_shown_by_its_ends(self, house, enter, officer, changed):
        topics(house, "")
        topics(house, self.OLD)
        told = re.search(
            r"<dt>Konu</dt><dd><ins>(.*?)</ins></dd>", acts(enter(officer).get(of(house.group)).text)[0]
        )
        assert told[1].startswith("söz0 söz1 ")
        assert " … " in told[1]
        assert told[1].endswith(" söz199")

    def test_is_cut_for_the_table_before_the_place_that_changed(self, house, enter, inspector, changed):
        what = sheet(enter(inspector).get(f"{TABLE}?kind=institution.body"))[1][7]
        assert "söz150" in what
        assert "başka" in what
        assert "söz100" not in what


class TestTheDays:
    def test_are_those_of_entry_each_once_and_in_order(self, house, enter, inspector):
        for day in (9, 3, 6):
            topics(house, f"gün {day}", on=days_ago(day))
        page = enter(inspector).get(ALL).text
        assert headings(page) == [str(days_ago(0))]
        assert seqs(page) == sorted(seqs(page), reverse=True)
        assert [
            f"{days_ago(day):%d.%m.%Y}" in act for act, day in zip(acts(page), (6, 3, 9), strict=False)
        ] == [True] * 3

    def test_are_opened_once_though_the_clock_was_put_back(self, house, enter, inspector):
        newest = Entry.objects.order_by("-pk")[0].pk
        now = timezone.now()
        for n, back in enumerate((0, 1, 0), start=1):
            moment = now + dt.timedelta(3 - back)
            Entry.objects.create(
                seq=newest + n, model="nowhere.thing", object_id="1", history_id=n, act="~", at=moment,
                actor_name="Sistem", noted_at=moment, digest="0" * 64, hash=str(n) * 64,
            )  # fmt: skip
        page = enter(inspector).get(ALL).text
        assert headings(page) == [str(days_ago(-3)), str(days_ago(-2)), str(days_ago(0))]
        assert seqs(page)[:3] == [newest + 3, newest + 2, newest + 1]

    def test_of_a_thing_are_those_of_its_acts(self, house, enter, officer):
        for day in (9, 3, 6):
            topics(house, f"gün {day}", on=days_ago(day))
        page = enter(officer).get(of(house.group)).text
        days = headings(page)
        assert days == sorted(set(days), reverse=True)
        assert {str(days_ago(day)) for day in (9, 3, 6)} <= set(days)

    def test_of_one_moment_stand_in_the_order_in_which_they_were_written(self, house, enter, officer):
        topics(house, "önce", "sonra", on=days_ago(4))
        page = enter(officer).get(of(house.group)).text
        assert page.index("Gerekçe sonra") < page.index("Gerekçe önce")


def test_a_thing_that_nothing_belongs_to_has_its_history(house, enter, officer):
    with acting(officer, at=at(days_ago(2))):
        unit = Unit.objects.create(name="Park ve Bahçeler Müdürlüğü")
    assert headings(enter(officer).get(of(unit)).text) == [str(days_ago(2))]
