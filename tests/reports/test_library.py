"""The guide's templates: each part of the situation analysis goes from request to draft as what it is."""

from __future__ import annotations

import pytest
from django.utils import timezone

from common.decisions import Refused
from documents.drafts.compose import compose
from documents.plan.guide import BY_CODE
from documents.reports import library, services, shapes
from documents.reports.models import ReportTemplate
from tests.factories import reports as make
from tests.factories.base import days_ago

pytestmark = pytest.mark.django_db
PARTS = [one.chapter for one in library.guide()]
TYPED = {"text": "Mahalle muhtarları", "long": "Kısa bir ifade", "number": "12,5", "date": "31.12.2023"}
WALKED = ["3.C", "3.F", "3.İ"]


def of(chapter: str) -> ReportTemplate:
    services.add_guide_templates(by=make.officer(), now=timezone.now())
    return ReportTemplate.objects.get(source__endswith=f", {chapter}")


def filled(columns: list[dict]) -> list[dict[str, str]]:
    """A whole row for each name that the template gives, or one for each choice of the first column."""
    firsts = columns[0]["choices"] or [TYPED[columns[0]["type"]]]
    rest = {c["key"]: c["choices"][0] if c["choices"] else TYPED[c["type"]] for c in columns[1:]}
    return [{columns[0]["key"]: first, **rest} for first in firsts]


def write(report) -> None:
    by = make.actor("write_reports", report.body)
    for section in report.sections.all():
        words = {"rows": filled(section.columns)} if section.is_table else {"html": make.TEXT}
        services.save_section(section=section, revision=0, by=by, now=timezone.now(), **words)


# What practice asks in each part: a column by its title, or a list of choices by its name.
ASKED = {
    "3.B": {"Hedef", "choice:realisation", "Dönem sonu tahmini", "Gerekçe"},
    "3.C": {"Yasal yükümlülük", "Dayanak", "Tespit", "İhtiyaç"},
    "3.D": {"Belge", "İlgili bölüm", "Verilen görev", "choice:answer"},
    "3.E": {"Faaliyet alanı", "Ürün ve hizmetler"},
    "3.F": {"Paydaş", "choice:stakeholder", "Önem", "Etki", "choice:stakeholder_result", "choice:opinion_method"},
    "3.G": {"Yetkinlik", "Taşınmaz", "Araç", "Yazılım veya donanım", "Kaynak", "Oran", "Statü"},
    "3.H": {"choice:pestle", "Tespit", "choice:tendency"},
    "3.İ": {"choice:gzft", "choice:gzft_cross"},
    "3.J": {"Tespit", "İhtiyaç"},
}  # fmt: skip


@pytest.mark.parametrize("chapter", ASKED)
def test_each_part_asks_for_what_practice_asks(chapter):
    template = next(one for one in library.guide() if one.chapter == chapter)
    columns = [column for section in template.sections for column in section["columns"]]
    found = {column["title"] for column in columns} | {shapes.as_picked(column) for column in columns}
    assert ASKED[chapter] <= found


def test_there_is_one_for_each_part_of_the_situation_analysis():
    assert [code for code in BY_CODE if code.startswith("3.")] == PARTS


@pytest.mark.parametrize("chapter", PARTS)
def test_each_part_lands_in_the_draft_when_it_is_accepted(house, chapter):
    report = make.requested(house.group, of=of(chapter))
    write(report)
    make.submit(report)
    make.decide(report)
    make.close(report)
    blocks = [b for b in compose(house.period, today=days_ago(0)) if b.sources and b.chapter == chapter]
    sections = list(report.sections.all())
    assert len(blocks) == len(sections)
    for block, section in zip(blocks, sections, strict=True):
        if section.is_table:
            assert block.data.get("kind", "table") == section.kind
            assert block.data["rows"] == [list(row.values()) for row in filled(section.columns)]
        else:
            assert block.data["html"] == make.TEXT


@pytest.mark.parametrize("chapter", WALKED)
def test_the_draft_shows_what_a_group_typed_into_the_guides_template(house, enter, chapter):
    template = of(chapter)
    asked = {"template": template.pk, "body": house.group.pk, "title": "", "due_on": "01.09.2040"}
    assert enter(house.officer).post("/reports/new/", asked).status_code == 302
    report = template.reports.get()
    writer = enter(house.rapporteur)
    for section in report.sections.all():
        page = writer.get(f"/reports/{report.pk}/sections/{section.number}/").content.decode()
        assert all(head in page for head in section.heads)
        words = _posted(section)
        saved = writer.post(f"/reports/{report.pk}/sections/{section.number}/save/", {"version": 0, **words})
        assert saved.status_code == 302
    assert writer.post(f"/reports/{report.pk}/submit/").status_code == 302
    report.refresh_from_db()
    make.decide(report)
    make.close(report)
    draft = enter(house.officer).get("/drafts/living/").content.decode()
    for section in report.sections.all():
        cells = (
            {value for row in filled(section.columns) for value in row.values()} if section.is_table else ()
        )
        letters = {"Güçlü yön": "Güçlü yönler", "Zayıf yön": "Zayıf yönler", "Fırsat": "Fırsatlar"}
        assert all(letters.get(cell, cell) in draft for cell in cells)


def _posted(section) -> dict:
    """As a browser without a script sends it: each column as a list of its cells."""
    if not section.is_table:
        return {"html": make.TEXT}
    rows = filled(section.columns)
    return {key: [row[key] for row in rows] for key in rows[0]}


def test_adding_them_again_adds_only_what_is_missing(house):
    by, now = make.officer(), timezone.now()
    make.template("Mevzuat analizi")
    added = services.add_guide_templates(by=by, now=now)
    assert len(added) == len(PARTS) - 1
    renamed = added[0]
    services.save_template(template=renamed, name="Tarihçemiz", purpose="", is_active=True, by=by)
    services.save_template(template=added[1], name="Eski plan", purpose="", is_active=False, by=by)
    assert services.add_guide_templates(by=by, now=now) == []
    with pytest.raises(Refused):
        services.add_guide_templates(by=house.rapporteur, now=now)


def test_every_column_of_theirs_can_be_typed():
    for section in (section for one in library.guide() for section in one.sections):
        for column in section["columns"]:
            assert column["type"] in (*TYPED, "choice", shapes.GIVEN_ROWS)
            assert bool(column["choices"]) == (column["type"] not in TYPED)
