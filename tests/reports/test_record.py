"""The record of a closed evaluation: one page for the file, its words whole, the marks for whom they are told to."""

from __future__ import annotations

import io
import subprocess

import pypdfium2
import pytest
from django.utils import timezone

from common import jobs
from common.history import acting, transition
from common.jobs.models import Job
from documents.files import services as files
from documents.files.models import StoredFile
from documents.reports import services
from institution.models import Municipality
from tests.factories import reports as make
from tests.factories.base import BY

pytestmark = pytest.mark.django_db
REASON = "Verilerin kaynağı ve yılı yazılmamış; ölçeği ve puanlamaya katılan şube müdürlüklerini belirtiniz."


def closed(house, *, shows_marks=True, texts=2, choices=None):
    template = make.template(texts=texts)
    template = services.save_criteria(
        template=template,
        criteria=[{"name": "Katılım", "weight": 60, "hint": ""}, {"name": "Veri", "weight": 40, "hint": ""}],
        shows_marks=shows_marks,
        by=make.officer(),
        now=timezone.now(),
    )
    report = make.submitted(house.group, of=template, title="Paydaş analizi raporu")
    for seen in report.versions.get().sections.select_related("section"):
        choice = (choices or {}).get(seen.section.number, "accept")
        services.decide(
            section_version=seen,
            choice=choice,
            revision=0,
            reason=REASON if choice != "accept" else "",
            by=house.unit_rep,
            now=timezone.now(),
        )
    make.mark(report)
    make.close(report)
    return report


def made(client, report) -> StoredFile:
    client.post(f"/reports/{report.pk}/export/", {"version": 1, "format": "record"})
    jobs.perform_waiting()
    job = Job.objects.filter(kind="reports.export").latest("pk")
    assert job.state == "done", job.error
    assert job.place in client.get(f"/reports/{report.pk}/").content.decode()
    return StoredFile.objects.select_related("blob").get(pk=job.args["file"])


def pages(file: StoredFile) -> int:
    return len(pypdfium2.PdfDocument(io.BytesIO(files.place(file.blob).read_bytes())))


def text(file: StoredFile) -> str:
    told = subprocess.run(
        ["pdftotext", "-layout", files.place(file.blob), "-"], capture_output=True, text=True, check=True
    )
    return " ".join(told.stdout.split())


@pytest.mark.poppler
def test_says_on_one_page_what_was_decided_by_whom_and_what_is_left_open(house, enter):
    report = closed(house, choices={1: "return", 2: "decline"})
    file = made(enter(house.rapporteur), report)
    assert pages(file) == 1
    words = text(file)
    version = report.versions.get()
    for told in (
        house.municipality.name,
        "Değerlendirme kaydı",
        f"{report.title}, 1. sürüm",
        house.group.name,
        f"Ümit Kaya (bölüm {', '.join(str(n) for n in range(1, 5))})",
        "Emine Çınar",
        "Stratejik Planlama Ekibi Başkanı",
        "Gruba dönen bölümler: 1.",
        "Raporun ağırlıklı sonucu: 75 / 100",
        "Gruba soru sorulmamıştır.",
        version.due_on.strftime("%d.%m.%Y"),
        "Denetim izi",
    ):
        assert told in words, told
    assert words.count("Verilerin kaynağı") == 2 and "Örnek veri" not in words


@pytest.mark.parametrize(("texts", "expected"), [(10, 1), (60, None)])
def test_twelve_sections_with_reasons_are_one_page_and_more_go_on(house, enter, texts, expected):
    """Ten texts, a table and an optional text make twelve."""
    report = closed(house, texts=texts, choices=dict.fromkeys(range(1, texts + 3), "return"))
    count = pages(made(enter(house.unit_rep), report))
    assert count == expected if expected else count > 1


@pytest.mark.poppler
def test_is_marked_as_a_sample_where_the_municipality_is_one(house, enter):
    with acting(BY):
        transition(Municipality.objects.get(), field="is_demo", frm=False, to=True)
    assert "Örnek veri: kurum ve kişiler kurgudur." in text(made(enter(house.unit_rep), closed(house)))


@pytest.mark.poppler
def test_has_marks_for_those_alone_who_may_see_them(house, enter):
    """What the group is not told stands in no room of the group."""
    report = closed(house, shows_marks=False)
    theirs, ours = made(enter(house.rapporteur), report), made(enter(house.unit_rep), report)
    assert "ağırlıklı" not in text(theirs) and theirs.body == house.group
    assert "ağırlıklı sonucu: 75 / 100" in text(ours) and ours.body == house.team
    assert enter(house.rapporteur).get(f"/files/{ours.pk}/").status_code == 404


def test_is_not_made_before_the_close(house, enter):
    report = make.submitted(house.group)
    client = enter(house.unit_rep)
    sent = {"version": 1, "format": "record"}
    page = client.post(f"/reports/{report.pk}/export/", sent, follow=True).content.decode()
    assert (
        "değerlendirme kapandıktan sonra" in page and not Job.objects.filter(kind="reports.export").exists()
    )
    assert 'value="record"' not in page
    assert 'value="record"' not in client.get(f"/reports/{report.pk}/versions/1/").content.decode()
