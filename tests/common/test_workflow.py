"""The transition tables are whole, and only the moves in them are made."""

import pytest

from common.workflow import REGISTRY, IllegalMove, Workflow
from institution.workflow import PERIOD, PeriodState


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_table_has_no_hole(name):
    assert REGISTRY[name].problems() == []


def test_holes_are_named():
    torn = Workflow(
        name="torn",
        title="Torn",
        next={"open": ("closed", "lost"), "closed": ()},
        label={"open": "Open", "closed": "Closed"},
        tone={"open": "pink", "closed": "idle"},
        icon={"open": "play"},
        owner={"open": "all", "closed": "nobody"},
        audit={"open": "opened", "closed": "closed"},
    )
    del REGISTRY["torn"]
    assert torn.problems() == [
        "torn: icon lacks ['closed']",
        "torn: open leads to unknown lost",
        "torn: tone pink",
    ]


@pytest.mark.parametrize("frm", PeriodState.values)
@pytest.mark.parametrize("to", PeriodState.values)
def test_a_period_takes_only_the_moves_of_its_table(frm, to):
    if to in PERIOD.next[frm]:
        PERIOD.check(frm, to)
    else:
        with pytest.raises(IllegalMove):
            PERIOD.check(frm, to)


def test_a_badge_has_word_colour_and_icon():
    assert tuple(PERIOD.badge(PeriodState.CLOSED)) == (PeriodState.CLOSED.label, "idle", "lock")
