"""No page without a row in the table, and no link that leads nowhere for who sees it."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, get_resolver, resolve

from institution.roles import Kind
from tests.factories.base import person, seat, standing
from tests.pages.conftest import sign_in
from tests.pages.sample import SEATED
from tests.pages.table import NO_PAGES, PAGES


def addresses(resolver, space="", before=""):
    """(name, an example of the address) of every address that has a name."""
    for entry in resolver.url_patterns:
        path = before + re.sub(r"<int:\w+>", "1", re.sub(r"<str:\w+>", "x", str(entry.pattern)))
        if hasattr(entry, "url_patterns"):
            yield from addresses(entry, f"{entry.namespace}:" if entry.namespace else space, path)
        elif entry.name:
            yield space + entry.name, f"/{path}"


def test_every_page_stands_in_the_table(clients):
    known = {row.name for row in PAGES} | NO_PAGES
    unknown = {name: path for name, path in addresses(get_resolver()) if name not in known}
    # What is left only acts: it refuses to be read.
    assert {
        name for name, path in unknown.items() if clients["officer"].get(path).status_code != 405
    } == set()


class Links(HTMLParser):
    def __init__(self, page: str, at: str):
        super().__init__()
        self.at, self.found = at, set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "a" and (href := dict(attrs).get("href")):
            self.found.add(urlsplit(urljoin(self.at, href)).path)


def followed(client, start: str, *, alike: int = 2) -> dict[str, int]:
    """What each link answers that is reached from there; of addresses of one name the first few."""
    answers, met, ahead = {}, Counter(), [start]
    while ahead:
        path = ahead.pop(0)
        try:
            name = resolve(path).view_name
        except Resolver404:
            name = path
        if path in answers or met[name] >= alike:
            continue
        met[name] += 1
        answer = client.get(path, follow=True)
        answers[path] = answer.status_code
        if answer.headers["Content-Type"].startswith("text/html"):
            ahead += sorted(Links(answer.text, path).found)
    return answers


@pytest.mark.parametrize("who", SEATED)
def test_no_link_leads_nowhere(who, clients):
    answers = followed(clients[who], "/")
    assert {path: status for path, status in answers.items() if status != 200} == {}
    assert len(answers) > 20


def test_no_source_of_the_draft_leads_nowhere(sample, clients):
    member, panes = clients["council_member"], sample.draft.blocks.exclude(sources=None)
    links = set()
    for block in panes:
        pane = f"/drafts/{sample.draft.pk}/sources/{block.position}/"
        links |= Links(member.get(pane, headers={"HX-Request": "true"}).text, pane).found
    assert {path for path in links if member.get(path, follow=True).status_code != 200} == set()
    assert len(links) > 10


@pytest.mark.parametrize("who", ["officer", "team_member", "rapporteur", "council_member"])
def test_no_link_leads_nowhere_in_a_closed_period(who, sample):
    client = sign_in(getattr(sample, who))
    client.post(f"/periods/{sample.closed.pk}/choose/")
    answers = followed(client, "/")
    assert {path: status for path, status in answers.items() if status != 200} == {}


def test_no_link_leads_nowhere_before_the_first_period(enter, db):
    for kind in (Kind.DIRECTORATE, Kind.COUNCIL, Kind.ADMINISTRATION):
        somebody = person()
        seat(standing(kind), somebody)
        answers = followed(enter(somebody), "/")
        assert {path: status for path, status in answers.items() if status != 200} == {}
