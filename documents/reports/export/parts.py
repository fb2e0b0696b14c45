"""What a report says, in the state that is sent on: a frozen version, or the text as it stands."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from common import turkish
from common.history import author
from documents.files.models import StoredFile
from documents.reports import html as markup
from documents.reports.models import Report, ReportVersion
from institution.models import Municipality


@dataclass(frozen=True)
class Part:
    """One section, with how many figures stand before it."""

    heading: str
    columns: list[dict[str, Any]]
    rows: list[dict[str, str]]
    html: str
    figures_before: int = 0

    @property
    def heads(self) -> list[str]:
        return [_writable(column["title"]) for column in self.columns]

    @property
    def cells(self) -> list[list[str]]:
        return [[row.get(column["key"], "") for column in self.columns] for row in self.rows]


@dataclass(frozen=True)
class Document:
    """A report ready for any format. Its words are Turkish, whoever asks for it."""

    title: str
    municipality: str
    group: str
    period: str
    state: str
    parts: list[Part]
    sample: bool

    @property
    def digest(self) -> str:
        told = json.dumps(asdict(self))
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def pictures(self) -> dict[int, StoredFile]:
        """The files that the texts show, by number."""
        shown = {pk for part in self.parts for pk in markup.pictures(part.html)}
        return StoredFile.objects.filter(pk__in=shown).select_related("blob").in_bulk()


def document(report: Report, version: ReportVersion | None) -> Document:
    """The report as a version froze it; None: as it stands now."""
    municipality = Municipality.objects.first()
    with translation.override("tr"):
        return Document(
            title=_writable(report.title),
            municipality=_writable(municipality.name) if municipality else "",
            group=_writable(str(report.body)),
            period=report.period.label,
            state=_state(report, version),
            parts=_parts(report, version),
            sample=bool(municipality and municipality.is_demo),
        )


def _writable(words: str) -> str:
    """Without what a name that was copied from elsewhere may hold and no file of Word can."""
    return markup.UNWRITABLE.sub("", words)


def _state(report: Report, version: ReportVersion | None) -> str:
    if version is not None:
        return _("Version %(number)s, submitted by %(name)s on %(date)s") % {
            "number": version.number,
            "name": author(version.submitted_by, version.submitted_for),
            "date": turkish.date_short(version.submitted_at),
        }
    saved = max((s.saved_at for s in report.sections.all() if s.saved_at), default=report.requested_at)
    return _("Text being written, as of %(date)s; not a submitted version") % {
        "date": turkish.datetime_long(timezone.localtime(saved))
    }


def _parts(report: Report, version: ReportVersion | None) -> list[Part]:
    if version is None:
        held: list[tuple[Any, Any]] = [(section, section) for section in report.sections.all()]
    else:
        frozen = version.sections.select_related("section").order_by("section__number")
        held = [(one.section, one) for one in frozen]
    parts, figures = [], 0
    for section, words in held:
        text = "" if section.is_table else words.html
        rows = words.rows if section.is_table else []
        parts.append(
            Part(_writable(section.heading), section.columns if section.is_table else [], rows, text, figures)
        )
        figures += text.count("<figure>")
    return parts
