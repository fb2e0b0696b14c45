#!/usr/bin/env python3
"""What the pages of reports cost beside plain Django pages of the same size, asked over HTTP at 10,000 reports;
then what a list costs at 100,000 reports against 1,000, for who sees nearly all of them and for who sees few.

Each pair is asked in turn, of web servers of the same kind, so that the machine's other work falls on each
alike. On SQLite; with DATABASE_URL=postgres://… in databases of its own on that server. Exit 1 where a figure
is over its limit.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from bench_http import Browser, Server

ROOT = Path(__file__).resolve().parent.parent
REPORTS, FEW, MANY = 10_000, 1_000, 100_000
SECTIONS, WORDS = 60, 200_000
ROUNDS = 30
# Wagtail's moderation queue took 8.0 times as long as the plain list in one run of both.
WAGTAIL = 8.0


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/db.sqlite3")
        os.environ["MEDIA_ROOT"] = f"{folder}/media"
        os.environ["AUDIT_CHECKPOINT_FILE"] = f"{folder}/checkpoints.jsonl"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karesi_plan.settings.dev")
        sys.path[:0] = [str(ROOT), str(ROOT / "tools")]
        django.setup()
        from django.conf import settings

        # Not Django's test environment: it would keep a copy of every part of a page.
        settings.DEBUG, settings.ALLOWED_HOSTS = False, ["testserver"]
        with Town("bench_reports", folder) as town:
            beside = beside_plain(town)
        with Town("bench_reports_few", folder) as few, Town("bench_reports_many", folder) as many:
            return max(beside, growing(few, many))


class Town:
    """The sample municipality in a database of its own, and the product's own web server over it."""

    def __init__(self, name: str, folder: str) -> None:
        from django.db import connection

        self.own = connection.settings_dict["NAME"]
        self.name = f"{folder}/{name}" if connection.vendor == "sqlite" else name

    def __enter__(self) -> Town:
        import io

        from django.core.management import call_command
        from django.db import connection

        connection.settings_dict["TEST"]["NAME"] = self.name
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        call_command("demo", stdout=io.StringIO())
        self.server = self.serve("karesi_plan.wsgi")
        return self

    def serve(self, application: str) -> Server:
        url = os.environ["DATABASE_URL"]
        scheme = url.partition("://")[0]
        here = f"sqlite:///{self.name}" if scheme == "sqlite" else f"{url.rpartition('/')[0]}/{self.name}"
        return Server(application, DATABASE_URL=here)

    def enter(self) -> None:
        """Make this process's own queries speak to this database."""
        from django.db import connection

        connection.close()
        connection.settings_dict["NAME"] = self.name

    def person(self, name: str) -> Any:
        from institution.models import User
        from karesi_plan.demo.people import DOMAIN

        return User.objects.get(email=f"{name}@{DOMAIN}")

    def __exit__(self, *_ended: object) -> None:
        from django.db import connection

        self.server.stop()
        self.enter()
        connection.creation.destroy_test_db(self.own, verbosity=0)


def factories() -> tuple[Any, Any]:
    # By name: tests have no types to be checked.
    return import_module("tests.factories.reports"), import_module("tests.reports.test_query_counts").multiply


def begin(town: Town) -> dict[str, Any]:
    """One large report being written, and many that are copies of one that waits."""
    from django.utils import timezone

    from documents.reports import services
    from documents.reports.models import Report

    make, multiply = factories()
    group = Report.objects.written_by(town.person("raportor")).earliest("pk").body
    template = make.template("Büyük rapor", texts=SECTIONS - 1, table=False)
    writer = make.actor("submit_reports", group)
    large = make.requested(group, of=template, title="Büyük rapor")
    sentence = "Stratejik planlama çalışmaları kapsamında değlendirilmiştir. "
    words = f"<p>{sentence * (WORDS // SECTIONS // 64)}</p>"
    for section in large.sections.all():
        services.save_section(section=section, revision=0, html=words, by=writer, now=timezone.now())
    multiply(Report.objects.filter(state="submitted").first(), REPORTS)
    return {"large": large, "writer": writer, "words": words}


def beside_plain(town: Town) -> int:
    from django.utils import timezone

    from documents.reports import services

    there = begin(town)
    large, writer, words = there["large"], there["writer"], there["words"]
    plain_server = town.serve("bench_bare:application()")
    faults = 0
    print(
        f"\n{'at 10,000 reports':30} {'ms':>8} {'plain':>8} {'times':>6} {'limit':>6} {'kB':>6} {'queries':>8}"
    )

    def page(name: str, person: Any, address: str, plain: str, limit: float, most: int | None = None) -> bool:
        ours, bare = Browser(town.server, person), Browser(plain_server, person)
        wanted = len(ours.get(address))
        plain = fit(bare, plain, wanted)
        took = in_turn(partial(ours.get, address), partial(bare.get, plain))
        asked = queries(person, address)
        return told(name, took, limit, wanted, asked) | bool(most and asked > most)

    at = f"/reports/{large.pk}/"
    team = town.person("ekip")
    try:
        faults += page("queue", team, "/reports/queue/", "/list/submitted/20/", WAGTAIL / 6)
        faults += page("list of reports", team, "/reports/?show=submitted", "/list/submitted/50/", 1.3)
        faults += page("report of 60 sections", writer, at, f"/report/{large.pk}/0/", 1.5)

        ours, bare = Browser(town.server, writer), Browser(plain_server, writer)
        version = [large.sections.get(number=1).revision]

        def save() -> Any:
            text = words.replace("Stratejik", f"Stratejik {time.time_ns()}", 1)
            ours.post(f"{at}sections/1/save/", html=text, version=version[0])
            version[0] += 1

        took = in_turn(save, lambda: bare.post(f"/save/{large.pk}/1/", html=words + str(time.time_ns())))
        faults += told("saving a section", took, 1.5, len(words), 0)
        services.submit(report=large, by=writer, now=timezone.now())
        faults += page("its text, 200 kB", writer, f"{at}versions/1/", f"/report/{large.pk}/1/", 1.5)
    finally:
        plain_server.stop()
    return int(bool(faults))


def growing(few: Town, many: Town) -> int:
    """The list of reports with 1,000 and with 100,000."""
    from django.utils import timezone

    from documents.reports import services
    from documents.reports.models import Report

    make, multiply = factories()
    for town, number in ((few, FEW), (many, MANY)):
        town.enter()
        own = Report.objects.written_by(town.person("raportor")).values("body")
        other = Report.objects.exclude(body__in=own).filter(state="submitted").earliest("pk")
        short = make.requested(
            other.body, of=make.template("Kısa rapor", texts=1, table=False), title="Kısa rapor"
        )
        make.write(short)
        services.submit(report=short, by=make.actor("submit_reports", other.body), now=timezone.now())
        multiply(short, number)
    print(
        f"\n{'a list, narrowed and whole':30} {'100,000':>8} {'1,000':>8} {'times':>6} {'limit':>6} {'kB':>6} {'queries':>8}"
    )
    faults = 0
    for who in ("uzman", "raportor"):
        for address in ("/reports/", "/reports/?show=submitted"):
            browsers = []
            for town in (many, few):
                town.enter()
                browsers.append(Browser(town.server, town.person(who)))
            sees = Report.objects.visible_to(few.person(who)).count()
            took = in_turn(*(partial(browser.get, address) for browser in browsers))
            asked = []
            for town in (many, few):
                town.enter()
                asked.append(queries(town.person(who), address))
            size = len(browsers[0].get(address))
            faults += told(f"{address} ({'all' if sees > FEW else sees} seen)", took, 1.5, size, asked[0])
            faults += asked[0] != asked[1] or asked[0] > 12
    return int(bool(faults))


def fit(bare: Browser, plain: str, wanted: int) -> str:
    """The plain page as large as ours: half of what it lacks by links, half by cells of its rows."""
    least, link, cell = (len(bare.get(f"{plain}?links={n}&cells={c}")) for n, c in ((0, 0), (1, 0), (0, 1)))
    lacking = max(0, wanted - least) / 2
    return f"{plain}?links={round(lacking / (link - least))}&cells={round(lacking / (cell - least))}"


def in_turn(one: Callable[[], Any], other: Callable[[], Any]) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS + 3):
        for act, taken in zip((one, other), times, strict=True):
            began = time.perf_counter()
            act()
            took = 1000 * (time.perf_counter() - began)
            if number >= 3:  # the first ones load templates
                taken.append(took)
    return statistics.median(times[0]), statistics.median(times[1])


def queries(person: Any, address: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(person)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def told(name: str, took: tuple[float, float], limit: float, size: int, asked: int) -> bool:
    ours, other = took
    print(
        f"{name:30} {ours:8.1f} {other:8.1f} {ours / other:6.2f} {limit:6.2f} {size / 1000:6.1f} {asked or '':>8}",
        flush=True,
    )
    return ours / other > limit


if __name__ == "__main__":
    sys.exit(main())
