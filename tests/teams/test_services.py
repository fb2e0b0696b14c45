"""Memberships; handing everything over in one act; dissolving a body."""

import pytest

from common import grants
from common.decisions import Invalid
from institution import holdings
from institution.roles import Role
from teams import services
from teams.querysets import held_by, lasting, sitting
from tests.factories.base import BY, days_ago, person, seat

TODAY, TOMORROW = days_ago(0), days_ago(-1)


def hand_over(house, leaving, successor=None, **options):
    """Everything that the person holds to one successor, or to nobody."""
    held = lasting(held_by(leaving), TOMORROW)
    options.setdefault("successors", {holding.key: successor for holding in held})
    return services.hand_over(person=leaving, last_day=TODAY, by=house.officer, reason="Emeklilik", **options)


class TestHandingOver:
    def test_ends_every_seat_and_begins_the_successors_on_the_day_after(self, house):
        successor = person()
        begun = hand_over(house, house.team_chair, successor)
        assert lasting(held_by(house.team_chair), TOMORROW) == []
        assert {(h.body, h.role, h.starts_on) for h in begun} == {
            (house.management, Role.MEMBER, TOMORROW),
            (house.team, Role.CHAIR, TOMORROW),
        }
        assert next(h for h in begun if h.body == house.team).represents == house.directorate.unit

    def test_moves_the_rights_with_the_seats(self, house):
        successor = person()
        before = grants.held(house.team_chair)
        hand_over(house, house.team_chair, successor)
        assert grants.held(successor, on=TODAY) == frozenset()
        assert grants.held(successor, on=TOMORROW) == before
        assert grants.held(house.team_chair, on=TOMORROW) == frozenset()

    def test_may_leave_a_place_empty(self, house):
        assert hand_over(house, house.team_member) == []

    def test_lets_a_member_follow_in_the_chair(self, house):
        hand_over(house, house.team_chair, house.team_member)
        now = sitting([house.team], TOMORROW)[house.team.pk]
        assert [h.role for h in now if h.person == house.team_member] == [Role.CHAIR]

    def test_ends_the_delegations_to_the_person(self, house):
        chair = house.team.memberships.get(role=Role.CHAIR)
        holdings.delegate(holding=chair, to=house.team_member, first=TODAY, last=days_ago(-30), by=BY)
        hand_over(house, house.team_member)
        assert not grants.allows(house.team_member, "close_evaluations", house.team, on=TOMORROW)

    def test_closes_the_account_if_asked(self, house):
        hand_over(house, house.team_member, close_account=True)
        assert not house.team_member.is_active
        assert house.team_member.history.first().history_change_reason == "Emeklilik"

    def test_that_forgets_a_seat_changes_nothing(self, house):
        with pytest.raises(Invalid):
            hand_over(house, house.team_chair, successors={})
        assert grants.held(house.team_chair, on=TOMORROW)

    def test_that_fails_in_one_place_changes_nothing(self, house):
        with pytest.raises(Invalid):
            hand_over(house, house.team_chair, house.deactivated)
        assert grants.held(house.team_chair, on=TOMORROW)

    def test_pressed_twice_is_done_once(self, house):
        successor = person()
        hand_over(house, house.team_chair, successor)
        assert hand_over(house, house.team_chair, successor) == []
        assert len(held_by(successor)) == 2

    def test_leaves_a_row_with_author_and_reason_for_each_seat(self, house):
        hand_over(house, house.team_chair, person())
        for holding in held_by(house.team_chair):
            row = holding.history.first()
            assert (row.history_user_id, row.history_change_reason) == (house.officer.pk, "Emeklilik")


class TestDissolving:
    def test_ends_all_memberships_the_day_before(self, house):
        services.dissolve(body=house.group, on=TODAY, by=house.officer, reason="Görevi bitti")
        assert not house.group.memberships.on(TODAY).exists()
        assert grants.bodies(house.rapporteur) == []
        assert house.group.dissolved_on == TODAY

    def test_pressed_twice_is_done_once(self, house):
        for _ in range(2):
            services.dissolve(body=house.group, on=TODAY, by=house.officer)
        assert house.group.history.filter(dissolved_on=TODAY).count() == 1


class TestComposition:
    def test_is_asked_for_a_day(self, house):
        former = seat(house.group, person("Veli Eskiyer"), starts_on=days_ago(60), ends_on=days_ago(30))
        names = {
            day: [h.person.full_name for h in sitting([house.group], days_ago(day))[house.group.pk]]
            for day in (70, 45, 0)
        }
        assert former.person.full_name in names[45]
        assert former.person.full_name not in names[70] + names[0]

    def test_puts_the_chair_first_and_then_the_turkish_alphabet(self, house):
        for name in ("Zeki Er", "Çiğdem Er", "Işık Er", "İnci Er", "Ceyda Er"):
            seat(house.team, person(name))
        found = [h.person.full_name for h in sitting([house.team], TODAY)[house.team.pk]]
        assert found[0] == "Emine Çınar"
        assert [name for name in found if name.endswith(" Er")] == [
            "Ceyda Er",
            "Çiğdem Er",
            "Işık Er",
            "İnci Er",
            "Zeki Er",
        ]

    @pytest.mark.parametrize("count", [1, 40])
    def test_of_many_bodies_takes_two_queries(self, house, count, django_assert_num_queries):
        with django_assert_num_queries(2):
            sitting([house.group, house.team, house.council][:count], TODAY)


def test_a_seat_begins_no_earlier_than_its_body(house):
    formed = house.group.approval_on
    with pytest.raises(Invalid, match="önce başlayamaz") as refused:
        seat(house.group, person(), starts_on=days_ago(900))
    assert refused.value.field == "starts_on"
    assert seat(house.group, person(), starts_on=formed).starts_on == formed
