import os
import subprocess
import sys

import pytest

from tests.machine import ROOT

SECRET = "0123456789" * 5
KEYS = {"MFA_KEY": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDA=", "AUDIT_KEY_FILE": "manage.py"}


def start(
    module: str = "prod", *, ask: str = "from django.conf import settings; print(settings.DEBUG)", **env: str
) -> subprocess.CompletedProcess[str]:
    """A fresh Python that loads the settings and says whether DEBUG is on, or what else is asked."""
    clean = {name: text for name, text in os.environ.items() if name in ("PATH", "LANG", "HOME")}
    return subprocess.run(
        [sys.executable, "-c", ask],
        cwd=ROOT,
        env={**clean, "DJANGO_SETTINGS_MODULE": f"karesi_plan.settings.{module}", **KEYS, **env},
        capture_output=True,
        text=True,
    )


def test_production_starts_when_it_is_configured():
    assert start(SECRET_KEY=SECRET, ALLOWED_HOSTS="plan.example").stdout == "False\n"


@pytest.mark.parametrize(
    ("env", "word"),
    [
        ({"ALLOWED_HOSTS": "plan.example"}, "SECRET_KEY"),
        ({"SECRET_KEY": "short", "ALLOWED_HOSTS": "plan.example"}, "SECRET_KEY"),
        ({"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "plan.example", "DEBUG": "1"}, "DEBUG"),
        ({"SECRET_KEY": SECRET}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "plan.example", "MFA_KEY": ""}, "MFA_KEY"),
        ({"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "plan.example", "AUDIT_KEY_FILE": ""}, "AUDIT_KEY_FILE"),
    ],
)
def test_production_refuses_to_start_half_configured(env, word):
    ended = start(**env)
    assert ended.returncode and word in ended.stderr.splitlines()[-1]


PROD = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "plan.example"}


@pytest.mark.parametrize(
    ("env", "word"),
    [
        ({"EMAIL_HOST_PASSWORD": "gizli"}, "EMAIL_USE_TLS"),
        ({"EMAIL_USE_TLS": "1", "EMAIL_USE_SSL": "1"}, "exclude"),
    ],
)
def test_production_refuses_a_mail_server_that_it_could_not_speak_to_safely(env, word):
    ended = start(**PROD, **env)
    assert ended.returncode and word in ended.stderr.splitlines()[-1]


def test_the_mail_server_is_named_by_the_environment():
    env = {
        "EMAIL_USE_SSL": "1",
        "EMAIL_HOST_USER": "plan",
        "EMAIL_HOST_PASSWORD": "gizli",
        "EMAIL_PORT": "465",
    }
    ask = "from django.core.mail import get_connection as c; s = c(); print(s.port, s.username, s.password, s.use_ssl, s.use_tls, s.timeout)"
    assert start(ask=ask, **PROD, **env).stdout == "465 plan gizli True False 20\n"


def test_development_has_debug_off_unless_asked_for():
    assert start("dev").stdout == "False\n"
    assert start("dev", DEBUG="1").stdout == "True\n"


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path, monkeypatch):
    from karesi_plan.settings import env

    monkeypatch.delenv("SECRET_KEY", raising=False)
    path = tmp_path / ".env"
    env.load_or_make(path)
    first = path.read_text()
    env.load_or_make(path)
    assert path.read_text() == first and len(first) > 60
    assert path.stat().st_mode & 0o077 == 0


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    from karesi_plan.settings import env

    path = tmp_path / ".env"
    path.write_text("# a remark\nPORT=1\nHOST = 0.0.0.0\n")
    monkeypatch.setenv("PORT", "2")
    monkeypatch.delenv("HOST", raising=False)
    env.load_or_make(path)
    assert (env.text("PORT"), env.text("HOST")) == ("2", "0.0.0.0")
    monkeypatch.delenv("HOST")
