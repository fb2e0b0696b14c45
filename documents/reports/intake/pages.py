"""What the pages of the intake show: pieces with their suggestion, what each becomes, what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from common.decisions import Invalid
from common.forms import whole_number
from common.jobs.models import Job
from documents.reports import permissions
from documents.reports.intake import pieces as cut
from documents.reports.intake import tables
from documents.reports.intake.contents import Wish, taken, text_of
from documents.reports.models import Intake, Report, ReportSection
from documents.reports.pages import unit_names

SHOWN_BLOCKS = 8  # of a piece that has its section; what waits for one is shown whole

NOTES = {
    "tracked": _("Marked changes: %(text)s. They count as accepted; what was struck is not taken over."),
    "contents": _("The table of contents is not taken over; the report makes its own."),
    "comment": _("Comment, not taken over: %(text)s"),
    "header": _("Head of the pages, not taken over: %(text)s"),
    "header_picture": _("Picture in the head of the pages, not taken over."),
    "footer_picture": _("Picture in the foot of the pages, not taken over."),
    "footer": _("Foot of the pages, not taken over: %(text)s"),
    "hidden": _("Hidden text, not taken over: %(text)s"),
    "formula": _("Formula, taken over as plain text: %(text)s"),
    "picture": _("Picture that cannot be shown; insert it as PNG or JPG: %(text)s"),
    "drawing": _("Drawing or chart; insert it as a picture: %(text)s"),
    "symbol": _("Sign of a decorative face, taken over as “•”: %(text)s"),
    "embedded": _("Embedded document, not taken over; upload it on its own."),
    "columns": _("Columns beyond the 60th, not read: %(text)s"),
    "drawn": _("Pictures and charts of the workbook, not taken over; insert them as pictures."),
    "cell_comments": _("Comments on cells, not taken over."),
    "sheet": _("Sheet beyond the first 30, not read: %(text)s"),
}


def several(report: Report, user: Any, wanted: int = 0) -> dict[str, Any]:
    """The page on which a document is brought, with those that were brought before; `wanted` is the number of
    the table section for which it is brought."""
    intakes = list(report.intakes.select_related("file__blob", "file__uploaded_by").defer("found"))
    jobs = Job.objects.filter(kind="reports.read", key__in=[intake.key for intake in intakes])
    by_key = {job.key: job for job in jobs}
    return {
        "report": report,
        "intakes": [(intake, by_key.get(intake.key)) for intake in intakes],
        "may_write": permissions.can_write(user, report),
        "wanted": report.sections.filter(kind="table", number=wanted).first() if wanted else None,
    }


@dataclass(frozen=True)
class Shown:
    """One piece as the page shows it."""

    number: int
    piece: cut.Piece
    section: ReportSection | None
    placed: ReportSection | None
    choices: list[ReportSection]
    html: str = ""
    more: int = 0
    wish: Wish = field(default_factory=lambda: Wish(None))
    becomes: tables.Taken | None = None
    refusal: str = ""
    sources: list[tuple[int, str]] = field(default_factory=list)
    closed: ReportSection | None = None
    """The section that was suggested and is accepted already."""

    @property
    def is_table(self) -> bool:
        return self.piece["kind"] == "table"

    @property
    def columns(self) -> list[tuple[dict[str, Any], int | None]]:
        """The section's columns, each with the column of the file that goes there."""
        if self.section is None or not self.section.is_table:
            return []
        return [(column, self.wish.columns.get(column["key"])) for column in self.section.columns]

    @property
    def heads(self) -> range:
        """Rows that may hold the columns' names, as people count."""
        return range(1, min(len(self.piece["grid"]), tables.LOOKED_AT) + 1)

    @property
    def beside(self) -> int | None:
        """The table section under whose heading these words stand."""
        return self.piece.get("beside")


def mapping(
    intake: Intake, user: Any, posted: Mapping[str, str] | None = None, *, fresh: bool = False
) -> dict[str, Any]:
    """The page on which pieces get their sections. `posted` is what was chosen and not yet placed;
    `fresh` takes the sections as they stand now, after the reader was told that somebody wrote there."""
    report = intake.report
    sections = list(report.sections.all())
    open_ones = [section for section in sections if not section.is_closed]
    units = unit_names()
    wishes = wished(intake, open_ones, posted)
    shown = [
        _shown(intake, number, sections, open_ones, wishes[number], units)
        for number in range(len(intake.pieces))
    ]
    waiting = [one for one in shown if one.section is None and one.placed is None]
    posted = posted or {}
    return {
        "report": report,
        "intake": intake,
        "shown": shown,
        "waiting": waiting,
        "ready": [one for one in shown if one.section is not None and one.placed is None],
        "done": [one for one in shown if one.placed is not None],
        "sections": [
            (
                section,
                section.revision if fresh else posted.get(f"revision-{section.number}", section.revision),
                posted.get(f"way-{section.number}", ""),
            )
            for section in open_ones
        ],
        "filled": any(section.html or section.rows for section in open_ones),
        "notes": _notes(intake),
        "may_write": permissions.can_write(user, report),
    }


def wished(
    intake: Intake, sections: list[ReportSection], posted: Mapping[str, str] | None
) -> dict[int, Wish]:
    """Where each piece shall go: as it was chosen, otherwise as suggested. A file that was brought for a section
    suggests it for its only table, or for those that no other section's title or columns claim."""
    by_number = {section.number: section for section in sections}
    alone = sum(piece["kind"] == "table" for piece in intake.pieces) == 1
    wishes = {}
    for number, piece in enumerate(intake.pieces):
        wanted = piece["section"]
        if piece["kind"] == "table" and (alone or wanted is None):
            wanted = intake.found.get("wanted", wanted)
        if posted is not None and f"section-{number}" in posted:
            wanted = whole_number(posted[f"section-{number}"]) or None
        wishes[number] = _wish(piece, by_number.get(wanted), number, posted or {})
    return wishes


def _wish(piece: cut.Piece, section: ReportSection | None, number: int, posted: Mapping[str, str]) -> Wish:
    if piece["kind"] != "table" or section is None or not section.is_table:
        return Wish(section)
    grid = piece["grid"]
    # What was chosen for another section, or another row of heads, says nothing of this one.
    chosen_here = posted.get(f"for-{number}") == str(section.number)
    best = tables.fit(section.columns, grid)[1]
    head = whole_number(posted.get(f"head-{number}"), best + 1) - 1 if chosen_here else best
    head = head if 0 <= head < len(grid) else best
    columns = tables.suggest(section.columns, grid[head])
    if chosen_here and posted.get(f"under-{number}") == str(head + 1):
        for key in columns:
            source = whole_number(posted.get(f"c-{number}-{key}"), -1)
            columns[key] = source if source >= 0 else None
    return Wish(section, head, columns)


def _shown(
    intake: Intake,
    number: int,
    sections: list[ReportSection],
    open_ones: list[ReportSection],
    wish: Wish,
    units: list[str],
) -> Shown:
    piece = intake.pieces[number]
    placed = intake.placed.get(str(number))
    there = next((section for section in sections if section.number == placed), None)
    choices = [one for one in open_ones if piece["kind"] == "table" or not one.is_table]
    closed = next((one for one in sections if one.number == piece["section"] and one.is_closed), None)
    base = Shown(number, piece, wish.section, there, choices, wish=wish, closed=closed)
    if there is not None:
        return base
    if wish.section is not None and wish.section.is_table and piece["kind"] == "table":
        return _as_rows(base, wish, units)
    more = 0
    if piece["kind"] == "text" and wish.section is not None and len(piece["blocks"]) > SHOWN_BLOCKS:
        more = len(piece["blocks"]) - SHOWN_BLOCKS
        piece = piece | {"blocks": piece["blocks"][:SHOWN_BLOCKS]}
    html = (
        cut.text_html(piece) if piece is not intake.pieces[number] else text_of(intake, number, wish.section)
    )
    return replace(base, html=html, more=more)


def _as_rows(base: Shown, wish: Wish, units: list[str]) -> Shown:
    head = base.piece["grid"][wish.head] if base.piece["grid"] else []
    sources = [
        (place, f"{get_column_letter(place + 1)}: {tables.plain(cell) or '–'}")
        for place, cell in enumerate(head)
    ]
    becomes, refusal = None, ""
    try:
        becomes = taken(base.piece, wish.section, wish, units)  # type: ignore[arg-type]  # it has its section
    except Invalid as invalid:
        refusal = str(invalid.message)
    return replace(base, becomes=becomes, refusal=refusal, sources=sources)


def _notes(intake: Intake) -> list[str]:
    """What was read and not taken over as it stands, each once and in the document's order."""
    told = [
        str(NOTES[note["what"]]) % {"text": note["text"] or "–"} for note in intake.found.get("notes", ())
    ]
    alone = [
        str(_("Picture %(number)s has no description; write one where it stands.")) % {"number": number}
        for number, picture in enumerate(intake.found.get("pictures", ()), 1)
        if not picture["alt"]
    ]
    return list(dict.fromkeys([*told, *alone]))
