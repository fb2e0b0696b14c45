"""The sample's reports: most accepted, one submitted again, one returned, one late."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from documents.reports.models import Report, ReportSection, ReportTemplate
from documents.reports.services import attach, evaluation, requests, submission, templates, writing
from institution.models import User
from institution.roles import Role
from karesi_plan.demo.bodies import GROUPS
from karesi_plan.demo.story import Sample, Story
from karesi_plan.demo.texts import STAFF, TEMPLATES, WORDS, p

# topic: days after the election by which it was asked for, and on which it was written, submitted, decided on
ACCEPTED = {
    "Kurumsal tarihçe": (75, 55, 63, 66),
    "Üst politika belgeleri analizi": (75, 58, 68, 72),
    "Uygulanmakta olan planın değerlendirilmesi": (75, 60, 70, 74),
    "Faaliyet alanları ile ürün ve hizmetler": (75, 61, 71, 75),
    "PESTLE ve GZFT analizi": (115, 98, 108, 112),
}
LAW, STAKEHOLDERS = "Mevzuat analizi", "Paydaş analizi"
INSIDE, MONITORING = "Kuruluş içi analiz", "İzleme, güncelleme ve sunuş düzeni"
ANSWER = "Açıklamanıza göre düzeltildi; gerekçe bölüme yazıldı."


def begin(story: Story, sample: Sample) -> None:
    """Templates and requests, then what each group wrote and what the Planning Team made of it."""
    story.at(sample.day(34), make_templates, sample)
    story.at(sample.day(35), request_reports, sample)
    evaluated = partial(_evaluated, story, sample)
    for topic, (_due, written, submitted, decided) in ACCEPTED.items():
        story.at(sample.day(written), write, sample, topic)
        evaluated(topic, sample.day(submitted, 11), sample.day(decided, 14), sample.day(decided + 1, 16))

    story.at(sample.day(62), write, sample, LAW)
    remark = {1: "Büyükşehirle görev ayrımı yazılmamış."}
    evaluated(LAW, sample.day(66, 11), sample.day(70, 14), sample.day(71, 16), remark)
    story.at(sample.day(76), tell_duties_apart, sample)
    evaluated(LAW, sample.day(80, 11), sample.day(84, 14), sample.day(85, 16))

    story.at(sample.ago(26), write, sample, STAKEHOLDERS)
    remark = {2: "Muhtarların neden bilgilendirme grubunda kaldığını yazın."}
    evaluated(STAKEHOLDERS, sample.ago(22, 11), sample.ago(18, 14), sample.ago(17, 16), remark)
    story.at(sample.just(1, 11), work_with_headmen, sample)
    story.at(sample.just(1, 16), submit, sample, STAKEHOLDERS)

    story.at(sample.ago(9), write, sample, INSIDE)
    story.at(sample.ago(9, 11), add_document, sample)
    remark = {1: "Eğitim verisinin kaynağını ve yılını belirtin; boş kadroları unvana göre ayırın."}
    evaluated(INSIDE, sample.ago(7, 11), sample.ago(3, 14), sample.just(1, 10), remark)

    story.at(sample.ago(6), write, sample, MONITORING)


def _evaluated(
    story: Story,
    sample: Sample,
    topic: str,
    submitted: dt.datetime,
    decided: dt.datetime,
    closed: dt.datetime,
    returned: dict[int, str] | None = None,
) -> None:
    """One round; the sections in `returned` come back with these remarks, the others are accepted."""
    story.at(submitted, submit, sample, topic)
    story.at(decided, decide, sample, topic, returned or {})
    story.at(closed, close, sample, topic)


def make_templates(sample: Sample, *, now: dt.datetime) -> None:
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


def request_reports(sample: Sample, *, now: dt.datetime) -> None:
    """One of each group."""
    due = {topic: sample.day(days[0]) for topic, days in ACCEPTED.items()} | {
        LAW: sample.day(75),
        STAKEHOLDERS: sample.ago(12),
        INSIDE: sample.ago(-5),
        MONITORING: sample.ago(2),
    }
    for group, (topic, _unit, _reporter) in GROUPS.items():
        sample.reports[topic] = requests.request_report(
            template=ReportTemplate.objects.get(name=topic),
            body=sample.bodies[group],
            period=sample.current,
            title=f"{topic} raporu",
            due_on=timezone.localdate(due[topic]),
            by=sample.people["uzman"],
            now=now,
        )


def write(sample: Sample, topic: str, *, now: dt.datetime) -> None:
    """What the group has to say on the topic, section by section; an empty one is still to be written."""
    report = sample.reports[topic]
    for section, content in zip(report.sections.order_by("number"), WORDS[topic], strict=True):
        if content:
            _save(section, content, _rapporteur(report), now)


def submit(sample: Sample, topic: str, *, now: dt.datetime) -> None:
    report = sample.reports[topic]
    submission.submit(report=report, by=_rapporteur(report), now=now)


def decide(sample: Sample, topic: str, returned: dict[int, str], *, now: dt.datetime) -> None:
    report = sample.reports[topic]
    sits_there = report.body.memberships.filter(person=sample.people["ekip"]).exists()
    # Who sits in a group does not alone decide on its report.
    evaluator = sample.people["temsilci" if sits_there else "ekip"]
    for frozen in report.versions.latest("number").sections.select_related("section"):
        remark = returned.get(frozen.section.number, "")
        evaluation.decide(
            section_version=frozen,
            choice="return" if remark else "accept",
            revision=0,
            reason=remark,
            by=evaluator,
            now=now,
        )


def close(sample: Sample, topic: str, *, now: dt.datetime) -> None:
    evaluation.close(report=sample.reports[topic], by=sample.people["baskan.yardimcisi"], now=now)


def tell_duties_apart(sample: Sample, *, now: dt.datetime) -> None:
    section = sample.reports[LAW].sections.get(number=1)
    more = p("Su ve kanalizasyon ile ana ulaşım hizmetleri büyükşehir belediyesinin görevidir.")
    _answer(section, section.html + more, now)


def work_with_headmen(sample: Sample, *, now: dt.datetime) -> None:
    section = sample.reports[STAKEHOLDERS].sections.get(number=2)
    rows = [dict(row) for row in section.rows]
    rows[0]["way"] = "Birlikte çalış"
    _answer(section, rows, now)


def add_document(sample: Sample, *, now: dt.datetime) -> None:
    report = sample.reports[INSIDE]
    upload = ContentFile(STAFF.encode(), name="personel-sayilari-ornek.csv")
    attach(section=report.sections.get(number=1), upload=upload, by=_rapporteur(report), now=now)


def _answer(section: ReportSection, content: str | list, now: dt.datetime) -> None:
    writer = _rapporteur(section.report)
    section = _save(section, content, writer, now)
    writing.mark_answered(section=section, answer=ANSWER, by=writer, now=now)


def _save(section: ReportSection, content: str | list, writer: User, now: dt.datetime) -> ReportSection:
    words: dict[str, Any] = {"html": content} if isinstance(content, str) else {"rows": content}
    return writing.save_section(section=section, revision=section.revision, by=writer, now=now, **words)


def _rapporteur(report: Report) -> User:
    return report.body.memberships.select_related("person").get(role=Role.RAPPORTEUR).person
