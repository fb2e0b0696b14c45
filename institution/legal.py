"""The law's figures: what each is called, how it is written, and which held on a day.

The values are rows (LegalRule) with article, dates and source; `standard.py` loads the first
ones, and a change of the law is a further row with its own date, entered on the page.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common import turkish
from common.decisions import Invalid
from institution.models import LegalRule


@dataclass(frozen=True)
class Figure:
    """One figure of the law: its name, its unit, and, where it is no number, its choices."""

    label: str | Promise
    unit: str | Promise = ""
    is_fraction: bool = False
    choices: dict[str, str | Promise] = field(default_factory=dict)

    def read(self, stored: Any) -> int | Fraction | str:
        """The stored value as code computes with it; raises Invalid for one of another form."""
        if self.choices:
            if stored in self.choices:
                return stored
        else:
            try:
                return Fraction(stored) if self.is_fraction else int(stored)
            except (TypeError, ValueError, ZeroDivisionError):
                pass
        raise Invalid(self.expected, field="value")

    @property
    def expected(self) -> str | Promise:
        if self.choices:
            return _("Choose one of the values offered.")
        if self.is_fraction:
            return _("Enter a fraction: 1/4.")
        return _("Enter a whole number: 6.")

    def words(self, stored: Any) -> str:
        """The stored value as people read it."""
        value = self.read(stored)
        if self.choices:
            return str(self.choices[str(value)])
        shown = str(stored) if self.is_fraction else turkish.number(int(value))
        return f"{shown} {self.unit}".strip()


_OF_MEMBERSHIP = _("of the full membership")
FIGURES = {
    "council.majority": Figure(
        _("Absolute majority (salt çoğunluk)"),
        choices={"more_than_half": _("more than half"), "half_or_more": _("not less than half")},
    ),
    "council.rounding": Figure(
        _("Fractions in council counts"), choices={"up": _("rounded up"), "down": _("rounded down")}
    ),
    "council.decision_floor": Figure(
        _("Fewest votes for a council decision"), _OF_MEMBERSHIP, is_fraction=True
    ),
    "council.tie": Figure(
        _("Tie in an open vote"),
        choices={"chair": _("the chair’s side wins"), "rejected": _("the proposal falls")},
    ),
    "council.repeat_quorum": Figure(_("Quorum of a repeat sitting"), _OF_MEMBERSHIP, is_fraction=True),
    "council.repeat_days": Figure(_("Longest adjournment without quorum"), _("days")),
    "council.notice_days": Figure(_("Notice of the agenda before the sitting"), _("days")),
    "plan.submission_months": Figure(_("Submission of the plan after the election"), _("months")),
    "plan.programme_months": Figure(_("Preparation programme after the circular"), _("months")),
    "plan.years": Figure(_("Length of a strategic plan"), _("years")),
    "evaluation.outsider": Figure(
        _("Evaluation of a report: a decision from outside its group"),
        choices={"required": _("for at least one section"), "not_required": _("not asked for")},
    ),
    "evaluation.days": Figure(_("Evaluation of a report: time from its submission"), _("days")),
}


class NotRecorded(Invalid):
    """Nobody entered what the law said on that day."""


def rule(key: str, *, on: dt.date) -> LegalRule:
    """The row in force on that day; raises NotRecorded where none is recorded."""
    try:
        return LegalRule.objects.on(key, on)
    except LegalRule.DoesNotExist as missing:
        raise NotRecorded(
            gettext("No value is recorded for %(day)s: %(names)s. Enter it in the settings.")
            % {"day": turkish.date_short(on), "names": FIGURES[key].label}
        ) from missing


def value(key: str, *, on: dt.date) -> Any:
    """The figure in force on that day: a whole number, a Fraction, or the code of a choice."""
    return FIGURES[key].read(rule(key, on=on).value)
