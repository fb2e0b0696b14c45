"""The group's pages over HTTP: with a script, without one, and with everything that goes wrong."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents.files.models import StoredFile
from documents.reports import services
from documents.reports.models import ReportVersion
from documents.reports.workflow import ReportState, SectionState
from teams import services as teams
from tests.factories import reports as make
from tests.factories.base import BY, days_ago

pytestmark = pytest.mark.django_db
SCRIPT = {"Accept": "application/json", "X-Requested-With": "fetch"}
MEGABYTE = 1024 * 1024


@pytest.fixture
def report(house):
    return make.requested(house.group)


def url(report, *parts):
    return "/".join([f"/reports/{report.pk}", *map(str, parts), ""])


def save(client, report, number=1, *, script=True, **fields):
    fields = {"version": 0, "html": "<p>Bir söz.</p>"} | fields
    return client.post(url(report, "sections", number, "save"), fields, headers=SCRIPT if script else {})


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


# --- Submitting


def test_shows_what_is_missing_before_it_is_sent(report, rapporteur, enter):
    make.write(report, 1)
    page = enter(rapporteur).get(url(report, "submit")).content.decode()
    assert "2 bölüm tamam değil" in page and "2. 2. konu" in page and "1. 1. konu</a>:" not in page


def test_sends_the_report_in_two_presses_and_once(house, rapporteur, enter):
    report = make.written(house.group)
    client = enter(rapporteur)
    assert client.get(url(report, "submit")).status_code == 200
    first, second = (client.post(url(report, "submit")) for _ in range(2))
    assert first.url == second.url == url(report)
    assert ReportVersion.objects.count() == 1


def test_an_incomplete_report_stays_and_says_where(report, rapporteur, enter):
    answer = enter(rapporteur).post(url(report, "submit"))
    assert answer.status_code == 422
    report.refresh_from_db()
    assert report.state == ReportState.REQUESTED


def test_a_group_without_a_team_member_cannot_send(house, rapporteur, team_member, enter):
    report = make.written(house.group)
    teams.end(holding=house.group.memberships.get(person=team_member), on=days_ago(1), by=BY)
    page = enter(rapporteur).get(url(report, "submit")).content.decode()
    assert "disabled" in page
    assert enter(rapporteur).post(url(report, "submit")).status_code == 403


# --- What became of it


def test_the_reports_page_tells_what_became_of_each_part(house, rapporteur, enter):
    report = make.submitted(house.group)
    make.decide(report, {1: make.Choice.EDIT, 2: make.Choice.RETURN})
    make.close(report)
    page = enter(rapporteur).get(url(report)).content.decode()
    assert "Düzeltilerek kabul edildi" in page
    assert "<ins" in page and "Ölçeği ve puanlamaya katılanları yazınız." in page


def test_the_remark_and_the_groups_answer_stand_together_once_it_is_sent(
    house, rapporteur, team_chair, enter
):
    report = make.returned(house.group)
    section = report.sections.get(number=1)
    services.mark_answered(section=section, answer="Ölçek eklendi.", by=rapporteur, now=timezone.now())
    client = enter(rapporteur)
    told = "Grubun yanıtı:</b> Ölçek eklendi."
    assert told not in client.get(url(report)).content.decode()
    make.submit(report)
    remark = "Ölçeği ve puanlamaya katılanları yazınız."
    page = client.get(url(report)).content.decode()
    assert (page.count(told), page.count(remark)) == (1, 1)
    assert page.index(remark) < page.index(told)
    make.decide(report)
    closing = enter(team_chair).get(url(report, "close")).content.decode()
    assert closing.index(remark) < closing.index(told)
    make.close(report)
    for place in (url(report), url(report, "versions", 2)):
        page = client.get(place).content.decode()
        assert page.index(remark) < page.index(told)


def test_says_where_a_remark_was_answered_by_the_text_alone(house, rapporteur, team_chair, enter):
    report = make.returned(house.group)
    client = enter(rapporteur)
    section = report.sections.get(number=1)
    client.post(
        url(report, "sections", 1, "save"),
        {"version": section.revision, "html": "<p>Yeni.</p>", "answer": "", "go": "answered"},
    )
    client.post(url(report, "submit"))
    assert "Yazılı yanıt yok; metin değiştirildi." in client.get(url(report)).content.decode()
    assert (
        "1 bölüm değişti, 1 açıklama yanıtlandı" in enter(team_chair).get("/reports/queue/").content.decode()
    )


def test_decisions_are_the_teams_own_until_the_close(house, rapporteur, team_member, enter):
    report = make.submitted(house.group)
    make.decide(report, {1: make.Choice.RETURN})
    path = url(report, "versions", 1)
    assert "Ölçeği ve puanlamaya" not in enter(rapporteur).get(path).content.decode()
    assert "Ölçeği ve puanlamaya" in enter(team_member).get(path).content.decode()


def test_former_versions_stay_readable(house, rapporteur, enter):
    report = make.returned(house.group)
    make.write(report, text=make.TEXT.replace("18", "24"))
    make.submit(report)
    client = enter(rapporteur)
    assert "18 katılımcı" in client.get(url(report, "versions", 1)).content.decode()
    changes = client.get(url(report, "versions", 2) + "?view=changes").content.decode()
    assert "18</del>" in changes


def test_the_history_of_a_report_is_a_page(house, rapporteur, council_member, enter):
    report = make.returned(house.group)
    path = f"/history/reports/report/{report.pk}/"
    assert enter(rapporteur).get(path).status_code == 200
    assert enter(council_member).get(path).status_code == 404


def test_scripts_in_old_text_are_cleaned_when_shown(house, officer, enter):
    report = make.written(house.group)
    from django.db.models import QuerySet

    QuerySet(type(report.sections.first())).filter(report=report, number=1).update(
        html="<p>Eski <script>alert(1)</script><a href='javascript:x()'>bağ</a></p>"
    )
    page = enter(officer).get(url(report, "sections", 1)).content.decode()
    assert "alert(1)" not in page and "javascript:" not in page


def test_an_evaluated_edit_is_the_section_that_everybody_reads(house, rapporteur, enter):
    report = make.accepted(house.group, edited=(1,))
    page = enter(rapporteur).get(url(report, "sections", 1)).content.decode()
    assert "Yazım düzeltildi." in page


def test_a_late_save_after_submission_is_refused_and_says_so(house, rapporteur, enter):
    report = make.written(house.group)
    section = report.sections.get(number=1)
    services.submit(report=report, by=rapporteur, now=timezone.now())
    answer = save(enter(rapporteur), report, version=section.revision, html="<p>Geç kaldı.</p>")
    assert answer.status_code == 403
    assert "Rapor gönderildi" in answer.json()["message"]
