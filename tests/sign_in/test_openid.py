"""Sign-in with the house's own OpenID provider: two real processes, and a browser between them."""

from __future__ import annotations

import pytest

from institution import services as institution
from institution.models import User
from tests.factories.base import BY, person
from tests.machine import free_port, wait_until
from tests.sign_in import provider
from tests.sign_in.product import Browser, answers, serve


@pytest.fixture
def site(start, tmp_path, transactional_db):
    here, there = free_port(), free_port()
    way_back = f"http://localhost:{here}/accounts/oidc/house/login/callback/"
    start("-m", "tests.sign_in.provider", str(there), str(tmp_path), way_back)
    server = f"http://localhost:{there}"
    wait_until(lambda: answers(f"{server}/.well-known/openid-configuration"), seconds=60, what="the provider")
    return serve(
        start,
        port=here,
        OIDC_SERVER_URL=server,
        OIDC_NAME="Belediye kimliği",
        OIDC_CLIENT_ID=provider.CLIENT,
        OIDC_CLIENT_SECRET=provider.SECRET,
    )


def come(site: str, address: str):
    """Takes the link on the sign-in page and signs in at the provider; the browser and the last page."""
    browser = Browser(site)
    assert "Belediye kimliği ile giriş yap" in browser.get("/accounts/login/").text
    asked = browser.get("/accounts/oidc/house/login/")
    assert "/accounts/login/" in asked.url and not asked.url.startswith(site), asked.url
    return browser, browser.submit(asked.url, login=address, password=provider.PASSWORD)


def test_an_account_that_is_here_is_opened_by_its_verified_address_and_no_other(site, app):
    member = person(email="elif@ornek.invalid", password=None)
    person(email="nuri@ornek.invalid")
    before = User.objects.count()

    browser, page = come(site, "elif@ornek.invalid")
    assert browser.is_in(), page.text

    for address in ("nuri@ornek.invalid", "yabanci@ornek.invalid"):  # not verified there; not known here
        visitor, page = come(site, address)
        assert page.status_code == 403
        assert "Sizin için bir hesap yok" in page.text
        assert not visitor.is_in()
    assert User.objects.count() == before
    assert not User.objects.get(pk=member.pk).has_usable_password()

    institution.close_account(person=member, by=BY)
    assert not browser.is_in()
    assert not come(site, "elif@ornek.invalid")[0].is_in()


def test_the_second_step_is_asked_for_all_the_same(site, app):
    member = person(email="elif@ornek.invalid")
    own = app(member)
    browser, page = come(site, member.email)
    assert page.url.endswith("/accounts/2fa/authenticate/")
    assert not browser.is_in()
    browser.submit("/accounts/2fa/authenticate/", code=own.code())
    assert browser.is_in()
    member.refresh_from_db()
    assert member.has_usable_password()  # the password kept here stays


def test_without_the_setting_the_address_is_not_there(client, db):
    assert client.get("/accounts/oidc/house/login/").status_code == 404
    assert "ile giriş yap" not in client.get("/accounts/login/").text
