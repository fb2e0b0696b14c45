"""Rights follow from holdings, begin and end with them, and are closed by default."""

import pytest
from django.contrib.auth.models import AnonymousUser

from common import grants
from common.history import acting
from institution import holdings, services
from institution.models import Body, BodyGrant
from institution.roles import RIGHTS, Kind, Role
from tests.factories.base import BY, body, days_ago, period, person, seat, standing, sub_group

TODAY, YESTERDAY, TOMORROW = days_ago(0), days_ago(1), days_ago(-1)


@pytest.fixture
def group(db):
    standing(Kind.COUNCIL)
    return sub_group(period())


class TestAGrant:
    def test_counts_from_the_first_to_the_last_day(self, group):
        writer = person()
        seat(group, writer, starts_on=TODAY, ends_on=TOMORROW)
        assert not grants.allows(writer, "write_reports", group, on=YESTERDAY)
        assert grants.allows(writer, "write_reports", group, on=TODAY)
        assert grants.allows(writer, "write_reports", group, on=TOMORROW)
        assert not grants.allows(writer, "write_reports", group, on=days_ago(-2))

    def test_ends_with_the_holding_at_the_next_question(self, group):
        writer = person()
        holding = seat(group, writer)
        assert grants.allows(writer, "write_reports", group)
        holdings.end(holding=holding, on=YESTERDAY, by=BY)
        assert not grants.allows(writer, "write_reports", group)

    def test_is_worth_nothing_to_a_closed_account(self, group):
        writer = person()
        seat(group, writer)
        services.close_account(person=writer, by=BY)
        assert grants.held(writer) == frozenset()
        assert grants.bodies(writer, "write_reports") == []
        assert writer.pk not in grants.people("write_reports", group)

    def test_is_worth_nothing_before_sign_in(self, group):
        assert grants.held(AnonymousUser()) == frozenset()
        assert grants.held(None) == frozenset()

    def test_holds_on_its_own_body_only(self, group):
        writer, other = person(), sub_group(group.period)
        seat(group, writer)
        assert not grants.allows(writer, "write_reports", other)
        assert grants.bodies(writer, "write_reports") == [group.pk]

    def test_brings_what_the_role_says_and_no_more(self, group):
        member, rapporteur = person(), person()
        seat(group, member)
        seat(group, rapporteur, Role.RAPPORTEUR)
        assert {perm for perm, _ in grants.held(member)} == RIGHTS[Kind.SUB_GROUP][Role.MEMBER]
        assert not grants.allows(member, "submit_reports", group)
        assert grants.allows(rapporteur, "submit_reports", group)

    def test_is_not_inherited_by_a_body_made_anew_under_the_same_number(self, group):
        writer = person()
        holding = seat(group, writer)
        number = group.pk
        with acting(BY):
            holding.delete()
            group.delete()
            Body.objects.create(pk=number, kind=group.kind, period=group.period, name="Başka grup")
        assert BodyGrant.objects.filter(content_object_id=number).count() == 0
        assert grants.held(writer) == frozenset()

    def test_names_its_holder_to_who_asks_for_people(self, group):
        writer = person()
        seat(group, writer)
        assert grants.people("write_reports", group) == [writer.pk]


class TestADelegate:
    def test_has_the_same_rights_between_its_days(self, group):
        chair, delegate = person(), person()
        holding = seat(group, chair, Role.CHAIR)
        holdings.delegate(holding=holding, to=delegate, first=TODAY, last=TOMORROW, by=BY)
        assert grants.held(delegate, on=TODAY) == grants.held(chair, on=TODAY)
        assert grants.held(delegate, on=YESTERDAY) == frozenset()
        assert grants.held(delegate, on=days_ago(-2)) == frozenset()

    def test_loses_them_when_the_seat_ends(self, group):
        chair, delegate = person(), person()
        holding = seat(group, chair, Role.CHAIR)
        holdings.delegate(holding=holding, to=delegate, first=days_ago(5), last=days_ago(-20), by=BY)
        holdings.end(holding=holding, on=YESTERDAY, by=BY)
        assert grants.held(delegate) == frozenset()

    def test_loses_them_when_the_delegation_is_ended(self, group):
        chair, delegate = person(), person()
        holding = seat(group, chair, Role.CHAIR)
        holdings.delegate(holding=holding, to=delegate, first=TODAY, last=TOMORROW, by=BY)
        holdings.end_delegation(holding=holding, on=YESTERDAY, by=BY)
        assert grants.held(delegate) == frozenset()
        assert holding.delegate is None


class TestRemembered:
    def test_asks_the_database_once(self, group, django_assert_num_queries):
        writer = person()
        seat(group, writer)
        with grants.remembered(), django_assert_num_queries(1):
            for _ in range(5):
                assert grants.allows(writer, "write_reports", group)

    def test_forgets_when_a_holding_changes_within_the_request(self, group):
        writer = person()
        holding = seat(group, writer)
        with grants.remembered():
            assert grants.held(writer)
            holdings.end(holding=holding, on=YESTERDAY, by=BY)
            assert not grants.held(writer)

    def test_does_not_outlive_a_closed_account(self, group):
        writer = person()
        seat(group, writer)
        with grants.remembered():
            assert grants.held(writer)
            services.close_account(person=writer, by=BY)
            assert not grants.held(writer)


def test_every_right_of_a_role_is_a_permission_of_bodies():
    known = {name for name, _ in Body._meta.permissions}
    assert {right for roles in RIGHTS.values() for rights in roles.values() for right in rights} == known


def test_a_body_of_a_period_is_formed_once(group):
    again = body(Kind.SUB_GROUP, group.period, group.name, approval_no=group.approval_no)
    assert again == group
