"""The sample's process, walked through the same services as people walk it, up to today."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from common.history import acting
from documents.drafts import services as drafts
from documents.drafts.models import DraftDecision, DraftVersion
from documents.plan import interchange, sample_cards
from documents.plan.services import replace_plan
from documents.reports.models import Report, ReportSection, ReportTemplate, SectionShape
from documents.reports.services import evaluation, requests, submission, templates, writing
from institution import services as institution
from institution.models import User
from institution.roles import Kind, Role
from institution.workflow import PeriodState
from karesi_plan.demo.bodies import GROUPS, Sample
from karesi_plan.demo.texts import TEMPLATES, WORDS, p
from meetings import services as meetings
from meetings.models import Attendance
from timetable import services as timetable
from timetable.models import Activity, Phase
from timetable.workflow import ActivityState

# Topics whose reports come after the freezing: the one that is late, the one that came back.
LATE = ("İzleme, güncelleme ve sunuş düzeni", "Kuruluş içi analiz")
TEAM_PRESENT = 14  # of the Planning Team, when it met on the draft
# Days from the day of loading: the council meets today, so its last steps come before the programme's.
BROUGHT_FORWARD = {
    "Hedef kartları, riskler ve maliyetler": (-26, -10),
    "Taslağın derlenmesi": (-20, -8),
    "Taslak hakkında görüşlerin alınması": (-8, -6),
    "Üst Yönetim onayı ve encümen görüşü": (-5, -3),
    "Plan ve Bütçe Komisyonu, meclis kararı": (-2, 16),
}


def lay_out_calendar(sample: Sample) -> None:
    """The composite calendar, its end brought forward; what lies before today is done, one task is late."""
    officer, today = sample.people["uzman"], sample.today
    with acting(officer, at=sample.day(15)):
        activities = timetable.lay_out_programme(period=sample.current, by=officer)
    with acting(officer, at=sample.ago(27), reason="Meclisin bu ayki toplantısına yetişmek için öne alındı."):
        for activity in activities:
            if days := BROUGHT_FORWARD.get(activity.title):
                first, last = (today + dt.timedelta(day) for day in days)
                timetable.change_activity(activity=activity, by=officer, starts_on=first, ends_on=last)
    for activity in activities:
        if activity.ends_on < today or activity.is_law and activity.phase == Phase.APPROVAL:
            day = min(activity.ends_on, today - dt.timedelta(3))
            _move(sample, activity, ActivityState.DONE, day)
        elif activity.starts_on <= today:
            _move(sample, activity, ActivityState.RUNNING, activity.starts_on)
    with acting(officer, at=sample.ago(5)):
        late = timetable.add_activity(
            period=sample.current,
            phase=Phase.APPROVAL,
            title="Taslağın meclis gruplarına tanıtılması",
            body=sample.bodies[Kind.DIRECTORATE],
            starts_on=today - dt.timedelta(4),
            ends_on=today - dt.timedelta(1),
            by=officer,
        )
    _move(sample, late, ActivityState.RUNNING, late.starts_on)


def _move(sample: Sample, activity: Activity, to: ActivityState, day: dt.date) -> None:
    officer = sample.people["uzman"]
    with acting(officer, at=sample.ago((sample.today - day).days, 16)):
        timetable.move_activity(activity=activity, to=to, by=officer, today=day)


def load_plans(sample: Sample) -> None:
    """The real cards as they were read into 2020-2024, which then goes its way and is closed."""
    real = sample_cards.from_cards(sample_cards.cards(), first_year=sample.old.first_year)
    replace_plan(period=sample.old, plan=interchange.read(json.dumps(real)), by=sample.by)
    for state in (PeriodState.ADOPTED, PeriodState.IN_FORCE, PeriodState.CLOSED):
        institution.move_period(period=sample.old, to=state, by=sample.by)


def complete_plan(sample: Sample) -> None:
    """The same cards with everything that they lacked, entered while the cards' own task ran."""
    whole = sample_cards.completed(sample_cards.cards(), first_year=sample.current.first_year)
    plan = interchange.read(json.dumps(whole))
    with acting(sample.people["uzman"], at=sample.ago(12)):
        replace_plan(period=sample.current, plan=plan, by=sample.people["uzman"])


def request_reports(sample: Sample) -> dict[str, Report]:
    """Templates, and a report of each group."""
    officer = sample.people["uzman"]
    for name, sections in TEMPLATES.items():
        template = templates.save_template(name=name, purpose="", is_active=True, by=officer)
        for title, shape, chapter, hint, help_text in sections:
            templates.save_section(
                template=template,
                by=officer,
                title=title,
                kind=shape["kind"],
                columns=shape.get("columns", []),
                required=True,
                length_hint=hint,
                chapter=chapter,
                help=help_text,
            )
    due = {"Paydaş analizi": 140, "Kuruluş içi analiz": 155, "İzleme, güncelleme ve sunuş düzeni": 148}
    return {
        topic: requests.request_report(
            template=ReportTemplate.objects.get(name=topic),
            body=sample.bodies[group],
            period=sample.current,
            title=f"{topic} raporu",
            due_on=sample.election_on + dt.timedelta(due.get(topic, 75)),
            by=officer,
            now=sample.day(35),
        )
        for group, (topic, _unit, _reporter) in GROUPS.items()
    }


def write_reports(sample: Sample, reports: dict[str, Report]) -> None:
    """What the groups had brought by the day of the freezing: all accepted, but for one section."""
    for topic, report in reports.items():
        writer = _rapporteur(report)
        if topic == "Paydaş analizi":
            remark = "Muhtarların neden bilgilendirme grubunda kaldığını yazın."
            _submit_and_return(sample, report, 128, 2, remark)
        elif topic == "Mevzuat analizi":
            _submit_and_return(sample, report, 66, 1, "Büyükşehirle görev ayrımı yazılmamış.")
            section = report.sections.get(number=1)
            more = p("Su ve kanalizasyon ile ana ulaşım hizmetleri büyükşehir belediyesinin görevidir.")
            _save(section, section.html + more, writer, sample.day(78))
            _answer(sample, report, 1, 78)
            _accept(sample, report, 80)
        elif topic not in LATE:
            _write(report, WORDS[topic], writer, sample.day(60))
            _accept(sample, report, 70)


def write_late_reports(sample: Sample, reports: dict[str, Report]) -> None:
    """After the freezing: one awaits its second evaluation, one came back, one is late."""
    monitoring, internal = (reports[topic] for topic in LATE)
    _write(monitoring, WORDS[LATE[0]], _rapporteur(monitoring), sample.day(144))
    remark = "Eğitim verisinin kaynağını ve yılını belirtin; boş kadroları unvana göre ayırın."
    _submit_and_return(sample, internal, 142, 1, remark)
    stakeholders = reports["Paydaş analizi"]
    _answer(sample, stakeholders, 2, 149)
    submission.submit(report=stakeholders, by=_rapporteur(stakeholders), now=sample.day(149, 16))


def hold_team_meeting(sample: Sample) -> None:
    """The Planning Team's first meeting: two days after the freezing, with the draft on its agenda."""
    chair, day = sample.people["baskan.yardimcisi"], 6
    team = sample.bodies[Kind.PLANNING_TEAM]
    meeting = meetings.plan_meeting(
        body=team,
        period=sample.current,
        starts_at=sample.ago(day, 10),
        place="Toplantı salonu",
        agenda=[("Taslak 1’in görüşülmesi", sample.current.drafts.get())],
        notified_on=sample.today - dt.timedelta(day + 2),
        by=sample.people["uzman"],
        now=sample.ago(day + 2),
    )
    with acting(chair, at=sample.ago(day, 10)):
        members = team.memberships.select_related("person").order_by("pk")
        for seat in members[:TEAM_PRESENT]:
            meetings.mark_attendance(
                meeting=meeting, person=seat.person, status=Attendance.Status.PRESENT, by=chair
            )
    meetings.open_sitting(meeting=meeting, by=chair, now=sample.ago(day, 10))
    meetings.close_sitting(meeting=meeting, by=chair, now=sample.ago(day, 11))


def freeze_draft(sample: Sample) -> None:
    """Draft 1, from what stood on that day."""
    drafts.freeze(
        period=sample.current,
        after=0,
        by=sample.people["uzman"],
        now=sample.ago(8),
        today=sample.today - dt.timedelta(8),
    )


def bring_draft_to_council(sample: Sample) -> None:
    """Draft 1 endorsed and approved; the council is called for today to decide on it."""
    officer, mayor = sample.people["uzman"], sample.people["baskan"]
    draft = sample.current.drafts.get()
    drafts.endorse(
        draft=draft,
        by=sample.people["baskan.yardimcisi"],
        now=sample.ago(6),
        decided_on=sample.today - dt.timedelta(6),
        present=TEAM_PRESENT,
        in_favour=TEAM_PRESENT - 1,
        against=1,
        note=f"Ekip, taslağı {TEAM_PRESENT} üyenin katıldığı toplantıda görüşmüştür.",
    )
    _approve(sample, draft, mayor)
    meeting = meetings.plan_meeting(
        body=sample.bodies[Kind.COUNCIL],
        period=sample.current,
        starts_at=sample.ago(0, 14),
        place="Meclis Salonu",
        agenda=[
            ("Yoklama ve açılış", None),
            (f"{sample.current.label} Stratejik Planı taslağının görüşülmesi", draft),
            ("Dilek ve temenniler", None),
        ],
        by=officer,
        now=sample.ago(3, 14),
    )
    meetings.call_meeting(
        meeting=meeting, notified_on=sample.today - dt.timedelta(3), by=officer, now=sample.ago(3, 17)
    )
    meetings.plan_meeting(
        body=sample.bodies[Kind.PLANNING_TEAM],
        period=sample.current,
        starts_at=sample.ago(-1, 10),
        place="Toplantı salonu",
        agenda=[("Bekleyen raporların değerlendirilmesi", None)],
        by=officer,
        now=sample.ago(1),
    )


def _approve(sample: Sample, draft: DraftVersion, mayor: User) -> None:
    draft.refresh_from_db()
    drafts.approve(
        draft=draft,
        by=mayor,
        now=sample.ago(4),
        decided_on=sample.today - dt.timedelta(4),
        present=4,
        in_favour=4,
        against=0,
        note="",
    )
    draft.refresh_from_db()
    drafts.file_record(
        draft=draft,
        kind=DraftDecision.Kind.EXECUTIVE_OPINION,
        decided_on=sample.today - dt.timedelta(3),
        number=f"{sample.today.year}/214",
        note="Encümen, taslağın meclise sunulmasını uygun görmüştür.",
        file=None,
        by=sample.people["uzman"],
        now=sample.ago(3),
    )


def _submit_and_return(sample: Sample, report: Report, day: int, number: int, remark: str) -> None:
    """Write, submit, and have one section returned with a remark, the others accepted."""
    topic = report.template.name
    writer = _rapporteur(report)
    _write(report, WORDS[topic], writer, sample.day(day))
    _decide(sample, report, day + 2, returned={number: remark})


def _accept(sample: Sample, report: Report, day: int) -> None:
    _decide(sample, report, day, returned={})


def _decide(sample: Sample, report: Report, day: int, *, returned: dict[int, str]) -> None:
    version = submission.submit(report=report, by=_rapporteur(report), now=sample.day(day))
    sits_there = report.body.memberships.filter(person=sample.people["ekip"]).exists()
    # Who sits in a group does not alone decide on its report.
    evaluator = sample.people["temsilci" if sits_there else "ekip"]
    for frozen in version.sections.select_related("section"):
        remark = returned.get(frozen.section.number, "")
        evaluation.decide(
            section_version=frozen,
            choice="return" if remark else "accept",
            revision=0,
            reason=remark,
            by=evaluator,
            now=sample.day(day + 4),
        )
    evaluation.close(report=report, by=sample.people["baskan.yardimcisi"], now=sample.day(day + 5))
    report.refresh_from_db()


def _answer(sample: Sample, report: Report, number: int, day: int) -> None:
    section = report.sections.get(number=number)
    writer = _rapporteur(report)
    if section.kind == SectionShape.Kind.TABLE:
        rows = [dict(row) for row in section.rows]
        rows[0]["way"] = "Birlikte çalış"
        _save(section, rows, writer, sample.day(day))
    writing.mark_answered(
        section=section,
        answer="Açıklamanıza göre düzeltildi; gerekçe bölüme yazıldı.",
        by=writer,
        now=sample.day(day),
    )


def _write(report: Report, words: list, writer: User, now: dt.datetime) -> None:
    for section, content in zip(report.sections.order_by("number"), words, strict=True):
        if content:
            _save(section, content, writer, now)


def _save(section: ReportSection, content: str | list, writer: User, now: dt.datetime) -> None:
    words: dict[str, Any] = {"html": content} if isinstance(content, str) else {"rows": content}
    writing.save_section(section=section, revision=section.revision, by=writer, now=now, **words)


def _rapporteur(report: Report) -> User:
    return report.body.memberships.select_related("person").get(role=Role.RAPPORTEUR).person
