"""The sample municipality tells one story: everything in it has its day, and the days agree."""

import datetime as dt
from html import unescape

import pytest
from django.db import models, transaction
from django.utils import timezone

from common.audit.models import Entry
from common.audit.reconcile import audited_models, history_of
from documents.drafts.models import DraftDecision
from documents.reports.contradictions import contradictions
from documents.reports.models import SectionVersion
from institution.roles import Kind
from karesi_plan.demo import load, texts
from meetings.models import Meeting, Vote
from timetable.models import Activity
from timetable.workflow import ActivityState

# Moments that are foretold, and those that the sign-in keeps.
NOT_OF_THE_ACT = {"starts_at", "last_login", "date_joined"}
ON_THE_DAY = {"decided_on", "notified_on", "done_on"}
NO_OBJECTION = {"objections-TOTAL_FORMS": 0, "objections-INITIAL_FORMS": 0}
pytestmark = pytest.mark.usefixtures("sample")


def day(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)


@pytest.fixture
def told(sample):
    """The history rows of the story itself, without what the fixture adds to it, by their model."""
    entries = Entry.objects.filter(seq__lte=sample.told)
    return {
        model: history_of(model).objects.filter(
            history_id__in=entries.filter(model=model._meta.label_lower).values("history_id")
        )
        for model in audited_models()
    }


@pytest.fixture
def draft(sample):
    return sample.draft


def test_a_repeat_changes_nothing():
    before = Entry.objects.count()
    assert load(today=timezone.localdate()) is False
    assert Entry.objects.count() == before


def test_it_was_written_in_the_order_of_its_days(sample):
    moments = list(Entry.objects.filter(seq__lte=sample.told).order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert day(moments[-1]) < timezone.localdate()


def test_each_moment_and_day_that_a_row_names_is_that_of_its_history(told):
    wrong = []
    for model, rows in told.items():
        names = {
            field.name
            for field in rows.model.tracked_fields
            if isinstance(field, models.DateTimeField)
            and field.name not in NOT_OF_THE_ACT
            or field.name in ON_THE_DAY
        }
        seen: dict = {}
        for row in rows.order_by("history_id").values("history_date", model._meta.pk.name, *names):
            for name in names:
                was, now = seen.get((row[model._meta.pk.name], name)), row[name]
                seen[row[model._meta.pk.name], name] = now
                at = day(row["history_date"]) if name in ON_THE_DAY else row["history_date"]
                if now not in (was, None, at):
                    wrong.append((model.__name__, name, now, at))
    assert wrong == []


def test_the_draft_holds_what_had_been_accepted_and_nothing_later(draft):
    held = {
        int(ref.partition(":")[2])
        for ref in draft.blocks.filter(sources__kind="report").values_list("sources__ref", flat=True)
    }
    accepted = SectionVersion.objects.exclude(decision__choice__in=["return", "decline"]).filter(
        version__closed_at__isnull=False
    )
    before = accepted.filter(version__closed_at__lt=draft.frozen_at, decision__decided_at__lt=draft.frozen_at)
    assert held == set(before.values_list("pk", flat=True))
    assert accepted.exclude(pk__in=held).exists()  # what has been accepted since waits for draft 2


def test_the_draft_goes_its_way_day_by_day(draft, sample):
    """Frozen, printed, endorsed on the day of the team's meeting, approved, put before the council."""
    records = {record.kind: record for record in draft.decisions.all()}
    met = draft.agenda_items.get(meeting__body__kind__code=Kind.PLANNING_TEAM).meeting
    endorsed, approved = records[DraftDecision.Kind.ENDORSEMENT], records[DraftDecision.Kind.APPROVAL]
    way = [
        draft.frozen_at,
        draft.pdf.uploaded_at,
        met.opened_at,
        met.closed_at,
        endorsed.recorded_at,
        approved.recorded_at,
        records[DraftDecision.Kind.EXECUTIVE_OPINION].recorded_at,
        sample.called.called_at,
    ]
    assert way == sorted(way)
    assert day(draft.pdf.uploaded_at) == day(draft.frozen_at)
    assert endorsed.decided_on == met.day
    assert endorsed.present == met.attendances.filter(status="present").count()
    assert sample.called.items.get(draft=draft).meeting.body == sample.council


def test_the_way_of_the_draft_names_its_sittings_under_the_council_and_no_other_meeting(sample, clients):
    page = clients["officer"].get(f"/drafts/{sample.draft.pk}/approval/").text
    council = page[page.index('id="s4"') :]
    assert sample.called.name in council
    assert "Stratejik Planlama Ekibi, 1. toplantı" not in council


def test_the_calendar_says_done_of_what_was_done(draft, sample):
    today = timezone.localdate()
    tasks = {task.title: task for task in Activity.objects.of(sample.period)}
    over = {title for title, task in tasks.items() if task.ends_on < today}
    late = {title for title in over if tasks[title].state != ActivityState.DONE}
    assert late == {"Taslağın meclis gruplarına tanıtılması"}
    assert tasks["Taslağın derlenmesi"].done_on == day(draft.frozen_at)
    before = [task for task in tasks.values() if task.phase not in ("draft", "opinions", "approval")]
    assert all(task.done_on < day(draft.frozen_at) for task in before)
    assert tasks["Taslağın meclise sunulması"].done_on == day(sample.called.called_at)
    step = tasks["Üst Yönetim onayı ve encümen görüşü"]
    for record in draft.decisions.exclude(kind=DraftDecision.Kind.ENDORSEMENT):
        assert step.starts_on <= record.decided_on <= step.done_on
    assert all(task.starts_on <= today for task in tasks.values() if task.state == ActivityState.RUNNING)


def test_the_election_was_on_a_sunday_about_150_days_ago(sample):
    assert sample.period.election_on.weekday() == 6
    assert abs((timezone.localdate() - sample.period.election_on).days - 150) <= 3


def test_the_council_was_called_in_time_for_today_and_sits_again(sample):
    today = timezone.localdate()
    assert sample.called.day == today
    assert (today - sample.called.notified_on).days >= 3
    assert sample.period.drafts.get().agenda_items.filter(meeting=sample.called).exists()
    ahead = Meeting.objects.filter(state="planned", starts_at__gt=timezone.now())
    assert set(ahead.values_list("body__kind__code", flat=True)) == {Kind.COUNCIL, Kind.PLANNING_TEAM}


def test_the_clerk_opens_todays_sitting_at_once_and_members_vote(sample, clients):
    sitting, item = sample.called, sample.called.items.get(draft=sample.draft)
    with transaction.atomic():
        clients["clerk"].post(f"/meetings/{sitting.pk}/attendance/", {"everybody": "1"})
        clients["clerk"].post(f"/meetings/{sitting.pk}/open/", {"sure": "1"})
        clients["clerk"].post(
            f"/meetings/items/{item.pk}/vote/", {"motion": "adopt", "method": "named"} | NO_OBJECTION
        )
        vote = Vote.objects.get(item=item)
        clients["council_member"].post(f"/meetings/votes/{vote.pk}/cast/", {"choice": "for"})
        assert [ballot.person for ballot in vote.ballots.all()] == [sample.council_member]
        transaction.set_rollback(True)


def test_what_is_said_while_reports_are_judged_is_found_by_everybody_whom_it_concerns(sample, clients):
    judged, earlier = f"/reports/{sample.submitted.pk}", f"/reports/{sample.returned.pk}/versions/1/"
    opinions = [texts.WOULD_RETURN["words"], texts.WOULD_EDIT["words"]]
    questions = [texts.MEETINGS, texts.EACH_MONTH, texts.CHAMBERS]
    found = {
        **{(who, f"{judged}/evaluate/2/"): opinions + questions for who in ("team_chair", "team_member", "unit_rep")},
        **{(who, f"{judged}/versions/2/"): questions for who in ("officer", "director", "inspector")},
        ("rapporteur", earlier): [texts.FIGURES_OF, texts.YEAR_END],
    }  # fmt: skip
    for (who, path), sentences in found.items():
        page = unescape(clients[who].get(path).text)
        assert [words for words in sentences if words not in page] == [], (who, path)


def test_its_reports_and_its_plan_do_not_contradict_each_other(sample):
    assert contradictions(sample.period) == []
