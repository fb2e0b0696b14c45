"""The sample's process, walked through the same services as people walk it, up to today."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.utils import timezone

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
from timetable import services as timetable
from timetable.workflow import ActivityState


def lay_out_calendar(sample: Sample) -> None:
    """The composite calendar; what lies before today is done, but for one task that is late."""
    officer = sample.people["uzman"]
    over = []
    for activity in timetable.lay_out_programme(period=sample.current, by=officer):
        if activity.ends_on < sample.today:
            over.append(activity)
        elif activity.starts_on <= sample.today:
            timetable.move_activity(
                activity=activity, to=ActivityState.RUNNING, by=officer, today=sample.today
            )
    for activity in over[:-1]:
        timetable.move_activity(activity=activity, to=ActivityState.DONE, by=officer, today=activity.ends_on)
    timetable.move_activity(activity=over[-1], to=ActivityState.RUNNING, by=officer, today=sample.today)


def load_plans(sample: Sample) -> None:
    """The real cards as they were read into 2020-2024; the same cards, completed, into the current period."""
    real = sample_cards.from_cards(sample_cards.cards(), first_year=sample.old.first_year)
    replace_plan(period=sample.old, plan=interchange.read(json.dumps(real)), by=sample.by)
    for state in (PeriodState.ADOPTED, PeriodState.IN_FORCE, PeriodState.CLOSED):
        institution.move_period(period=sample.old, to=state, by=sample.by)


def complete_plan(sample: Sample) -> None:
    whole = sample_cards.completed(sample_cards.cards(), first_year=sample.current.first_year)
    plan = interchange.read(json.dumps(whole))
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
            now=_day(sample, 35),
        )
        for group, (topic, _unit, _reporter) in GROUPS.items()
    }


def write_reports(sample: Sample, reports: dict[str, Report]) -> None:
    """Most are accepted, one awaits its second evaluation, one came back, one is late."""
    for topic, report in reports.items():
        writer = _rapporteur(report)
        if topic == "İzleme, güncelleme ve sunuş düzeni":
            _write(report, WORDS[topic], writer, _day(sample, 144))
        elif topic == "Paydaş analizi":
            _submit_and_return(
                sample, report, 128, 2, "Muhtarların neden bilgilendirme grubunda kaldığını yazın."
            )
            _answer(sample, report, 2, 149)
            submission.submit(report=report, by=writer, now=_day(sample, 149, 16))
        elif topic == "Kuruluş içi analiz":
            remark = "Eğitim verisinin kaynağını ve yılını belirtin; boş kadroları unvana göre ayırın."
            _submit_and_return(sample, report, 142, 1, remark)
        elif topic == "Mevzuat analizi":
            _submit_and_return(sample, report, 66, 1, "Büyükşehirle görev ayrımı yazılmamış.")
            section = report.sections.get(number=1)
            more = p("Su ve kanalizasyon ile ana ulaşım hizmetleri büyükşehir belediyesinin görevidir.")
            _save(section, section.html + more, writer, _day(sample, 78))
            _answer(sample, report, 1, 78)
            _accept(sample, report, 80)
        else:
            _write(report, WORDS[topic], writer, _day(sample, 60))
            _accept(sample, report, 70)


def bring_draft_to_council(sample: Sample) -> None:
    """Draft 1 frozen, printed, endorsed and approved; a sitting of the council is called for it."""
    officer, mayor = sample.people["uzman"], sample.people["baskan"]
    draft = drafts.freeze(
        period=sample.current, after=0, by=officer, now=_ago(sample, 8), today=sample.today - dt.timedelta(8)
    )
    drafts.endorse(
        draft=draft,
        by=sample.people["baskan.yardimcisi"],
        now=_ago(sample, 6),
        decided_on=sample.today - dt.timedelta(6),
        present=14,
        in_favour=13,
        against=1,
        note="Ekip, taslağı 14 üyenin katıldığı toplantıda görüşmüştür.",
    )
    _approve(sample, draft, mayor)
    meeting = meetings.plan_meeting(
        body=sample.bodies[Kind.COUNCIL],
        period=sample.current,
        starts_at=_ago(sample, -2, 14),
        place="Meclis Salonu",
        agenda=[
            ("Yoklama ve açılış", None),
            (f"{sample.current.label} Stratejik Planı taslağının görüşülmesi", draft),
            ("Dilek ve temenniler", None),
        ],
        by=officer,
        now=_ago(sample, 2),
    )
    meetings.call_meeting(
        meeting=meeting, notified_on=sample.today - dt.timedelta(2), by=officer, now=_ago(sample, 2, 17)
    )
    meetings.plan_meeting(
        body=sample.bodies[Kind.PLANNING_TEAM],
        period=sample.current,
        starts_at=_ago(sample, -1, 10),
        place="Toplantı salonu",
        agenda=[("Bekleyen raporların değerlendirilmesi", None)],
        by=officer,
        now=_ago(sample, 1),
    )


def _approve(sample: Sample, draft: DraftVersion, mayor: User) -> None:
    draft.refresh_from_db()
    drafts.approve(
        draft=draft,
        by=mayor,
        now=_ago(sample, 4),
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
        now=_ago(sample, 3),
    )


def _submit_and_return(sample: Sample, report: Report, day: int, number: int, remark: str) -> None:
    """Write, submit, and have one section returned with a remark, the others accepted."""
    topic = report.template.name
    writer = _rapporteur(report)
    _write(report, WORDS[topic], writer, _day(sample, day))
    _decide(sample, report, day + 2, returned={number: remark})


def _accept(sample: Sample, report: Report, day: int) -> None:
    _decide(sample, report, day, returned={})


def _decide(sample: Sample, report: Report, day: int, *, returned: dict[int, str]) -> None:
    version = submission.submit(report=report, by=_rapporteur(report), now=_day(sample, day))
    for frozen in version.sections.select_related("section"):
        remark = returned.get(frozen.section.number, "")
        evaluation.decide(
            section_version=frozen,
            choice="return" if remark else "accept",
            revision=0,
            reason=remark,
            by=sample.people["ekip"],
            now=_day(sample, day + 4),
        )
    evaluation.close(report=report, by=sample.people["baskan.yardimcisi"], now=_day(sample, day + 5))
    report.refresh_from_db()


def _answer(sample: Sample, report: Report, number: int, day: int) -> None:
    section = report.sections.get(number=number)
    writer = _rapporteur(report)
    if section.kind == SectionShape.Kind.TABLE:
        rows = [dict(row) for row in section.rows]
        rows[0]["way"] = "Birlikte çalış"
        _save(section, rows, writer, _day(sample, day))
    writing.mark_answered(
        section=section,
        answer="Açıklamanıza göre düzeltildi; gerekçe bölüme yazıldı.",
        by=writer,
        now=_day(sample, day),
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


def _day(sample: Sample, number: int, hour: int = 10) -> dt.datetime:
    """An hour of the n-th day after the election, never in the future."""
    day = sample.election_on + dt.timedelta(number)
    return min(timezone.make_aware(dt.datetime.combine(day, dt.time(hour))), timezone.now())


def _ago(sample: Sample, days: int, hour: int = 11) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(sample.today - dt.timedelta(days), dt.time(hour)))
