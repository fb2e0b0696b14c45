"""The record of a closed evaluation for the file: one page that says what was decided, by whom, what is left open."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from common import jobs
from common.audit.checkpoints import code_of
from common.history import author
from common.printing import CannotPrint, print_pdf
from documents.reports import criteria
from documents.reports.models import (
    Report,
    ReportVersion,
    SectionDecision,
    SectionOpinion,
    SectionQuestion,
    SectionVersion,
)
from institution.models import Municipality

STYLE = Path(__file__).with_name("record.css")
SECONDS = 60
Choice = SectionDecision.Choice


@dataclass(frozen=True)
class Record:
    """What the page says, as HTML. Its words are Turkish, whoever asks for it."""

    html: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.html.encode()).hexdigest()[:16]

    def build(self) -> bytes:
        """Raises JobError, in a sentence, where it cannot be printed."""
        try:
            return print_pdf(self.html, STYLE.read_text(), seconds=SECONDS).content
        except CannotPrint as error:
            raise jobs.JobError(_("The record could not be made.")) from error


def record(report: Report, version: ReportVersion, *, with_marks: bool) -> Record:
    """The record of a closed version. Ten queries, whatever it holds."""
    municipality = Municipality.objects.first()
    seen = list(
        version.sections.select_related("section", "decision__decided_by", "decision__target__report")
    )
    questions = SectionQuestion.objects.filter(section_version__version=version)
    marked = criteria.decided(report, version) if with_marks else []
    with translation.override("tr"):
        return Record(
            render_to_string(
                "reports/print/record.html",
                {
                    "municipality": municipality,
                    "report": report,
                    "version": version,
                    "outcome": version.get_outcome_display(),
                    "seen": seen,
                    "deciders": _deciders(seen),
                    "returned": [one.section for one in seen if one.decision.choice == Choice.RETURN],
                    "opinions": SectionOpinion.objects.filter(section_version__version=version).count(),
                    "asked": questions.count(),
                    "unanswered": questions.unanswered().count(),
                    "marked": marked,
                    "result": criteria.result(marked),
                    "trace": code_of(version),
                },
            )
        )


def _deciders(seen: list[SectionVersion]) -> list[tuple[str, str]]:
    """Each who decided, with the numbers of their sections."""

    def name(one: SectionVersion) -> str:
        return author(one.decision.decided_by, one.decision.decided_for)

    return [
        (who, ", ".join(str(one.section.number) for one in theirs))
        for who, theirs in groupby(sorted(seen, key=name), key=name)
    ]
