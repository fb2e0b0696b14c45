"""A page costs the same number of queries with 10 reports and with 1,000."""

import datetime as dt

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.reports import home, presenters
from documents.reports.models import Report, ReportSection, ReportVersion, SectionDecision, SectionVersion
from tests.factories import reports as make

pytestmark = pytest.mark.django_db


def cost(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def copies(model, rows):
    """Rows as they are, without history: only reading is measured here."""
    models.QuerySet(model).bulk_create(rows, batch_size=500)
    return list(models.QuerySet(model).order_by("-pk")[: len(rows)])[::-1]


def multiply(report: Report, number: int) -> None:
    """So many further reports like this one, with sections, versions and decisions."""
    sections, version = list(report.sections.all()), report.versions.first()
    frozen = list(version.sections.all()) if version else []
    reports = copies(Report, [_like(report, title=f"{report.title} {n}") for n in range(number)])
    made = copies(ReportSection, [_like(s, report_id=r.pk) for r in reports for s in sections])
    if not version:
        return
    # Open at first: a decision cannot be added to an evaluation that is closed.
    is_open = {"outcome": "", "closed_at": None, "closed_by_id": None}
    versions = copies(ReportVersion, [_like(version, report_id=r.pk, **is_open) for r in reports])
    of = {(s.report_id, s.number): s.pk for s in made}
    parts = copies(
        SectionVersion,
        [
            _like(f, version_id=v.pk, section_id=of[v.report_id, f.section.number])
            for v in versions
            for f in frozen
        ],
    )
    if decisions := list(SectionDecision.objects.filter(section_version__version=version)):
        copies(SectionDecision, [_like(decisions[0], section_version_id=part.pk) for part in parts])
    copied = models.QuerySet(ReportVersion).filter(pk__in=[copy.pk for copy in versions])
    copied.update(**{name: getattr(version, name) for name in is_open})


def _like(thing, **changed):
    fields = {f.attname: getattr(thing, f.attname) for f in thing._meta.concrete_fields if not f.primary_key}
    return type(thing)(**fields | changed)


@pytest.fixture
def pages(house, enter):
    """Each page and each function of the first screen, as what is to be called."""
    today = timezone.localdate()
    clients = {name: enter(house.people[name]) for name in ("officer", "team_member", "rapporteur")}
    presses = {
        f"{name} {path}": lambda client=clients[name], path=path: client.get(path)
        for name, path in (
            ("officer", "/reports/"),
            ("officer", "/reports/?show=due"),
            ("officer", "/reports/templates/"),
            ("officer", "/files/"),
            ("team_member", "/reports/"),
            ("team_member", "/reports/queue/"),
            ("team_member", "/reports/queue/?show=decided"),
            ("rapporteur", "/reports/"),
        )
    }
    own = {
        "counts": lambda: home.counts(house.officer, house.period, today),
        "due_or_late": lambda: home.due_or_late(house.officer, house.period, today),
        "mine": lambda: home.mine(house.rapporteur, house.period),
        "with_the_team": lambda: home.with_the_team(house.rapporteur, house.period),
        "queue": lambda: home.queue(house.team_member, house.period, today),
        "open_count": lambda: home.open_count(house.team_member, house.period),
        "accepted": lambda: presenters.accepted(house.period),
    }
    return presses | own


def test_costs_do_not_grow_with_the_reports(house, pages):
    reports = [
        make.written(house.group),
        make.submitted(house.group, now=timezone.now() - dt.timedelta(days=3)),
        make.returned(house.group),
        make.accepted(house.group),
        make.requested(house.group, due_in=-2),
    ]
    for report in reports:
        multiply(report, 1)
    for act in pages.values():  # content types and the like are read once
        act()
    few = {name: cost(act) for name, act in pages.items()}
    for report in reports:
        multiply_more(report)
    assert Report.objects.count() >= 1000
    many = {name: cost(act) for name, act in pages.items()}
    assert many == few
    assert max(few.values()) <= 30


def multiply_more(report: Report) -> None:
    report.title = f"{report.title} daha"
    multiply(report, 200)
