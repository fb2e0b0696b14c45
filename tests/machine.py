"""What the machine must have for some tests, and the processes that tests start on it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
# The same Chromium without a screen's part takes two thirds of the work.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
PROGRAMS = {"Redis": "redis-server", "poppler": "pdftotext"}
left_out: Counter[str] = Counter()


@cache
def lacks(service: str) -> bool:
    if service == "Chromium":
        return CHROMIUM is None
    if service == "LDAP":
        return not shutil.which("slapd", path="/usr/sbin") or find_spec("django_auth_ldap") is None
    if service in PROGRAMS:
        return not shutil.which(PROGRAMS[service])
    try:
        psycopg.connect(POSTGRES_URL, connect_timeout=3).close()
    except psycopg.Error:
        return True
    return False


MARKS = {"browser": "Chromium", "redis": "Redis", "postgres": "PostgreSQL", "poppler": "poppler"} | {
    "ldap": "LDAP"
}


DATABASE = {"db", "transactional_db", "django_db_setup"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Without a service its tests are skipped, and counted; where CI is set they fail instead.
    What asks something of the database is marked, so that a run on another database may choose it."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames):
            item.add_marker(pytest.mark.database)
        for mark, service in MARKS.items():
            if item.get_closest_marker(mark) and lacks(service):
                if os.environ.get("CI"):
                    pytest.exit(f"{service} is missing.", returncode=1)
                left_out[service] += 1
                item.add_marker(pytest.mark.skip(reason=f"{service} is missing"))


def pytest_terminal_summary(terminalreporter):
    if connection.vendor == "sqlite" and lacks("PostgreSQL") and os.environ.get("RUN", "sqlite") == "sqlite":
        left_out["PostgreSQL"] += terminalreporter._numcollected  # the second run that there will not be
    if book := os.environ.get("LEFT_OUT"):  # several runs side by side are counted as one: tools/test.sh
        with open(book, "a") as lines:
            lines.writelines(f"{count} {service}\n" for service, count in left_out.items())
    elif left_out:
        counts = ", ".join(f"{count} for {service}" for service, count in left_out.items())
        terminalreporter.write_line(f"Skipped for want of a service: {counts}.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(true, *, seconds: float, what: str = "it"):
    """The first truthy answer of `true()`; fails when there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := true():
            return answer
        time.sleep(0.1)
    pytest.fail(f"{what} did not come true in {seconds} s")


class Process:
    """A process of the product over the test's own database, killed with all its children."""

    def __init__(self, *argv: str, **env: str):
        self.popen = subprocess.Popen(argv, cwd=ROOT, env={**os.environ, **env}, start_new_session=True)

    def interrupt(self, *, within: float) -> float:
        """Ctrl-C; the seconds that it took to end."""
        began = time.monotonic()
        os.killpg(self.popen.pid, signal.SIGINT)
        self.popen.wait(within)
        return time.monotonic() - began

    def kill(self) -> None:
        """As a power cut would: nothing can be tidied up."""
        kill_family(self.popen.pid)
        self.popen.wait()

    def children(self) -> list[int]:
        return children_of(self.popen.pid)


def children_of(pid: int) -> list[int]:
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for thread in threads for child in thread.read_text().split()]


def kill_family(pid: int) -> None:
    """The eldest first, held still while its children are counted, so that it starts no more."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGSTOP)
    children = children_of(pid)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    for child in children:
        kill_family(child)


class Redis:
    """A Redis of one test's own, which keeps what it was told."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        self.popen = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder)]
            + ["--appendonly", "yes", "--save", ""],
            stdout=subprocess.DEVNULL,
        )
        wait_until(self.answers, seconds=10, what="Redis")

    def answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        self.popen.terminate()
        self.popen.wait(10)


@pytest.fixture
def redis_server(tmp_path):
    server = Redis(tmp_path)
    yield server
    server.stop()


def database_url() -> str:
    """Of the database that this test runs on, for processes that it starts."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


@pytest.fixture
def start():
    """start("manage.py", "worker", REDIS_URL=…) starts Python with these arguments over the test's database."""
    processes = []

    def start_process(*argv: str, **env: str) -> Process:
        settings = {"DATABASE_URL": database_url(), "REDIS_URL": "", "SECRET_KEY": "only-for-tests"}
        settings |= {
            name: getattr(django_settings, name) for name in ("AUDIT_KEY_FILE", "AUDIT_CHECKPOINT_FILE")
        }
        processes.append(Process(sys.executable, *argv, **{**settings, **env}))
        return processes[-1]

    yield start_process
    for process in processes:
        if process.popen.poll() is None:
            process.kill()
