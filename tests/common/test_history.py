"""Every write has an author, a moment and a row; its page tells it to those who may see the thing."""

import datetime as dt
import time

import pytest
from django.utils import timezone

from common import history, history_telling
from common.history import ActorMissing, BypassesHistory, Stale, SystemActor, acting, service
from documents.reports.services.templates import SHAPE, save_section
from institution import holdings, services
from institution.models import BodyGrant, Unit, User
from institution.workflow import PeriodState
from tests.factories import reports
from tests.factories.base import BY, days_ago, person, unit

AUDITED = [model for model in User._meta.apps.get_models() if hasattr(model, "history_records")]


class TestAService:
    def test_writes_its_author_and_reason_into_the_row(self, db):
        author = person("Ayşe Yılmaz")
        services.close_account(person=(leaving := person()), by=author, reason="Emeklilik")
        row = leaving.history.first()
        assert (row.history_user_id, row.history_user_name) == (author.pk, "Ayşe Yılmaz")
        assert (row.history_change_reason, row.is_active) == ("Emeklilik", False)

    def test_of_the_system_has_a_name_and_no_number(self, db):
        row = unit().history.first()
        assert (row.history_user_id, row.history_user_name) == (None, BY.name)

    def test_called_by_a_service_keeps_its_reason_and_moment(self, db):
        moment = timezone.make_aware(dt.datetime(2024, 4, 8, 14))

        @service
        def outer(*, by, now, reason):
            return services.add_unit(name="Fen İşleri Müdürlüğü", by=by)

        row = outer(by=BY, now=moment, reason="Kuruluş").history.first()
        assert (row.history_date, row.history_change_reason) == (moment, "Kuruluş")

    def test_that_fails_leaves_nothing(self, db):
        @service
        def half(*, by):
            Unit.objects.create(name="Yarım Müdürlük")
            raise ValueError

        with pytest.raises(ValueError):
            half(by=BY)
        assert not Unit.objects.exists()
        assert not Unit.history.exists()

    def test_without_an_author_is_refused(self, db):
        with pytest.raises(ActorMissing):
            services.add_unit(name="Yazarsız", by=None)

    def test_takes_no_positions(self, db):
        with pytest.raises(TypeError):
            services.add_unit("Fen İşleri", BY)


class TestAuditedModels:
    def test_cannot_be_saved_outside_a_service(self, db):
        with pytest.raises(ActorMissing):
            Unit.objects.create(name="Dışarıdan")

    @pytest.mark.parametrize(
        "write",
        [
            lambda rows: rows.update(name="x"),
            lambda rows: rows.bulk_create([Unit(name="x")]),
            lambda rows: rows.bulk_update([], ["name"]),
        ],
        ids=["update", "bulk_create", "bulk_update"],
    )
    def test_refuse_writes_in_bulk(self, db, write):
        with pytest.raises(BypassesHistory), acting(BY):
            write(Unit.objects.all())

    def test_never_keep_a_password_or_the_last_sign_in(self, db):
        columns = {field.name for field in User.history.model._meta.get_fields()}
        assert not columns & {"password", "last_login"}

    def test_leave_no_row_where_only_those_change(self, db, client):
        user = person()
        before = user.history.count()
        client.force_login(user)
        assert user.history.count() == before

    def test_tell_that_a_password_changed(self, db):
        user = person()
        services.set_password(person=user, password="yeni-parola-çınar-7", by=BY)  # noqa: S106
        row = user.history.first()
        assert row.history_change_reason
        assert "çınar" not in str(row.__dict__)

    def test_all_have_their_author_in_every_row(self, house):
        for model in AUDITED:
            assert not model.history.filter(history_user_name="").exists(), model

    def test_grants_leave_rows_when_given_and_taken(self, house, officer):
        membership = house.group.memberships.get(person=house.rapporteur)
        holdings.end(holding=membership, on=days_ago(1), by=officer)
        rows = BodyGrant.history.filter(holding=membership.key)
        assert set(rows.values_list("history_type", flat=True)) == {"+", "-"}
        assert rows.filter(history_type="-", history_user_id=officer.pk).exists()


class TestATransition:
    def test_moves_and_leaves_a_row(self, house):
        services.move_period(period=house.period, to=PeriodState.ADOPTED, by=BY)
        assert house.period.history.first().state == PeriodState.ADOPTED

    def test_is_won_by_one_of_two(self, house):
        first, second = house.period, type(house.period).objects.get(pk=house.period.pk)
        services.move_period(period=first, to=PeriodState.ADOPTED, by=BY)
        with pytest.raises(Stale):
            services.move_period(period=second, to=PeriodState.ADOPTED, by=BY)
        assert first.history.filter(state=PeriodState.ADOPTED).count() == 1


class TestTheHistoryPage:
    def url(self, thing):
        return f"/history/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/"

    def test_tells_who_changed_what_and_why(self, house, enter, officer):
        services.change_body(
            body=house.group,
            topic="Paydaş ve anket",
            approval_on=dt.date(2024, 7, 9),
            by=officer,
            reason="Genişletildi",
        )
        page = enter(officer).get(self.url(house.group)).content.decode()
        assert "Sevda Karaca" in page
        assert "Gerekçe: Genişletildi" in page
        assert "<ins>9 Temmuz 2024 Salı</ins>" in page
        assert "Olurun tarihi" in page

    def test_marks_the_words_of_a_long_text(self, house, enter, officer):
        services.change_body(body=house.group, topic="Paydaş anketi", by=officer)
        page = enter(officer).get(self.url(house.group)).content.decode()
        assert "Paydaş <del>analizi</del> <ins>anketi</ins>" in page

    def test_includes_the_seats_of_a_body_with_names_in_words(self, house, enter, officer):
        membership = house.group.memberships.get(person=house.rapporteur)
        holdings.end(holding=membership, on=days_ago(0), by=officer)
        page = enter(officer).get(self.url(house.group)).content.decode()
        assert "Elif Aksoy" in page
        assert "Raportör" in page

    def test_leaves_out_what_is_empty_and_says_where_only_the_form_changed(self, house, enter, officer):
        template = reports.template(texts=1, table=True)
        text, table = template.sections.filter(number__lte=2)
        client, url = enter(officer), self.url(template)
        page = client.get(url).content.decode()
        assert page.count("<dt>Sütunlar</dt>") == 1
        assert f"Bölüm ({text.title}) eklendi" in page
        columns = [column | {"required": False} for column in table.columns]
        shape = {name: getattr(table, name) for name in SHAPE} | {"columns": columns}
        save_section(template=template, section=table, **shape, by=officer, now=timezone.now())
        assert "Sözler aynı, yalnız biçimi değişti." in client.get(url).content.decode()

    def test_gives_its_times_in_turkey(self, house, enter, officer):
        moment = dt.datetime(2024, 7, 9, 21, 30, tzinfo=dt.UTC)
        with acting(BY, at=moment):
            services.change_body(body=house.group, topic="Gece yarısından sonra", by=BY)
        page = enter(officer).get(self.url(house.group)).content.decode()
        assert "10 Temmuz 2024 Çarşamba" in page
        assert "00.30" in page

    def test_is_404_to_who_may_not_see_the_thing(self, house, enter, group_member, officer):
        assert enter(group_member).get(self.url(house.sysadmin)).status_code == 404
        assert enter(group_member).get(self.url(group_member)).status_code == 200
        assert enter(officer).get(self.url(house.sysadmin)).status_code == 200

    @pytest.mark.parametrize(
        "path",
        ["/history/institution/body/99999/", "/history/nowhere/body/1/", "/history/institution/bodygrant/1/"],
    )
    def test_is_404_for_what_has_no_history_page(self, house, enter, officer, path):
        assert enter(officer).get(path).status_code == 404

    def test_takes_as_many_queries_for_many_rows_as_for_few(
        self, house, enter, officer, django_assert_max_num_queries
    ):
        client, url = enter(officer), self.url(house.group)
        client.get(url)
        for number in range(60):
            services.change_body(body=house.group, topic=f"Konu {number}", by=officer)
        with django_assert_max_num_queries(24):
            page = client.get(url).content.decode()
        assert "?before=" in page


class TestMarkedChanges:
    def test_keeps_what_stayed_the_same(self):
        marked, is_cut = history_telling.marked_changes("bir iki üç", "bir dört üç")
        assert not is_cut
        assert marked == "bir <del>iki</del> <ins>dört</ins> üç"

    def test_leaves_out_long_unchanged_stretches(self):
        same = " ".join(f"s{n}" for n in range(60))
        marked, is_cut = history_telling.marked_changes(f"{same} eski", f"{same} yeni")
        assert is_cut
        assert marked.startswith("… s52 s53")
        assert marked.endswith("<del>eski</del> <ins>yeni</ins>")

    def test_escapes_what_people_wrote(self):
        assert "<script>" not in history_telling.marked_changes("a", "<script>alert(1)</script>")[0]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("eski " + "a " * 400_000, "a " * 400_000 + "yeni"),
            tuple(" ".join(f"s{n} {side}{n}" for n in range(50_000)) for side in ("eski", "yeni")),
        ],
        ids=["one word", "every second word"],
    )
    def test_ends_soon_whatever_was_written(self, old, new):
        began = time.process_time()
        marked, _is_cut = history_telling.marked_changes(old, new)
        assert time.process_time() - began < 3
        assert "<del>" in marked
        assert "eski" in marked
        assert "<ins>" in marked
        assert "yeni" in marked


def test_a_system_actor_has_no_number():
    assert SystemActor("Zamanlayıcı").pk is None
    assert history.SystemActor("Zamanlayıcı").get_full_name() == "Zamanlayıcı"
