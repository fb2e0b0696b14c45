"""Every write of the reports' room; the modules are its rooms: templates, requests, writing, submission, evaluation."""

from documents.reports.services.comments import assign, comment, resolve
from documents.reports.services.contradictions import SettledMeanwhile, settle
from documents.reports.services.evaluation import DecidedMeanwhile, close, decide, outcome_of
from documents.reports.services.hearing import answer, ask, give_opinion
from documents.reports.services.library import add_guide_templates, missing_from_guide
from documents.reports.services.marks import give_marks
from documents.reports.services.reminders import remind
from documents.reports.services.requests import cancel, change_due, request_report
from documents.reports.services.revising import replace, restore
from documents.reports.services.rounds import change_round_due
from documents.reports.services.submission import Incomplete, Obstacle, obstacles, submit
from documents.reports.services.templates import (
    SHAPE,
    move_section,
    remove_section,
    save_criteria,
    save_template,
)
from documents.reports.services.templates import (
    save_section as save_template_section,
)
from documents.reports.services.writing import (
    SavedMeanwhile,
    attach,
    attach_kept,
    correct,
    detach,
    fill_section,
    insert_picture,
    mark_answered,
    save_section,
)

__all__ = [
    "SHAPE",
    "DecidedMeanwhile",
    "Incomplete",
    "Obstacle",
    "SavedMeanwhile",
    "SettledMeanwhile",
    "add_guide_templates",
    "answer",
    "ask",
    "assign",
    "attach",
    "attach_kept",
    "cancel",
    "change_due",
    "change_round_due",
    "close",
    "comment",
    "correct",
    "decide",
    "detach",
    "insert_picture",
    "give_marks",
    "give_opinion",
    "fill_section",
    "mark_answered",
    "missing_from_guide",
    "move_section",
    "obstacles",
    "outcome_of",
    "remind",
    "remove_section",
    "replace",
    "request_report",
    "resolve",
    "restore",
    "save_criteria",
    "save_section",
    "save_template",
    "save_template_section",
    "settle",
    "submit",
]
