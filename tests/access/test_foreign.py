"""A foreign thing is told from an absent one by nothing: not a byte of the page, not a header."""

from __future__ import annotations

import re
from functools import cache

import pytest
from django.db.models import Model
from django.urls import reverse

from documents.reports.models import Report
from meetings.models import Meeting
from tests.access.matrix import Answer, Door, Row, rows

ROWS = rows()
LETS_IN = ("200", "302", "kept", "403", "422")
# Everybody who is refused alike gets one page; these see most of what is foreign.
ASKING = ("other_rapporteur", "rapporteur", "council_member")
BLANKED = (
    (r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1"),
    (r'(X-CSRFToken": ")[^"]*', r"\1"),
    (r"(nonce[-=]\"?)[\w+/=-]+", r"\1"),
    (r"\b[0-9a-f]{8}\b", ""),  # the number of an incident
)


def things(row: Row, sample) -> list[str]:
    """The words of a row that name something in the database."""
    words = row.of.rpartition("/")[2].split()
    return [word for word in words if isinstance(getattr(sample, word, None), Model)]


def told(answer: Answer, path: str) -> tuple:
    """All that an answer says, but for what changes with every question and the address that was asked."""
    response = answer.response
    headers = {name: text for name, text in response.headers.items() if name != "X-Request-ID"}
    text = f"{sorted(headers.items())} {response.text}".replace(path, "")
    for what, with_what in BLANKED:
        text = re.sub(what, with_what, text)
    # Once a minute, whatever was asked, the session is kept anew and its cookie sent again.
    cookies = sorted(set(response.cookies) - {"sessionid"})
    return response.status_code, re.sub(r"'Content-Length', '\d+'", "", text), cookies


def who_sees(row: Row) -> set[str]:
    return {who for who, cell in row.expected.items() if cell in LETS_IN}


def whom_it_is_kept_from(row: Row) -> list[str]:
    return [who for who in ASKING if row.expected[who] == "404"]


# There for somebody, and foreign to one of those who ask.
FOREIGN = [row for row in ROWS if row.of and row.given == "" and who_sees(row) and whom_it_is_kept_from(row)]


@pytest.mark.parametrize("row", FOREIGN, ids=str)
def test_a_foreign_thing_looks_as_one_that_is_not_there(row: Row, sample, door: Door, given):
    given("")  # so that the questions share one transaction
    path = door.path(row)
    kept_out = whom_it_is_kept_from(row)
    data = door.sent(row, path) if row.sends else None
    for word in things(row, sample):
        absent_row = Row(row.line, row.url, row.method, replaced(row.of, word), "", "", row.expected)
        absent = door.path(absent_row)
        for who in kept_out:
            for headers in ({}, {"HX-Request": "true"}):
                foreign = door.ask(who, row.method, path, data, **headers)
                missing = door.ask(who, row.method, absent, data, **headers)
                assert told(foreign, path) == told(missing, absent), (who, word, headers)


def replaced(of: str, word: str) -> str:
    kind, slash, words = of.rpartition("/")
    return kind + slash + " ".join("absent" if found == word else found for found in words.split())


def read_at(thing: Model) -> str:
    """The page on which somebody who may see the thing reads it."""
    for holder in ("report", "meeting", "draft", "template", "body", "section"):
        if isinstance(whole := getattr(thing, holder, None), Model) and not isinstance(
            thing, Report | Meeting
        ):
            return read_at(whole)
    name = {
        "body": "teams:body", "report": "reports:report", "reporttemplate": "reports:template",
        "meeting": "meetings:meeting", "vote": "meetings:vote", "draftversion": "drafts:read",
        "activity": "timetable:activity", "goal": "plan:goal", "objective": "plan:card",
        "planperiod": "institution:period", "user": "teams:person", "job": "jobs:progress",
        "storedfile": "files:download",
    }.get(thing._meta.model_name)  # fmt: skip
    return reverse(name, args=[thing.pk]) if name else reverse("institution:units")


def test_403_is_said_only_of_what_the_person_may_see(sample, door: Door, given):
    """Where a refusal tells that there is something, the person reads the thing elsewhere."""
    given("")
    telling = set()
    cell = cache(
        lambda who, method, path: door.ask(who, method, path).cell
    )  # rows share absent things and pages
    for row in ROWS:
        if row.given or row.sends or not (first := things(row, sample)[:1]):
            continue
        absent = Row(row.line, row.url, row.method, replaced(row.of, first[0]), "", "", row.expected)
        for who in (*ASKING, "sysadmin"):
            if row.expected[who] != "403" or cell(who, row.method, door.path(absent)) == "403":
                continue
            if cell(who, "GET", read_at(getattr(sample, first[0]))) != "200":
                telling.add((who, str(row)))
    assert telling == set()


def test_every_kind_of_thing_is_asked_for_as_a_foreign_one(sample):
    """Reports, sections, versions, attachments, files, meetings, items, jobs, people, and their histories."""
    asked = {
        type(getattr(sample, word)).__name__
        for row in FOREIGN
        if any(row.expected[who] == "404" for who in ASKING)
        and any(cell in LETS_IN for cell in row.expected.values())
        for word in things(row, sample)
    }
    assert asked >= {"Report", "Meeting", "AgendaItem", "StoredFile", "Attachment", "User", "ReportSection"}
