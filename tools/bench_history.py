#!/usr/bin/env python3
"""How long a page of the history of everything takes over 1,000,000 entries against 10,000, at the newest,
in the middle and at the oldest, and narrowed. Both databases are asked in turn, so that the machine's other
work falls on each alike. On SQLite; with DATABASE_URL=postgres://… in databases of its own on that server."""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10_000, 1_000_000)
ROUNDS = 25
UNITS = 50
ALLOWED = 1.5


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/db.sqlite3")
        os.environ["MEDIA_ROOT"] = f"{folder}/media"
        os.environ["AUDIT_CHECKPOINT_FILE"] = f"{folder}/checkpoints.jsonl"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karesi_plan.settings.dev")
        sys.path.insert(0, str(ROOT))
        django.setup()
        from django.conf import settings
        from django.db import connection
        from django.test.utils import setup_test_environment

        setup_test_environment()
        settings.DEBUG = False  # with it, each answer would keep its queries
        own = connection.settings_dict["NAME"]
        houses = []
        try:
            houses = [House(size, folder) for size in SIZES]
            return compared(houses)
        finally:
            for house in houses:
                house.enter()
                connection.creation.destroy_test_db(own, verbosity=0)


class House:
    """A municipality in a database of its own, its history made long by SQL."""

    def __init__(self, size: int, folder: str) -> None:
        from django.db import connection

        self.size = size
        prefix = f"{folder}/" if connection.vendor == "sqlite" else ""
        self.name = f"{prefix}bench_history_{size}"
        connection.settings_dict["TEST"]["NAME"] = self.name
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        self.client = entered()
        self.fill()

    def enter(self) -> None:
        from django.db import connection, connections

        connection.close()
        connections.databases["default"]["NAME"] = connection.settings_dict["NAME"] = self.name

    def fill(self) -> None:
        from django.db import connection

        from common.audit.models import Entry
        from institution.models import Unit

        log: Any = Unit.history.model
        first_unit, last = Unit.objects.order_by("pk")[0].pk, log.objects.order_by("-history_id")[0]
        missing, begun = self.size - Entry.objects.count(), Entry.objects.order_by("-seq")[0]
        postgres = connection.vendor == "postgresql"
        moment = (
            "h.{0} + n.i * interval '7 seconds'"
            if postgres
            else "datetime(h.{0}, '+' || (7 * n.i) || ' seconds')"
        )
        own = {
            "history_id": f"{last.history_id} + n.i",
            "id": f"{first_unit} + n.i % {UNITS}",
            "name": "'Müdürlük ' || n.i",
            "history_date": moment.format("history_date"),
            "history_type": "'~'",
        }
        self._copied(log, own, missing, f"h.history_id = {last.history_id}")
        chained = {
            "seq": f"{begun.seq} + n.i",
            "model": "'institution.unit'",
            "object_id": f"CAST({first_unit} + n.i % {UNITS} AS text)",
            "history_id": f"{last.history_id} + n.i",
            "act": "'~'",
            "at": moment.format("at"),
            "noted_at": moment.format("noted_at"),
            "hash": "lpad(CAST(n.i AS text), 64, '0')" if postgres else "printf('%064d', n.i)",
        }
        self._copied(Entry, chained, missing, f"h.seq = {begun.seq}")
        if postgres:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")  # as the server does by itself, sooner or later

    @staticmethod
    def _copied(model: Any, changed: dict[str, str], count: int, which: str) -> None:
        """`count` copies of one row, numbered n.i, with some columns of their own."""
        from django.db import connection

        columns = [field.column for field in model._meta.concrete_fields]
        values = ", ".join(changed.get(name, f'h."{name}"') for name in columns)
        table, names = model._meta.db_table, ", ".join(f'"{name}"' for name in columns)
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{table}" ({names}) '  # noqa: S608  # the model's own words
                f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
                f'SELECT {values} FROM n, "{table}" h WHERE {which}'
            )

    def addresses(self) -> dict[str, str]:
        from common.audit.models import Entry
        from institution.models import Unit

        newest = Entry.objects.order_by("-seq")[0]
        middle = Entry.objects.get(seq=newest.seq // 2)
        day = f"{middle.at:%d.%m.%Y}"
        thing = Unit.objects.order_by("pk")[0].pk
        return {
            "newest": "",
            "middle": f"?before={middle.seq}",
            "oldest": "?after=1",
            "a person, oldest": f"?who={newest.actor_id or 'system'}&after=1",
            "a kind, middle": f"?kind=institution.unit&before={middle.seq}",
            "a thing, middle": f"?kind=institution.unit&thing={thing}&before={middle.seq}",
            "a day in the middle": f"?since={day}&until={day}",
            "since that day": f"?since={day}",
        }

    def measured(self, query: str) -> float:
        began = time.perf_counter()
        answer = self.client.get(f"/history/{query}")
        took = 1000 * (time.perf_counter() - began)
        assert answer.status_code == 200, answer.status_code
        assert answer.content.count(b"<time ") == 40, query
        return took


def entered() -> Any:
    """The browser of an inspector, in a municipality with some units."""
    from django.test import Client

    from common.history import SystemActor
    from institution import services
    from institution.models import Body
    from institution.roles import Kind, Role
    from teams.services import appoint

    by: Any = SystemActor("bench")
    services.set_up_municipality(name="Örnek Belediyesi", by=by)
    inspector = services.add_person(full_name="Bahar Ergin", email="denetci@ornek.invalid", by=by)
    body = Body.objects.get(kind__code=Kind.INSPECTION)
    from django.utils import timezone

    appoint(body=body, person=inspector, role=Role.MEMBER, starts_on=timezone.localdate(), by=by)
    for number in range(UNITS):
        services.add_unit(name=f"{number}. Müdürlük", by=inspector)
    client = Client()
    client.force_login(inspector)
    return client


def compared(houses: list[House]) -> int:
    from django.db import connection

    times: dict[tuple[str, int], list[float]] = {}
    for _ in range(ROUNDS):
        for house in houses:
            house.enter()
            house.measured("")  # the connection's first answer
            for name, query in house.addresses().items():
                times.setdefault((name, house.size), []).append(house.measured(query))
    few, many = SIZES
    print(f"\n{'history, ' + connection.vendor:26} {f'{few:,}':>10} {f'{many:,}':>10} {'times':>7}")
    worst = 0.0
    for name in houses[0].addresses():
        short, long = (statistics.median(times[name, size]) for size in SIZES)
        worst = max(worst, long / short)
        print(f"{name:26} {short:7.1f} ms {long:7.1f} ms {long / short:7.2f}")
    return int(worst > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
