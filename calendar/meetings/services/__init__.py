"""Every write of a meeting: planned and called, held, voted."""

from meetings.services.calling import (
    AWAITING,
    add_item,
    call_meeting,
    call_off,
    change_meeting,
    move_item,
    note_item,
    plan_meeting,
    remove_item,
)
from meetings.services.documents import attach, detach
from meetings.services.sitting import (
    adjourn,
    close_sitting,
    mark_all_present,
    mark_attendance,
    open_sitting,
)
from meetings.services.voting import cancel_vote, cast, close_vote, correct_number, enter_ballot, open_vote

__all__ = [
    "AWAITING",
    "add_item",
    "adjourn",
    "attach",
    "call_meeting",
    "call_off",
    "cancel_vote",
    "cast",
    "change_meeting",
    "close_sitting",
    "close_vote",
    "correct_number",
    "detach",
    "enter_ballot",
    "mark_all_present",
    "mark_attendance",
    "move_item",
    "note_item",
    "open_sitting",
    "open_vote",
    "plan_meeting",
    "remove_item",
]
