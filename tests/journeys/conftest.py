"""What a journey needs: the product running as it is run, its people, and a browser for each of them."""

from __future__ import annotations

import contextlib
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect

from tests.browsing import COUNT_REFUSALS
from tests.factories.base import PASSWORD
from tests.journeys.hands import fill, press
from tests.journeys.town import Town, build
from tests.machine import Process, free_port, wait_until
from tests.personas import House

PATIENCE = 20_000  # milliseconds; the machine may have more to do
SERVER = ["-m", "gunicorn", "-c", "python:karesi_plan.gunicorn_conf", "karesi_plan.wsgi"]


@pytest.fixture(autouse=True)
def patience():
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)  # as it was


@pytest.fixture
def town(settings, transactional_db) -> Town:
    """A municipality with units, people and its standing bodies, before any plan period."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]  # as the server reads
    return build()


@dataclass
class Site:
    """The product's processes: on SQLite one that does everything, on PostgreSQL web and worker over Redis."""

    start: Callable[..., Process]
    env: dict[str, str]
    url: str
    has_worker: bool
    processes: dict[str, Process] = field(default_factory=dict)

    def up(self) -> None:
        """Start what is not running, as `make run` and `make worker` do, and wait until it answers."""
        wanted = {"web": SERVER} | ({"worker": ["manage.py", "worker"]} if self.has_worker else {})
        for name, argv in wanted.items():
            if name not in self.processes:
                self.processes[name] = self.start(*argv, **self.env)
        wait_until(self.is_ready, seconds=60, what="the site's readiness")

    def kill_worker(self) -> None:
        """As a power cut would; the one process takes the web with it."""
        self.processes.pop("worker" if self.has_worker else "web").kill()

    def is_ready(self) -> bool:
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(f"{self.url}/health/ready/", timeout=20).status == 200
        return False


@pytest.fixture
def site(town, start, request, tmp_path) -> Site:
    port = str(free_port())
    env = {
        "DJANGO_SETTINGS_MODULE": "karesi_plan.settings.dev",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "PORT": port,
    }
    has_worker = connection.vendor == "postgresql"
    if has_worker:
        env["REDIS_URL"] = request.getfixturevalue("redis_server").url
    running = Site(start, env, f"http://localhost:{port}", has_worker)
    running.up()
    return running


@dataclass
class Stage:
    """Who is on it: each person with a browser of their own. `stage.officer` is the officer's page."""

    browser: Browser
    url: str
    town: Town | House
    folder: Path
    pages: dict[str, Page] = field(default_factory=dict)

    def __getattr__(self, who: str) -> Page:
        if who not in self.town.people:
            raise AttributeError(who)
        return self.pages.get(who) or self.enter(who)

    def visitor(self, who: str, *, width: int = 1280) -> Page:
        """A browser of this width, before the sign-in."""
        context = self.browser.new_context(
            base_url=self.url, viewport={"width": width, "height": 900}, locale="en-US"
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(COUNT_REFUSALS)
        self.pages[who] = context.new_page()
        return self.pages[who]

    def enter(self, who: str, *, width: int = 1280) -> Page:
        """Signs the person in by e-mail and password."""
        page = self.visitor(who, width=width)
        page.goto("/accounts/login/")
        fill(page, {"E-mail": self.town.people[who].email, "Password": PASSWORD})
        press(page, "Sign in")
        return page

    def leave(self, *people: str) -> None:
        for who in people:
            self.pages.pop(who).context.close()

    @contextlib.contextmanager
    def step(self, sentence: str):
        """One step of the story. What fails in it says which, and where the pages can be seen."""
        began = time.monotonic()
        try:
            yield
            print(f"{time.monotonic() - began:5.1f} s  {sentence}")
            assert {who: found for who, page in self.pages.items() if (found := self.refused(page))} == {}
        except BaseException as failure:
            shots = [self.shoot(who, page) for who, page in self.pages.items()]
            raise AssertionError(
                "\n".join([f"{sentence}: {failure}", "Seen at the time:", *shots])
            ) from failure

    @staticmethod
    def refused(page: Page) -> list[str]:
        """What the page's policy refused."""
        return page.evaluate("window.refused ?? []")

    def shoot(self, who: str, page: Page) -> str:
        path = self.folder / f"{who}.png"
        try:
            page.screenshot(path=path, full_page=True)
        except Exception as failure:
            return f"{who}: no picture ({failure})"
        return f"{who}, {page.url}: {path}"


@pytest.fixture
def stage(chromium, site, town, tmp_path):
    on_stage = Stage(chromium, site.url, town, tmp_path)
    yield on_stage
    on_stage.leave(*on_stage.pages)
