"""Terms and seats of those who decide."""

import pytest

from committees import services
from committees.models import Term
from common.decisions import Invalid
from institution.roles import Kind, Role
from tests.factories.base import BY, days_ago, person, seat, standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return standing(Kind.COUNCIL)


def term(council, first, last=None, members=32):
    return services.open_term(body=council, starts_on=first, ends_on=last, full_membership=members, by=BY)


class TestATerm:
    def test_opened_twice_is_one(self, council):
        assert term(council, days_ago(100)) == term(council, days_ago(100))

    def test_does_not_overlap_another(self, council):
        term(council, days_ago(100))
        with pytest.raises(Invalid) as refusal:
            term(council, days_ago(50))
        assert refusal.value.field == "starts_on"

    def test_follows_one_that_has_ended(self, council):
        term(council, days_ago(100), days_ago(50))
        term(council, days_ago(49))
        assert Term.objects.count() == 2

    def test_is_corrected_with_a_row_left_behind(self, council):
        opened = term(council, days_ago(100))
        services.change_term(
            term=opened, full_membership=38, ends_on=None, by=BY, reason="Nüfus sınıfı değişti"
        )
        assert [row.full_membership for row in opened.history.all()] == [38, 32]

    def test_does_not_end_before_it_begins(self, council):
        with pytest.raises(Invalid):
            term(council, days_ago(50), days_ago(100))


class TestASeat:
    def test_belongs_to_the_term_that_runs(self, council):
        running = term(council, days_ago(100))
        assert seat(council, person()).term == running

    def test_stands_without_a_term_where_none_is_recorded(self, council):
        assert seat(council, person()).term is None

    @pytest.mark.parametrize("role", [Role.CHAIR, Role.CLERK])
    def test_of_chair_and_clerk_is_held_by_one_at_a_time(self, council, role):
        seat(council, person(), role, ends_on=days_ago(10))
        seat(council, person(), role, starts_on=days_ago(9))
        with pytest.raises(Invalid) as refusal:
            seat(council, person(), role, starts_on=days_ago(20), ends_on=days_ago(15))
        assert refusal.value.field == "role"

    def test_of_a_member_is_held_by_many(self, council):
        for _ in range(3):
            seat(council, person())
        assert council.seats.on(days_ago(0)).count() == 3

    def test_given_twice_is_one(self, council):
        member = person()
        assert seat(council, member) == seat(council, member)

    def test_is_one_a_person_at_a_time(self, council):
        member = person()
        seat(council, member)
        with pytest.raises(Invalid) as refusal:
            seat(council, member, Role.CLERK)
        assert refusal.value.field == "person"

    def test_is_not_given_to_a_closed_account(self, house):
        with pytest.raises(Invalid) as refusal:
            seat(house.council, house.deactivated)
        assert refusal.value.field == "person"

    def test_has_only_roles_of_its_body(self, council):
        with pytest.raises(Invalid) as refusal:
            seat(council, person(), Role.RAPPORTEUR)
        assert refusal.value.field == "role"

    def test_ends_on_its_last_day(self, council):
        held = seat(council, person())
        services.end(holding=held, on=days_ago(5), by=BY)
        services.end(holding=held, on=days_ago(5), by=BY)
        assert council.seats.on(days_ago(5)).exists()
        assert not council.seats.on(days_ago(4)).exists()
        assert held.history.count() == 2

    def test_does_not_end_before_it_began_nor_again_later(self, council):
        held = seat(council, person())
        with pytest.raises(Invalid):
            services.end(holding=held, on=days_ago(200), by=BY)
        services.end(holding=held, on=days_ago(5), by=BY)
        with pytest.raises(Invalid):
            services.end(holding=held, on=days_ago(1), by=BY)


class TestADelegation:
    def delegate(self, holding, to, first=0, last=-5):
        return services.delegate(holding=holding, to=to, first=days_ago(first), last=days_ago(last), by=BY)

    def test_of_an_elected_member_is_refused(self, council):
        with pytest.raises(Invalid):
            self.delegate(seat(council, person()), person())

    def test_of_the_chair_is_kept_with_its_days(self, council):
        held, other = seat(council, person(), Role.CHAIR), person()
        seat(council, other)
        self.delegate(held, other)
        assert held.delegated_on(days_ago(0))
        assert not held.delegated_on(days_ago(1))

    def test_of_the_councils_chair_goes_to_a_member_and_lends_no_vote(self, house):
        held = house.council.seats.get(role=Role.CHAIR)
        with pytest.raises(Invalid) as refusal:
            self.delegate(held, house.officer)
        assert refusal.value.field == "to"
        self.delegate(held, house.council_member)
        by_the_chair = house.council.grants.filter(holding=held.key, user=house.council_member)
        assert set(by_the_chair.values_list("permission__codename", flat=True)) == {
            "enter_room",
            "record_decisions",
        }

    def test_named_twice_leaves_one_trace(self, house):
        held = house.management.seats.get(role=Role.CHAIR)
        for _twice in range(2):
            self.delegate(held, house.council_member)
        assert held.history.filter(delegate_id=house.council_member.pk).count() == 1

    def test_to_oneself_or_to_a_closed_account_is_refused(self, house):
        held = house.council.seats.get(role=Role.CHAIR)
        for to in (house.mayor, house.deactivated):
            with pytest.raises(Invalid) as refusal:
                self.delegate(held, to)
            assert refusal.value.field == "to"

    @pytest.mark.parametrize(("first", "last"), [(120, 100), (5, -5), (0, 3)])
    def test_outside_the_seat_or_backwards_is_refused(self, council, first, last):
        held = seat(council, person(), Role.CHAIR, ends_on=days_ago(0))
        with pytest.raises(Invalid):
            self.delegate(held, person(), first, last)
