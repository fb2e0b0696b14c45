#!/usr/bin/env python3
"""Draws docs/workflows.md from the transition tables; with --check says whether it is up to date."""

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "workflows.md"

HEAD = """# States and moves

Drawn by `make diagrams` from the `workflow.py` of each app; edit those, not this.
"""


def main() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karesi_plan.settings.dev")
    django.setup()
    drawn = draw()
    if "--check" not in sys.argv:
        TARGET.write_text(drawn)
        return 0
    if not TARGET.exists() or TARGET.read_text() != drawn:
        print(f"{TARGET.relative_to(ROOT)} is stale: run make diagrams")
        return 1
    return 0


def draw() -> str:
    from django.conf import settings
    from django.utils.translation import override

    from common.workflow import REGISTRY

    for app in settings.APPS:
        if find_spec(f"{app}.workflow"):
            import_module(f"{app}.workflow")
    with override("en"):
        return "\n".join([HEAD, *(chapter(workflow) for workflow in REGISTRY.values())])


def chapter(workflow) -> str:
    lines = [f"## {workflow.title}", "", "```mermaid", "stateDiagram-v2"]
    first = next(iter(workflow.next))
    lines += [f'    state "{workflow.label[state]}" as {state}' for state in workflow.next]
    lines += [f"    [*] --> {first}"]
    lines += [f"    {frm} --> {to}" for frm, targets in workflow.next.items() for to in targets]
    lines += ["```", "", "| State | With whom | Entered in the history as |", "|---|---|---|"]
    lines += [
        f"| {workflow.label[state]} | {workflow.owner[state]} | {workflow.audit[state]} |"
        for state in workflow.next
    ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
