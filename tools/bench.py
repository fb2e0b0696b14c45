#!/usr/bin/env python3
"""How long the pages and the print take on this machine, over the sample municipality in a database
of its own: median of a few runs in milliseconds, and queries a page; what the history costs (bench_audit.py).
Then, each in databases of its own, the history of everything (bench_history.py) and the reports beside plain
pages (bench_reports.py); exit 1 where a figure is over its limit."""

import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bench_audit
import django

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5


def main() -> None:
    outside = dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/db.sqlite3"
        os.environ["MEDIA_ROOT"] = f"{folder}/media"
        os.environ["AUDIT_CHECKPOINT_FILE"] = f"{folder}/checkpoints.jsonl"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karesi_plan.settings.dev")
        sys.path.insert(0, str(ROOT))
        django.setup()
        from django.core.management import call_command
        from django.test.utils import setup_test_environment

        setup_test_environment()  # so that an answer tells what its page was drawn from
        call_command("migrate", verbosity=0)
        call_command("demo", stdout=io.StringIO())
        pages()
        prints(Path(folder) / "draft.pdf")
        # Last: what they write has no history, or half of one.
        bench_audit.verifying()
        bench_audit.saves()
    # In databases of their own; on PostgreSQL too where they are started by themselves.
    ends = [
        subprocess.run([sys.executable, ROOT / "tools" / name], env=outside, check=False).returncode
        for name in ("bench_history.py", "bench_reports.py")
    ]
    sys.exit(max(ends))


def pages() -> None:
    from django.test import Client

    from institution.models import User

    print(f"{'person':26} {'page':34} {'ms':>7} {'queries':>8}")
    from karesi_plan.demo.people import DOMAIN, PERSONAS

    personas = [f"{key}@{DOMAIN}" for key in PERSONAS]
    for person in User.objects.filter(email__in=personas, is_active=True).order_by("pk"):
        client = Client()
        client.force_login(person)
        if not (nav := client.get("/").context["nav"]):
            continue  # who holds no seat sees no page
        for url in dict.fromkeys(["/", *(item["url"] for item in nav)]):
            print(f"{person.full_name:26.26} {url:34.34} {measured(client, url)}")


def measured(client, url: str) -> str:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for _ in range(RUNS):
        with CaptureQueriesContext(connection) as queries:
            began = time.perf_counter()
            client.get(url)
            times.append(1000 * (time.perf_counter() - began))
    return f"{statistics.median(times):7.1f} {len(queries):8}"


def prints(target: Path) -> None:
    from django.core.management import call_command

    from institution.models import PlanPeriod

    period = PlanPeriod.objects.order_by("-first_year")[0]
    began = time.perf_counter()
    call_command("build_draft", period.code, format="pdf", out=target, stdout=io.StringIO())
    print(
        f"\ndraft {period.code} as PDF: {time.perf_counter() - began:.1f} s, {target.stat().st_size // 1024} kB"
    )


if __name__ == "__main__":
    main()
