"""People at the door: a password typed there, a second factor, a code of its app."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.test import Client

from common import jobs
from institution.models import User
from tests.factories.base import PASSWORD

LOGIN = "/accounts/login/"


@pytest.fixture
def knock():
    """knock(person) types address and password at the door; gives the answer, whose client stays in."""

    def sign_in(person: User | str, password: str = PASSWORD, *, client: Client | None = None, **extra: Any):
        address = getattr(person, "email", person)
        return (client or Client()).post(LOGIN, {"login": address, "password": password}, **extra)

    return sign_in


class App:
    """An authenticator app and the recovery codes of one person."""

    def __init__(self, person: User):
        self.person, self.secret = person, auth.generate_totp_secret()
        self.totp = auth.TOTP.activate(person, self.secret)
        self.recovery = RecoveryCodes.activate(person).generate_codes()

    def code(self, *, steps: int = 0) -> str:
        """The code of now, or of so many half minutes later."""
        return auth.format_hotp_value(auth.hotp_value(self.secret, int(time.time()) // 30 + steps))


@pytest.fixture
def app():
    return App


@pytest.fixture
def letters(mailoutbox):
    """letters() has the worker write what waits and gives all letters so far."""

    def written():
        jobs.perform_waiting()
        return mailoutbox

    return written
