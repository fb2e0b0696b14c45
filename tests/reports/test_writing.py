"""The group writes: saving, sittings, two at once, answers, corrections, attachments."""

import datetime as dt

import pytest
from django.utils import timezone

from common.decisions import Invalid, Refused
from documents.files.models import StoredFile
from documents.reports import services
from documents.reports.models import ReportSection
from documents.reports.workflow import ReportState, SectionState
from institution import services as institution
from institution.workflow import PeriodState
from tests.factories import reports as make
from tests.factories.base import BY

NOW = timezone.now()
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def report(house):
    return make.requested(house.group)


@pytest.fixture
def section(report):
    return report.sections.get(number=1)


def save(section, by, text="<p>Bir söz.</p>", *, revision=None, now=NOW, **more):
    return services.save_section(
        section=section,
        revision=section.revision if revision is None else revision,
        html=text,
        by=by,
        now=now,
        **more,
    )


def test_keeps_what_was_typed(section, rapporteur):
    saved = save(section, rapporteur)
    section.refresh_from_db()
    assert (section.html, section.revision, section.saved_by) == ("<p>Bir söz.</p>", 1, rapporteur)
    assert saved.state == SectionState.DONE


def test_begins_the_report_with_its_first_words(report, section, rapporteur):
    save(section, rapporteur)
    report.refresh_from_db()
    assert report.state == ReportState.WRITING


def test_removes_scripts_from_what_was_typed(section, rapporteur):
    saved = save(
        section, rapporteur, '<p onclick="x()">Bir<script>alert(1)</script> <img src=x onerror=y> söz.</p>'
    )
    assert saved.html == "<p>Bir  söz.</p>"


def test_refuses_a_save_over_somebody_elses_words_and_shows_them(section, rapporteur, group_member):
    save(section, rapporteur, "<p>Benim sözüm.</p>")
    with pytest.raises(services.SavedMeanwhile) as refused:
        save(section, group_member, "<p>Onun sözü.</p>", revision=0)
    section.refresh_from_db()
    assert section.html == "<p>Benim sözüm.</p>"
    assert refused.value.section.html == "<p>Benim sözüm.</p>"
    assert rapporteur.full_name in str(refused.value.message)


def test_takes_the_same_words_sent_twice_as_one_save(section, rapporteur):
    first = save(section, rapporteur)
    again = save(section, rapporteur, revision=0)
    assert (first.revision, again.revision) == (1, 1)


def test_leaves_one_history_row_for_a_sitting(section, rapporteur):
    before = section.history.count()
    for minute in range(5):
        section = save(section, rapporteur, f"<p>{minute + 2} söz.</p>", now=NOW + minute * MINUTE)
    assert section.history.count() == before + 1


def test_leaves_a_row_for_each_writer_and_each_sitting(section, rapporteur, group_member):
    before = section.history.count()
    section = save(section, rapporteur, "<p>Bir.</p>")
    section = save(section, group_member, "<p>İki.</p>", now=NOW + MINUTE)
    section = save(section, rapporteur, "<p>Üç.</p>", now=NOW + 2 * MINUTE)
    section = save(section, rapporteur, "<p>Dört.</p>", now=NOW + 50 * MINUTE)
    assert section.history.count() == before + 4
    assert section.history.latest("history_id").history_user_name == rapporteur.full_name


def test_lets_nobody_else_write(
    section, officer, team_chair, inspector, council_member, deactivated, stranger
):
    for person in (officer, team_chair, inspector, council_member, deactivated, stranger):
        with pytest.raises(Refused):
            save(section, person)
    section.refresh_from_db()
    assert section.html == ""


def test_lets_nobody_write_after_the_plan_is_adopted(house, section, rapporteur):
    institution.move_period(period=house.period, to=PeriodState.ADOPTED, by=BY)
    with pytest.raises(Refused, match="“Kabul edildi” durumunda"):
        save(section, rapporteur)


def test_counts_a_required_table_with_holes_as_being_written(report, rapporteur):
    table = report.sections.get(kind="table")
    saved = services.save_section(
        section=table,
        revision=0,
        rows=[{"stakeholder": "Muhtarlar", "weight": "çok"}],
        by=rapporteur,
        now=NOW,
    )
    assert saved.state == SectionState.WRITING
    (obstacle,) = services.obstacles([saved])
    assert "1" in obstacle.sentence and "Önem" in obstacle.sentence


def test_refuses_a_table_that_is_none(report, rapporteur):
    table = report.sections.get(kind="table")
    with pytest.raises(Invalid):
        services.save_section(section=table, revision=0, rows="<b>", by=rapporteur, now=NOW)


def test_corrects_a_language_finding_everywhere_in_the_section(section, rapporteur):
    text = "<p>Strateji\nMüdürlüğü yazdı. <strong>Strateji Müdürlüğü</strong> okudu. Strateji Müdürlüğünün yazısı.</p>"
    section = save(section, rapporteur, text)
    corrected = services.correct(
        section=section,
        found="Strateji Müdürlüğü",
        by=rapporteur,
        now=NOW,
    )
    assert corrected.html.count("Strateji Geliştirme Müdürlüğü") == 2
    assert "Strateji Müdürlüğünün" in corrected.html


def test_answers_a_remark(house, rapporteur):
    report = make.returned(house.group)
    section = report.sections.get(number=1)
    with pytest.raises(Invalid):
        services.mark_answered(section=section, answer="  ", by=rapporteur, now=NOW)
    answered = services.mark_answered(section=section, answer="Ölçek eklendi.", by=rapporteur, now=NOW)
    assert answered.state == SectionState.ANSWERED


def test_marks_a_changed_text_as_answered_without_a_word(house, rapporteur):
    report = make.returned(house.group)
    changed = save(report.sections.get(number=1), rapporteur, "<p>Ölçek 1–5 arasıdır.</p>")
    answered = services.mark_answered(section=changed, answer=" ", by=rapporteur, now=NOW)
    assert (answered.state, answered.answer, answered.answered_at) == (SectionState.ANSWERED, "", NOW)


def test_takes_no_change_of_the_text_as_an_answer_before_somebody_says_so(house, rapporteur):
    report = make.returned(house.group)
    section = report.sections.get(number=1)
    changed = save(section, rapporteur, "<p>Ölçek 1–5 arasıdır.</p>", answer="Ölçek eklendi.")
    assert changed.state == SectionState.RETURNED


def test_keeps_the_mark_while_one_writes_on_and_lets_it_fall_with_what_it_stood_for(house, rapporteur):
    report = make.returned(house.group)
    section = report.sections.get(number=1)
    old = section.html
    changed = save(section, rapporteur, "<p>Ölçek 1–5 arasıdır.</p>")
    marked = services.mark_answered(section=changed, answer="", by=rapporteur, now=NOW)
    further = save(marked, rapporteur, "<p>Ölçek 1–5 arasıdır; 5 en yüksektir.</p>", answer="")
    assert further.state == SectionState.ANSWERED
    undone = save(further, rapporteur, old, answer="")
    assert undone.state == SectionState.RETURNED
    assert save(undone, rapporteur, "<p>Yeni söz.</p>", answer="").state == SectionState.RETURNED


def test_leaves_accepted_sections_closed(house, rapporteur):
    report = make.returned(house.group)
    with pytest.raises(Refused):
        save(report.sections.get(number=2), rapporteur)


def test_attaches_a_document_once(section, rapporteur):
    first = services.attach(section=section, upload=make.upload(), by=rapporteur, now=NOW)
    again = services.attach(section=section, upload=make.upload(), by=rapporteur, now=NOW)
    assert first == again
    assert first.file.body == section.report.body
    assert StoredFile.objects.count() == 1


def test_takes_a_document_away_and_keeps_the_file(section, rapporteur):
    attached = services.attach(section=section, upload=make.upload(), by=rapporteur, now=NOW)
    services.detach(attachment=attached, by=rapporteur, now=NOW)
    assert not ReportSection.objects.get(pk=section.pk).attachments.filter(removed_at=None).exists()
    assert attached.file.blob.files.exists()


def test_what_one_typed_last_is_told_in_their_name_when_another_goes_on(section, rapporteur, group_member):
    """Of a sitting the first save leaves the row; the rest is told before somebody else moves the section."""
    first = save(section, group_member, "<p>İlk cümle.</p>")
    last = save(first, group_member, "<p>İlk cümle. Son cümle.</p>")
    save(last, rapporteur, "<p>Başka bir metin.</p>")
    told = [(row.history_user_name, row.html) for row in section.history.order_by("history_id")][1:]
    assert told == [
        ("Nuri Balcı", "<p>İlk cümle.</p>"),
        ("Nuri Balcı", "<p>İlk cümle. Son cümle.</p>"),
        ("Elif Aksoy", "<p>Başka bir metin.</p>"),
    ]


def test_what_a_member_typed_last_is_theirs_when_the_rapporteur_submits(house, rapporteur, group_member):
    report = make.written(house.group)
    section = report.sections.get(number=1)
    first = save(section, group_member, "<p>İlk cümle.</p>")
    save(first, group_member, "<p>İlk cümle. Son cümle.</p>")
    services.submit(report=report, by=rapporteur, now=timezone.now())
    rows = [(row.history_user_name, row.html, row.state) for row in section.history.order_by("-history_id")][
        :2
    ]
    assert rows == [
        ("Elif Aksoy", "<p>İlk cümle. Son cümle.</p>", "submitted"),
        ("Nuri Balcı", "<p>İlk cümle. Son cümle.</p>", "done"),
    ]
