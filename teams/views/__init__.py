"""Pages of bodies, of the seats in them, and of what one person holds."""

from teams.views.bodies import (
    add_term,
    body,
    dissolve_body,
    edit_body,
    edit_term,
    form_body,
    index,
)
from teams.views.people import choose_body, hand_over, my_seats, person
from teams.views.seats import appoint, delegate_seat, end_delegation, end_seat

__all__ = [
    "add_term",
    "appoint",
    "body",
    "choose_body",
    "delegate_seat",
    "dissolve_body",
    "edit_body",
    "edit_term",
    "end_delegation",
    "end_seat",
    "form_body",
    "hand_over",
    "index",
    "my_seats",
    "person",
]
