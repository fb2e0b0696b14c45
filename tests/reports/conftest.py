"""A section of a report opened in a browser, for the tests of the editor."""

import pytest
from django.test import Client
from playwright.sync_api import Page

from institution.roles import Kind
from tests.factories.base import person, seat, standing
from tests.reports import editor_urls


def enter(name: str, **fields) -> str:
    """A person with a seat, and the session of their browser."""
    user = person(name, **fields)
    seat(standing(Kind.DIRECTORATE), user)
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


@pytest.fixture
def open_section(new_tab):
    session = enter("Elif Aksoy", email="elif@ornek.bel.tr")
    errors = []

    def opened(kind="text", *, width=1440, theme="light", at=None, **section) -> Page:
        editor_urls.begin(**section)
        page = new_tab(width=width, theme=theme, session=session)
        page.on("pageerror", lambda error: errors.append(f"{error.message} {error.stack}"))
        page.clock.install(time=at)
        page.goto(f"/section/?kind={kind}")
        return page

    yield opened
    assert errors == []
