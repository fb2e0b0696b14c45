"""A report as PDF, through the printer's confined child."""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from common import jobs
from common.printing import CannotPrint, print_pdf
from documents.files import services as files
from documents.reports import html as markup
from documents.reports import legible
from documents.reports.export.parts import Document

STYLE = Path(__file__).with_name("report.css")
SECONDS = 180


def build(document: Document) -> bytes:
    """Raises JobError, in a sentence, where it cannot be printed."""
    pictures = {
        f"picture-{pk}": [str(files.place(file.blob)), file.blob.content_type]
        for pk, file in document.pictures.items()
    }
    try:
        return print_pdf(html(document), STYLE.read_text(), seconds=SECONDS, pictures=pictures).content
    except CannotPrint as error:
        raise jobs.JobError(
            _("The PDF could not be made within %(n)d minutes. No text is lost; take the report as Word.")
            % {"n": SECONDS // 60}
        ) from error


def html(document: Document) -> str:
    with translation.override("tr"):
        parts = [
            {
                "part": part,
                "html": mark_safe(  # noqa: S308  what for_reading lets through is safe
                    markup.PICTURE.sub(
                        r"asset:picture-\1", legible.for_reading(part.html, part.figures_before)
                    )
                ),
            }
            for part in document.parts
        ]
        return render_to_string("reports/print/report.html", {"document": document, "parts": parts})
