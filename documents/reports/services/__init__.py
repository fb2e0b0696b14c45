"""Every write of the reports' room; the modules are its rooms: templates, requests, writing, submission, evaluation."""

from documents.reports.services.evaluation import DecidedMeanwhile, close, decide
from documents.reports.services.requests import cancel, change_due, request_report
from documents.reports.services.submission import Incomplete, Obstacle, obstacles, submit
from documents.reports.services.templates import (
    move_section,
    remove_section,
    save_template,
)
from documents.reports.services.templates import (
    save_section as save_template_section,
)
from documents.reports.services.writing import (
    SavedMeanwhile,
    attach,
    correct,
    detach,
    mark_answered,
    save_section,
)

__all__ = [
    "DecidedMeanwhile",
    "Incomplete",
    "Obstacle",
    "SavedMeanwhile",
    "attach",
    "cancel",
    "change_due",
    "close",
    "correct",
    "decide",
    "detach",
    "mark_answered",
    "move_section",
    "obstacles",
    "remove_section",
    "request_report",
    "save_section",
    "save_template",
    "save_template_section",
    "submit",
]
