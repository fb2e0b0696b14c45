"""Pages of the municipality's own records."""

from institution.views.access import access, access_table
from institution.views.people import (
    add_person,
    edit_person,
    invite,
    people,
    remove_factors,
    switch_account,
)
from institution.views.periods import (
    choose_period,
    edit_period,
    move_period,
    open_period,
    period,
    periods,
)
from institution.views.settings import (
    add_legal_value,
    add_unit,
    edit_municipality,
    edit_unit,
    law,
    settings,
    units,
)

__all__ = [
    "access",
    "access_table",
    "add_legal_value",
    "add_person",
    "add_unit",
    "choose_period",
    "edit_municipality",
    "edit_period",
    "edit_person",
    "edit_unit",
    "invite",
    "law",
    "move_period",
    "open_period",
    "people",
    "period",
    "periods",
    "remove_factors",
    "settings",
    "switch_account",
    "units",
]
