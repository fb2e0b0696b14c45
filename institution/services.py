"""Writes of the municipality: itself, its units, its people's accounts, its periods and bodies."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common import history
from common.decisions import Invalid
from common.history import service
from institution import holdings, legal, standard
from institution.models import Body, BodyKind, LegalRule, Municipality, PlanPeriod, Unit, User
from institution.roles import Kind
from institution.sign_in import endings, sessions
from institution.workflow import PERIOD, PeriodState

STANDING = (Kind.COUNCIL, Kind.MANAGEMENT, Kind.DIRECTORATE, Kind.INSPECTION, Kind.ADMINISTRATION)


# --- The municipality


@service
def set_up_municipality(
    *, name: str, by: Any, province: str = "", detsis_no: str = "", is_demo: bool = False
) -> Municipality:
    """Make an empty installation ready: its name, kinds of bodies, legal figures, standing bodies.

    Repeating it changes nothing and gives the municipality that is there.
    """
    if municipality := _alone():
        return municipality
    municipality = Municipality.objects.create(
        name=name, province=province, detsis_no=detsis_no, is_demo=is_demo
    )
    standard.load()
    for kind in BodyKind.objects.filter(code__in=STANDING):
        body = Body(kind=kind, name=kind.name)
        if kind.code == Kind.DIRECTORATE:
            body.unit = Unit.objects.create(name=kind.name)
        body.save()
    return municipality


@service
def change_municipality(*, municipality: Municipality, by: Any, **fields: Any) -> Municipality:
    return _change(municipality, fields)


@service
def add_unit(*, name: str, by: Any, is_spending: bool = True) -> Unit:
    """The same unit added twice is one; raises Invalid where another has the name."""
    _alone()
    if same := Unit.objects.filter(name=name, is_spending=is_spending, is_active=True).first():
        return same
    unit = Unit(name=name, is_spending=is_spending)
    _check_unit_name(unit)
    unit.save()
    return unit


@service
def change_unit(*, unit: Unit, by: Any, **fields: Any) -> Unit:
    _alone()
    if name := fields.get("name"):
        _check_unit_name(Unit(pk=unit.pk, name=name))
    return _change(unit, fields)


@service
def add_legal_value(
    *, key: str, value: Any, valid_from: dt.date, article: str, source: str, by: Any, verified: bool = True
) -> LegalRule:
    """A new value from a day on; the one before it ends the day before. Raises Invalid for a bad value."""
    legal.FIGURES[key].read(value)
    _alone()
    of_key = LegalRule.objects.filter(key=key)
    if same := of_key.filter(valid_from=valid_from, value=value, article=article).first():
        return same
    if of_key.filter(valid_from__gte=valid_from).exists():
        raise Invalid(_("There is already a value from this day or later."), field="valid_from")
    if before := of_key.order_by("valid_from").last():
        before.valid_to = valid_from - dt.timedelta(days=1)
        before.save()
    return LegalRule.objects.create(
        key=key, value=value, valid_from=valid_from, article=article, source=source, verified=verified
    )


# --- People and their accounts


@service
def add_person(
    *,
    email: str,
    full_name: str,
    by: Any,
    title: str = "",
    unit: Unit | None = None,
    password: str | None = None,
    language: str = "tr",
    is_demo: bool = False,
) -> User:
    """An account; without a password nobody can sign in with it until one is set.

    The same person added twice is one; raises Invalid where another has the address.
    """
    _alone()
    if same := User.objects.filter(email__iexact=email, full_name=full_name, title=title, unit=unit).first():
        return same
    _check_email_is_free(email)
    return User.objects.create_user(
        email=email,
        full_name=full_name,
        title=title,
        unit=unit,
        password=password,
        language=language,
        is_demo=is_demo,
    )


@service
def change_person(*, person: User, by: Any, **fields: Any) -> User:
    """Another address ends the person's sessions; raises Invalid for one's own, or one that another has."""
    _alone()
    person.refresh_from_db()
    email = fields.get("email", person.email)
    if email != person.email:
        if person == by:
            raise Invalid(
                _("You cannot change your own e-mail address; ask somebody else who manages accounts."),
                field="email",
            )
        _check_email_is_free(email, but=person)
        sessions.end(person, why=endings.ADDRESS)
    return _change(person, fields)


@service
def set_password(
    *, person: User, password: str, by: Any, session: str | None = None, reason: str = ""
) -> User:
    """A new password; the history says that it changed and never what it is.

    Every session of the person ends but the one of this key.
    """
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from error
    person.set_password(password)
    person.save(update_fields=["password"])
    sessions.end(person, why=endings.PASSWORD, but=session)
    with history.acting(by, reason=reason or _("Password changed")):
        history.record(person)
    return person


@service
def close_account(*, person: User, by: Any, reason: str = "") -> User:
    """The person is out with the next request; what they hold stays until it is handed over."""
    if person == by:
        raise Invalid(_("You cannot close your own account."))
    sessions.end(person, why=endings.CLOSED)
    return _change(person, {"is_active": False})


@service
def open_account(*, person: User, by: Any, reason: str = "") -> User:
    return _change(person, {"is_active": True})


# --- Plan periods


@service
def open_period(
    *,
    first_year: int,
    circular_no: str,
    circular_on: dt.date,
    legal_basis: str,
    by: Any,
    election_on: dt.date | None = None,
    guide: str = "",
    note: str = "",
) -> PlanPeriod:
    """Open a plan period by the mayor's circular; it lasts the years that the law says on that day.

    Raises Invalid for a second period in preparation, for years that another plan has, for a
    circular dated before the election, and for days of which the law's figures are not recorded.
    """
    _alone()
    last_year = first_year + legal.value("plan.years", on=circular_on) - 1
    known = PlanPeriod.objects.filter(first_year=first_year, circular_no=circular_no)
    if same := known.filter(circular_on=circular_on).first():
        return same
    if PlanPeriod.objects.filter(state=PeriodState.PREPARING).exists():
        raise Invalid(_("Another plan period is in preparation; it must be adopted first."))
    if PlanPeriod.objects.filter(first_year__lte=last_year, last_year__gte=first_year).exists():
        raise Invalid(_("Another plan covers some of these years."), field="first_year")
    _check_dates(circular_on, election_on)
    return PlanPeriod.objects.create(
        first_year=first_year,
        last_year=last_year,
        circular_no=circular_no,
        circular_on=circular_on,
        election_on=election_on,
        legal_basis=legal_basis,
        guide=guide,
        note=note,
    )


@service
def change_period(*, period: PlanPeriod, by: Any, reason: str = "", **fields: Any) -> PlanPeriod:
    """Set what the circular says; raises Invalid for a closed period and for dates as open_period does."""
    _alone()
    period.refresh_from_db()
    if period.state == PeriodState.CLOSED:
        raise Invalid(_("The plan period is closed; its records stay as they were."))
    _check_dates(*(fields.get(name, getattr(period, name)) for name in ("circular_on", "election_on")))
    return _change(period, fields)


@service
def move_period(*, period: PlanPeriod, to: str, by: Any, reason: str = "") -> PlanPeriod:
    """One step of the period's way; raises IllegalMove, or Stale when somebody else was first."""
    PERIOD.check(period.state, to)
    history.transition(period, frm=period.state, to=to)
    return period


# --- Bodies


@service
def form_body(
    *,
    kind: str,
    name: str,
    by: Any,
    period: PlanPeriod | None = None,
    topic: str = "",
    approval_no: str = "",
    approval_on: dt.date | None = None,
) -> Body:
    """A body of a plan period, formed by an approval (olur); of all kinds but sub-groups only one."""
    _alone()
    approval = {"approval_no": approval_no, "approval_on": approval_on}
    bodies = Body.objects.filter(period=period)
    standing = bodies.filter(dissolved_on=None)
    if same := standing.kind(kind).filter(name=name, **approval).first():
        return same
    if bodies.filter(name=name).exists():
        raise Invalid(_("A body with this name already exists in this period."), field="name")
    if kind != Kind.SUB_GROUP and standing.kind(kind).exists():
        raise Invalid(_("There is already a body of this kind in this period."), field="kind")
    return Body.objects.create(
        kind=BodyKind.objects.get(code=kind), name=name, period=period, topic=topic, **approval
    )


@service
def change_body(*, body: Body, by: Any, reason: str = "", **fields: Any) -> Body:
    holdings.alone([body.pk])  # first: who dissolves a body has it already
    _alone()
    others = Body.objects.filter(period=body.period).exclude(pk=body.pk)
    if "name" in fields and others.filter(name=fields["name"]).exists():
        raise Invalid(_("A body with this name already exists in this period."), field="name")
    return _change(body, fields)


# --- What they share


def _alone() -> Municipality | None:
    """The municipality: on PostgreSQL those who add to its own records wait for each other here."""
    return Municipality.objects.select_for_update(no_key=True).first()


def _change(thing: Any, fields: dict[str, Any]) -> Any:
    """Set what differs from the row as it stands now, and nothing else: what another changed stays."""
    rows = type(thing)._default_manager.select_for_update(no_key=True)
    thing.refresh_from_db(from_queryset=rows)
    changed = {name: value for name, value in fields.items() if getattr(thing, name) != value}
    for name, value in changed.items():
        setattr(thing, name, value)
    if changed:
        thing.save(update_fields=list(changed))
    return thing


def _check_dates(circular_on: dt.date | None, election_on: dt.date | None) -> None:
    if circular_on and election_on and circular_on < election_on:
        raise Invalid(_("The circular cannot be dated before the election."), field="circular_on")
    if election_on:
        legal.rule("plan.submission_months", on=election_on)  # the legal clock counts by it


def _check_unit_name(unit: Unit) -> None:
    if Unit.objects.filter(name=unit.name).exclude(pk=unit.pk).exists():
        raise Invalid(_("A unit with this name already exists."), field="name")


def _check_email_is_free(email: str, but: User | None = None) -> None:
    taken = User.objects.filter(email__iexact=email)
    if but:
        taken = taken.exclude(pk=but.pk)
    if taken.exists():
        raise Invalid(_("Another account has this e-mail address."), field="email")
