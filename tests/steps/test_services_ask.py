"""Whoever changes something is asked for the right to it: in the service, or in every view that calls it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
APPS = ("institution", "committees", "teams", "calendar", "documents")
# What a person may always do with what is their own, and what only other services or tasks call.
OWN_OR_INNER = {
    "choose",
    "end_sessions",
    "keep_print",
    "put_before_council",
    "record",
    "record_council_outcome",
}


def modules(part: str) -> Iterator[Path]:
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if part in path.parts or path.stem == part:
                yield path


def functions(path: Path) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(path.read_text())
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def calls(function: ast.AST) -> set[str]:
    """Names that the function calls or hands on, without what they belong to."""
    return {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute | ast.Name)
    }


def asks(function: ast.FunctionDef, beside: dict[str, ast.FunctionDef], known: frozenset[str] = frozenset()):
    """By itself or by a function of its module: `require(…)`, or a form page with its `decision`."""
    if any(isinstance(node, ast.keyword) and node.arg == "decision" for node in ast.walk(function)):
        return True
    named = calls(function)
    if "require" in named:
        return True
    helpers = (named & set(beside)) - known - {function.name}
    return any(asks(beside[name], beside, known | helpers) for name in helpers)


def is_service(function: ast.FunctionDef) -> bool:
    return any(isinstance(mark, ast.Name) and mark.id == "service" for mark in function.decorator_list)


def open_services() -> set[str]:
    """Services that do not ask by themselves."""
    found = set()
    for path in [*modules("services"), ROOT / "institution" / "holdings.py"]:
        here = functions(path)
        found |= {
            name for name, function in here.items() if is_service(function) and not asks(function, here)
        }
    return found - OWN_OR_INNER


def test_every_view_that_calls_a_service_which_does_not_ask_asks_itself():
    unasked = []
    services = open_services()
    for path in modules("views"):
        here = functions(path)
        for name, function in here.items():
            reached = services & {node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)}
            public = (
                not name.startswith("_") and function.args.args and function.args.args[0].arg == "request"
            )
            if reached and public and not asks(function, here):
                unasked.append(f"{path.relative_to(ROOT)}: {name} calls {', '.join(sorted(reached))}")
    assert unasked == []
    assert len(services) > 30  # the walk found them
