"""A code counts once though two processes of the product are shown it in the same moment."""

from __future__ import annotations

import time
from functools import partial

import pytest

from tests.factories.base import person
from tests.sign_in.product import Browser, serve
from tests.together import at_once

ROUNDS = 100
AUTHENTICATE = "/accounts/2fa/authenticate/"


@pytest.fixture
def pair(start, transactional_db):
    """Two processes over one database."""
    return serve(start), serve(start)


def ready(pair, member):
    """A browser at each process, with the password typed."""
    browsers = [Browser(url) for url in pair]
    for browser in browsers:
        assert browser.knock(member.email).url.endswith(AUTHENTICATE)
    return browsers


@pytest.mark.parametrize("kind", ["totp", "recovery"])
def test_of_two_who_show_the_same_code_one_comes_in(pair, app, kind):
    inside = []
    for _round in range(ROUNDS if kind == "totp" else ROUNDS // 5):
        member = person()
        own = app(member)
        browsers = ready(pair, member)
        if kind == "totp" and time.time() % 30 > 25:
            time.sleep(5)  # or the code would be too old for both
        code = own.code() if kind == "totp" else own.recovery[3]
        at_once(*(partial(browser.submit, AUTHENTICATE, code=code) for browser in browsers))
        inside.append(sum(browser.is_in() for browser in browsers))
    assert inside == [1] * len(inside)
