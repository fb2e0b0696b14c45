"""The group's pages over HTTP: with a script, without one, and with everything that goes wrong."""

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from common import turkish
from documents.files.models import StoredFile
from documents.reports import services
from documents.reports.workflow import SectionState
from tests.factories import reports as make
from tests.reports.asking import save, url

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture
def report(house):
    return make.requested(house.group)


# --- Writing


def test_continue_opens_the_first_section_that_is_not_complete(report, rapporteur, enter):
    make.write(report, 1)
    assert enter(rapporteur).get(url(report, "write")).url == url(report, "sections", 2)


def test_continue_opens_the_returned_section(house, rapporteur, enter):
    report = make.returned(house.group, sections=(2,))
    assert enter(rapporteur).get(url(report, "write")).url == url(report, "sections", 2)


def test_the_page_shows_the_remark_at_its_section(house, rapporteur, enter):
    report = make.returned(house.group)
    page = enter(rapporteur).get(url(report, "sections", 1)).content.decode()
    assert "Planlama Ekibi bu bölümü iade etti" in page
    assert "Ölçeği ve puanlamaya katılanları yazınız." in page
    assert "1. sürüm için" in page


def test_a_save_by_script_answers_with_the_new_version(report, rapporteur, enter):
    answer = save(enter(rapporteur), report)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["version"], told["words"], told["status"]) == (1, 2, "Tamamlandı")
    assert told["saved_at"].count(".") == 1


def test_a_save_by_button_leads_to_where_it_says(report, rapporteur, enter):
    answer = save(enter(rapporteur), report, script=False, go="2")
    assert answer.url == url(report, "sections", 2)


def test_a_conflict_gives_a_script_both_texts(report, rapporteur, group_member, enter):
    save(enter(rapporteur), report)
    answer = save(enter(group_member), report, html="<p>Benim.</p>")
    assert answer.status_code == 409
    told = answer.json()
    assert (told["html"], told["name"], told["version"]) == ("<p>Bir söz.</p>", "Elif Aksoy", 1)


def test_a_conflict_shows_both_texts_without_a_script(report, rapporteur, group_member, enter):
    save(enter(rapporteur), report)
    answer = save(enter(group_member), report, html="<p>Başka bir yazı.</p>", script=False)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Siz yazarken Elif Aksoy bu bölümü değiştirdi" in page
    assert "Bir söz." in page and "&lt;p&gt;Başka bir yazı.&lt;/p&gt;" in page


def test_an_ended_session_answers_401_and_touches_nothing(report, client):
    answer = save(client, report)
    assert (answer.status_code, answer["HX-Trigger"]) == (401, "session-expired")
    assert report.sections.get(number=1).html == ""


def test_too_long_a_text_is_refused_with_a_sentence(report, rapporteur, enter):
    answer = save(enter(rapporteur), report, html="<p>" + "a" * 2_100_000 + "</p>")
    assert answer.status_code == 422
    assert "2 MB" in answer.json()["message"]


def test_what_is_refused_stands_in_its_field_again_for_who_writes_without_a_script(report, rapporteur, enter):
    client = enter(rapporteur)
    long = f"<p>Yazdıklarım {'a' * 2_100_000}</p>"
    for number, fields, said, kept in (
        (1, {"html": long}, "2 MB", "&lt;p&gt;Yazdıklarım aaa"),
        (3, {"rows": "[1]"}, "Tablo okunamadı", ""),
        (
            3,
            {"stakeholder": ["Muhtarlar"], "weight": ["5" * 10_001], "way": [""]},
            "10.000 karakter",
            "Muhtarlar",
        ),
    ):
        answer = save(client, report, number, script=False, **fields)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert said in page and kept in page


def test_the_time_of_a_save_has_its_day_where_it_was_not_today(report, rapporteur, enter):
    section = report.sections.get(number=1)
    yesterday = timezone.now() - dt.timedelta(days=1)
    services.save_section(section=section, revision=0, html="<p>Bir söz.</p>", by=rapporteur, now=yesterday)
    client, long = enter(rapporteur), turkish.datetime_long(yesterday)
    assert f"Kaydedildi, {long}" in client.get(url(report, "sections", 1)).content.decode()
    assert save(client, report).json()["saved_at"] == long  # the same words: nothing was saved anew
    save(client, report, version=1, html="<p>Başka.</p>")
    today = turkish.time(report.sections.get(number=1).saved_at)
    assert f"Kaydedildi, {today}<" in client.get(url(report, "sections", 1)).content.decode()


def test_a_denied_save_says_why(report, officer, enter):
    answer = save(enter(officer), report)
    assert answer.status_code == 403
    assert answer.json()["message"] == "Raporu yalnız grubun üyeleri yazar."


def test_a_strangers_report_is_not_there(report, council_member, enter):
    client = enter(council_member)
    for path in (url(report), url(report, "sections", 1), url(report, "submit"), url(report, "evaluate")):
        assert client.get(path).status_code == 404
    assert save(client, report).status_code == 404


def test_a_table_is_saved_by_script_and_by_hand(report, rapporteur, enter):
    client = enter(rapporteur)
    first = [{"stakeholder": "Muhtarlar", "weight": "5", "way": "İzle"}]
    assert save(client, report, 3, rows=json.dumps(first)).json()["status"] == "Tamamlandı"
    by_hand = {
        "stakeholder": ["Muhtarlar", "Odalar", ""],
        "weight": ["5", "3,5", ""],
        "way": ["İzle", "", ""],
    }
    save(client, report, 3, script=False, version=1, **by_hand)
    rows = report.sections.get(number=3).rows
    assert [row["stakeholder"] for row in rows] == ["Muhtarlar", "Odalar"]


@pytest.mark.parametrize("rows", ["[{", "[" * 100_000])
def test_an_unreadable_table_is_refused(report, rapporteur, enter, rows):
    answer = save(enter(rapporteur), report, 3, rows=rows)
    assert answer.status_code == 422


def test_what_no_database_writes_is_left_out_of_a_cell(report, rapporteur, enter):
    client = enter(rapporteur)
    rows = '[{"stakeholder": "Muh\\ud800tar\\u0000lar", "weight": "5", "way": "İzle"}]'
    assert save(client, report, 3, rows=rows).status_code == 200
    assert report.sections.get(number=3).rows[0]["stakeholder"] == "Muhtarlar"
    assert client.get(url(report, "sections", 3)).status_code == 200


def test_marks_a_remark_as_answered_together_with_the_text(house, rapporteur, enter):
    report = make.returned(house.group)
    section = report.sections.get(number=1)
    answer = save(
        enter(rapporteur),
        report,
        version=section.revision,
        html=section.html,
        answer="Ölçek eklendi.",
        go="answered",
        script=False,
    )
    assert answer.status_code == 302
    section.refresh_from_db()
    assert (section.answer, section.state) == ("Ölçek eklendi.", SectionState.ANSWERED)


def test_asks_for_an_answer_or_a_change_and_takes_either(house, rapporteur, enter):
    report = make.returned(house.group)
    section = report.sections.get(number=1)
    client = enter(rapporteur)
    sent = {"version": section.revision, "answer": "", "go": "answered", "script": False}
    refused = save(client, report, html=section.html, **sent).content.decode()
    assert "Ne yaptığınızı bir cümleyle yazın ya da metni değiştirin" in refused
    assert 'aria-describedby="answer-fault' in refused and 'class="errsum"' not in refused
    section.refresh_from_db()
    assert save(client, report, **sent | {"version": section.revision}).status_code == 302
    section.refresh_from_db()
    assert (section.answer, section.state) == ("", SectionState.ANSWERED)
    assert "Yanıtlandı olarak işaretlendi" in client.get(url(report, "sections", 1)).content.decode()


def test_page_progress_first_screen_and_submission_agree_that_only_a_mark_answers(house, rapporteur, enter):
    report = make.returned(house.group)
    section = report.sections.get(number=1)
    client = enter(rapporteur)
    told = save(client, report, version=section.revision, html="<p>Yeni söz.</p>", answer="").json()
    assert told["status"] == "İade edildi, yanıt bekliyor"
    home, sending = (client.get(path).content.decode() for path in ("/", url(report, "submit")))
    assert "İade edildi: " in home and "devam et: 1. 1. konu" in home and ">3/4<" in home
    assert "3/4 bölüm" in sending
    assert "Metin değiştirildi; açıklama yanıtlandı olarak işaretlenmedi." in sending
    assert client.post(url(report, "submit")).status_code == 422

    save(
        client,
        report,
        version=told["version"],
        html="<p>Yeni söz.</p>",
        answer="",
        go="answered",
        script=False,
    )
    home, sending = (client.get(path).content.decode() for path in ("/", url(report, "submit")))
    assert "İade edildi: " not in home and "Denetle ve gönder" in home and ">4/4<" in home
    assert "4/4 bölüm" in sending
    assert client.post(url(report, "submit")).status_code == 302


def test_shows_the_language_findings_and_corrects_one(report, rapporteur, enter):
    client = enter(rapporteur)
    save(client, report, html="<p>Sonuçlar Strateji Müdürlüğü tarafından birleştirildi.</p>")
    page = client.get(url(report, "sections", 1, "check")).content.decode()
    assert "Strateji Geliştirme Müdürlüğü" in page and "Düzelt" in page
    save(
        client,
        report,
        html=report.sections.get(number=1).html,
        version=1,
        correct="Strateji Müdürlüğü",
        script=False,
    )
    assert "Strateji Geliştirme Müdürlüğü" in report.sections.get(number=1).html


def test_others_read_what_they_may_not_write(report, officer, enter):
    make.write(report, 1)
    page = enter(officer).get(url(report, "sections", 1)).content.decode()
    assert "18 katılımcı" in page and "data-autosave" not in page
    assert "Raporu yalnız grubun üyeleri yazar." in page


# --- Documents


def attach(client, report, upload, *, script=False, **fields):
    fields = {"whole": "1"} | fields
    headers = {"X-Requested-With": "XMLHttpRequest"} if script else {}
    return client.post(url(report, "sections", 1, "files"), {"file": upload, **fields}, headers=headers)


def test_attaches_a_document_and_takes_it_away(report, rapporteur, enter):
    client = enter(rapporteur)
    assert attach(client, report, make.upload()).status_code == 302
    attachment = report.sections.get(number=1).attachments.get()
    assert "tutanak.pdf" in client.get(url(report, "sections", 1)).content.decode()
    client.post(url(report, "sections", 1, "files", attachment.pk, "remove"))
    assert "tutanak.pdf" not in client.get(url(report, "sections", 1)).content.decode()


def test_refuses_50_mb_by_a_sentence_and_keeps_none_of_it(report, rapporteur, enter):
    upload = SimpleUploadedFile("büyük.pdf", make.PDF + b"\n" * (50 * MEGABYTE))
    answer = attach(enter(rapporteur), report, upload, script=True)
    assert answer.status_code == 422
    assert answer.content.decode().startswith("Dosya 50 MB; en çok 25 MB yüklenebilir.")
    assert not StoredFile.objects.exists()


def test_refuses_a_false_extension_at_the_field(report, rapporteur, enter):
    answer = attach(enter(rapporteur), report, SimpleUploadedFile("resim.pdf", b"\x89PNG\r\n\x1a\n"))
    assert answer.status_code == 422
    assert "“resim.pdf” gerçek bir PDF dosyası değil" in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_refuses_an_upload_that_broke_off(report, rapporteur, enter):
    answer = attach(enter(rapporteur), report, make.upload(), whole="", script=True)
    assert "yarıda kesildi" in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_the_place_of_a_refusal_is_there_before_it(report, rapporteur, enter):
    page = enter(rapporteur).get(url(report, "sections", 1)).content.decode()
    assert (
        '<div id="upload-fault" role="alert" data-upload-fault><p class="invalid-feedback d-block mt" hidden>'
        in page
    )
