"""The sample's reports: most accepted, one submitted again, one returned, one late."""

from __future__ import annotations

import datetime as dt
import io
from functools import partial
from typing import Any

import docx
from django.core.files.base import ContentFile
from django.utils import timezone

from documents.files import services as files
from documents.reports import library, members, merging
from documents.reports.intake import services as intake
from documents.reports.models import Report, ReportSection, ReportTemplate, SectionQuestion
from documents.reports.services import (
    add_guide_templates,
    attach,
    comments,
    evaluation,
    give_marks,
    hearing,
    requests,
    submission,
    templates,
    writing,
)
from institution.models import User
from institution.roles import Role
from karesi_plan.demo.bodies import GROUPS
from karesi_plan.demo.story import Sample, Story
from karesi_plan.demo.texts import (
    BROUGHT,
    CHAMBERS,
    CRITERIA,
    EACH_MONTH,
    FIGURES_OF,
    LATE_COMER,
    LESSONS,
    MEETINGS,
    MONITORING,
    NOT_TAKEN,
    OF_PARTS,
    OWN_TEMPLATES,
    PEOPLE,
    STAFF,
    TOGETHER,
    WORDS,
    WOULD_EDIT,
    WOULD_RETURN,
    YEAR_END,
    p,
)

LAW, STAKEHOLDERS = "Mevzuat analizi", "Paydaş analizi"
LAST_PLAN = "Uygulanmakta olan planın değerlendirilmesi"
# topic: days after the election by which it was asked for, and on which it was written, submitted, decided on
ACCEPTED = {
    "Kurumsal tarihçe": (75, 55, 63, 66),
    "Üst politika belgeleri analizi": (75, 58, 68, 72),
    LAST_PLAN: (75, 60, 70, 74),
    "Faaliyet alanları ile ürün ve hizmetler": (75, 61, 71, 75),
    "PESTLE ve GZFT analizi": (115, 98, 108, 112),
}
INSIDE = "Kuruluş içi analiz"
ANSWER = "Açıklamanıza göre düzeltildi; gerekçe bölüme yazıldı."


def begin(story: Story, sample: Sample) -> None:
    """Templates and requests, then what each group wrote and what the Planning Team made of it."""
    story.at(sample.day(34), make_templates, sample)
    story.at(sample.day(35), request_reports, sample)
    evaluated = partial(_evaluated, story, sample)
    for topic, (_due, written, submitted, decided) in ACCEPTED.items():
        story.at(sample.day(written), write, sample, topic)
        said = {1: declined(NOT_TAKEN)} if topic == LAST_PLAN else {}
        evaluated(
            topic, sample.day(submitted, 11), sample.day(decided, 14), sample.day(decided + 1, 16), said
        )

    story.at(sample.day(62), write, sample, LAW)
    remark = {1: returned("Büyükşehirle görev ayrımı yazılmamış.")}
    evaluated(LAW, sample.day(66, 11), sample.day(70, 14), sample.day(71, 16), remark)
    story.at(sample.day(76), tell_duties_apart, sample)
    evaluated(LAW, sample.day(80, 11), sample.day(84, 14), sample.day(85, 16))

    story.at(sample.ago(26), write, sample, STAKEHOLDERS)
    remark = {2: returned("Muhtarların neden bilgilendirme grubunda kaldığını yazın."), 5: merged(TOGETHER)}
    evaluated(STAKEHOLDERS, sample.ago(22, 11), sample.ago(18, 14), sample.ago(17, 16), remark)
    story.at(sample.just(1, 11), work_with_headmen, sample)
    story.at(sample.just(1, 16), submit, sample, STAKEHOLDERS)
    story.at(sample.just(1, 16, 20), give_opinion, sample, "ekip", WOULD_RETURN)
    story.at(sample.just(1, 16, 35), give_opinion, sample, "temsilci", WOULD_EDIT)
    story.at(sample.just(1, 16, 40), ask, sample, STAKEHOLDERS, 2, "ekip", MEETINGS)
    story.at(sample.just(1, 17, 5), answer, sample, MEETINGS, EACH_MONTH)
    story.at(sample.just(1, 17, 20), ask, sample, STAKEHOLDERS, 2, "temsilci", CHAMBERS)

    story.at(sample.ago(9), write, sample, INSIDE)
    story.at(sample.ago(9, 11), add_document, sample)
    story.at(sample.ago(8, 10, 30), talk, sample)
    remark = {1: returned("Eğitim verisinin kaynağını ve yılını belirtin; boş kadroları unvana göre ayırın.")}
    story.at(sample.ago(8, 14), add_list, sample, PEOPLE)
    story.at(sample.ago(6, 9, 40), add_list, sample, PEOPLE + LATE_COMER)
    story.at(sample.ago(6, 14), ask, sample, INSIDE, 1, "ekip", FIGURES_OF)
    story.at(sample.ago(6, 15, 10), answer, sample, FIGURES_OF, YEAR_END)
    evaluated(INSIDE, sample.ago(7, 11), sample.ago(3, 14), sample.just(1, 10), remark)

    story.at(sample.ago(6), write, sample, MONITORING)
    story.at(sample.just(1, 14), bring_word, sample)


def _evaluated(
    story: Story,
    sample: Sample,
    topic: str,
    submitted: dt.datetime,
    decided: dt.datetime,
    closed: dt.datetime,
    said: dict[int, dict[str, Any]] | None = None,
) -> None:
    """One round; the sections in `said` are decided on as it says by number, the others are accepted."""
    story.at(submitted, submit, sample, topic)
    story.at(decided, decide, sample, topic, said or {})
    story.at(closed, close, sample, topic)


def returned(remark: str) -> dict[str, Any]:
    return {"choice": "return", "reason": remark}


def declined(reason: str) -> dict[str, Any]:
    return {"choice": "decline", "reason": reason}


def merged(reason: str) -> dict[str, Any]:
    """With what the group on the last plan wrote of its lessons."""
    return {"choice": "merge", "reason": reason, "html": LESSONS}


def make_templates(sample: Sample, *, now: dt.datetime) -> None:
    """The guide's, one of three of its parts for the group that writes them together, and the Directorate's own."""
    officer = sample.people["uzman"]
    add_guide_templates(by=officer, now=now)
    shapes = {
        name: [shape for one in library.guide() if one.chapter in chapters for shape in one.sections]
        for name, chapters in OF_PARTS.items()
    }
    shapes |= {name: [_text(*told) for told in sections] for name, sections in OWN_TEMPLATES.items()}
    for name, sections in shapes.items():
        template = templates.save_template(name=name, purpose="", is_active=True, by=officer)
        for shape in sections:
            templates.save_section(template=template, by=officer, now=now, **shape)
    templates.save_criteria(
        template=ReportTemplate.objects.get(name=STAKEHOLDERS),
        criteria=CRITERIA,
        shows_marks=True,
        by=officer,
        now=now,
    )


def _text(title: str, chapter: str, words: int, asked: str) -> dict[str, Any]:
    return {
        "title": title,
        "kind": "text",
        "columns": [],
        "required": True,
        "length_hint": words,
        "chapter": chapter,
        "help": asked,
    }


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


def decide(sample: Sample, topic: str, said: dict[int, dict[str, Any]], *, now: dt.datetime) -> None:
    report = sample.reports[topic]
    sits_there = report.body.memberships.filter(person=sample.people["ekip"]).exists()
    # Who sits in a group does not alone decide on its report.
    evaluator = sample.people["temsilci" if sits_there else "ekip"]
    for frozen in report.versions.latest("number").sections.select_related("section"):
        words = said.get(frozen.section.number, {"choice": "accept"})
        if words["choice"] == "merge":
            lessons = sample.reports[LAST_PLAN].sections.get(number=3)
            words = words | {"target": lessons, "joined_to": merging.ground(lessons, frozen).mark}
        evaluation.decide(section_version=frozen, revision=0, by=evaluator, now=now, **words)
    if topic == STAKEHOLDERS:
        _mark(report, (3, 1, 3), evaluator, now)


def close(sample: Sample, topic: str, *, now: dt.datetime) -> None:
    report, chair = sample.reports[topic], sample.people["baskan.yardimcisi"]
    if topic == STAKEHOLDERS:
        _mark(report, (3, 2, 3), chair, now)
    evaluation.close(report=report, by=chair, now=now)


def _mark(report: Report, given: tuple[int, ...], by: User, now: dt.datetime) -> None:
    marks = {criterion["name"]: mark for criterion, mark in zip(CRITERIA, given, strict=True)}
    give_marks(version=report.versions.latest("number"), marks=marks, by=by, now=now)


def tell_duties_apart(sample: Sample, *, now: dt.datetime) -> None:
    section = sample.reports[LAW].sections.get(number=1)
    more = p("Su ve kanalizasyon ile ana ulaşım hizmetleri büyükşehir belediyesinin görevidir.")
    _answer(section, section.html + more, now)


def work_with_headmen(sample: Sample, *, now: dt.datetime) -> None:
    section = sample.reports[STAKEHOLDERS].sections.get(number=2)
    rows = [dict(row) for row in section.rows]
    rows[0]["way"] = "Birlikte çalış"
    _answer(section, rows, now)


def give_opinion(sample: Sample, who: str, said: dict[str, str], *, now: dt.datetime) -> None:
    """On what the group on stakeholders submitted anew."""
    frozen = sample.reports[STAKEHOLDERS].versions.latest("number").sections.get()
    hearing.give_opinion(section_version=frozen, by=sample.people[who], now=now, **said)


def ask(sample: Sample, topic: str, number: int, who: str, text: str, *, now: dt.datetime) -> None:
    frozen = sample.reports[topic].versions.latest("number").sections.get(section__number=number)
    hearing.ask(section_version=frozen, text=text, by=sample.people[who], now=now)


def answer(sample: Sample, question: str, text: str, *, now: dt.datetime) -> None:
    asked = SectionQuestion.objects.get(text=question)
    hearing.answer(question=asked, text=text, by=_rapporteur(asked.section_version.version.report), now=now)


def add_document(sample: Sample, *, now: dt.datetime) -> None:
    report = sample.reports[INSIDE]
    upload = ContentFile(STAFF.encode(), name="personel-sayilari-ornek.csv")
    attach(section=report.sections.get(number=1), upload=upload, by=_rapporteur(report), now=now)


def add_list(sample: Sample, rows: str, *, now: dt.datetime) -> None:
    """A list that the group keeps in its room; once more under its name, it is the next version."""
    report = sample.reports[INSIDE]
    upload = ContentFile(rows.encode(), name="calistay-katilimcilari-ornek.csv")
    files.upload(body=report.body, upload=upload, by=_rapporteur(report), now=now)


def bring_word(sample: Sample, *, now: dt.datetime) -> None:
    """A Word file that waits on its page for being placed; the job that reads it is done by the worker."""
    document = docx.Document()
    for heading, paragraphs in BROUGHT:
        document.add_heading(heading, 1)
        for words in paragraphs:
            document.add_paragraph(words)
    content = io.BytesIO()
    document.save(content)
    report = sample.reports[MONITORING]
    upload = ContentFile(content.getvalue(), name="izleme-bolumu-taslak.docx")
    intake.bring(report=report, upload=upload, by=_rapporteur(report), now=now)


def talk(sample: Sample, *, now: dt.datetime) -> None:
    """Two of the group share the work and speak about a figure."""
    report = sample.reports[INSIDE]
    writer = _rapporteur(report)
    other = next(person for person in members.of(report) if person != writer)
    for section, to in zip(report.sections.order_by("number"), (writer, other), strict=False):
        comments.assign(section=section, to=to, by=writer, now=now)
    section = report.sections.get(number=1)
    asked = comments.comment(
        section=section,
        quote="boş kadro",
        text=f"@{writer.full_name} bu sayılar yıl sonu mu, yoksa bu ayın mı? Kaynağını cümleye ekleyelim.",
        by=other,
        now=now,
    )
    told = "Yıl sonu. İnsan Kaynakları ve Eğitim Müdürlüğünden yazılı istedim, gelince eklerim."
    comments.comment(section=section, text=told, answers=asked, by=writer, now=now + dt.timedelta(minutes=20))


def _answer(section: ReportSection, content: str | list, now: dt.datetime) -> None:
    writer = _rapporteur(section.report)
    section = _save(section, content, writer, now)
    writing.mark_answered(section=section, answer=ANSWER, by=writer, now=now)


def _save(section: ReportSection, content: str | list, writer: User, now: dt.datetime) -> ReportSection:
    words: dict[str, Any] = {"html": content} if isinstance(content, str) else {"rows": content}
    return writing.save_section(section=section, revision=section.revision, by=writer, now=now, **words)


def _rapporteur(report: Report) -> User:
    return report.body.memberships.select_related("person").get(role=Role.RAPPORTEUR).person
