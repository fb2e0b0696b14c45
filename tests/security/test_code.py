"""What the program's own text may not hold, whoever writes the next line of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator

import pytest

from tests.machine import ROOT

CODE = ["common", "institution", "committees", "teams", "calendar", "documents", "karesi_plan", "tools"]
# Rules of ruff: calls that run, unpack or hash unsafely; forms that take every field of a model.
DANGEROUS = [
    "S102",
    "S105",
    "S106",
    "S107",
    "S113",
    "S301",
    "S302",
    "S307",
    "S308",
    "S310",
    "S311",
    "S312",
    "S313",
]
DANGEROUS += ["S314", "S317", "S318", "S319", "S321", "S323", "S324", "S501", "S506", "S602", "S604", "S605"]
DANGEROUS += ["S606", "S608", "S609", "S610", "S611", "S701", "S702", "DJ003", "DJ006", "DJ007"]


def lines(folders: list[str], *endings: str) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in endings and "migrations" not in path.parts:
                for line in path.read_text().splitlines():
                    yield str(path.relative_to(ROOT)), line


def found(pattern: str, folders: list[str], *endings: str) -> list[str]:
    return [f"{name}: {line.strip()}" for name, line in lines(folders, *endings) if re.search(pattern, line)]


def test_no_call_is_dangerous():
    """Where one is needed, its line says so and why: `# noqa: S…  # reason`."""
    ended = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--select", ",".join(DANGEROUS), "--no-cache", *CODE],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout


def test_templates_switch_no_escaping_off():
    """But in letters, which are plain text, and for what the template itself has written."""
    own = re.compile(r"""='<[^']*>'\|safe|help=forgotten\|safe""")
    pattern = r"""\|\s*safe|autoescape\s+off|<script(?! (?:type="module" )?src=)"""
    left = [line for line in found(pattern, ["templates"], ".html") if re.search(pattern, own.sub("", line))]
    assert left == []


def test_no_template_and_no_query_is_made_of_what_somebody_typed():
    assert (
        found(
            r"from_string\(|(?<!Report)Template\(\s*f?\"|RawSQL|\.extra\(|\.raw\(|\*\*request\.", CODE, ".py"
        )
        == []
    )


def test_scripts_write_words_and_never_markup():
    """`innerHTML` is read where the editor's own schema gives markup back, and written where it made it."""
    dangerous = r"(?<!return body)\.innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|__proto__"
    left = [
        line for line in found(dangerous, ["frontend"], ".js", ".mjs") if "written by the schema" not in line
    ]
    assert left == []


def test_pages_speak_to_no_other_window_and_keep_nothing_but_unsaved_words():
    assert (
        found(r"postMessage|localStorage|sessionStorage|document\.cookie", ["frontend"], ".js", ".mjs") == []
    )
    keeping = {line.partition(":")[0] for line in found(r"indexedDB|caches\.", ["frontend"], ".js", ".mjs")}
    assert keeping == {"frontend/editor/drafts.js"}


def test_processes_speak_json_to_each_other(settings):
    assert settings.CELERY_ACCEPT_CONTENT == ["json"] and settings.CELERY_TASK_SERIALIZER == "json"
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"


def test_passwords_are_kept_by_argon2(prod):
    assert prod.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"


def test_the_checks_of_every_change_look_for_faults_of_type_and_of_danger():
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    assert {"S", "DJ", "B"} <= set(tools["ruff"]["lint"]["select"])
    assert tools["mypy"]["strict_equality"] and tools["mypy"]["check_untyped_defs"]


def test_the_bill_of_materials_names_every_package(tmp_path):
    bill = tmp_path / "sbom.json"
    subprocess.run([sys.executable, "tools/sbom.py", bill], cwd=ROOT, check=True)
    told = json.loads(bill.read_text())
    named = {part["purl"] for part in told["components"]}
    pinned = re.findall(
        r"(?m)^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", (ROOT / "requirements.txt").read_text()
    )
    assert len(pinned) > 30 and {f"pkg:pypi/{name}@{version}" for name, version in pinned} <= named
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert len(named) == len(told["components"]) == len(pinned) + len(locked) - 1


@pytest.mark.parametrize("folder", ["frontend", "templates"])
def test_pages_load_nothing_from_elsewhere(folder):
    loading = r"""(?:src|href|import|url)\s*[=(]?\s*["'(]*https?://(?!www\.w3\.org)"""
    assert [
        line for line in found(loading, [folder], ".js", ".mjs", ".css", ".html") if "<a " not in line
    ] == []
