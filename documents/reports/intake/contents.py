"""What a piece becomes in a section: text with its pictures, or rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from common.decisions import Invalid
from documents.files.models import StoredFile
from documents.reports.intake import pieces as cut
from documents.reports.intake import tables
from documents.reports.models import Intake, ReportSection


@dataclass(frozen=True)
class Wish:
    """Where one piece shall go, and for a table from which columns below which row of heads."""

    section: ReportSection | None
    head: int = 0
    columns: dict[str, int | None] = field(default_factory=dict)


def text_of(intake: Intake, number: int, section: ReportSection | None) -> str:
    """A piece as a section's text, not yet cleaned."""
    there = files_of(intake)

    def picture(block: dict[str, Any]) -> str:
        file = there[block["number"]]
        alt = block["alt"] or _("Picture without a description (%(name)s)") % {"name": file.name}
        address = reverse("files:picture", args=[file.pk])
        return format_html('<figure><img src="{}" alt="{}"></figure>', address, alt)

    under = section.number if section is not None else None
    return cut.text_html(intake.pieces[number], under=under, picture=picture)


def rows_of(
    intake: Intake, section: ReportSection, wishes: dict[int, Wish], units: list[str]
) -> list[dict[str, str]]:
    """The rows that these pieces bring to a section. Raises Invalid for words that are no table."""
    rows = []
    for number, wish in wishes.items():
        piece = intake.pieces[number]
        if piece["kind"] != "table":
            raise Invalid(
                _("“%(piece)s” is text, and %(section)s is a table. Choose a section of text for it.")
                % {"piece": piece["title"] or _("Beginning of the document"), "section": section.heading},
                field=f"section-{number}",
            )
        rows += taken(piece, section, wish, units).rows
    return rows


def taken(piece: cut.Piece, section: ReportSection, wish: Wish, units: list[str]) -> tables.Taken:
    """What a table becomes in a section; raises Invalid where none of its columns goes anywhere."""
    if not any(source is not None for source in wish.columns.values()):
        raise Invalid(
            _("“%(piece)s”: no column of the table has been chosen for %(section)s.")
            % {"piece": piece["title"], "section": section.heading}
        )
    if piece.get("long"):
        raise Invalid(
            _("“%(piece)s” has more than 2,000 rows. Divide the sheet, or attach the file as a document.")
            % {"piece": piece["title"]}
        )
    return tables.take(
        section.columns,
        piece["grid"],
        head=wish.head,
        chosen=wish.columns,
        units=units,
        sheet=piece["sheet"],
    )


def files_of(intake: Intake) -> dict[int, StoredFile]:
    """The files of an intake's pictures by their number in the document. One query, once."""
    if not hasattr(intake, "_files"):
        pks = {number: picture["file"] for number, picture in enumerate(intake.found.get("pictures", ()))}
        there = StoredFile.objects.select_related("blob").in_bulk(pks.values())
        intake._files = {number: there[pk] for number, pk in pks.items()}  # type: ignore[attr-defined]  # kept for this page
    return intake._files  # type: ignore[attr-defined]  # set above
