"""Each composition rule: met, not met, and met again; blocking where the product says so."""

import pytest

from institution import holdings, services
from institution.models import CompositionRule
from institution.roles import Kind, Role
from teams import composition, home
from teams.composition import gaps, gaps_of
from tests.factories.base import BY, days_ago, person, seat, sub_group, unit

TODAY, YESTERDAY = days_ago(0), days_ago(1)
Check = CompositionRule.Check


def end(holding):
    holdings.end(holding=holding, on=YESTERDAY, by=BY)


def checks(body):
    return [gap.rule.check_code for gap in gaps(body, TODAY)]


def test_a_complete_house_has_no_gap(house):
    assert gaps_of(house.period, TODAY) == []


class TestASubGroup:
    def test_without_a_team_member_cannot_submit(self, house):
        end(house.group.memberships.get(person=house.team_member))
        (gap,) = gaps(house.group, TODAY)
        assert gap.blocks
        assert gap.badge.tone == "stop"
        assert gap.sentence == "Grupta Stratejik Planlama Ekibi üyesi yok."

    def test_loses_its_team_member_when_they_leave_the_team(self, house):
        end(house.team.memberships.get(person=house.team_member))
        assert Check.MEMBER_FROM in checks(house.group)

    def test_is_mended_by_any_team_member(self, house):
        end(house.group.memberships.get(person=house.team_member))
        seat(house.group, house.unit_rep, starts_on=TODAY)
        assert gaps(house.group, TODAY) == []

    def test_is_not_mended_by_the_team_of_another_period(self, house):
        other = person()
        for state in ("adopted", "in_force", "closed"):
            services.move_period(period=house.period, to=state, by=BY)
        new = services.open_period(
            first_year=house.period.last_year + 1,
            circular_no="2",
            circular_on=days_ago(10),
            legal_basis="5393",
            by=BY,
        )
        group = sub_group(new)
        seat(group, house.team_member)
        seat(group, other, Role.RAPPORTEUR)
        assert checks(group) == [Check.MEMBER_FROM]

    def test_is_not_mended_by_a_closed_account(self, house):
        services.close_account(person=house.team_member, by=BY)
        assert Check.MEMBER_FROM in checks(house.group)

    def test_without_a_rapporteur_is_shown_and_not_blocked(self, house):
        end(house.group.memberships.get(person=house.rapporteur))
        (gap,) = gaps(house.group, TODAY)
        assert (gap.rule.check_code, gap.blocks) == (Check.HAS_RAPPORTEUR, False)


class TestThePlanningTeam:
    def test_has_a_chair(self, house):
        end(house.team.memberships.get(role=Role.CHAIR))
        assert Check.HAS_CHAIR in checks(house.team)

    def test_is_chaired_by_a_deputy_mayor(self, house):
        end(house.management.seats.get(person=house.team_chair))
        assert checks(house.team) == [Check.CHAIR_FROM]

    def test_is_not_chaired_by_the_mayor(self, house):
        end(house.team.memberships.get(role=Role.CHAIR))
        seat(house.team, house.mayor, Role.CHAIR, starts_on=TODAY, represents=house.directorate.unit)
        assert checks(house.team) == [Check.CHAIR_FROM]

    def test_names_every_spending_unit_without_a_representative(self, house):
        missing = [unit("Zabıta Müdürlüğü"), unit("Emlak ve İstimlak Müdürlüğü")]
        unit("Özel Kalem", is_spending=False)
        (gap,) = gaps(house.team, TODAY)
        assert set(gap.units) == set(missing)
        assert all(one.name in gap.sentence for one in missing)
        assert not gap.blocks

    def test_names_them_in_turkish_order(self, house):
        for name in ("Şehir Tiyatrosu", "Zabıta Müdürlüğü", "Çevre Müdürlüğü"):
            unit(name)
        (gap,) = gaps(house.team, TODAY)
        assert [u.name for u in gap.units] == ["Çevre Müdürlüğü", "Şehir Tiyatrosu", "Zabıta Müdürlüğü"]

    def test_misses_no_unit_that_is_set_aside(self, house):
        services.change_unit(unit=unit("Zabıta Müdürlüğü"), is_active=False, by=BY)
        assert gaps(house.team, TODAY) == []


@pytest.mark.parametrize(
    ("name", "role"), [("council", Role.CHAIR), ("management", Role.CHAIR), ("directorate", Role.CHAIR)]
)
def test_a_standing_body_has_a_chair(house, name, role):
    body = getattr(house, name)
    for kept in ("seats", "memberships"):
        for holding in getattr(body, kept).filter(role=role):
            end(holding)
    assert Check.HAS_CHAIR in checks(body)


def test_rules_of_the_product_block_what_they_must(house):
    blocking = CompositionRule.objects.filter(blocks=True)
    assert [(rule.kind.code, rule.check_code, rule.other) for rule in blocking] == [
        (Kind.SUB_GROUP, Check.MEMBER_FROM, Kind.PLANNING_TEAM)
    ]


def test_composition_is_judged_on_the_day_asked(house):
    end(house.group.memberships.get(person=house.team_member))
    assert gaps(house.group, YESTERDAY) == []


def test_what_blocks_comes_first(house):
    unit("Zabıta Müdürlüğü")
    end(house.group.memberships.get(person=house.team_member))
    assert [gap.blocks for gap in gaps_of(house.period, TODAY)] == [True, False]


@pytest.mark.parametrize("groups", [1, 30])
def test_a_period_takes_five_queries(house, groups, django_assert_num_queries):
    for _ in range(groups):
        seat(sub_group(house.period), person(), Role.RAPPORTEUR)
    with django_assert_num_queries(5):
        assert len(composition.gaps_of(house.period, TODAY)) == groups


class TestTheHomePage:
    def test_lists_gaps_and_terms_that_end_soon(self, house):
        end(house.group.memberships.get(person=house.team_member))
        holding = house.group.memberships.get(person=house.rapporteur)
        holdings.end(holding=holding, on=days_ago(-10), by=BY)
        found = home.gaps(house.period, TODAY)
        assert [str(gap.badge.label) for gap in found] == ["Rapor gönderemez", "Görevi bitiyor"]
        assert "Elif Aksoy" in found[1].sentence
        assert {gap.url for gap in found} == {f"/bodies/{house.group.pk}/"}

    def test_lists_my_seats_and_those_that_i_act_for(self, house):
        chair = house.team.memberships.get(role=Role.CHAIR)
        holdings.delegate(holding=chair, to=house.rapporteur, first=TODAY, last=TODAY, by=BY)
        assert {h.body for h in home.my_seats(house.rapporteur, TODAY)} == {house.group, house.team}
        assert [h.body for h in home.my_seats(house.rapporteur, YESTERDAY)] == [house.group]
