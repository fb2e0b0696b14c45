"""What docs/security.md, asvs.csv and kvkk.md say is so: each test they name exists, each figure is the program's."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from functools import cache

import pytest
from django.conf import settings

from common.jobs.services import ATTEMPTS
from documents.drafts.builders.pdf import SECONDS
from documents.files import door, images, kinds, office
from documents.reports import html
from tests.machine import ROOT

HANDBOOK = (ROOT / "docs" / "security.md").read_text()
MEASURES = (ROOT / "docs" / "kvkk.md").read_text()
with (ROOT / "docs" / "asvs.csv").open(newline="") as _file:
    ITEMS = list(csv.DictReader(_file))
# How many demands each chapter of ASVS 5.0.0 has at levels 1 and 2.
CHAPTERS = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7}
CHAPTERS |= {10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7}


@cache
def found_in(path: str) -> set[str]:
    """The tests of a file as pytest names them, without parameters."""
    body = ast.parse((ROOT / path).read_text()).body
    named = {node.name for node in body if isinstance(node, ast.FunctionDef)}
    for group in body:
        if isinstance(group, ast.ClassDef):
            named |= {
                f"{group.name}::{node.name}" for node in group.body if isinstance(node, ast.FunctionDef)
            }
    return {name for name in named if name.rpartition("::")[2].startswith("test_")}


def is_there(test: str) -> bool:
    path, _, name = test.partition("::")
    return (ROOT / path).is_file() and (name in found_in(path) if name else bool(found_in(path)))


def test_every_demand_of_both_levels_is_answered():
    assert Counter(int(row["item"].split(".")[0]) for row in ITEMS) == CHAPTERS
    assert Counter(row["level"] for row in ITEMS) == {"1": 70, "2": 183}
    assert len({row["item"] for row in ITEMS}) == len(ITEMS)


@pytest.mark.parametrize("row", ITEMS, ids=lambda row: row["item"])
def test_a_demand_has_its_test_or_its_reason(row):
    if row["state"] == "met":
        assert row["tests"] and [test for test in row["tests"].split() if not is_there(test)] == []
    else:
        assert row["state"] in ("none", "operator", "open")
        assert not row["tests"] and len(row["remark"]) >= 7
    if row["state"] == "open":
        assert f"ASVS {row['item']}, open" in HANDBOOK


def test_a_test_that_is_gone_is_noticed():
    assert is_there("tests/security/test_documents.py::test_a_test_that_is_gone_is_noticed")
    assert not is_there("tests/security/test_documents.py::test_that_never_was")
    assert not is_there("tests/security/test_never.py")


def test_what_is_open_in_the_handbook_is_open_in_the_table():
    assert set(re.findall(r"ASVS ([\d.]+), open", HANDBOOK)) == {
        row["item"] for row in ITEMS if row["state"] == "open"
    }


@pytest.mark.parametrize("text", [HANDBOOK, MEASURES], ids=["security", "kvkk"])
def test_each_measure_points_to_what_is_there(text):
    named = re.findall(r"`((?:tests|docs|institution|common)/[\w./-]*)`", text)
    named += [f"docs/{name}" for name in re.findall(r"\]\((\w[\w.-]*)\)", text)]
    assert named and [name for name in named if not (ROOT / name).exists()] == []


def test_every_measure_has_its_evidence():
    rows = [line.strip("|").split("|") for line in MEASURES.partition("## Measures")[2].splitlines()]
    measures = [[cell.strip() for cell in row] for row in rows if len(row) == 4][2:]
    assert len(measures) >= 18
    for turkish, english, place, evidence in measures:
        assert turkish and english and place
        assert "`tests/" in evidence or "`docs/" in evidence or evidence in ("the house's", "open"), turkish


def test_the_handbook_has_its_chapters():
    assert set(re.findall(r"(?m)^## (.+)$", HANDBOOK)) >= {
        "What is promised",
        "What is not promised",
        "Threat model",
        "How to report",
        "Updates",
        "Limits",
        "Costly functions",
        "Keys and secrets",
        "Connections",
        "Logs",
        "Operating",
        "Browsers",
    }
    assert (ROOT / "docs" / "sign-in.md").is_file() and (ROOT / "docs" / "audit.md").is_file()


def test_the_limits_in_the_handbook_are_those_of_the_program(prod):
    table = HANDBOOK.partition("## Limits")[2].partition("##")[0]
    said = {row[1].strip(): row[2].strip() for line in table.splitlines() if len(row := line.split("|")) > 3}
    megabyte = 1024 * 1024
    limits = (
        settings.ACCOUNT_RATE_LIMITS if "login" in settings.ACCOUNT_RATE_LIMITS else prod.ACCOUNT_RATE_LIMITS
    )
    [length] = [
        rule["OPTIONS"]["min_length"]
        for rule in settings.AUTH_PASSWORD_VALIDATORS
        if rule["NAME"].endswith("MinimumLengthValidator")
    ]
    assert said["a file"] == f"{prod.UPLOAD_MAX_MB} MB"
    assert said["kinds of file"].split(", ") == list(kinds.KINDS)
    assert said["members of a packed file; unpacked; one XML part"] == (
        f"{office.MOST_MEMBERS}; {office.UNPACKED_AT_MOST // megabyte} MB; {office.MEMBER_AT_MOST // megabyte} MB"
    )
    assert said["a form without its files"] == f"{prod.DATA_UPLOAD_MAX_MEMORY_SIZE // megabyte} MB"
    assert said["the text of a report's section"] == (
        f"{html.MAX_BYTES // 1_000_000} MB, {html.MAX_DEPTH} deep, {html.MAX_ROWS} rows a table"
    )
    assert said["the files of a body"] == f"{prod.ROOM_QUOTA_MB} MB"
    assert said["a picture"] == f"{images.MOST_PIXELS // 1_000_000} million pixels"
    assert said["examining an upload, while the person waits; in quarantine"] == (
        f"{prod.UPLOAD_CHECK_SECONDS} seconds; {door.LONGEST} seconds and {door.MEMORY // 1024**3} GB"
    )
    assert said["tries of a job"] == str(ATTEMPTS)
    assert said["printing a plan"] == f"{SECONDS} seconds"
    assert said["sign-ins"] == limits["login"]
    assert said["wrong passwords and codes"] == limits["login_failed"]
    assert said["letters for a new password"] == limits["reset_password"]
    assert said["a password"] == f"{length} characters or more"
    assert said["a session, idle and in all"] == (
        f"{prod.SESSION_IDLE_SECONDS // 60} minutes; {prod.SESSION_ABSOLUTE_SECONDS // 3600} hours"
    )
