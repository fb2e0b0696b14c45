"""The council's arithmetic..."""

from fractions import Fraction
from itertools import product

import pytest

from meetings.arithmetic import CouncilLaw, Hall, Result, Side, SideUnknown, Tally, decide

NOW = CouncilLaw()
BEFORE_2021 = CouncilLaw(majority="half_or_more")
LAWS = [NOW, BEFORE_2021]
MEMBERSHIPS = range(1, 62)


def hall(full, present, law=NOW, **more):
    return Hall(full, present, law, **more)


# --- The worked example: 32 members with the mayor


@pytest.mark.parametrize(
    ("present", "quorum", "needed", "floor"),
    [(32, 17, 17, 8), (27, 17, 14, 8), (18, 17, 10, 8), (17, 17, 9, 8), (16, 17, 9, 8)],
)
def test_counts_a_council_of_thirty_two(present, quorum, needed, floor):
    here = hall(32, present)
    assert (here.quorum, here.needed, here.floor) == (quorum, needed, floor)
    assert here.has_quorum == (present >= 17)


@pytest.mark.parametrize(("present", "needed"), [(8, 8), (9, 8), (14, 8), (15, 8), (16, 9), (17, 9)])
def test_lets_a_repeated_sitting_meet_with_a_quarter_and_decide_by_the_floor(present, needed):
    here = hall(32, present, is_repeat=True)
    assert (here.quorum, here.has_quorum, here.needed) == (8, True, needed)
    assert not hall(32, 7, is_repeat=True).has_quorum


def test_needs_all_eight_at_a_repeated_sitting_of_eight():
    here = hall(32, 8, is_repeat=True)
    assert decide(Tally(8, 0, 0), here).carried
    assert not decide(Tally(7, 1, 0), here).carried
    assert not decide(Tally(7, 0, 1), here).carried


@pytest.mark.parametrize(
    ("law", "full", "quorum"),
    [
        (NOW, 32, 17),
        (BEFORE_2021, 32, 16),
        (NOW, 31, 16),
        (BEFORE_2021, 31, 16),
        (NOW, 38, 20),
        (BEFORE_2021, 9, 5),
    ],
)
def test_means_by_majority_what_the_law_of_the_day_meant(law, full, quorum):
    assert hall(full, full, law).quorum == quorum


def test_rounds_the_quarter_up():
    assert [hall(full, 0).floor for full in (29, 30, 31, 32, 33)] == [8, 8, 8, 8, 9]
    assert hall(33, 0, CouncilLaw(rounding="down")).floor == 8


def test_takes_its_shares_from_the_dated_law():
    law = CouncilLaw(decision_floor=Fraction(1, 3), repeat_quorum=Fraction(1, 5))
    assert hall(30, 30, law).floor == 10
    assert hall(30, 6, law, is_repeat=True).has_quorum


# --- Deciding


@pytest.mark.parametrize(
    ("tally", "carried"),
    [
        (Tally(14, 13, 0), True),
        (Tally(14, 0, 13), True),
        (Tally(13, 2, 12), False),  # who abstains attends: 13 of 27 are no majority
        (Tally(13, 14, 0), False),
        (Tally(0, 27, 0), False),
        (Tally(0, 0, 27), False),
        (Tally(27, 0, 0), True),
    ],
)
def test_counts_abstentions_as_attending_and_not_as_for(tally, carried):
    assert decide(tally, hall(32, 27)) == Result(carried)


@pytest.mark.parametrize(
    ("chair", "result"),
    [
        (Side.FOR, Result(True, by_chair=True)),
        (Side.AGAINST, Result(False, by_chair=True)),
        (Side.ABSTAIN, Result(False)),
    ],
)
@pytest.mark.parametrize("law", LAWS)
def test_lets_the_side_of_the_chair_win_a_tie(law, chair, result):
    assert decide(Tally(9, 9, 0), hall(32, 18, law), chair) == result
    assert decide(Tally(8, 8, 1), hall(32, 17, law), chair) == result


def test_holds_floor_and_majority_even_in_a_tie():
    """8 to 8 with 2 abstaining is no majority of 18 either way: 9 to 7 would not be."""
    assert decide(Tally(8, 8, 2), hall(32, 18), Side.FOR) == Result(False)
    assert decide(Tally(7, 7, 0), hall(32, 14, is_repeat=True), Side.FOR) == Result(False)


def test_asks_for_the_side_of_the_chair_only_in_a_tie():
    with pytest.raises(SideUnknown):
        decide(Tally(9, 9, 0), hall(32, 18))
    assert not decide(Tally(0, 0, 18), hall(32, 18)).carried
    assert not decide(Tally(9, 9, 0), hall(32, 18, CouncilLaw(tie="rejected"))).carried


@pytest.mark.parametrize(
    ("tally", "unanimous"),
    [(Tally(27, 0, 0), True), (Tally(0, 27, 0), True), (Tally(26, 0, 1), False), (Tally(0, 0, 27), False)],
)
def test_calls_unanimous_only_votes_that_all_go_one_way(tally, unanimous):
    assert tally.unanimous == unanimous


# --- What holds for every council, every hall and every vote


def halls():
    for full, law, repeat in product(MEMBERSHIPS, LAWS, (False, True)):
        for present in range(full + 1):
            yield hall(full, present, law, is_repeat=repeat)


def test_never_needs_more_votes_than_a_quorate_hall_has():
    assert all(here.needed <= here.present for here in halls() if here.has_quorum)


def test_never_decides_below_the_floor_nor_below_half_of_those_present():
    for here in halls():
        assert here.needed >= here.floor
        assert 2 * here.needed >= here.present
        if here.law is NOW:
            assert 2 * here.needed > here.present


def test_keeps_quorum_and_need_growing_with_the_hall():
    for full, law in product(MEMBERSHIPS, LAWS):
        needs = [hall(full, present, law).needed for present in range(full + 1)]
        assert needs == sorted(needs)
        quorums = [hall(more, 0, law).quorum for more in range(1, full + 1)]
        assert quorums == sorted(quorums)


def test_says_how_many_are_missing_or_beyond_and_never_both():
    for here in halls():
        assert here.present + here.missing - here.surplus == here.quorum
        assert here.missing == 0 or here.surplus == 0


@pytest.mark.parametrize("full", [1, 2, 3, 8, 9, 31, 32])
def test_decides_every_possible_count_one_way_and_more_votes_for_never_hurt(full):
    for present, law in product(range(hall(full, 0).quorum, full + 1), LAWS):
        here = hall(full, present, law)
        for for_, against in product(range(present + 1), repeat=2):
            if for_ + against > present:
                continue
            tally = Tally(for_, against, present - for_ - against)
            result = decide(tally, here, Side.FOR)
            if result.carried:
                assert for_ >= here.floor
                assert for_ >= here.needed or tally.tied
                if against:
                    assert decide(Tally(for_ + 1, against - 1, tally.abstaining), here, Side.FOR).carried
            assert not decide(tally, here, Side.AGAINST).carried or result.carried
