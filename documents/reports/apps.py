from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "documents.reports"
    label = "reports"

    def ready(self) -> None:
        from django.urls import reverse

        from common import history_pages
        from documents.reports import home
        from documents.reports.models import (
            Attachment,
            Report,
            ReportSection,
            ReportTemplate,
            ReportVersion,
            TemplateSection,
        )
        from documents.reports.permissions import can_manage_templates, can_see
        from teams import links

        history_pages.register(
            Report,
            can_see=can_see,
            url=lambda report: reverse("reports:report", args=[report.pk]),
            visible=Report.objects.visible_to,
        )
        history_pages.include(Report, ReportSection, parent="report", subject="title")
        history_pages.include(Report, ReportVersion, parent="report", subject="number")
        history_pages.register(
            ReportSection,
            can_see=lambda user, section: can_see(user, section.report),
            url=lambda section: reverse("reports:section", args=[section.report_id, section.number]),
            visible=lambda user: ReportSection.objects.filter(report__in=Report.objects.visible_to(user)),
        )
        history_pages.include(ReportSection, Attachment, parent="section", subject="file")
        history_pages.register(
            ReportTemplate,
            can_see=lambda user, template: can_manage_templates(user),
            url=lambda template: reverse("reports:template", args=[template.pk]),
        )
        history_pages.include(ReportTemplate, TemplateSection, parent="template", subject="title")
        links.offer(home.of_body)
