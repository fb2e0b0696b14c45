"""The team decides section by section; the chair closes."""

import pytest
from django.utils import timezone

from common.decisions import Invalid, Refused
from documents.reports import presenters, services
from documents.reports.models import SectionDecision
from documents.reports.workflow import ReportState, SectionState
from tests.factories import reports as make

Choice = SectionDecision.Choice


@pytest.fixture
def report(house):
    return make.submitted(house.group)


def part(report, number=1):
    return report.versions.latest("number").sections.get(section__number=number)


def decide(frozen, by, choice=Choice.ACCEPT, revision=0, **more):
    return services.decide(
        section_version=frozen, choice=choice, revision=revision, by=by, now=timezone.now(), **more
    )


def test_any_member_of_the_team_decides(report, team_member, unit_rep, team_chair):
    for number, member in enumerate((team_member, unit_rep, team_chair), 1):
        assert decide(part(report, number), member).decided_by == member


def test_nobody_else_decides(report, officer, rapporteur, mayor, inspector, stranger):
    for person in (officer, rapporteur, mayor, inspector, stranger):
        with pytest.raises(Refused):
            decide(part(report), person)


def test_a_return_needs_its_reason(report, team_member):
    with pytest.raises(Invalid) as refused:
        decide(part(report), team_member, Choice.RETURN, reason=" ")
    assert refused.value.field == "reason"


def test_an_edit_needs_a_change(report, team_member):
    with pytest.raises(Invalid):
        decide(part(report), team_member, Choice.EDIT, html=make.TEXT)


def test_an_edit_is_sanitised_and_cannot_empty_a_required_part(report, team_member):
    edited = decide(part(report), team_member, Choice.EDIT, html="<p>Yeni.<script>x()</script></p>")
    assert edited.html == "<p>Yeni.</p>"
    with pytest.raises(Invalid):
        decide(part(report, 2), team_member, Choice.EDIT, html="<p> </p>")


def test_a_decision_can_be_changed_until_the_close(report, team_member, unit_rep):
    first = decide(part(report), team_member)
    second = decide(part(report), unit_rep, Choice.RETURN, revision=1, reason="Kaynak yok.")
    assert (second.pk, second.revision, second.choice) == (first.pk, 2, Choice.RETURN)


def test_the_second_of_two_is_told_who_was_first(report, team_member, unit_rep):
    decide(part(report), team_member)
    with pytest.raises(services.DecidedMeanwhile) as refused:
        decide(part(report), unit_rep, Choice.RETURN, reason="Kaynak yok.")
    assert refused.value.decision.decided_by == team_member
    assert team_member.full_name in str(refused.value.message)
    assert SectionDecision.objects.get().choice == Choice.ACCEPT


def test_the_same_decision_sent_twice_is_one(report, team_member):
    assert decide(part(report), team_member) == decide(part(report), team_member)
    assert SectionDecision.objects.get().history.count() == 1


def test_only_the_chair_closes(report, team_member, officer):
    make.decide(report)
    for person in (team_member, officer):
        with pytest.raises(Refused):
            services.close(report=report, by=person, now=timezone.now())


def test_the_close_waits_for_every_section_and_names_the_open_ones(report, team_chair, team_member):
    decide(part(report, 1), team_member)
    with pytest.raises(Refused) as refused:
        services.close(report=report, by=team_chair, now=timezone.now())
    assert "2. 2. konu" in str(refused.value.reason) and "1. 1. konu" not in str(refused.value.reason)


def test_accepts_the_report_when_all_parts_are(report):
    make.decide(report)
    version = make.close(report)
    assert (report.state, version.outcome) == (ReportState.ACCEPTED, "accepted")
    assert {section.state for section in report.sections.all()} == {SectionState.ACCEPTED}


def test_returns_the_report_with_the_parts_that_are(report):
    make.decide(report, {1: Choice.RETURN, 2: Choice.EDIT})
    version = make.close(report)
    assert (report.state, version.outcome) == (ReportState.RETURNED, "returned")
    states = dict(report.sections.values_list("number", "state"))
    assert states == {1: "returned", 2: "edited", 3: "accepted", 4: "accepted"}
    assert "Yazım düzeltildi" in report.sections.get(number=2).html


def test_closing_twice_is_one_close(report, team_chair):
    make.decide(report)
    first = make.close(report)
    again = services.close(report=report, by=team_chair, now=timezone.now())
    assert first == again
    assert first.history.count() == 2


def test_no_decision_after_the_close(report, team_member):
    make.decide(report)
    frozen = part(report)
    make.close(report)
    with pytest.raises(Refused):
        decide(frozen, team_member, Choice.RETURN, revision=1, reason="Geç kaldı.")


def test_the_draft_gets_the_final_words(house, report):
    make.decide(report, {1: Choice.EDIT, 2: Choice.RETURN})
    make.close(report)
    told = presenters.accepted(house.period)
    assert [section["number"] for section in told] == [1, 3, 4]
    assert "Yazım düzeltildi" in told[0]["html"]
    assert told[1]["rows"] == make.ROWS
    assert told[0]["section_version_id"] == part(report).pk


def test_the_group_sees_what_became_of_each_part(report):
    make.decide(report, {1: Choice.EDIT, 2: Choice.RETURN})
    assert [fate.decision for fate in presenters.fates(report)] == [None] * 4
    make.close(report)
    edited, sent_back, accepted, _empty = presenters.fates(report)
    assert "<ins" in edited.edit.html
    assert sent_back.decision.reason
    assert accepted.edit is None
