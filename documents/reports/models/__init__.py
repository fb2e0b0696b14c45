"""Reports of the sub-groups: templates, the text being written, its frozen versions, the decisions."""

from documents.reports.models.comments import Comment
from documents.reports.models.contradictions import ContradictionDecision, ContradictionKind
from documents.reports.models.evaluation import (
    ReportVersion,
    SectionDecision,
    SectionOpinion,
    SectionQuestion,
    SectionVersion,
    VersionMarks,
)
from documents.reports.models.intake import Intake
from documents.reports.models.reminders import Reminder
from documents.reports.models.templates import ReportTemplate, SectionShape, TemplateSection, TemplateVersion
from documents.reports.models.writing import Attachment, Report, ReportSection

__all__ = [
    "Attachment",
    "Comment",
    "ContradictionDecision",
    "ContradictionKind",
    "Reminder",
    "Intake",
    "Report",
    "ReportSection",
    "ReportTemplate",
    "ReportVersion",
    "SectionDecision",
    "SectionOpinion",
    "SectionQuestion",
    "SectionShape",
    "SectionVersion",
    "TemplateSection",
    "TemplateVersion",
    "VersionMarks",
]
