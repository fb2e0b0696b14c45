"""The council's figures on a day, read once from the dated rules, with their articles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from common import turkish
from common.decisions import Invalid
from institution.legal import FIGURES
from institution.models import LegalRule
from meetings.arithmetic import CouncilLaw

_COUNTED = ("majority", "rounding", "decision_floor", "tie", "repeat_quorum")


@dataclass(frozen=True)
class DatedLaw:
    """What the council's rules said on one day."""

    counts: CouncilLaw
    notice_days: int
    repeat_days: int
    articles: dict[str, str]

    @property
    def article(self) -> str:
        """The article on quorum and decision that minutes cite."""
        return self.articles["decision_floor"]


def on(day: dt.date) -> DatedLaw:
    """One query. Raises Invalid where a figure of the council is not recorded for that day."""
    rules = (
        LegalRule.objects.filter(key__startswith="council.", valid_from__lte=day)
        .filter(Q(valid_to=None) | Q(valid_to__gte=day))
        .order_by("valid_from")
    )
    found = {rule.key.removeprefix("council."): rule for rule in rules}
    figures: dict[str, Any] = {
        name: FIGURES[f"council.{name}"].read(rule.value) for name, rule in found.items()
    }
    missing = {*_COUNTED, "notice_days", "repeat_days"} - set(figures)
    if missing:
        raise Invalid(
            _("No figure is recorded for %(day)s: %(names)s. Enter it in the settings.")
            % {
                "day": turkish.date_short(day),
                "names": ", ".join(sorted(str(FIGURES[f"council.{name}"].label) for name in missing)),
            }
        )
    return DatedLaw(
        counts=CouncilLaw(**{name: figures[name] for name in _COUNTED}),
        notice_days=figures["notice_days"],
        repeat_days=figures["repeat_days"],
        articles={name: rule.article for name, rule in found.items()},
    )
