"""Long passwords of any kind are taken; common, leaked and obvious ones are not."""

from __future__ import annotations

import hashlib

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from institution.sign_in.passwords import LeakedPasswordValidator


@pytest.mark.parametrize(
    "password",
    [
        "kavak-ceviz-iğde-41",
        "ceviz ağacı gölgesi",  # spaces, small letters alone
        "şğ" * 6,
        "uzun bir cümle " * 9,  # 135 characters
        "🌳🌲🌴🌵🌾🌿🍀🍁🍂🍃🌱🌻",
    ],
)
def test_taken(password):
    validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "kısa-parola",
        "123456654321",
        "international",
        "KaresiBelediyesi",
        "karesi belediyesi 24",
        "stratejikplan1",
        "123456789012",
        "111222333444",
        "abcdefghijkl",
        "zzzzzzzzzzzz",
    ],
)
def test_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.fixture
def leaked(tmp_path):
    """A file as haveibeenpwned.com publishes it, of a thousand passwords."""
    hashes = sorted(
        hashlib.sha1(f"sızan parola {n}".encode(), usedforsecurity=False).hexdigest().upper()
        for n in range(1000)
    )
    path = tmp_path / "leaked.txt"
    path.write_text("\r\n".join(f"{line}:{n}" for n, line in enumerate(hashes)))
    return LeakedPasswordValidator(str(path))


def test_each_leaked_password_is_found_and_no_other(leaked):
    for n in range(1000):
        with pytest.raises(ValidationError):
            leaked.validate(f"sızan parola {n}")
        leaked.validate(f"başka parola {n}")


def test_a_leaked_password_is_refused_at_the_door(leaked, settings, db, enter, house, officer):
    settings.AUTH_PASSWORD_VALIDATORS = [
        {
            "NAME": "institution.sign_in.passwords.LeakedPasswordValidator",
            "OPTIONS": {"path": str(leaked.path)},
        }
    ]
    new = "sızan parola 7"
    from tests.factories.base import PASSWORD

    answer = enter(officer).post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert "sızdırılmış parolalar listesinde" in answer.text


def test_a_list_that_is_not_there_is_an_error_and_no_open_door():
    with pytest.raises(OSError, match="leaked"):
        LeakedPasswordValidator("/nowhere/leaked.txt").validate("kavak-ceviz-iğde-41")
