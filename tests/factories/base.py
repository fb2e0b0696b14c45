"""Things of the municipality, made by the same services that people use."""

import datetime as dt
from itertools import count

from django.utils import timezone

from committees import services as committees
from common.history import SystemActor
from institution import services as institution
from institution.models import Body, Municipality, PlanPeriod, Unit, User
from institution.roles import DECIDING, Kind, Role
from teams import services as teams

BY = SystemActor("Sınama")
PASSWORD = "kavak-ceviz-iğde-41"  # noqa: S105  # of every person made here
_serial = count(1)


def days_ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def municipality(name: str = "Örnek Belediyesi") -> Municipality:
    """With kinds of bodies, legal figures and the standing bodies."""
    return institution.set_up_municipality(name=name, by=BY)


def unit(name: str = "", **fields) -> Unit:
    name = name or f"{next(_serial)}. Örnek Müdürlüğü"
    return Unit.objects.filter(name=name).first() or institution.add_unit(name=name, by=BY, **fields)


def person(full_name: str = "", **fields) -> User:
    serial = next(_serial)
    fields.setdefault("email", f"kisi{serial}@ornek.bel.tr")
    fields.setdefault("password", PASSWORD)
    return institution.add_person(full_name=full_name or f"Kişi {serial}", by=BY, **fields)


def period(first_year: int | None = None, **fields) -> PlanPeriod:
    """In preparation, opened by a circular 100 days ago."""
    fields.setdefault("circular_no", "2024/1")
    fields.setdefault("circular_on", days_ago(100))
    fields.setdefault("election_on", days_ago(120))
    fields.setdefault("legal_basis", "5018 sayılı Kanun md. 9; 5393 sayılı Kanun md. 41")
    return institution.open_period(first_year=first_year or timezone.localdate().year + 1, by=BY, **fields)


def standing(kind: str) -> Body:
    """One of the bodies that stand in every period."""
    municipality()
    return Body.objects.kind(kind).get(period=None)


def body(kind: str, period: PlanPeriod, name: str = "", **fields) -> Body:
    fields.setdefault("approval_no", f"E-{next(_serial)}")
    fields.setdefault("approval_on", days_ago(90))
    return institution.form_body(
        kind=kind, name=name or f"{next(_serial)}. Grup", period=period, by=BY, **fields
    )


def sub_group(period: PlanPeriod, name: str = "", **fields) -> Body:
    return body(Kind.SUB_GROUP, period, name, **fields)


def seat(body: Body, person: User, role: str = Role.MEMBER, *, starts_on: dt.date | None = None, **fields):
    """A seat or a membership, whichever the body keeps; since 90 days unless told."""
    appoint = committees.appoint if body.kind.code in DECIDING else teams.appoint
    return appoint(body=body, person=person, role=role, starts_on=starts_on or days_ago(90), by=BY, **fields)
