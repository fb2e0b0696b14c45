"""Numbers swapped by hand, in the path, the query, the body and hidden fields: nothing leaks, nothing is written.

Two groups: what the other group has carries a mark (town.SECRET), so that a leak is seen wherever it shows.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve, reverse

from documents.files.models import StoredFile
from documents.reports.models import Attachment, Report, ReportSection
from meetings.models import AgendaItem, Meeting, MeetingFile
from teams.models import Membership
from tests.access.html import forms, links
from tests.access.matrix import Door
from tests.access.town import SECRET

ALIKE = 2  # so many addresses of one name are looked at
OURS = ("rapporteur",)
OUTSIDE = ("council_member", "clerk", "sysadmin")
NOT_FOLLOWED = ("account_logout", "health_live", "health_ready")


def name_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def walked(door: Door, who: str) -> tuple[set[str], list[tuple[str, dict]]]:
    """Every address that the person's pages link to, and every form on them: (address, fields)."""
    met: Counter[str] = Counter()
    ahead, asked, sent, known = ["/"], set(), [], set()
    while ahead:
        link = ahead.pop(0)
        path = urlsplit(link).path
        name = name_of(path)
        if link in asked or met[name] >= ALIKE or name in NOT_FOLLOWED or path.startswith("/static/"):
            continue
        met[name] += 1
        asked.add(link)
        answer = door.ask(who, "GET", link).response
        if answer.status_code == 302:
            ahead.append(urljoin(link, answer.headers["Location"]))
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        found = (urljoin(link, href) for href in links(answer.text))
        ahead += sorted({one.partition("#")[0] for one in found if one.startswith("/")})
        for form in forms(answer.text):
            target = urljoin(link, form.target)
            data = form.data | {key: [value] for key, value in form.buttons.items()}
            if form.posts and (name_of(urlsplit(target).path), tuple(data)) not in known:
                known.add((name_of(urlsplit(target).path), tuple(data)))
                sent.append((target, data))
    return asked, sent


def foreign(sample) -> list[int]:
    things = (
        "late", "other_group", "other_file", "other_attachment", "other_section", "other_intake", "other_meeting",
        "other_item", "other_membership", "other_rapporteur", "timed_job",
    )  # fmt: skip
    return sorted({getattr(sample, name).pk for name in things})


def swapped_paths(path: str, numbers: list[int]) -> Iterator[str]:
    """The address with each of its numbers, in path and query, replaced by each foreign one."""
    parts = urlsplit(path)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return
    for key, value in found.kwargs.items():
        if isinstance(value, int):
            for number in numbers:
                yield reverse(found.view_name, kwargs=found.kwargs | {key: number})
    pairs = parse_qsl(parts.query)
    for at, (key, value) in enumerate(pairs):
        if value.isdecimal():
            for number in numbers:
                changed = [*pairs[:at], (key, number), *pairs[at + 1 :]]
                yield f"{parts.path}?{urlencode(changed)}"


def swapped_bodies(data: dict, numbers: list[int]) -> Iterator[dict]:
    for key, values in data.items():
        if key != "csrfmiddlewaretoken" and any(str(value).isdecimal() for value in values):
            for number in numbers:
                yield data | {key: [str(number)]}


def theirs(sample) -> str:
    """Everything that is the other group's, as one number that any change changes."""
    group = sample.other_group
    everything = [
        list(rows.order_by("pk").values_list())
        for rows in (
            Report.objects.filter(body=group),
            ReportSection.objects.filter(report__body=group),
            Attachment.objects.filter(section__report__body=group),
            StoredFile.objects.filter(body=group),
            Meeting.objects.filter(body=group),
            AgendaItem.objects.filter(meeting__body=group),
            MeetingFile.objects.filter(meeting__body=group),
            Membership.objects.filter(body=group),
        )
    ]
    return hashlib.sha256(repr(everything).encode()).hexdigest()


@pytest.fixture(scope="module")
def own(door, sample) -> dict[str, tuple]:
    with (
        transaction.atomic()
    ):  # one for all: a transaction of each question's own costs more than the question
        return {who: walked(door, who) for who in (*OURS, *OUTSIDE, "other_rapporteur", "officer")}


def leaks(door: Door, sample, who: str, asked: list[tuple[str, str, dict | None]]) -> list:
    """Of these questions those whose answer tells the other group's things, or that changed them."""
    before, found = theirs(sample), []
    with transaction.atomic():
        for method, path, data in asked:
            answer = door.ask(who, method, path, data, then=lambda: theirs(sample))
            if SECRET in answer.text:
                found.append(("tells", method, path, data))
            if answer.found not in (None, before):
                found.append(("writes", method, path, data))
    return found


@pytest.mark.parametrize("who", [*OURS, *OUTSIDE])
def test_a_swapped_number_neither_tells_nor_writes(who, sample, door: Door, own):
    numbers = foreign(sample)
    paths, sent = own[who]
    asked = [("GET", swapped, None) for path in paths for swapped in swapped_paths(path, numbers)]
    for target, data in sent:
        asked += [("POST", swapped, data) for swapped in swapped_paths(target, numbers)]
        asked += [("POST", target, body) for body in swapped_bodies(data, numbers)]
    once = {repr(question): question for question in asked}
    assert leaks(door, sample, who, list(once.values())) == []
    assert len(once) > 50


@pytest.mark.parametrize("who", [*OURS, *OUTSIDE])
def test_what_others_may_send_is_refused_from_who_may_not(who, sample, door: Door, own):
    """Each address and form of the other group's rapporteur and of the Directorate, asked as somebody else."""
    mine = own[who][0]
    asked: list[tuple[str, str, dict | None]] = []
    for owner in ("other_rapporteur", "officer"):
        paths, sent = own[owner]
        asked += [("GET", path, None) for path in sorted(paths - mine)]
        asked += [("POST", target, data) for target, data in sent]
    assert leaks(door, sample, who, asked) == []


def test_the_sweep_would_see_a_leak_and_a_write(sample, door: Door, own):
    """The other group's own rapporteur sees the mark and changes things: so the marks are there to be seen."""
    paths, sent = own["other_rapporteur"]
    asked = [("GET", path, None) for path in paths] + [("POST", target, data) for target, data in sent]
    found = Counter(what for what, *_question in leaks(door, sample, "other_rapporteur", asked))
    assert found["tells"] > 5
    assert found["writes"] > 0
