"""The plan as a PDF: stored blocks through templates to HTML, and that through a confined child."""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from common import jobs, printing
from common.audit.checkpoints import code_of
from common.printing import CannotPrint, Printed
from documents.drafts.builders.inks import CHAPTER_INKS, COVER, goal_ink, mix
from documents.drafts.builders.ornament import tiling
from documents.drafts.compose import Block, Kind, figures_before, pictures
from documents.drafts.models import DraftVersion
from documents.files import services as files
from documents.plan.guide import BY_CODE
from institution.models import Municipality, PlanPeriod

logger = logging.getLogger(__name__)
HERE = Path(__file__).parent
SECONDS = 180  # for the whole plan
SECONDS_ALONE = 15  # for one section, when it is asked which of them cannot be printed


def build_pdf(
    period: PlanPeriod,
    blocks: list[Block],
    *,
    draft: DraftVersion | None,
    progress: Callable[..., None] = lambda *args: None,
) -> Printed:
    """Print the blocks; `draft` is None for the living text, which is marked so.

    Raises JobError, with a sentence that names the section where one is to blame, and ChildFailed
    where the printer was killed from outside: then a second try may succeed.
    """
    try:
        progress(0, 3, _("Setting the text"))
        html = build_html(period, blocks, draft=draft)
        progress(1, 3, _("Laying out the pages"))
        printed = _print(html, blocks, seconds=SECONDS)
    except CannotPrint as error:
        logger.warning("plan %s cannot be printed: %s", period.code, error)
        progress(1, 3, _("Looking for the section that cannot be printed"))
        raise jobs.JobError(_why(period, blocks)) from error
    progress(2, 3, _("Storing the file"))
    return printed


def _print(html: str, blocks: list[Block], *, seconds: int) -> Printed:
    return printing.print_pdf(
        html,
        stylesheet(blocks),
        seconds=seconds,
        assets=assets(blocks),
        pictures={
            f"picture-{file.pk}": [str(files.place(file.blob)), file.blob.content_type]
            for file in pictures(blocks)
        },
    )


def _why(period: PlanPeriod, blocks: list[Block]) -> str:
    """Which section is to blame: each that says something is printed alone."""
    said = [block for block in blocks if block.kind not in (Kind.CHAPTER, Kind.SECTION, Kind.NOTICE)]
    for code, section in groupby(said, key=lambda b: b.chapter):
        alone = list(section)
        try:
            _print(build_html(period, alone, draft=None), alone, seconds=SECONDS_ALONE)
        except CannotPrint:
            return _(
                "The PDF could not be made: section %(section)s cannot be printed. No text is lost; "
                "mend the section and freeze a new draft."
            ) % {"section": f"{code} {BY_CODE[code].title}"}
    return _("The PDF could not be made within %(n)d minutes. No text is lost.") % {"n": SECONDS // 60}


def build_html(period: PlanPeriod, blocks: list[Block], *, draft: DraftVersion | None) -> str:
    """The whole document for print. The plan is Turkish, whoever prints it."""
    with translation.override("tr"):
        return render_to_string(
            "drafts/pdf/plan.html",
            {
                "period": period,
                "draft": draft,
                "adoption": draft.adoption if draft else None,
                "trace": code_of(draft) if draft else "",
                "municipality": Municipality.objects.first(),
                "chapters": chapters(blocks),
                "contents": contents(blocks),
                "sources": sources(blocks),
            },
        )


def stylesheet(blocks: list[Block]) -> str:
    """The print style with a page rule for each chapter and each goal (its thumb tab and its ink)."""
    goals = [block.data["code"] for block in blocks if block.kind == Kind.GOAL]
    tabs = [_page(f"c{n}", n, ink, 17 * (int(n) - 1)) for n, ink in CHAPTER_INKS.items()]
    tabs += [_page(f"g{i}", code, goal_ink(i), 68) for i, code in enumerate(goals)]
    bands = [f".goal.g{i} .band {{ background-image: url('asset:goal{i}.svg') }}" for i in range(len(goals))]
    return "\n".join([(HERE / "plan.css").read_text(), *tabs, *bands])


def _page(name: str, tab: str, ink: str, down: int) -> str:
    """Pages of this name carry the tab `tab`, `down` mm from the top of the text; what is on them has the ink."""
    tint = mix(ink, "#ffffff", 0.92)
    return (
        f"@page {name} {{ @right-top {{ content: '{tab}'; background: {ink}; margin-top: {down}mm }} }}\n"
        f".{name} {{ page: {name}; --ink: {ink}; --tint: {tint} }}"
    )


def assets(blocks: list[Block]) -> dict[str, str]:
    """The ornaments that this document needs, by the names used in the style."""
    drawn = {"cover.svg": tiling(width=210, height=297, top=0.2, text=0.45, seed=7, **COVER)}
    for index, _block in enumerate(b for b in blocks if b.kind == Kind.GOAL):
        ink = goal_ink(index)
        drawn[f"goal{index}.svg"] = tiling(
            width=210,
            height=88,
            top=-0.5,
            text=0.7,
            ground=ink,
            tones=[mix(ink, "#ffffff", 0.07), mix(ink, "#000000", 0.08), mix(ink, "#ffffff", 0.03)],
            accents=[mix(ink, "#ffffff", 0.75), mix(ink, "#ffffff", 0.45)],
            seed=index,
        )
    return drawn


def chapters(blocks: list[Block]) -> list[dict[str, Any]]:
    """Blocks by chapter: number, title, and each block with its partial, source mark and goal's ink."""
    marks = {ref: f"K{n}" for n, (ref, _source) in enumerate(_distinct(blocks), start=1)}
    figures = figures_before(blocks)
    found, goal = [], -1
    for number, group in groupby(blocks, key=lambda b: b.chapter.split(".")[0]):
        shown = []
        for block in group:
            if block.kind == Kind.GOAL:
                goal += 1
            of_goal = block.kind in (Kind.GOAL, Kind.CARD)
            shown.append(
                {
                    "anchor": block.anchor,
                    "data": block.data,
                    "template": f"drafts/pdf/{block.kind}.html",
                    "marks": [marks[s.ref] for s in block.sources],
                    "figures_before": figures[block.anchor],
                    "ink": f"g{goal}" if of_goal else "",
                    "colour": goal_ink(goal) if of_goal else CHAPTER_INKS[number],
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
