"""Word and Excel through the door: what is brought is read apart, shown, and placed whole or not at all."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import time

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as ExcelImage
from PIL import Image

from common import jobs
from common.jobs.models import Job
from common.jobs.perform import perform
from documents.files.models import StoredFile
from documents.reports import services
from documents.reports.models import Attachment, Intake
from tests.factories import reports as make
from tests.reports import word_files
from tests.reports.libreoffice import make as libreoffice
from tests.reports.word_files import COLUMNS, TITLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(house):
    """Four sections of text and a table, as tests/reports/word_files.py fills them."""
    template = services.save_template(name="Durum", purpose="", is_active=True, by=make.officer())
    for number, title in enumerate(TITLES, 1):
        services.save_template_section(
            template=template, by=make.officer(), title=title, kind="table" if number == 5 else "text",
            columns=COLUMNS if number == 5 else [], required=True, length_hint=None, chapter="3.F", help="",
            now=timezone.now(),
        )  # fmt: skip
    return make.requested(house.group, of=template)


@pytest.fixture
def page(report, rapporteur, enter):
    client = enter(rapporteur)

    def bring(content: bytes, name: str = "rapor.docx", way: str = f"/reports/{report.pk}/intake/"):
        """Upload, let it be read, and open the page of its pieces."""
        answer = client.post(way, {"file": SimpleUploadedFile(name, content), "whole": "1"})
        if answer.status_code != 302:
            return answer
        jobs.perform_waiting()
        return client.get(answer.url)

    bring.client = client
    return bring


def chosen(answer) -> dict[str, str]:
    """What the form of the page would send as it stands."""
    html = answer.content.decode()
    form = html[html.index('<form class="home mt-0"') :]
    sent = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', form):
        found = re.search(r'value="([^"]*)" selected', options)
        sent[name] = found[1] if found else ""
    return sent


def place(client, answer, **fields):
    address = answer.request["PATH_INFO"]
    return client.post(address, chosen(answer) | {"go": "place"} | fields, follow=True)


def words(answer) -> str:
    return answer.content.decode()


def test_a_document_fills_the_sections_that_its_headings_name(report, page, rapporteur):
    made = word_files.tracked()
    made.heading("Paydaş Analizi")
    made.picture("Paydaş haritası")
    content = word_files.with_footnotes(made.bytes())
    answer = page(content)
    assert "İşaretli değişiklik" in words(answer) and "Açıklaması" not in words(answer)
    assert report.sections.filter(revision__gt=0).count() == 0  # nothing before it is asked for
    answer = place(page.client, answer)
    assert "5 bölüm dolduruldu" in words(answer)
    first, third, table = (report.sections.get(number=n) for n in (1, 3, 5))
    assert "EKLENEN" in first.html and "TAŞINAN" in first.html
    assert "SİLİNEN" not in first.html and "ESKİYER" not in first.html
    assert [row["stakeholder"] for row in table.rows][:2] == ["Mahalle muhtarları", "Belediye personeli"]
    picture = Attachment.objects.get(section=third).file
    assert f'<img alt="Paydaş haritası" src="/files/{picture.pk}/picture/">' in third.html
    row = first.history.latest("history_id")
    assert (row.history_user_name, row.history_change_reason) == (
        "Elif Aksoy",
        "“rapor.docx” belgesinden alındı.",
    )
    assert StoredFile.objects.filter(name="rapor.docx", body=report.body).count() == 1


@pytest.mark.parametrize("name", libreoffice.SOURCES)
def test_what_libreoffice_wrote_passes_the_door_and_fills_the_sections(name, report, page):
    answer = place(page.client, page((libreoffice.FOLDER / f"{name}.docx").read_bytes()))
    assert "5 bölüm dolduruldu" in words(answer)
    assert "İlçe Çalıştayı’na" in report.sections.get(number=4).html
    rows = report.sections.get(number=5).rows
    assert [row["way"] for row in rows] == ["Bilgilendir", "İzle", "İzle"]
    assert [row["stakeholder"] for row in rows][:2] == ["Mahalle muhtarları", "Belediye personeli"]


def test_a_footnote_comes_with_its_words(report, page):
    place(page.client, page(word_files.with_footnotes(word_files.footnotes().bytes())))
    html = report.sections.get(number=1).html
    assert '<sup data-note="5393 sayılı Kanun, md. 41 &amp; ilgili tebliğ."></sup>' in html


def test_lists_keep_their_depth(report, page):
    place(page.client, page(word_files.numbered_capitals().bytes()))
    html = re.sub(r"(<li>)<p>[^<]+</p>", r"\1", report.sections.get(number=2).html)
    assert (
        '<ul><li><ul><li><ul><li></li></ul></li></ul></li></ul><ol start="2"><li></li></ol>' in html
    )  # as Word counts on


def test_a_section_with_text_is_asked_about_and_not_overwritten(report, page, rapporteur):
    section = report.sections.get(number=1)
    services.save_section(
        section=section, revision=0, html="<p>Önceki söz.</p>", by=rapporteur, now=timezone.now()
    )
    answer = page(word_files.plain().bytes())
    refused = place(page.client, answer)
    assert refused.status_code == 422 and "Metnin sonuna eklenip" in words(refused)
    assert report.sections.filter(revision__gt=0).count() == 1
    place(page.client, answer, **{"way-1": "append"})
    html = report.sections.get(number=1).html
    assert html.startswith("<p>Önceki söz.</p><p>Belediyemizin")


def test_who_wrote_meanwhile_loses_nothing(report, page, group_member):
    answer = page(word_files.plain().bytes())
    services.save_section(
        section=report.sections.get(number=2), revision=0, html="<p>Araya giren.</p>", by=group_member,
        now=timezone.now(),
    )  # fmt: skip
    refused = place(page.client, answer)
    assert refused.status_code == 409 and str(group_member) in words(refused)
    assert [s.revision for s in report.sections.all()] == [0, 1, 0, 0, 0]
    place(page.client, refused, **{"way-2": "replace"})
    assert "Araya giren" not in report.sections.get(number=2).html


def test_a_wrong_suggestion_is_corrected_and_the_heading_goes_along(report, page):
    made = word_files.Made()
    made.heading("Mevzuat analizi")
    made.text(2)
    made.heading("Sonuç")
    made.text(None)
    answer = page(made.bytes())
    assert "1 yerleştirilmedi" in words(answer)
    place(page.client, answer, **{"section-0": "4"})
    assert report.sections.get(number=4).html.startswith("<h2>Mevzuat analizi</h2>")
    assert report.sections.get(number=2).html == ""


# --- Excel


def workbook(*rows, title="Önceliklendirme", merge=()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cells in merge:
        sheet.merge_cells(cells)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_workbook_fills_a_table_with_typed_cells_and_names_those_that_do_not_fit(report, page):
    answer = page(
        workbook(
            ["Paydaş önceliklendirme tablosu"],
            ["Sıra", "Paydaşın adı", "Önem derecesi", "İzlenecek yol"],
            [1, "Muhtarlar", 4.5, "BİLGİLENDİR"],
            [2, None, "çok", "Gözle"],
            [3, "Üniversite", "=1+1", "izle"],
            [4, "=NA()", 7, dt.date(2026, 3, 9)],
            merge=["A1:D1", "B3:B4"],
        ),
        "paydas.xlsx",
    )
    told = words(answer)
    for place_and_reason in (
        "Önceliklendirme, C4 hücresi: Sayıyı bu biçimde yazın: 1.234,5",
        "Önceliklendirme, D4 hücresi: “Gözle” verilen seçeneklerden biri değil.",
        "Önceliklendirme, C5 hücresi: Formülün kayıtlı bir değeri yok",
    ):
        assert place_and_reason in told
    assert "hiçbir yere gitmeyen sütunlar: Sıra" in told
    place(page.client, answer)
    rows = report.sections.get(number=5).rows
    assert rows[:3] == [
        {"stakeholder": "Muhtarlar", "weight": "4,5", "way": "Bilgilendir"},
        {"stakeholder": "Muhtarlar", "weight": "çok", "way": "Gözle"},
        {"stakeholder": "Üniversite", "weight": "", "way": "İzle"},
    ]


def test_a_table_asks_for_a_workbook_of_its_own_which_is_then_suggested_for_it(report, page):
    way = f"/reports/{report.pk}/intake/?section=5"
    assert f'href="{way}"' in page.client.get(f"/reports/{report.pk}/sections/5/").content.decode()
    assert "?section=" not in page.client.get(f"/reports/{report.pk}/sections/1/").content.decode()
    form = page.client.get(way).content.decode()
    assert f'action="{way}"' in form and "“5. Paydaş önceliklendirme” bölümü için önerilir" in form
    answer = page(workbook(["A", "B"], ["Muhtarlar", 4]), "liste.xlsx", way=way)
    assert chosen(answer)["section-0"] == "5"
    assert chosen(page(workbook(["A", "B"], ["Muhtarlar", 4]), "liste.xlsx"))["section-0"] == ""


def test_columns_are_chosen_by_hand_where_their_titles_say_nothing(report, page):
    answer = page(workbook(["A", "B"], ["Muhtarlar", 4], ["Üniversite", 3]), "liste.xlsx")
    assert "1 yerleştirilmedi" in words(answer)
    fields = {"section-0": "5", "go": "look"}
    looked = page.client.post(answer.request["PATH_INFO"], chosen(answer) | fields)
    assert "hiçbir sütunu" in words(looked)
    place(page.client, looked, **{"c-0-stakeholder": "0", "c-0-weight": "1"})
    assert [row["weight"] for row in report.sections.get(number=5).rows] == ["4", "3"]


# --- Hostile and hopeless


W_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def written(inner: str, before: str = "") -> bytes:
    """A Word file whose body is this XML."""
    body = f'{before}<w:document xmlns:w="{W_SPACE}"><w:body>{inner}</w:body></w:document>'
    return word_files.changed(word_files.Made().bytes(), add={"word/document.xml": body})


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
LINKED = (
    '<Relationship Id="rIdX" TargetMode="External" Target="file:///etc/passwd" '
    f'Type="{R_SPACE}/image"/></Relationships>'
)
RELATIONS = "word/_rels/document.xml.rels"
# What is brought, and what the one sentence says.
HOSTILE = {
    "97 kB of 32 MB paragraphs": (lambda: written("<w:p/>" * 5_400_000), "küçültün"),
    "an entity bomb": (lambda: written("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", ENTITIES), "DOCTYPE"),
    "a picture that lies elsewhere": (
        lambda: word_files.changed(
            word_files.plain().bytes(), edit={RELATIONS: ("</Relationships>", LINKED)}
        ),
        "Bunları belgeye gömüp",
    ),
    "macros": (
        lambda: word_files.changed(word_files.plain().bytes(), add={"word/vbaProject.bin": b"x"}),
        "Bunlar olmadan kaydedip",
    ),
    "a zip bomb": (
        lambda: word_files.changed(word_files.plain().bytes(), add={"word/media/a.bin": b"\0" * 50_000_000}),
        "küçültün",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_at_the_door_in_one_sentence(name, report, page):
    make_it, sentence = HOSTILE[name]
    content = make_it()
    begun = time.monotonic()
    answer = page(content)
    assert answer.status_code == 422 and sentence in words(answer)
    assert time.monotonic() - begun < 5
    assert not Intake.objects.exists() and not Job.objects.filter(kind="reports.read").exists()


def test_what_passes_the_door_and_is_too_much_ends_in_time_and_the_worker_goes_on(report, page):
    """Just below the limit of a part: 250,000 paragraphs in 10 MB."""
    run = "".join(f"<w:p><w:r><w:t>{n:x}</w:t></w:r></w:p>" for n in range(250_000))
    begun = time.monotonic()
    answer = page(written(run))
    assert time.monotonic() - begun < 60
    assert Job.objects.get(kind="reports.read").state == "failed"
    assert Intake.objects.get().read_at is None and "parçalarını yükleyin" in words(answer)
    page(word_files.plain().bytes())
    assert Intake.objects.first().read_at


def test_links_that_run_and_cells_without_end_are_harmless(report, page):
    made = word_files.plain()
    part = made.document.part
    relation = part.relate_to("javascript:alert(1)", f"{R_SPACE}/hyperlink", is_external=True)
    made.document.paragraphs[1]._p.append(
        word_files.parse_xml(
            f'<w:hyperlink {word_files.W} xmlns:r="{R_SPACE}" r:id="{relation}">'
            "<w:r><w:t>tıkla</w:t></w:r></w:hyperlink>"
        )
    )
    made.heading("Mevzuat analizi")
    wide = made.table(2, ("Bir", "İki"), marked=True, rows=())
    wide.rows[0].cells[0]._tc.get_or_add_tcPr().append(
        word_files.parse_xml(f'<w:gridSpan {word_files.W} w:val="100000"/>')
    )
    place(page.client, page(made.bytes()))
    first, second = report.sections.get(number=1).html, report.sections.get(number=2).html
    assert "tıkla" in first and "javascript" not in first
    assert max(map(int, re.findall(r'colspan="(\d+)"', second))) <= 50


def test_a_workbook_of_a_million_rows_is_refused(report, page):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 300_001))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    part = {"xl/worksheets/sheet1.xml": sheet}
    answer = page(word_files.changed(workbook(["Paydaş", "Önem"]), add=part), "cok.xlsx")
    assert answer.status_code == 422 and "küçültün" in words(answer)
    answer = page(workbook(["Paydaş", "Önem derecesi"], *(["a", 1] for _ in range(2_100))), "uzun.xlsx")
    assert "2.000’den çok satır" in words(answer)
    assert place(page.client, answer).status_code == 422
    assert report.sections.get(number=5).rows == []


def test_what_a_workbook_holds_beside_its_cells_is_told(report, page):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Geniş"
    sheet.append(["Paydaş", "Önem derecesi", *[""] * 58, "Altmış birinci"])
    sheet.append(["Muhtarlar", 4.5])
    sheet["A2"].comment = Comment("Doğru mu?", "Ayşe")
    held = io.BytesIO()
    Image.new("RGB", (9, 9)).save(held, "PNG")
    sheet.add_image(ExcelImage(held), "D4")
    kept = io.BytesIO()
    book.save(kept)
    told = words(page(kept.getvalue(), "genis.xlsx"))
    for note in (
        "60’tan sonraki sütunlar okunmadı: Geniş",
        "resim ve grafikler alınmadı",
        "Hücre açıklamaları alınmadı",
    ):
        assert note in told


def test_a_figure_without_end_is_a_refused_cell(report, page):
    content = workbook(["Paydaş", "Önem derecesi"], ["Muhtarlar", 7])
    endless = word_files.changed(content, edit={"xl/worksheets/sheet1.xml": ("<v>7</v>", "<v>1e999</v>")})
    assert "Önceliklendirme, B2 hücresi" in words(page(endless, "sonsuz.xlsx"))


def test_a_document_that_waits_for_the_scanner_is_examined_and_read(report, page, settings):
    """Whichever of the two jobs is first: with several workers that is not said."""
    settings.UPLOAD_CHECK_SECONDS = 0.01
    client = page.client
    upload = SimpleUploadedFile("rapor.docx", word_files.plain().bytes())
    answer = client.post(f"/reports/{report.pk}/intake/", {"file": upload, "whole": "1"})
    settings.UPLOAD_CHECK_SECONDS = 20
    assert StoredFile.objects.get().state == "waiting"
    perform(Job.objects.get(kind="reports.read").pk)
    assert TITLES[0] in words(client.get(answer.url))
    jobs.perform_waiting()
    assert not Job.objects.exclude(state="done")


def test_a_full_room_is_said_on_the_page_of_the_reading(report, page, settings):
    settings.ROOM_QUOTA_MB = 1
    made = word_files.plain()
    noise = Image.frombytes("RGB", (450, 450), random.Random(1).randbytes(3 * 450 * 450))
    held = io.BytesIO()
    noise.save(held, "BMP")  # drawn anew as PNG, which takes as much
    made.document.add_picture(held)
    told = words(page(made.bytes()))
    assert Intake.objects.get().read_at is None
    assert "kaydedilmedi" in told and "alan" in told


def test_another_kind_of_file_is_refused_with_what_to_do(report, page):
    answer = page(make.PDF, "rapor.pdf")
    assert answer.status_code == 422 and ".docx ya da .xlsx olarak kaydedip" in words(answer)


def test_a_damaged_document_says_so_on_its_page(report, page):
    answer = page(word_files.changed(word_files.Made().bytes(), add={"word/document.xml": "<w:document>"}))
    assert "zarar görmüş" in words(answer)
    assert Job.objects.get(kind="reports.read").state == "failed"
