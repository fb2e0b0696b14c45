"""Reports, walked to a state by the same services that people use."""

from __future__ import annotations

import datetime as dt
import io
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from common import grants
from documents.files.models import StoredFile
from documents.reports import criteria, services
from documents.reports.models import Report, ReportTemplate, ReportVersion, SectionDecision, SectionQuestion
from documents.reports.workflow import ReportState
from institution.models import Body, User
from institution.roles import Kind

Choice = SectionDecision.Choice
_serial = count(1)
COLUMNS = [
    {"key": "stakeholder", "title": "Paydaş", "type": "text", "required": True, "choices": []},
    {"key": "weight", "title": "Önem", "type": "number", "required": True, "choices": []},
    {
        "key": "way",
        "title": "İzlenecek yol",
        "type": "choice",
        "required": False,
        "choices": ["İzle", "Bilgilendir"],
    },
]
ROWS = [
    {"stakeholder": "Mahalle muhtarları", "weight": "5", "way": "Bilgilendir"},
    {"stakeholder": "Belediye personeli", "weight": "4", "way": "İzle"},
]
TEXT = "<p>Paydaşlar çalıştayda 18 katılımcı tarafından önem ve etki yönünden puanlanmıştır.</p>"
# One empty page, whole enough to be opened.
PDF = b"""%PDF-1.7
1 0 obj
<</Type/Catalog/Pages 2 0 R>>
endobj
2 0 obj
<</Type/Pages/Kids[3 0 R]/Count 1>>
endobj
3 0 obj
<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>
endobj
xref
0 4
0000000000 65535 f\r
0000000009 00000 n\r
0000000054 00000 n\r
0000000105 00000 n\r
trailer
<</Size 4/Root 1 0 R>>
startxref
170
%%EOF
"""


def actor(permission: str, body: Body) -> User:
    """Somebody who holds the permission on the body."""
    return User.objects.filter(pk__in=grants.people(permission, body)).first()


def officer() -> User:
    return actor("manage_process", Body.objects.kind(Kind.DIRECTORATE).get())


def team(report: Report) -> Body:
    return Body.objects.kind(Kind.PLANNING_TEAM).get(period=report.period)


def template(name: str = "", *, texts: int = 2, table: bool = True, by: User | None = None) -> ReportTemplate:
    """`texts` required text sections, then a table, then an optional text."""
    by = by or officer()
    made = services.save_template(
        name=name or f"Şablon {next(_serial)}", purpose="Sınama", is_active=True, by=by
    )
    shapes: list[dict[str, Any]] = [{"title": f"{n}. konu"} for n in range(1, texts + 1)]
    if table:
        shapes.append({"title": "Önceliklendirme", "kind": "table", "columns": COLUMNS})
    shapes.append({"title": "Ekler", "required": False})
    for shape in shapes:
        services.save_template_section(
            template=made,
            by=by,
            now=timezone.now(),
            **{
                "kind": "text",
                "columns": [],
                "required": True,
                "length_hint": 120,
                "chapter": "3.F",
                "help": "Her paydaş için önem ve etki derecesi yazılır.",
                **shape,
            },
        )
    return made


def requested(
    body: Body,
    *,
    of: ReportTemplate | None = None,
    title: str = "",
    due_in: int = 10,
    now: dt.datetime | None = None,
) -> Report:
    """A report asked of a group; with a negative `due_in` it is late today."""
    now = now or timezone.now()
    due_on = timezone.localdate(now) + dt.timedelta(days=due_in)
    asked_at = min(now, now + dt.timedelta(days=due_in))
    return services.request_report(
        template=of or template(),
        body=body,
        period=body.period,
        title=title or f"Rapor {next(_serial)}",
        due_on=due_on,
        by=officer(),
        now=asked_at,
    )


def write(
    report: Report, *numbers: int, text: str = TEXT, by: User | None = None, now: dt.datetime | None = None
) -> None:
    """Fill these sections (without numbers: every open one), answering remarks."""
    by, now = by or actor("write_reports", report.body), now or timezone.now()
    for section in report.sections.open():
        if numbers and section.number not in numbers:
            continue
        filled = {"rows": ROWS} if section.is_table else {"html": text}
        section = services.save_section(section=section, revision=section.revision, by=by, now=now, **filled)
        if section.came_back:
            services.mark_answered(section=section, answer="Açıklama eklendi.", by=by, now=now)
    report.refresh_from_db()


def written(body: Body, **options: Any) -> Report:
    report = requested(body, **options)
    write(report)
    return report


def submit(report: Report, *, now: dt.datetime | None = None) -> ReportVersion:
    version = services.submit(
        report=report, by=actor("submit_reports", report.body), now=now or timezone.now()
    )
    report.refresh_from_db()
    return version


def submitted(body: Body, *, now: dt.datetime | None = None, **options: Any) -> Report:
    report = written(body, **options)
    submit(report, now=now)
    return report


def decide(report: Report, choices: dict[int, str] | None = None, *, by: User | None = None) -> None:
    """Decide on every open section: as `choices` says by number, otherwise accept."""
    by = by or actor("evaluate_reports", team(report))
    for frozen in report.versions.latest("number").sections.select_related("section"):
        choice = (choices or {}).get(frozen.section.number, Choice.ACCEPT)
        services.decide(
            section_version=frozen,
            choice=choice,
            revision=0,
            by=by,
            now=timezone.now(),
            reason="Ölçeği ve puanlamaya katılanları yazınız."
            if choice in (Choice.RETURN, Choice.DECLINE)
            else "",
            html=f"{frozen.html}<p>Yazım düzeltildi.</p>" if choice == Choice.EDIT else "",
        )


def mark(report: Report, mark: int = 3, *, by: User | None = None) -> None:
    """Give every criterion of the newest version this mark; without `by`, as who closes it."""
    services.give_marks(
        version=report.versions.latest("number"),
        marks={criterion["name"]: mark for criterion in criteria.of(report)},
        by=by or actor("close_evaluations", team(report)),
        now=timezone.now(),
    )


def close(report: Report) -> ReportVersion:
    version = services.close(report=report, by=actor("close_evaluations", team(report)), now=timezone.now())
    report.refresh_from_db()
    return version


def returned(body: Body, *, sections: tuple[int, ...] = (1,), **options: Any) -> Report:
    """Given back with remarks at these sections, the others accepted."""
    report = submitted(body, **options)
    decide(report, dict.fromkeys(sections, Choice.RETURN))
    close(report)
    return report


def accepted(body: Body, *, edited: tuple[int, ...] = (), **options: Any) -> Report:
    report = submitted(body, **options)
    decide(report, dict.fromkeys(edited, Choice.EDIT))
    close(report)
    assert report.state == ReportState.ACCEPTED
    return report


def asked(report: Report, text: str, *, number: int = 1) -> SectionQuestion:
    """A question of the team to the group on a section of the newest version."""
    frozen = report.versions.latest("number").sections.get(section__number=number)
    by = actor("evaluate_reports", team(report))
    return services.ask(section_version=frozen, text=text, by=by, now=timezone.now())


def upload(name: str = "tutanak.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(
    report: Report, *, number: int = 1, by: User | None = None, size: tuple[int, int] = (60, 30)
) -> StoredFile:
    """A picture for the text of a section."""
    held = io.BytesIO()
    Image.new("RGB", size, "#0b5561").save(held, "PNG")
    return services.insert_picture(
        section=report.sections.get(number=number),
        upload=upload("harita.png", held.getvalue()),
        by=by or actor("write_reports", report.body),
        now=timezone.now(),
    )
