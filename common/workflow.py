"""A state machine as plain tables: from each state to the next ones, and what people see of it.

Each app's workflow.py builds one `Workflow` per thing. All tables have the same keys;
`problems()` says where they do not, and a test asserts that it says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.decisions import Invalid

Text = str | Promise
TONES = {"ok", "warn", "stop", "info", "idle", "seal"}


class Badge(NamedTuple):
    """Icon, word, colour: what a template needs to show a state."""

    label: Text
    tone: str
    icon: str


class IllegalMove(Invalid):
    """The thing is not in a state from which this move leads on."""


REGISTRY: dict[str, Workflow] = {}


@dataclass(frozen=True)
class Workflow:
    """One transition table and its companions, keyed by state."""

    name: str
    title: Text
    next: Mapping[str, tuple[str, ...]]
    label: Mapping[str, Text]
    tone: Mapping[str, str]
    icon: Mapping[str, str]
    owner: Mapping[str, Text]
    audit: Mapping[str, Text] = field(default_factory=dict)

    def __post_init__(self) -> None:
        REGISTRY[self.name] = self

    def badge(self, state: str) -> Badge:
        return Badge(self.label[state], self.tone[state], self.icon[state])

    def allows(self, frm: str, to: str) -> bool:
        return to in self.next.get(frm, ())

    def check(self, frm: str, to: str) -> None:
        """Raise IllegalMove, with both states in words, unless the table has the move."""
        if not self.allows(frm, to):
            raise IllegalMove(
                _("This is now “%(frm)s”; it cannot become “%(to)s”.")
                % {"frm": self.label[frm], "to": self.label[to]}
            )

    def problems(self) -> list[str]:
        """Every hole in the tables, in words; empty when they are whole."""
        states = set(self.next)
        found = [
            f"{self.name}: {table} lacks {sorted(missing)}"
            for table in ("label", "tone", "icon", "owner", "audit")
            if (missing := states ^ set(getattr(self, table)))
        ]
        found += [
            f"{self.name}: {frm} leads to unknown {to}"
            for frm, targets in self.next.items()
            for to in targets
            if to not in states
        ]
        found += [f"{self.name}: tone {t}" for t in set(self.tone.values()) - TONES]
        return found
