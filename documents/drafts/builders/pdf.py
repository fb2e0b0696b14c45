"""The plan as a PDF: stored blocks through templates to HTML, and that through a confined child."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from common import jobs
from documents.drafts.builders.inks import CHAPTER_INKS, COVER, GOAL_INKS
from documents.drafts.builders.ornament import tiling
from documents.drafts.compose import Block, Kind
from documents.drafts.models import DraftVersion
from documents.plan.guide import BY_CODE
from institution.models import Municipality, PlanPeriod

HERE = Path(__file__).parent
SECONDS = 300


def build_pdf(
    period: PlanPeriod,
    blocks: list[Block],
    *,
    draft: DraftVersion | None,
    progress: Callable[..., None] = lambda *args: None,
) -> bytes:
    """Print the blocks; `draft` is None for the living text, which is marked so.

    Raises JobError, with a sentence for people, where the child was killed or gave up.
    """
    progress(0, 3, _("Setting the text"))
    html = build_html(period, blocks, draft=draft)
    progress(1, 3, _("Laying out the pages"))
    job = {"html": html, "css": stylesheet(), "assets": assets(blocks), "fonts": str(settings.PRINT_FONTS)}
    try:
        content = jobs.run_child(
            [sys.executable, "-I", str(HERE / "weasy.py")], timeout=SECONDS, input=json.dumps(job).encode()
        )
    except jobs.ChildTimedOut as error:
        raise jobs.JobError(
            _("The plan could not be printed within %(n)d minutes. No text is lost.") % {"n": SECONDS // 60}
        ) from error
    progress(2, 3, _("Storing the file"))
    return content


def build_html(period: PlanPeriod, blocks: list[Block], *, draft: DraftVersion | None) -> str:
    """The whole document for print. The plan is Turkish, whoever prints it."""
    with translation.override("tr"):
        return render_to_string(
            "drafts/pdf/plan.html",
            {
                "period": period,
                "draft": draft,
                "municipality": Municipality.objects.first(),
                "chapters": chapters(blocks),
                "contents": contents(blocks),
                "sources": sources(blocks),
            },
        )


def stylesheet() -> str:
    """The print style with one page rule a chapter (its thumb tab moves down the edge)."""
    tabs = "".join(
        f"@page c{n} {{ @right-top {{ content: '{n}'; background: {ink}; margin-top: {17 * (int(n) - 1)}mm }} }}\n"
        f".c{n} {{ page: c{n}; --ink: {ink} }}\n"
        for n, ink in CHAPTER_INKS.items()
    )
    goals = "".join(f".g{i} {{ --ink: {ink} }}\n" for i, ink in enumerate(GOAL_INKS))
    bands = "".join(
        f".goal.g{i} .band {{ background-image: url('asset:goal{i}.svg') }}\n" for i in range(len(GOAL_INKS))
    )
    return (HERE / "plan.css").read_text() + tabs + goals + bands


def assets(blocks: list[Block]) -> dict[str, str]:
    """The ornaments that this document needs, by the names used in the style."""
    drawn = {"cover.svg": tiling(width=210, height=297, seed=7, **COVER)}
    for index, _block in enumerate(b for b in blocks if b.kind == Kind.GOAL):
        i = index % len(GOAL_INKS)
        ink = GOAL_INKS[i]
        drawn[f"goal{i}.svg"] = tiling(
            width=210,
            height=88,
            ground=ink,
            tones=[_mix(ink, 0.06), _mix(ink, 0.1)],
            accents=[_mix(ink, 0.75)],
            seed=i,
        )
    return drawn


def chapters(blocks: list[Block]) -> list[dict[str, Any]]:
    """Blocks by chapter: number, title, and each block with its partial, source mark and goal's ink."""
    marks = {ref: f"K{n}" for n, (ref, _source) in enumerate(_distinct(blocks), start=1)}
    found, goal = [], -1
    for number, group in groupby(blocks, key=lambda b: b.chapter.split(".")[0]):
        shown = []
        for block in group:
            if block.kind == Kind.GOAL:
                goal += 1
            of_goal = block.kind in (Kind.GOAL, Kind.CARD)
            shown.append(
                {
                    "kind": block.kind,
                    "anchor": block.anchor,
                    "data": block.data,
                    "template": f"drafts/pdf/{block.kind}.html",
                    "marks": [marks[s.ref] for s in block.sources],
                    "ink": f"g{goal % len(GOAL_INKS)}" if of_goal else "",
                    "colour": GOAL_INKS[goal % len(GOAL_INKS)] if of_goal else CHAPTER_INKS[number],
                }
            )
        found.append({"number": number, "title": BY_CODE[number].title, "blocks": shown})
    return found


def contents(blocks: list[Block]) -> list[dict[str, Any]]:
    """Rows of the table of contents; the page numbers are the printer's."""
    levels = {Kind.CHAPTER: 1, Kind.SECTION: 2, Kind.GOAL: 2, Kind.CARD: 3}
    rows = [
        {"level": levels[Kind(b.kind)], "anchor": b.anchor, "code": b.data["code"], "title": b.data["title"]}
        for b in blocks
        if b.kind in levels
    ]
    return [*rows, {"level": 1, "anchor": "sources", "code": "Ek", "title": "Planın kaynakları"}]


def sources(blocks: list[Block]) -> list[dict[str, Any]]:
    """The annex "sources of the plan": mark, source, and the blocks that rest on it."""
    return [
        {
            "mark": f"K{n}",
            "source": source,
            "places": [b.anchor for b in blocks if any(s.ref == ref for s in b.sources)],
        }
        for n, (ref, source) in enumerate(_distinct(blocks), start=1)
    ]


def _distinct(blocks: list[Block]) -> list[tuple[str, Any]]:
    return list({s.ref: s for b in blocks for s in b.sources}.items())


def _mix(colour: str, white: float) -> str:
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(p + (255 - p) * white):02x}" for p in parts)
