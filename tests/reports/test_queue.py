"""The queue of the team: filters that say how many, text as Turkish writes it, the same cost for any length."""

import datetime as dt
import re

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.reports.models import SectionDecision
from institution.roles import Kind, Role
from tests.factories import reports as make
from tests.factories.base import body, seat
from tests.reports.test_query_counts import multiply

pytestmark = pytest.mark.django_db
QUEUE = "/reports/queue/"


@pytest.fixture
def queue(house, enter, team_member):
    """Three reports: one answered, one new of another group, one new of which every section is decided."""
    other = body(Kind.SUB_GROUP, house.period, "İklim Grubu", topic="İklim")
    seat(other, house.unit_rep)
    seat(other, house.mayor, Role.RAPPORTEUR)
    answered = make.returned(house.group, title="Paydaş raporu")
    make.write(answered)
    make.submit(answered)
    make.submitted(other, title="Isı ve iklim")
    decided = make.submitted(house.group, title="Tamamı kararlı")
    make.decide(decided, by=house.unit_rep)
    client = enter(team_member)

    def titles(query=""):
        page = client.get(QUEUE + query).content.decode()
        return set(re.findall(r'class="h-row" id="r-\d+"><a [^>]*>([^<]*)</a>', page))

    titles.client = client
    return titles


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Paydaş raporu", "Isı ve iklim", "Tamamı kararlı"}),
        ("?kind=new", {"Isı ve iklim", "Tamamı kararlı"}),
        ("?kind=answered", {"Paydaş raporu"}),
        ("?kind=undecided", {"Paydaş raporu", "Isı ve iklim"}),
        ("?show=mine", {"Paydaş raporu", "Tamamı kararlı"}),
        ("?q=ISI", {"Isı ve iklim"}),
        ("?q=iklim+grubu", {"Isı ve iklim"}),
        ("?part=3.F&kind=answered", {"Paydaş raporu"}),
        ("?part=8", set()),
        ("?q=yok", set()),
    ],
)
def test_is_narrowed_by_what_the_address_says(queue, query, found):
    assert queue(query) == found


def test_groups_and_parts_are_one_press_away(queue):
    page = queue.client.get(QUEUE + "?kind=new").content.decode()
    assert "group=" not in page
    assert '<a class="btn btn-second" href="?kind=new&amp;facets=1">' in page


def test_a_link_says_how_many_it_shows(queue):
    page = queue.client.get(QUEUE + "?kind=new&facets=1").content.decode()
    links = re.findall(r'<li><a href="\?([^"]*)"[^>]*>[^<]*<span class="num">(\d+)</span>', page)
    assert len(links) >= 5
    for query, count in links:
        query = query.replace("&amp;", "&")
        if "kind=new" in query:
            assert len(queue(f"?{query}")) == int(count), query


def test_an_unknown_filter_is_not_there(queue):
    assert queue.client.get(QUEUE + "?kind=x").status_code == 404


def test_a_row_that_is_kept_is_drawn_anew_once_anything_in_it_changes(house, queue, settings):
    kept = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "queue"}
    settings.CACHES = settings.CACHES | {"rows": kept}
    report = make.submitted(house.group)
    version = report.versions.get()

    def row():
        page = queue.client.get(QUEUE).content.decode()
        return re.search(rf'<article[^>]*"r-{report.pk}".*?</article>', page, re.DOTALL)[0]

    def changed(thing, **values):
        return lambda: models.QuerySet(type(thing)).filter(pk=thing.pk).update(**values)

    for change in (
        changed(report, title="Başka başlık"),
        changed(house.group, name="Başka Grup"),
        changed(version.submitted_by, full_name="Başka Kişi"),
        changed(version, submitted_for="Vekil Edilen"),
        changed(version, due_on=timezone.localdate() + dt.timedelta(days=40)),
        changed(version, submitted_at=timezone.now() - dt.timedelta(days=4)),
        lambda: make.decide(report, by=house.unit_rep),
    ):
        before = row()
        assert row() == before
        change()
        assert row() != before


def test_costs_as_much_with_hundreds_of_reports_as_with_a_few(house, queue):
    report = make.submitted(house.group, now=timezone.now() - dt.timedelta(days=3))
    multiply(report, 25)
    queue()
    with CaptureQueriesContext(connection) as few:
        queue()
    report.title += " daha"
    multiply(report, 300)
    with CaptureQueriesContext(connection) as many:
        queue()
    assert len(many) == len(few)
    assert SectionDecision.objects.exists()
    own = [q["sql"] for q in many if "reports_" in q["sql"]]
    assert len(own) <= 8, own
