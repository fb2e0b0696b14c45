"""Triggers that keep history and what was decided from being changed. Not generated: kept by hand."""

from django.db import migrations

from common.audit.operations import AppendOnly


# The evaluation that the decision belongs to has been closed.
CLOSED = """(
    SELECT version.outcome FROM reports_reportversion version
    JOIN reports_sectionversion seen ON seen.version_id = version.id
    WHERE seen.id = OLD.section_version_id
) <> ''"""


class Migration(migrations.Migration):

    dependencies = [("reports", "0001_initial")]

    operations = [
        AppendOnly("HistoricalReportTemplate"),
        AppendOnly("HistoricalTemplateSection"),
        AppendOnly("HistoricalReport"),
        AppendOnly("HistoricalReportSection"),
        AppendOnly("HistoricalReportVersion"),
        AppendOnly("HistoricalSectionVersion"),
        AppendOnly("HistoricalSectionDecision"),
        AppendOnly("HistoricalAttachment"),
        AppendOnly("SectionVersion"),
        AppendOnly("ReportVersion", when="OLD.outcome <> ''"),
        AppendOnly("SectionDecision", when=CLOSED, shut=True),
    ]
