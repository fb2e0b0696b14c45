"""The demonstration's plans, made from data/ in the format of docs/plan-format.md.

`from_cards` keeps the thirteen real cards as they were read, faults included. `completed` moves
their years as a whole and adds what they lack; every invented row is marked as sample.
"""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings

from documents.plan.interchange import FORMAT

YEARS = 5
REAL = (
    "Sorumlu birim, iş birliği ve beş yıllık maliyet: Sultanbeyli Belediyesi 2020–2024 planının kamuya açık "
    "özeti; konu kısaltılmıştır."
)
REAL_INDICATORS = "Gösterge değerleri yayımlanmıştır; 2022 değerleri öteki yılların artışından türetilmiştir."
COMPLETED = (
    "Yıllar bütün olarak kaydırılmıştır. {}, maliyetin yıllara dağılımı, riskler, faaliyetler, tespitler ve "
    "ihtiyaçlar örnektir."
)
MENDED = "İş birliği birimi düzeltilmiştir."


def cards() -> dict[str, Any]:
    """The real cards as they were read."""
    return json.loads((settings.BASE_DIR / "data" / "sultanbeyli-2020-2024-cards.json").read_text())


def from_cards(cards: dict[str, Any], first_year: int) -> dict[str, Any]:
    """A plan of the real values alone, for the years from `first_year` on."""
    return {
        "format": FORMAT,
        "period": f"{first_year}-{first_year + YEARS - 1}",
        "goals": [{"code": goal["code"], "title": goal["theme"]} for goal in cards["goals"]],
        "objectives": [_real(card, cards["indicators"], first_year) for card in cards["objectives"]],
    }


def completed(cards: dict[str, Any], first_year: int) -> dict[str, Any]:
    """The same cards whole: a plan in which no rule finds anything."""
    parts = json.loads((settings.BASE_DIR / "data" / "sample-parts.json").read_text())
    plan = from_cards(cards, first_year)
    return {
        **plan,
        "outlook": {**parts["outlook"], "sample": True},
        "goals": [
            {"code": goal["code"], "title": parts["goals"][goal["code"]], "sample": True}
            for goal in plan["goals"]
        ],
        "objectives": [
            _whole(card, parts["objectives"][card["code"]], parts["yearly_shares"], first_year)
            for card in plan["objectives"]
        ],
    }


def _real(card: dict[str, Any], indicators: list[dict[str, Any]], first_year: int) -> dict[str, Any]:
    own = [
        {
            **{name: indicator[name] for name in ("code", "name", "weight", "baseline")},
            "targets": _over_years(indicator["targets"].values(), first_year),
        }
        for indicator in indicators
        if indicator["objective"] == card["code"]
    ]
    return {
        "code": card["code"],
        "title": card["topic"],
        "responsible": card["responsible"],
        "cooperating": card["cooperating"],
        "cost_estimate": card["cost_estimate"],
        "indicators": own,
        "origin": f"{REAL} {REAL_INDICATORS}" if own else REAL,
    }


def _whole(card: dict[str, Any], parts: dict[str, Any], shares: list[str], first_year: int) -> dict[str, Any]:
    number = card["code"][1:]
    invented = "Göstergelerin birim ve sıklıkları, cümle" if card["indicators"] else "Göstergeler, cümle"
    origin = [card["origin"], COMPLETED.format(invented), *([MENDED] if "cooperating" in parts else [])]
    return {
        **card,
        "sentence": parts["sentence"],
        "cooperating": parts.get("cooperating", card["cooperating"]),
        "origin": " ".join(origin),
        "indicators": _with_measures(card["indicators"], parts) or _invented(parts, number, first_year),
        "activities": [
            {"code": f"F{number}.{n}", **row, "sample": True} for n, row in enumerate(parts["activities"], 1)
        ],
        "risks": [{**row, "sample": True} for row in parts["risks"]],
        "costs": _spread(Decimal(card["cost_estimate"]), shares, first_year),
        **{kind: [{"text": text, "sample": True} for text in parts[kind]] for kind in ("findings", "needs")},
    }


def _with_measures(indicators: list[dict[str, Any]], parts: dict[str, Any]) -> list[dict[str, Any]]:
    """Real indicators keep their values; the summary names neither their units nor their frequencies."""
    return [
        {**row, "measure": measure, "monitoring": "half_yearly", "reporting": "yearly"}
        for row, measure in zip(indicators, parts.get("measures", []), strict=True)
    ]


def _invented(parts: dict[str, Any], number: str, first_year: int) -> list[dict[str, Any]]:
    return [
        {
            "code": f"PG{number}.{n}",
            **row,
            "targets": _over_years(row["targets"], first_year),
            "monitoring": "half_yearly",
            "reporting": "yearly",
            "sample": True,
        }
        for n, row in enumerate(parts["indicators"], 1)
    ]


def _over_years(values: Any, first_year: int) -> dict[str, Any]:
    return {str(year): value for year, value in enumerate(values, first_year)}


def _spread(total: Decimal, shares: list[str], first_year: int) -> dict[str, Any]:
    """The total over the years, rounded to the kuruş; the last year takes the rest, so that it adds up."""
    amounts = [(total * Decimal(share)).quantize(Decimal("0.01"), ROUND_HALF_UP) for share in shares]
    amounts.append(total - sum(amounts))
    return {
        str(year): {"amount": f"{amount:.2f}", "sample": True}
        for year, amount in enumerate(amounts, first_year)
    }
