#!/usr/bin/env python3
"""How much more the pages of reports cost than plain Django pages of the same size, at 10,000 reports.

Both are asked in turn in one process, so that the machine's other work falls on each alike. On SQLite; with
DATABASE_URL=postgres://… in a database of its own on that server. Exit 1 where a figure is over its limit.
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

ROOT = Path(__file__).resolve().parent.parent
REPORTS = 10_000
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
        from django.db import connection

        # Not Django's test environment: it would keep a copy of every part of a page.
        settings.DEBUG, settings.ALLOWED_HOSTS = False, ["testserver"]
        own = connection.settings_dict["NAME"]
        prefix = f"{folder}/" if connection.vendor == "sqlite" else ""
        connection.settings_dict["TEST"]["NAME"] = f"{prefix}bench_reports"
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            return compared()
        finally:
            connection.creation.destroy_test_db(own, verbosity=0)


def begin() -> dict[str, Any]:
    """The sample municipality, one large report being written, and the rest as copies of those that are there."""
    import io

    from django.core.management import call_command
    from django.utils import timezone

    from documents.reports import services
    from documents.reports.models import Report
    from institution.models import User
    from karesi_plan.demo.people import DOMAIN

    # By name: tests have no types to be checked.
    make: Any = import_module("tests.factories.reports")
    multiply: Any = import_module("tests.reports.test_query_counts").multiply
    call_command("demo", stdout=io.StringIO())
    people = {name: User.objects.get(email=f"{name}@{DOMAIN}") for name in ("ekip", "raportor")}
    group = Report.objects.written_by(people["raportor"]).first().body
    template = make.template("Büyük rapor", texts=SECTIONS - 1, table=False)
    writer = make.actor("submit_reports", group)
    large = make.requested(group, of=template, title="Büyük rapor")
    words = (
        "<p>"
        + "Stratejik planlama çalışmaları kapsamında değerlendirilmiştir. " * (WORDS // SECTIONS // 64)
        + "</p>"
    )
    for section in large.sections.all():
        services.save_section(section=section, revision=0, html=words, by=writer, now=timezone.now())
    waiting = Report.objects.filter(state="submitted").first()
    multiply(waiting, REPORTS)
    return {"people": people, "large": large, "writer": writer, "words": words}


def compared() -> int:
    import bench_bare
    from django.test import Client
    from django.test.utils import override_settings
    from django.utils import timezone

    from documents.reports import services

    there = begin()
    large, words = there["large"], there["words"]

    def browser(person: Any, bare: bool) -> Client:
        client = Client()
        client.force_login(person)
        with override_settings(MIDDLEWARE=bench_bare.MIDDLEWARE) if bare else override_settings():
            client.handler.load_middleware()
        return client

    people = there["people"] | {"writer": there["writer"]}
    faults = 0
    print(
        f"\n{'at 10,000 reports':26} {'ms':>8} {'plain':>8} {'times':>6} {'limit':>6} {'kB':>6} {'queries':>8}"
    )

    def page(name: str, who: str, address: str, plain: str, limit: float) -> bool:
        ours, bare = browser(people[who], False), browser(people[who], True)
        wanted = len(ours.get(address).content)
        fit(bare, plain, wanted)
        took = in_turn(partial(ours.get, address), partial(bare.get, plain))
        return told(name, took, limit, wanted, queries(ours, address))

    at = f"/reports/{large.pk}/"
    faults += page("queue", "ekip", "/reports/queue/", "/list/submitted/20/", WAGTAIL / 6)
    faults += page("list of reports", "ekip", "/reports/?show=submitted", "/list/submitted/50/", 1.3)
    faults += page("report of 60 sections", "writer", at, f"/report/{large.pk}/0/", 1.5)
    faults += page("a section of it", "writer", f"{at}sections/1/", f"/report/{large.pk}/1/1/", 1.5)

    ours, bare = browser(there["writer"], False), browser(there["writer"], True)
    version = [large.sections.get(number=1).revision]

    def save() -> Any:
        text = words.replace("Stratejik", f"Stratejik {time.time_ns()}", 1)
        answer = ours.post(
            f"{at}sections/1/save/", {"html": text, "version": version[0]}, headers={"HX-Request": "true"}
        )
        version[0] += 1
        return answer

    took = in_turn(save, lambda: bare.post(f"/save/{large.pk}/1/", {"html": words + str(time.time_ns())}))
    faults += told("saving a section", took, 1.5, len(words), 0)
    services.submit(report=large, by=there["writer"], now=timezone.now())
    faults += page("its text, 200 kB", "writer", f"{at}versions/1/", f"/report/{large.pk}/1/", 1.5)
    return int(bool(faults))


def fit(bare: Any, plain: str, wanted: int) -> None:
    """Make the plain page as large as ours: half of what it lacks by links, half by cells of its rows."""
    import bench_bare

    sizes = []
    for links, cells in ((0, 0), (1, 0), (0, 1)):
        bench_bare.more.update(links=links, cells=cells)
        sizes.append(len(bare.get(plain).content))
    least, link, cell = sizes
    lacking = max(0, wanted - least) / 2
    bench_bare.more.update(links=round(lacking / (link - least)), cells=round(lacking / (cell - least)))


def in_turn(one: Callable[[], Any], other: Callable[[], Any]) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS + 3):
        for act, taken in zip((one, other), times, strict=True):
            began = time.perf_counter()
            answer = act()
            took = 1000 * (time.perf_counter() - began)
            assert answer.status_code in (200, 204), (answer.status_code, answer.content[:300])
            if number >= 3:  # the first ones load templates
                taken.append(took)
    return statistics.median(times[0]), statistics.median(times[1])


def queries(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def told(name: str, took: tuple[float, float], limit: float, size: int, asked: int) -> bool:
    ours, bare = took
    print(
        f"{name:26} {ours:8.1f} {bare:9.1f} {ours / bare:6.2f} {limit:6.2f} {size / 1000:6.1f} {asked or '':>8}"
    )
    return ours / bare > limit


if __name__ == "__main__":
    sys.exit(main())
