"""A report leaves as PDF and as Word: with heads, pictures and footnotes, and read back it says the same."""

from __future__ import annotations

import io
import subprocess
from html import unescape

import docx
import pytest
from django.utils import timezone
from docx.shared import Cm

from common import jobs
from common.jobs import services as jobs_services
from common.jobs.models import Job
from documents.files import services as files
from documents.files.models import StoredFile
from documents.reports import services, tasks
from documents.reports.intake import pieces, reading
from tests.factories import reports as make

pytestmark = pytest.mark.django_db
TEXT = (
    '<h3>Yöntem</h3><p>İlçe <strong>çalıştayı</strong><sup data-note="5393 sayılı Kanun, md. 41."></sup> yapıldı.</p>'
    "<ul><li><p>Muhtarlar</p><ul><li><p>Şahin Mahallesi</p></li></ul></li></ul>"
    "<table><tr><th>Gün</th><th>Katılan</th></tr><tr><td>1. gün</td><td>18</td></tr></table>"
)


@pytest.fixture
def report(house):
    report = make.requested(house.group, title="Paydaş analizi raporu")
    make.write(report)
    writer = make.actor("write_reports", report.body)
    shown = make.picture(report, by=writer)
    section = report.sections.get(number=1)
    figure = f'<figure><img alt="Harita" src="/files/{shown.pk}/picture/"></figure>'
    services.save_section(
        section=section, revision=section.revision, html=TEXT + figure, by=writer, now=timezone.now()
    )
    make.submit(report)
    return report


def made(client, report, form: str, version: int = 1) -> bytes:
    answer = client.post(f"/reports/{report.pk}/export/", {"version": version, "format": form})
    assert answer.url == f"/reports/{report.pk}/#export"
    jobs.perform_waiting()
    job = Job.objects.get(kind="reports.export", key__contains=f"-{form}-")
    assert job.state == "done", job.error
    file = StoredFile.objects.select_related("blob").get(pk=job.args["file"])
    assert job.place == f"/files/{file.pk}/" and job.place in client.get(answer.url).content.decode()
    return files.place(file.blob).read_bytes()


def test_word_has_real_headings_repeated_heads_and_footnotes(report, rapporteur, enter, tmp_path):
    content = made(enter(rapporteur), report, "docx")
    document = docx.Document(io.BytesIO(content))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [section.heading for section in report.sections.all()]
    assert "1. sürüm" in document.paragraphs[3].text
    assert 'w:lang w:val="tr-TR"' in document.styles.element.xml
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    # Our own reader finds the same words again, each in its section.
    path = tmp_path / "rapor.docx"
    path.write_bytes(content)
    found = reading.read(path, "docx", name="rapor.docx", folder=tmp_path)
    cut = pieces.of_document(found["blocks"], list(report.sections.all()))
    first = next(piece for piece in cut if piece["section"] == 1)
    text = pieces.text_html(first)
    for words in ('data-note="5393 sayılı Kanun, md. 41."', "<strong>çalıştayı</strong>", "Şahin Mahallesi"):
        assert words in text
    assert found["pictures"][0]["alt"] == "Harita"
    table = next(piece for piece in cut if piece["kind"] == "table" and piece["section"] == 3)
    assert table["grid"][1][0] == "Mahalle muhtarları"


def test_pdf_says_who_when_and_everything(report, rapporteur, enter, tmp_path):
    path = tmp_path / "rapor.pdf"
    path.write_bytes(made(enter(rapporteur), report, "pdf"))
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True).stdout
    for words in (
        "Paydaş analizi raporu",
        "1. sürüm",
        "Şahin Mahallesi",
        "5393 sayılı Kanun",
        "Mahalle muhtarları",
    ):
        assert words in text


def saved(report, html: str, writer) -> None:
    """Write anew the first section of a report that nobody has submitted."""
    section = report.sections.get(number=1)
    services.save_section(
        section=section, revision=section.revision, html=html, by=writer, now=timezone.now()
    )


def test_word_shows_what_stands_in_cells_and_quotations(house, rapporteur, enter):
    report = make.requested(house.group, title="Paydaş\x02 analizi")
    writer = make.actor("write_reports", report.body)
    shown = make.picture(report, by=writer)
    figure = f'<figure><img alt="Harita" src="/files/{shown.pk}/picture/"></figure>'
    inner = "<table><tr><th>İç</th></tr><tr><td>Gömülü</td></tr></table>"
    saved(
        report,
        f"<table><tr><th>Ne</th><th>Nasıl</th></tr><tr><td><ul><li>Bir</li><li>İki</li></ul></td>"
        f"<td>{figure}{inner}</td></tr></table><blockquote>{figure}<ol><li>Üç</li></ol></blockquote>",
        writer,
    )
    document = docx.Document(io.BytesIO(made(enter(rapporteur), report, "docx", 0)))
    outer = document.tables[0]
    assert [p.text for p in outer.cell(1, 0).paragraphs] == ["Bir", "İki"]
    assert outer.cell(1, 1).tables[0].cell(1, 0).text == "Gömülü"
    assert len(document.inline_shapes) == 2
    assert "Üç" in [p.text for p in document.paragraphs if p.style.name == "List Number"]


def test_word_counts_each_list_by_itself(house, rapporteur, enter):
    report = make.requested(house.group, title="Paydaş analizi")
    lists = "<ol><li><p>a</p><p>ek</p></li><li>b</li></ol><p>ara</p><ol><li>c</li></ol>"
    saved(report, lists + '<ol start="4"><li>d</li></ol>', make.actor("write_reports", report.body))
    document = docx.Document(io.BytesIO(made(enter(rapporteur), report, "docx", 0)))
    counts = document.part.numbering_part.element
    starts = {}
    for paragraph in document.paragraphs:
        if paragraph.style.name == "List Number":
            number = counts.num_having_numId(paragraph._p.pPr.numPr.numId.val)
            starts[paragraph.text] = (number.numId, number.lvlOverride_lst[0].startOverride.val)
    assert [start for _number, start in starts.values()] == [1, 1, 1, 4]
    assert starts["a"] == starts["b"] and len({number for number, _start in starts.values()}) == 3
    assert [p.text for p in document.paragraphs if p.style.name == "List Continue"] == ["ek"]


def test_a_tall_picture_fits_its_page(house, rapporteur, enter):
    report = make.requested(house.group, title="Paydaş analizi")
    writer = make.actor("write_reports", report.body)
    shown = make.picture(report, by=writer, size=(600, 3000))
    saved(report, f'<figure><img alt="Kule" src="/files/{shown.pk}/picture/"></figure>', writer)
    document = docx.Document(io.BytesIO(made(enter(rapporteur), report, "docx", 0)))
    picture = document.inline_shapes[0]
    assert picture.height <= Cm(24) and abs(picture.height / picture.width - 5) < 0.01


def test_a_full_room_is_said_in_a_sentence(report, rapporteur, enter, settings):
    settings.ROOM_QUOTA_MB = 0
    client = enter(rapporteur)
    client.post(f"/reports/{report.pk}/export/", {"version": 1, "format": "docx"})
    jobs.perform_waiting()
    job = Job.objects.get(kind="reports.export")
    assert (job.state, job.attempts) == ("failed", 1)
    assert "alan" in job.error and job.error in unescape(
        client.get(f"/reports/{report.pk}/").content.decode()
    )


def test_a_run_that_lost_its_turn_leaves_no_file(report, rapporteur, enter):
    client = enter(rapporteur)
    client.post(f"/reports/{report.pk}/export/", {"version": 1, "format": "docx"})
    before = StoredFile.objects.count()
    job = jobs_services.claim(job_id=Job.objects.get(kind="reports.export").pk, worker="one")
    jobs_services.requeue_running(worker="one")
    with pytest.raises(jobs_services.ClaimLost):
        tasks.make_file(job, lambda *step: None)
    assert StoredFile.objects.count() == before
    jobs.perform_waiting()
    assert StoredFile.objects.count() == before + 1


def test_the_same_words_are_made_once(report, rapporteur, enter):
    client = enter(rapporteur)
    for _ in range(2):
        client.post(f"/reports/{report.pk}/export/", {"version": 0, "format": "docx"})
    assert Job.objects.filter(kind="reports.export").count() == 1
