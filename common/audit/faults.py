"""What a verification can find, each with its sentence."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class What(TextChoices):
    MISSING = "missing", _("an entry is missing here")
    LINK = "link", _("the entry does not follow from the one before it")
    CHANGED = "changed", _("the history row has been changed")
    GONE = "gone", _("the history row has been removed")
    INDEX = "index", _("the entry tells of the row what the row does not say")
    UNLINKED = "unlinked", _("the history row stands outside the chain")
    HEAD = "head", _("the head of the chain is not where the chain ends")
    CLOCK = "clock", _("the entry was made at an earlier time than those before it")
    CUT = "cut", _("the chain ends before what was signed")
    OTHER = "other", _("the chain is not the one that was signed")
    SIGNATURE = "signature", _("the signature of the checkpoint does not fit")
    KEY = "key", _("the checkpoint is signed with a key that is not known")
    WITHDRAWN = "withdrawn", _("the database lacks a checkpoint that was told outside, or has another one")
    UNTOLD = "untold", _("the file outside lacks a checkpoint")
    GUARD = "guard", _("the table has lost what keeps its rows from being changed")
    FILE_GONE = "file_gone", _("the stored file is missing")
    FILE_CHANGED = "file_changed", _("the stored file has been changed")
    SILENT_CHANGE = "silent_change", _("changed without a history row")
    SILENT_NEW = "silent_new", _("added without a history row")
    SILENT_REMOVAL = "silent_removal", _("removed without a history row")


@dataclass(frozen=True)
class Fault:
    what: What
    seq: int | None = None
    model: str = ""
    row: str = ""
    detail: str = ""

    def __str__(self) -> str:
        place = [f"#{self.seq}" if self.seq else "", self.model, self.row]
        told = f"{' '.join(part for part in place if part)}: {self.what.label}"
        return f"{told} ({self.detail})" if self.detail else told
