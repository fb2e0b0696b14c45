"""The municipality's records change by their services, and refuse what does not fit."""

import datetime as dt

import pytest

from common.decisions import Invalid
from common.workflow import IllegalMove
from institution import legal, services
from institution.models import (
    Body,
    BodyKind,
    CompositionRule,
    LegalRule,
    Municipality,
    PlanPeriod,
    Unit,
    User,
)
from institution.roles import Kind
from institution.workflow import PeriodState
from teams import services as teams
from tests.factories.base import BY, PASSWORD, body, days_ago, municipality, period, person, sub_group, unit

pytestmark = pytest.mark.django_db


class TestSettingUp:
    def test_brings_kinds_rules_figures_and_the_standing_bodies(self):
        municipality()
        assert set(BodyKind.objects.values_list("code", flat=True)) == set(Kind.values)
        assert set(LegalRule.objects.values_list("key", flat=True)) == set(legal.FIGURES)
        assert CompositionRule.objects.filter(kind__code=Kind.SUB_GROUP, blocks=True).count() == 1
        assert Body.objects.filter(period=None).count() == 5
        assert Body.objects.get(kind__code=Kind.DIRECTORATE).unit.is_spending

    def test_repeated_changes_nothing(self):
        first = municipality()
        rows = [model.objects.count() for model in (Body, BodyKind, CompositionRule, LegalRule, Unit)]
        assert municipality("Başka Belediyesi") == first
        assert Municipality.objects.get().name == "Örnek Belediyesi"
        assert rows == [model.objects.count() for model in (Body, BodyKind, CompositionRule, LegalRule, Unit)]

    def test_says_where_the_names_differ_from_the_standard(self):
        municipality()
        council = BodyKind.objects.get(code=Kind.COUNCIL)
        assert council.legal_name == "Belediye Meclisi"
        assert council.differs

    def test_leaves_rows_with_their_author(self):
        municipality()
        for model in (LegalRule, BodyKind, CompositionRule, Body, Municipality, Unit):
            assert set(model.history.values_list("history_user_name", flat=True)) == {BY.name}


class TestAPlanPeriod:
    @pytest.fixture(autouse=True)
    def _municipality(self):
        municipality()

    def test_lasts_as_long_as_the_law_says(self):
        opened = period(2027)
        assert (opened.code, opened.label, opened.is_open) == ("2027-2031", "2027–2031", True)

    def test_opened_twice_by_one_circular_is_one(self):
        assert period(2027) == period(2027)

    def test_is_the_only_one_in_preparation(self):
        period(2027)
        with pytest.raises(Invalid, match="Hazırlığı süren"):
            period(2032, circular_no="2024/2")

    def test_shares_no_year_with_another(self):
        first = period(2027)
        for state in (PeriodState.ADOPTED, PeriodState.IN_FORCE):
            services.move_period(period=first, to=state, by=BY)
        with pytest.raises(Invalid) as refusal:
            period(2030, circular_no="2024/2")
        assert refusal.value.field == "first_year"

    def test_cannot_begin_before_the_election(self):
        with pytest.raises(Invalid) as refusal:
            period(2027, circular_on=days_ago(10), election_on=days_ago(5))
        assert refusal.value.field == "circular_on"

    def test_counts_from_no_day_before_the_law(self):
        long_ago = dt.date(2004, 3, 28)
        for days in ({"circular_on": long_ago, "election_on": None}, {"election_on": long_ago}):
            with pytest.raises(Invalid, match="2004"):
                period(2027, **days)

    def test_changes_under_the_rules_by_which_it_was_opened(self):
        opened = period(2027)
        with pytest.raises(Invalid) as refusal:
            services.change_period(period=opened, election_on=days_ago(5), by=BY)
        assert refusal.value.field == "circular_on"
        with pytest.raises(Invalid):
            services.change_period(period=opened, election_on=dt.date(2004, 3, 28), by=BY)

    def test_changes_without_taking_a_step_back(self):
        read_before = PlanPeriod.objects.get(pk=period(2027).pk)
        services.move_period(period=PlanPeriod.objects.get(), to=PeriodState.ADOPTED, by=BY)
        services.change_period(period=read_before, note="Düzeltme", by=BY)
        changed = PlanPeriod.objects.get()
        assert (changed.state, changed.note) == (PeriodState.ADOPTED, "Düzeltme")

    def test_does_not_change_once_it_is_closed(self):
        opened = period(2027)
        for state in (PeriodState.ADOPTED, PeriodState.IN_FORCE, PeriodState.CLOSED):
            services.move_period(period=opened, to=state, by=BY)
        with pytest.raises(Invalid):
            services.change_period(period=opened, note="Sonradan", by=BY)

    def test_takes_no_step_out_of_turn(self):
        with pytest.raises(IllegalMove):
            services.move_period(period=period(2027), to=PeriodState.CLOSED, by=BY)

    def test_in_preparation_is_the_current_one(self):
        old = period(
            2020, circular_no="2019/4", circular_on=dt.date(2019, 5, 15), election_on=dt.date(2019, 3, 31)
        )
        for state in (PeriodState.ADOPTED, PeriodState.IN_FORCE, PeriodState.CLOSED):
            services.move_period(period=old, to=state, by=BY)
        assert PlanPeriod.objects.current() == old
        assert PlanPeriod.objects.current() != period(2027) == PlanPeriod.objects.current()
        assert PlanPeriod.objects.by_code("2020-2024") == PlanPeriod.objects.by_code("2020–2024") == old


class TestABody:
    def test_other_than_a_sub_group_stands_once_a_period(self):
        municipality()
        plan = period()
        body(Kind.PLANNING_TEAM, plan, "Stratejik Planlama Ekibi")
        sub_group(plan), sub_group(plan)
        with pytest.raises(Invalid) as refusal:
            body(Kind.PLANNING_TEAM, plan, "İkinci Ekip")
        assert refusal.value.field == "kind"

    def test_has_a_name_of_its_own(self):
        municipality()
        plan = period()
        first, second = sub_group(plan, "Paydaş Grubu"), sub_group(plan, "Mevzuat Grubu")
        with pytest.raises(Invalid):
            sub_group(plan, "Paydaş Grubu")
        with pytest.raises(Invalid):
            services.change_body(body=second, name=first.name, by=BY)

    def test_leaves_its_name_to_no_other_when_it_is_dissolved(self):
        municipality()
        plan = period()
        teams.dissolve(body=sub_group(plan, "Paydaş Grubu"), on=days_ago(0), by=BY)
        with pytest.raises(Invalid) as refusal:
            sub_group(plan, "Paydaş Grubu")
        assert refusal.value.field == "name"


class TestAPerson:
    def test_added_twice_is_one(self):
        first = services.add_person(email="isil@ornek.bel.tr", full_name="Işıl İnce", by=BY)
        assert services.add_person(email="isil@ornek.bel.tr", full_name="Işıl İnce", by=BY) == first

    def test_has_an_address_of_their_own_whatever_its_capitals(self):
        services.add_person(email="isil@ornek.bel.tr", full_name="Işıl İnce", by=BY)
        with pytest.raises(Invalid) as refusal:
            services.add_person(email="ISIL@ornek.bel.tr", full_name="Başka Biri", by=BY)
        assert refusal.value.field == "email"

    def test_keeps_their_address_when_only_the_name_changes(self):
        user = person(email="a@ornek.bel.tr")
        services.change_person(person=user, email="a@ornek.bel.tr", full_name="Yeni Ad", by=BY)
        assert User.objects.get(pk=user.pk).full_name == "Yeni Ad"

    def test_does_not_move_their_own_account_to_another_address(self):
        user = person(email="a@ornek.bel.tr")
        with pytest.raises(Invalid) as refusal:
            services.change_person(person=user, email="b@ornek.bel.tr", by=user)
        assert refusal.value.field == "email"
        services.change_person(person=user, email="a@ornek.bel.tr", title="Uzman", by=user)
        user.refresh_from_db()
        assert (user.email, user.title) == ("a@ornek.bel.tr", "Uzman")

    @pytest.mark.parametrize("words", ["ışıl", "IŞIL", "isil", "ince", "İNCE", "Işıl İnce", "meclis katibi"])
    def test_is_found_however_the_letters_are_typed(self, words):
        user = person("Işıl İnce", title="Meclis kâtibi")
        person("Kemal Uysal")
        assert list(User.objects.matching(words)) == [user]

    def test_keeps_the_password_that_was_set_meanwhile(self):
        user = person()
        read_before = User.objects.get(pk=user.pk)
        services.set_password(person=user, password="söğüt-akasya-57-ıhlamur", by=BY)  # noqa: S106
        services.change_person(person=read_before, title="Uzman", by=BY)
        assert User.objects.get().check_password("söğüt-akasya-57-ıhlamur")

    def test_takes_no_weak_password(self):
        with pytest.raises(Invalid) as refusal:
            services.set_password(person=person(), password="kısa", by=BY)  # noqa: S106
        assert refusal.value.field == "password"

    def test_signs_in_with_the_password_that_was_set(self):
        assert person().check_password(PASSWORD)

    def test_cannot_close_their_own_account(self):
        user = person()
        with pytest.raises(Invalid):
            services.close_account(person=user, by=user)


class TestAUnit:
    def test_added_twice_is_one(self):
        assert services.add_unit(name="Fen İşleri", by=BY) == services.add_unit(name="Fen İşleri", by=BY)

    def test_cannot_take_the_name_of_another(self):
        first, second = unit(), unit()
        with pytest.raises(Invalid):
            services.change_unit(unit=second, name=first.name, by=BY)
