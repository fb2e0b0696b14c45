"""Who may do what: one table that a non-programmer can review.

For each kind of body and each role in it, the permissions that a seat brings. Permissions hang
on the body in which the person sits (see common/grants.py); nothing else gives a right.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a body does here. Its name and composition rules are data (BodyKind)."""

    COUNCIL = "upper_council", _("Upper Council")
    MANAGEMENT = "upper_management", _("Upper Management")
    PLANNING_TEAM = "planning_team", _("Planning Team")
    SUB_GROUP = "sub_group", _("Sub-working group")
    DIRECTORATE = "directorate", _("Strategy Development Directorate")
    INSPECTION = "inspection", _("Inspection")
    ADMINISTRATION = "administration", _("System administration")


# Bodies that decide keep seats (committees), all others memberships (teams).
DECIDING = (Kind.COUNCIL, Kind.MANAGEMENT)


class Role(TextChoices):
    """The part a person plays in a body."""

    CHAIR = "chair", _("Chair")
    MEMBER = "member", _("Member")
    RAPPORTEUR = "rapporteur", _("Rapporteur")
    CLERK = "clerk", _("Clerk")


PERMISSIONS = {
    "enter_room": _("See what the body keeps in its room"),
    "write_reports": _("Write the body’s reports"),
    "submit_reports": _("Submit the body’s reports"),
    "evaluate_reports": _("Decide on sections of the sub-groups’ reports"),
    "close_evaluations": _("Close the evaluation of a report"),
    "manage_process": _("Run the process: periods, bodies, calendar, templates, requests, meetings"),
    "edit_plan": _("Edit plan data"),
    "build_drafts": _("Assemble, freeze and print drafts"),
    "record_decisions": _("Record the body’s endorsement or approval"),
    "run_sittings": _("Take attendance, open and close votes"),
    "vote": _("Vote in the body"),
    "inspect": _("Read everything, change nothing"),
    "manage_accounts": _("Open, change and close accounts"),
}

_WRITER = {"enter_room", "write_reports"}
_EVALUATOR = {"enter_room", "evaluate_reports", "edit_plan"}
_OFFICER = {"enter_room", "manage_process", "edit_plan", "build_drafts", "manage_accounts"}

RIGHTS: dict[str, dict[str, set[str]]] = {
    Kind.COUNCIL: {
        Role.CHAIR: {"enter_room", "vote", "record_decisions"},
        Role.MEMBER: {"enter_room", "vote"},
        Role.CLERK: {"enter_room", "run_sittings"},
    },
    Kind.MANAGEMENT: {
        Role.CHAIR: {"enter_room", "record_decisions"},
        Role.MEMBER: {"enter_room"},
    },
    Kind.PLANNING_TEAM: {
        Role.CHAIR: _EVALUATOR | {"close_evaluations", "record_decisions"},
        Role.MEMBER: _EVALUATOR,
        Role.RAPPORTEUR: _EVALUATOR,
    },
    Kind.SUB_GROUP: {
        Role.CHAIR: _WRITER | {"submit_reports"},
        Role.RAPPORTEUR: _WRITER | {"submit_reports"},
        Role.MEMBER: _WRITER,
    },
    Kind.DIRECTORATE: {Role.CHAIR: _OFFICER, Role.MEMBER: _OFFICER},
    Kind.INSPECTION: {Role.CHAIR: {"inspect"}, Role.MEMBER: {"inspect"}},
    Kind.ADMINISTRATION: {Role.CHAIR: {"manage_accounts"}, Role.MEMBER: {"manage_accounts"}},
}


# By law a member of the council votes in person; nobody votes in their place.
IN_PERSON = {"vote"}


def rights(kind: str, role: str) -> set[str]:
    """Permissions that a seat of this role brings in a body of this kind; empty if it has none."""
    return RIGHTS.get(kind, {}).get(role, set())
