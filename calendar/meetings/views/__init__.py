"""Pages of meetings: lists and one meeting, planning, holding, voting."""

from meetings.views.calling import add_item, call, call_off, edit, move_item, new, remove_item
from meetings.views.documents import attach, detach
from meetings.views.holding import adjourn, attendance, close_sitting, note, open_sitting
from meetings.views.pages import index, meeting, minutes
from meetings.views.voting import ballots, cancel_vote, cast, close_vote, number, open_vote, preview, vote

__all__ = [
    "add_item",
    "adjourn",
    "attach",
    "attendance",
    "ballots",
    "call",
    "call_off",
    "cancel_vote",
    "cast",
    "close_sitting",
    "close_vote",
    "detach",
    "edit",
    "index",
    "meeting",
    "minutes",
    "move_item",
    "new",
    "note",
    "number",
    "open_sitting",
    "open_vote",
    "preview",
    "remove_item",
    "vote",
]
