"""Submitting freezes what is written, once, and only when it is whole."""

from contextlib import suppress

import pytest
from django.utils import timezone

from common.decisions import Refused
from documents.reports import services
from documents.reports.models import Report, ReportVersion
from documents.reports.workflow import ReportState, SectionState
from teams import services as teams
from tests.factories import reports as make
from tests.factories.base import BY, days_ago


def submit(report, by):
    return services.submit(report=report, by=by, now=timezone.now())


def test_freezes_the_words_as_version_one(house, rapporteur):
    report = make.written(house.group)
    version = submit(report, rapporteur)
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED
    assert version.number == 1
    frozen = version.sections.get(section__number=1)
    assert (frozen.html, frozen.words) == (make.TEXT, 10)
    assert {section.state for section in report.sections.all()} == {SectionState.SUBMITTED}


def test_names_the_missing_parts_and_freezes_nothing(house, rapporteur):
    report = make.requested(house.group)
    make.write(report, 1)
    with pytest.raises(services.Incomplete) as refused:
        submit(report, rapporteur)
    assert [o.section.number for o in refused.value.obstacles] == [2, 3]
    report.refresh_from_db()
    assert report.state == ReportState.WRITING
    assert not ReportVersion.objects.exists()


def test_takes_an_optional_part_as_it_is(house, rapporteur):
    report = make.requested(house.group)
    make.write(report, 1, 2, 3)
    assert submit(report, rapporteur).sections.get(section__number=4).words == 0


def test_pressed_twice_makes_one_version(house, rapporteur):
    report = make.written(house.group)
    assert submit(report, rapporteur) == submit(report, rapporteur)
    assert ReportVersion.objects.count() == 1


def test_is_not_undone_by_who_changes_the_due_date_on_an_older_page(house, rapporteur, officer):
    report = make.written(house.group)
    read_before = Report.objects.select_related("period").get(pk=report.pk)
    services.submit(report=report, by=rapporteur, now=timezone.now())
    with suppress(Refused):
        services.change_due(report=read_before, due_on=days_ago(-60), by=officer, now=timezone.now())
    assert Report.objects.get(pk=report.pk).state == ReportState.SUBMITTED


def test_is_for_the_chair_and_the_rapporteur(house, group_member, team_member, officer):
    report = make.written(house.group)
    for person in (group_member, team_member, officer):
        with pytest.raises(Refused):
            submit(report, person)


def test_waits_while_no_member_of_the_team_sits_in_the_group(house, rapporteur, team_member):
    report = make.written(house.group)
    teams.end(holding=house.group.memberships.get(person=team_member), on=days_ago(1), by=BY)
    with pytest.raises(Refused) as refused:
        submit(report, rapporteur)
    assert str(refused.value.reason)
    report.refresh_from_db()
    assert report.state == ReportState.WRITING


def test_wants_every_remark_marked_as_answered(house, rapporteur):
    report = make.returned(house.group, sections=(1, 2))
    section = report.sections.get(number=1)
    services.mark_answered(section=section, answer="Eklendi.", by=rapporteur, now=timezone.now())
    with pytest.raises(services.Incomplete) as refused:
        submit(report, rapporteur)
    assert [o.section.number for o in refused.value.obstacles] == [2]


def test_names_the_unanswered_remarks_before_what_else_is_missing(house, rapporteur):
    report = make.returned(house.group, sections=(1, 3))
    table = report.sections.get(number=3)
    holed = [{"stakeholder": "Muhtarlar", "weight": ""}]
    for part, words in ((report.sections.get(number=1), {"html": ""}), (table, {"rows": holed})):
        services.save_section(
            section=part, revision=part.revision, by=rapporteur, now=timezone.now(), **words
        )
    obstacles = services.obstacles(list(report.sections.all()))
    assert [o.section.number for o in obstacles] == [1, 3, 1, 3]
    assert "yanıtlandı olarak işaretlenmedi" in obstacles[0].sentence


def test_sends_only_the_open_parts_again(house, rapporteur):
    report = make.returned(house.group)
    make.write(report, text="<p>Ölçek 1–5 arasıdır.</p>")
    version = submit(report, rapporteur)
    assert version.number == 2
    (frozen,) = version.sections.all()
    assert frozen.section.number == 1
    assert frozen.previous.version.number == 1
    assert frozen.answer == "Açıklama eklendi."
    assert report.sections.get(number=2).state == SectionState.ACCEPTED


def test_tells_what_changed_since_the_last_version(house, rapporteur):
    report = make.returned(house.group)
    make.write(report, text=make.TEXT.replace("18", "24"))
    frozen = submit(report, rapporteur).sections.get()
    assert (frozen.added, frozen.removed) == (1, 1)
    assert "<del>18</del> <ins>24</ins>" in frozen.excerpt


def test_leaves_a_history_row_at_each_section(house, rapporteur):
    report = make.written(house.group)
    section = report.sections.get(number=1)
    before = section.history.count()
    submit(report, rapporteur)
    assert section.history.count() == before + 1
    assert section.history.latest("history_id").state == SectionState.SUBMITTED


def test_is_refused_for_a_cancelled_request(house, rapporteur, officer):
    report = make.written(house.group)
    services.cancel(report=report, by=officer, now=timezone.now(), reason="Konu birleştirildi.")
    with pytest.raises(Refused):
        submit(report, rapporteur)


def test_waits_for_the_mark_though_text_and_answer_are_there(house, rapporteur):
    report = make.returned(house.group)
    section = report.sections.get(number=1)
    saved = services.save_section(
        section=section,
        revision=section.revision,
        html="<p>Ölçek 1–5 arasıdır.</p>",
        answer="Ölçek eklendi.",
        by=rapporteur,
        now=timezone.now(),
    )
    with pytest.raises(services.Incomplete, match="yanıtlandı olarak işaretlenmedi"):
        submit(report, rapporteur)
    services.mark_answered(section=saved, answer=saved.answer, by=rapporteur, now=timezone.now())
    assert submit(report, rapporteur).sections.get().answer == "Ölçek eklendi."
