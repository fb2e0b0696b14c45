#!/usr/bin/env python3
"""The bill of materials in CycloneDX: every package of the lock files, in the product and in its pages.

tools/sbom.py FILE
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
Component = dict[str, object]


def python_packages() -> Iterator[Component]:
    text = (ROOT / "requirements.txt").read_text()
    for name, version in re.findall(r"(?m)^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^\s\\;]+)", text):
        yield component(name, version, f"pkg:pypi/{name}@{version}", "required")


def front_end_packages() -> Iterator[Component]:
    """What the build puts into the pages, and what only builds."""
    for path, told in json.loads((ROOT / "package-lock.json").read_text())["packages"].items():
        if path:
            name = path.rpartition("node_modules/")[2]
            purl = f"pkg:npm/{name.replace('@', '%40')}@{told['version']}"
            yield component(name, told["version"], purl, "excluded" if told.get("dev") else "required")


def component(name: str, version: str, purl: str, scope: str) -> Component:
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "scope": scope,
    }


def bill() -> dict[str, object]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid4()}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "component": {
                "type": "application",
                "bom-ref": project["name"],
                "name": project["name"],
                "version": project["version"],
            },
        },
        "components": sorted([*python_packages(), *front_end_packages()], key=lambda one: str(one["purl"])),
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(bill(), indent=2) + "\n")
