"""Nothing secret lies in the tree; every package is pinned by its hash and not older than is safe;
production starts with all it needs or not at all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from detect_secrets import SecretsCollection
from detect_secrets.settings import default_settings
from packaging.version import Version

from tests.machine import ROOT

# Made by machines, all hashes.
LOCKS = {"package-lock.json", "requirements.txt", "requirements-dev.txt", "requirements-node.txt"}
# Looked at by a person: what looks like a secret there guards nothing.
KNOWN = {
    ("docs/settings.md", "Basic Auth Credentials"): "shows the form of an address",
    (
        "karesi_plan/demo/people.py",
        "Secret Keyword",
    ): "the sample's password; it opens nothing from elsewhere",
    ("karesi_plan/settings/sign_in.py", "Secret Keyword"): "names what is read from the environment",
    ("karesi_plan/settings/test.py", "Secret Keyword"): "for the run of the tests",
    ("tests/audit/test_checkpoints.py", "Hex High Entropy String"): "the examples of RFC 8032",
    ("tests/sign_in/test_factors.py", "Base64 High Entropy String"): "a key made for one test",
    ("tests/security/test_supply.py", "Base64 High Entropy String"): "planted below",
}
# Below these a fault is known that would matter here.
FLOORS = {
    "django": "5.2.19",  # injections through dictionary expansion (5.2.9), a leak in the time of sign-in (5.2.11)
    "django-allauth": "65.21.1",
    "django-csp": "4.0",
    "django-guardian": "3.5.2",
    "django-simple-history": "3.13.0",  # older ones name the author of an earlier request after a fault
    "cryptography": "50",
    "celery": "5.7.0",
    "kombu": "5.7.0",  # older ones bring back lost work minutes late
    "nh3": "0.3.8",
    "weasyprint": "70",  # the first whose every door goes through our fetcher (CVE-2026-55073)
    "whitenoise": "6.12.0",
    "psycopg": "3.3.9",
}


def committed() -> list[str]:
    """Every file that is in the repository or would be."""
    said = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in said.stdout.splitlines() if (ROOT / name).is_file()]


def test_no_secret_lies_in_the_tree(monkeypatch):
    monkeypatch.chdir(ROOT)
    found = SecretsCollection()
    with default_settings():
        for name in committed():
            if name not in LOCKS:
                found.scan_file(name)
    left = {
        (name, secret.type, secret.line_number)
        for name, secret in found
        if (name, secret.type) not in KNOWN
        # A password of people who exist for one test; a key would be of another type.
        and not (name.startswith("tests/") and secret.type in ("Secret Keyword", "Basic Auth Credentials"))
    }
    assert left == set()


def test_the_scan_finds_a_key(tmp_path):
    planted = tmp_path / "settings.py"
    planted.write_text('SECRET_KEY = "Zk3v9QpL7sXw2Rt8Yb5Nc1Mf6Hd4Jg0a"\nAWS = "AKIA' + 'QYLPMN5HGTRESWQA"\n')  # fmt: skip
    found = SecretsCollection()
    with default_settings():
        found.scan_file(str(planted))
    assert len(list(found)) >= 2


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.txt")), ids=lambda path: path.name)
def test_every_package_is_pinned_by_its_hash(path: Path):
    entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", path.read_text()).strip())
    assert len(entries) >= 1
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==[\w.]+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_every_package_of_the_front_end_is_pinned_by_its_hash():
    import json

    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [
        name for name, told in packages.items() if name and "sha512-" not in told.get("integrity", "")
    ] == []


@pytest.mark.parametrize("name", FLOORS)
def test_no_package_is_older_than_is_safe(name):
    assert Version(version(name)) >= Version(FLOORS[name])
    [pinned] = re.findall(rf"(?m)^{name}(?:\[[a-z,]+\])?==([\w.]+)", (ROOT / "requirements.txt").read_text())
    assert Version(pinned) >= Version(FLOORS[name])


def manage(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: text for name, text in os.environ.items() if name in ("PATH", "LANG", "HOME")}
    clean |= {"DJANGO_SETTINGS_MODULE": "karesi_plan.settings.prod", "DATABASE_URL": "sqlite:////dev/null"}
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=clean | env, capture_output=True, text=True
    )


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_the_deployment_check_has_nothing_to_say(configured, proxies):
    ended = manage("check", "--deploy", "--fail-level", "WARNING", **configured, TRUSTED_PROXY_COUNT=proxies)
    assert ended.returncode == 0, ended.stderr
    assert "no issues (0 silenced)" in ended.stdout


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "kısa"}, "SECRET_KEY"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ".ornek.bel.tr"}, "PUBLIC_URL"),
        ({"MFA_KEY": ""}, "MFA_KEY"),
        ({"AUDIT_KEY_FILE": "/var/empty/none"}, "AUDIT_KEY_FILE"),
    ],
    ids=lambda said: str(said),
)
def test_production_refuses_to_start_without(configured, change, word):
    ended = manage("check", **{**configured, **change})
    assert ended.returncode and word in ended.stderr.splitlines()[-1]
    assert configured["SECRET_KEY"] not in ended.stderr
