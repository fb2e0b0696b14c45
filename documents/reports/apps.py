from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "documents.reports"
    label = "reports"

    def ready(self) -> None:
        from django.urls import reverse

        from common import history_pages, history_words
        from documents.reports import home, permissions
        from documents.reports.models import (
            Attachment,
            Report,
            ReportSection,
            ReportTemplate,
            ReportVersion,
            SectionDecision,
            SectionVersion,
            TemplateSection,
        )
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
        history_pages.register(
            ReportSection,
            can_see=lambda user, section: permissions.can_see(user, section.report),
            url=lambda section: reverse("reports:section", args=[section.report_id, section.number]),
            visible=lambda user: ReportSection.objects.filter(report__in=Report.objects.visible_to(user)),
        )
        for thing, section in ((Report, "section__report"), (ReportSection, "section")):
            history_pages.include(thing, Attachment, parent=section, subject="file")
            history_pages.include(thing, SectionVersion, parent=section, subject="section")
            history_pages.include(
                thing,
                SectionDecision,
                parent=f"section_version__{section}",
                subject="section_version",
                told=permissions.told_decisions,
            )
        history_pages.register(
            ReportTemplate,
            can_see=lambda user, template: permissions.can_manage_templates(user),
            url=lambda template: reverse("reports:template", args=[template.pk]),
            pages=("reports:template", "reports:template_preview"),
        )
        history_pages.include(ReportTemplate, TemplateSection, parent="template", subject="title")
        # As a fact: a choice's own label is what a button says.
        history_words.say(
            SectionDecision, "choice", lambda choice: str(SectionDecision(choice=choice).badge.label)
        )
        history_pages.list_pages(lambda user: True, "reports:index")
        history_pages.list_pages(permissions.can_manage_templates, "reports:templates")
        links.offer(home.of_body)
