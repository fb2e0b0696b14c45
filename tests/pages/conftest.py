"""The sample municipality, loaded once for all pages, served, and a browser for each of its people."""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from institution.models import User
from institution.sign_in.confirming import SEEN, SIGNED_IN
from tests.browsing import COUNT_REFUSALS
from tests.pages.sample import NAMES, load


def sign_in(person: User) -> Client:
    """A browser whose session runs out on no machine, however long all questions take there."""
    client = Client()
    client.force_login(person)
    session = client.session
    session[SIGNED_IN] = session[SEEN] = time.time() + 24 * 60 * 60
    session.save()
    return client


@pytest.fixture(scope="package")
def sample(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """Nothing in this folder writes to it but what it takes back."""
    with django_db_blocker.unblock():
        yield load()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="package")
def clients(sample) -> dict[str, Client]:
    """By persona, somebody's browser as Django sees it; `visitor` has not signed in."""
    return {"visitor": Client(), **{who: sign_in(getattr(sample, who)) for who in NAMES}}


@pytest.fixture(scope="package")
def tabs(chromium, sample, clients):
    """tabs("officer") is the tab of that person, the same for all pages."""
    server = LiveServer("localhost")
    opened: dict[str, Page] = {}

    def tab(who: str) -> Page:
        if who not in opened:
            # Without motion, since a colour that is still changing has the contrast of neither theme.
            context = chromium.new_context(
                base_url=server.url, locale="en-US", color_scheme="light", reduced_motion="reduce"
            )
            context.add_init_script(COUNT_REFUSALS)
            if session := clients[who].cookies.get("sessionid"):
                context.add_cookies([{"name": "sessionid", "value": session.value, "url": server.url}])
            opened[who] = context.new_page()
        return opened[who]

    yield tab
    for page in opened.values():
        page.context.close()
    server.stop()
