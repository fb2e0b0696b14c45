"""What is wrong with a draft when it is frozen: rules over the plan's data, and the common language."""

from __future__ import annotations

from typing import Any

from documents.drafts.compose import Block, Kind
from documents.plan import language
from documents.plan.rules import findings as rule_findings
from institution.models import PlanPeriod


def findings(period: PlanPeriod, blocks: list[Block]) -> list[dict[str, Any]]:
    """JSON-able findings: rule, severity ("blocks" or "warns"), sentence, place, url."""
    found = [
        {
            "rule": f.rule,
            "severity": f.severity,
            "sentence": str(f.sentence),
            "place": f.place,
            "url": f.url,
        }
        for f in rule_findings(period)
    ]
    vocabulary = language.vocabulary()
    for block in blocks:
        if block.kind == Kind.TEXT:
            found += [
                {
                    "rule": f.rule,
                    "severity": "warns",
                    "sentence": str(f.message),
                    "place": block.chapter,
                    "url": f"#{block.anchor}",
                }
                for f in language.check_html(block.data["html"], vocabulary)
            ]
    return found
