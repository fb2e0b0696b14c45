from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "documents.reports"
    label = "reports"

    def ready(self) -> None:
        from django.urls import reverse
        from django.utils.translation import pgettext_lazy

        from common import history_pages, history_words
        from documents.files import places
        from documents.reports import criteria, home, notices, permissions  # noqa: F401  # notices makes its kinds known
        from documents.reports.models import (
            Attachment,
            Comment,
            ContradictionDecision,
            Intake,
            Reminder,
            Report,
            ReportSection,
            ReportTemplate,
            ReportVersion,
            SectionDecision,
            SectionOpinion,
            SectionQuestion,
            SectionVersion,
            TemplateSection,
            TemplateVersion,
            VersionMarks,
        )
        from documents.reports.workflow import SectionState
        from teams import links

        history_pages.register(
            Report,
            can_see=permissions.can_see,
            url=lambda report: reverse("reports:report", args=[report.pk]),
            visible=Report.objects.visible_to,
            pages=("reports:report", "reports:version", "reports:section"),
        )
        history_pages.include(Report, ReportSection, parent="report", subject="title")
        history_pages.include(Report, ReportVersion, parent="report", subject="number")
        history_pages.include(
            Report,
            VersionMarks,
            parent="version__report",
            subject="given_by",
            told=permissions.told_marks,
        )
        history_words.say(VersionMarks, "marks", criteria.words_of_marks)
        history_pages.include(Report, Reminder, parent="report", subject="sent_on")
        history_pages.include(Report, Intake, parent="report", subject="file")
        history_pages.register(
            ReportSection,
            can_see=lambda user, section: permissions.can_see(user, section.report),
            url=lambda section: reverse("reports:section", args=[section.report_id, section.number]),
            visible=lambda user: ReportSection.objects.filter(report__in=Report.objects.visible_to(user)),
        )
        for thing, section in ((Report, "section__report"), (ReportSection, "section")):
            history_pages.include(thing, Attachment, parent=section, subject="file")
            history_pages.include(
                thing, Comment, parent=section, subject="section", told=permissions.told_comments
            )
            history_pages.include(thing, SectionVersion, parent=section, subject="section")
            history_pages.include(
                thing,
                SectionDecision,
                parent=f"section_version__{section}",
                subject="section_version",
                told=permissions.told_decisions,
            )
            history_pages.include(
                thing,
                SectionOpinion,
                parent=f"section_version__{section}",
                subject="section_version",
                told=permissions.told_decisions,
            )
            history_pages.include(
                thing, SectionQuestion, parent=f"section_version__{section}", subject="section_version"
            )
        history_pages.register(
            ReportTemplate,
            can_see=lambda user, template: permissions.can_manage_templates(user),
            url=lambda template: reverse("reports:template", args=[template.pk]),
            pages=("reports:template", "reports:template_preview"),
        )
        history_pages.include(ReportTemplate, TemplateSection, parent="template", subject="title")
        history_pages.include(ReportTemplate, TemplateVersion, parent="template", subject="number")
        for field in ("sections", "criteria"):  # they tell of themselves
            history_words.say(TemplateVersion, field, lambda _all: "")
        history_words.say(ReportTemplate, "criteria", criteria.words)
        history_pages.register(
            ContradictionDecision,
            can_see=lambda user, decision: permissions.can_see_contradictions(user, decision.period),
            url=lambda decision: f"{reverse('reports:contradictions')}?show=decided",
        )
        for made, done in (
            (Report, pgettext_lazy("history", "requested")),
            (ReportVersion, pgettext_lazy("history", "submitted")),
            (Reminder, pgettext_lazy("history", "sent")),
            (Comment, pgettext_lazy("history", "written")),
            (SectionDecision, pgettext_lazy("history", "given")),
            (ContradictionDecision, pgettext_lazy("history", "given")),
            (SectionOpinion, pgettext_lazy("history", "expressed")),
            (SectionQuestion, pgettext_lazy("history", "asked")),
        ):
            history_words.make(made, done)
        history_words.say(ContradictionDecision, "sides", _sides)
        # At the close of an evaluation the answer stands in the version with which it was sent.
        for field in ("answer", "answered_at"):
            history_words.moves(ReportSection, field, lambda row: row.state == SectionState.SUBMITTED)
        # As a fact: a choice's own label is what a button says.
        history_words.say(
            SectionDecision, "choice", lambda choice: str(SectionDecision(choice=choice).badge.label)
        )
        history_pages.list_pages("reports:index")
        history_pages.list_pages("reports:templates", may=permissions.can_manage_templates)
        links.offer(home.of_body)
        places.register(home.places_of_files)


def _sides(sides: list[dict[str, str]]) -> str:
    return "; ".join(": ".join(filter(None, (side["words"], side["place"]))) for side in sides)
