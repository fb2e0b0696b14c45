"""The sample municipality with two of everything, so that each thing is one's own for somebody and
foreign to somebody else; and the states that a row of the matrix may ask for."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from types import SimpleNamespace

import docx
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from common import jobs, turkish
from common.history import SystemActor, service
from common.jobs.models import Job, State
from common.notices.models import Notice
from documents.drafts.models import DraftVersion, Objection
from documents.plan.models import Goal, Objective
from documents.reports import services as reports
from documents.reports.intake import services as intake
from documents.reports.models import Report, ReportSection
from institution import holdings
from institution import services as institution
from institution.middleware import PERIOD_KEY
from institution.models import Body, PlanPeriod, User
from institution.roles import Kind, Role
from meetings import roll
from meetings import services as meetings
from meetings.models import AgendaItem, Meeting, Vote
from teams import services as teams
from teams.models import Membership
from tests.factories.base import BY, PASSWORD, person
from tests.factories.reports import PDF, decide, mark, picture, upload, write
from tests.pages.sample import NAMES
from tests.pages.sample import load as load_sample
from timetable.models import Activity

ABSENT = 987654321
# Beside the people of the sample: one of another group, who fills in, and who no longer sits.
MORE = ("other_rapporteur", "delegate", "ended")
WHO = ("visitor", *NAMES, *MORE)
SECRET = "Yalnız bu grubun bildiği"  # stands in everything that is the other group's own
PAST = SystemActor("Sınama")


def load() -> SimpleNamespace:
    """`group` and `returned` are the rapporteur's own, `other_group` and `late` the other rapporteur's."""
    told = load_sample()
    told.absent = ABSENT
    told.group, told.other_group = told.returned.body, told.late.body
    told.other_rapporteur = Membership.objects.get(body=told.other_group, role=Role.RAPPORTEUR).person
    told.membership = Membership.objects.get(body=told.group, person=told.group_member)
    told.other_membership = Membership.objects.get(body=told.other_group, role=Role.RAPPORTEUR)
    # As everybody who signs in; the sample gives only its personas a password.
    QuerySet(User).filter(pk=told.other_rapporteur.pk).update(password=make_password(PASSWORD))
    told.other_rapporteur.refresh_from_db()
    told.management = Body.objects.kind(Kind.MANAGEMENT).get()
    _people(told)
    _writings(told)
    _meetings(told)
    _in_the_past(told=told, by=PAST)
    for name in ("returned", "requested", "cancelled", "late", "submitted", "accepted", "closed_report"):
        setattr(told, f"rev_{name}", getattr(told, name).sections.get(number=1).revision)
    _drafts(told=told, by=PAST)
    told.closed_goal = Goal.objects.filter(period=told.closed).first()
    told.closed_objective = Objective.objects.filter(goal__period=told.closed).first()
    told.template = told.returned.template  # with several sections
    told.template_section = told.template.sections.first()
    told.today = turkish.date_short(timezone.localdate())
    told.other_template = type(told.template).objects.exclude(pk=told.template.pk).first()
    told.other_template_section = told.other_template.sections.first()
    told.timed_job = Job.objects.create(
        kind="tests.nobody", key="1", title=SECRET, created_at=timezone.now(), waiting_since=timezone.now()
    )
    return told


def _people(told: SimpleNamespace) -> None:
    today, day = timezone.localdate(), dt.timedelta(1)
    told.ended, told.delegate = person("Bitmiş Görev"), person("Vekil Kişi")
    seat = teams.appoint(body=told.group, person=told.ended, starts_on=today - 9 * day, by=BY)
    holdings.end(holding=seat, on=today - day, by=BY)
    told.own_seat = Membership.objects.get(body=told.group, person=told.rapporteur)
    holdings.delegate(holding=told.own_seat, to=told.delegate, first=today - day, last=today + 7 * day, by=BY)


def _writings(told: SimpleNamespace) -> None:
    more = {"by": told.officer, "now": timezone.now()}
    ask = {"period": told.period, "due_on": timezone.localdate() + dt.timedelta(9), **more}
    told.requested = reports.request_report(
        template=told.returned.template, body=told.group, title="Ek rapor", **ask
    )
    told.cancelled = reports.request_report(
        template=told.template, body=told.group, title="Vazgeçilen rapor", **ask
    )
    reports.cancel(report=told.cancelled, reason="Gerek kalmadı", by=told.officer, now=timezone.now())
    told.cancelled.refresh_from_db()
    reports.attach(
        section=told.late.sections.get(number=1), upload=upload(f"{SECRET} ek.pdf", PDF + b"%2"),
        by=told.other_rapporteur, now=timezone.now(),
    )  # fmt: skip
    told.late.refresh_from_db()
    section = told.late.sections.filter(kind="text").first()
    reports.save_section(
        section=section, revision=section.revision, html=f"<p>{SECRET} bölüm</p>", by=told.other_rapporteur,
        now=timezone.now(),
    )  # fmt: skip
    told.our_question = reports.ask(
        section_version=told.submitted.versions.latest("number").sections.first(), text=f"{SECRET} soru?",
        by=told.unit_rep, now=timezone.now(),
    )  # fmt: skip
    told.our_attachment = told.returned.sections.get(number=1).attachments.get()
    told.other_attachment = told.late.sections.get(number=1).attachments.get()
    told.our_section, told.other_section = told.our_attachment.section, told.other_attachment.section
    told.our_file, told.other_file = told.our_attachment.file, told.other_attachment.file
    told.notice = Notice.objects.unread().filter(to=told.rapporteur, unreached="").first()
    told.astray = Notice.objects.astray().first()
    told.our_picture = picture(told.returned, by=told.rapporteur)
    told.other_picture = picture(told.late, by=told.other_rapporteur)
    _brought(told)
    _rename(thing=told.late, title=f"{SECRET} rapor", by=PAST)


@service
def _rename(*, thing, title: str, by) -> None:
    thing.title = title
    thing.save()


def _brought(told: SimpleNamespace) -> None:
    """A Word file at each group's report, read and waiting for its place."""
    document = docx.Document()
    document.add_heading(told.returned.sections.get(number=1).title, 1)
    document.add_paragraph("Belgeden gelen söz.")
    document.save(content := io.BytesIO())
    word = upload("taslak.docx", content.getvalue())
    told.our_intake = intake.bring(report=told.returned, upload=word, by=told.rapporteur, now=timezone.now())
    jobs.perform_waiting()
    told.other_intake = told.late.intakes.get()


def _meetings(told: SimpleNamespace) -> None:
    ask = {
        "period": told.period,
        "starts_at": timezone.now() + dt.timedelta(days=3),
        "by": told.officer,
        "now": timezone.now(),
    }
    told.our_meeting = meetings.plan_meeting(
        body=told.group, place="Oda 1", agenda=[("Bölümlerin paylaşımı", None)], **ask
    )
    told.other_meeting = meetings.plan_meeting(
        body=told.other_group, place="Oda 2", title=f"{SECRET} toplantı",
        agenda=[(f"{SECRET} gündem", None)], **ask,
    )  # fmt: skip
    for meeting, name, writer in (
        (told.our_meeting, "davet.pdf", told.rapporteur),
        (told.other_meeting, f"{SECRET} davet.pdf", told.other_rapporteur),
    ):
        given = upload(name, PDF + b"%" + name.encode())
        meetings.attach(meeting=meeting, upload=given, by=writer, now=timezone.now())
    told.our_document, told.other_document = told.our_meeting.files.get(), told.other_meeting.files.get()
    told.our_item, told.other_item = told.our_meeting.items.get(), told.other_meeting.items.get()
    told.team_item = told.planned.items.first()
    told.held = Meeting.objects.get(state="closed", body=told.team)
    told.vote_item = told.vote.item


@service
def _in_the_past(*, told: SimpleNamespace, by) -> None:
    """What a closed period has kept, made row by row, since every service refuses to act in it:
    a group in which the rapporteur sits, its report, a task, a meeting, a draft."""
    long_ago, now = dt.date(2019, 6, 1), timezone.now()
    told.closed_group = Body(
        kind=told.group.kind, name="Eski grup", period=told.closed, topic="Eski konu", approval_no="2019/9",
        approval_on=long_ago,
    )  # fmt: skip
    told.closed_group.save()
    told.closed_seat = teams.appoint(
        body=told.closed_group, person=told.rapporteur, role=Role.RAPPORTEUR, starts_on=long_ago, by=BY
    )
    told.closed_report = Report(
        period=told.closed, body=told.closed_group, template=told.template, title="Eski rapor",
        due_on=long_ago, requested_at=now, requested_by=told.officer, state="writing",
    )  # fmt: skip
    told.closed_report.save()
    ReportSection(report=told.closed_report, number=1, title="Eski bölüm").save()
    told.running = Activity.objects.filter(period=told.period, state="running").first()
    told.fresh_activity = Activity(
        period=told.period, phase=told.activity.phase, title="Yeni iş", starts_on=timezone.localdate(),
        ends_on=timezone.localdate(), body=told.council,
    )  # fmt: skip
    told.fresh_activity.save()
    told.closed_activity = Activity(
        period=told.closed, phase=told.activity.phase, title="Eski iş", starts_on=long_ago, ends_on=long_ago,
        body=told.council,
    )  # fmt: skip
    told.closed_activity.save()
    told.closed_meeting = Meeting(
        body=told.closed_group, period=told.closed, title="Eski toplantı", starts_at=now, place="Oda"
    )
    told.closed_meeting.save()
    told.closed_item = AgendaItem(meeting=told.closed_meeting, number=1, title="Eski madde")
    told.closed_item.save()


@service
def _drafts(*, told: SimpleNamespace, by) -> None:
    """One in each state beside the one at the council; the returned one with an objection."""
    for number, state in enumerate(("frozen", "endorsed", "approved", "returned"), start=2):
        draft = DraftVersion(
            period=told.period, number=number, state=state, digest="0" * 64, frozen_at=timezone.now(),
            frozen_by=told.officer,
        )  # fmt: skip
        draft.save()
        setattr(told, f"{state}_draft", draft)
    told.objection = Objection(
        draft=told.returned_draft, number=1, text="Hedef 1.2 açık değil.", raised_on=timezone.localdate()
    )
    told.objection.save()


# --- States that a row may ask for; taken back after it


def closed_period_chosen(told: SimpleNamespace) -> None:
    """Everybody looks at the closed period."""
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        session[PERIOD_KEY] = told.closed.pk
        session.save()


def period_adopted(told: SimpleNamespace) -> None:
    institution.move_period(period=PlanPeriod.objects.get(pk=told.period.pk), to="adopted", by=BY)


def vote_cancelled(told: SimpleNamespace) -> None:
    meetings.cancel_vote(vote=Vote.objects.get(pk=told.vote.pk), by=told.clerk, now=timezone.now())


def vote_closed(told: SimpleNamespace) -> None:
    now = timezone.now()
    for place in roll.of(told.sitting):
        if place.is_present:
            meetings.enter_ballot(vote=told.vote, person=place.person, choice="for", by=told.clerk, now=now)
    meetings.close_vote(vote=told.vote, decision_no="2026/7", by=told.clerk, now=now)


@service
def _withdraw(*, told: SimpleNamespace, by) -> None:
    told.draft.state = "returned"
    told.draft.save()


def draft_withdrawn(told: SimpleNamespace) -> None:
    """No draft is before the council."""
    _withdraw(told=told, by=PAST)


def job_failed(told: SimpleNamespace) -> None:
    Job.objects.filter(pk=told.job.pk).update(state=State.FAILED, error="Olmadı")


def report_decided(told: SimpleNamespace) -> None:
    """Every section of the submitted report is decided, so that it can be closed."""
    decide(Report.objects.get(pk=told.submitted.pk), by=told.team_member)
    mark(Report.objects.get(pk=told.submitted.pk), by=told.team_chair)


def report_written(told: SimpleNamespace) -> None:
    """The returned report has its remarks answered, so that it can be submitted."""
    write(Report.objects.get(pk=told.returned.pk), by=told.rapporteur)


def next_day(told: SimpleNamespace) -> None:
    """Our group's meeting has been called for today."""
    at = timezone.now()
    meetings.change_meeting(
        meeting=told.our_meeting, starts_at=at, place="Oda 1", title="", by=told.officer, now=at
    )
    meetings.call_meeting(meeting=told.our_meeting, notified_on=timezone.localdate(), by=told.officer, now=at)


STATES: dict[str, Callable[[SimpleNamespace], None]] = {
    "closed period chosen": closed_period_chosen,
    "period adopted": period_adopted,
    "vote cancelled": vote_cancelled,
    "vote closed": vote_closed,
    "draft withdrawn": draft_withdrawn,
    "job failed": job_failed,
    "report decided": report_decided,
    "report answered": report_written,
    "our meeting called": next_day,
}
