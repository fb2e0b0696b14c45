"""Which passwords are refused beside the short and the common ones: leaked ones, and our own words."""

from __future__ import annotations

import hashlib
import os
import re
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.turkish import ascii_fold


class LeakedPasswordValidator:
    """Refuses what stands in a list of leaked passwords: a file of SHA-1 hashes in ascending order, one a
    line in capital hexadecimals, with or without `:count`, as haveibeenpwned.com publishes it.

    The file may have any length; a password costs some forty reads. Without a file nothing is refused.
    """

    def __init__(self, path: str = "") -> None:
        self.path = Path(path) if path else None

    def validate(self, password: str, user=None) -> None:
        if self.path is None:
            return
        sought = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
        with self.path.open("rb") as file:
            if stands_in(file, sought):
                raise ValidationError(
                    _("This password is on a list of leaked passwords."), code="password_leaked"
                )

    def get_help_text(self) -> str:
        return _("It must not be on a list of leaked passwords.")


def stands_in(file: BinaryIO, sought: bytes) -> bool:
    """Whether a line of the sorted file begins with the hash."""
    low, high = 0, file.seek(0, os.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        line = line_from(file, middle)
        if line and line[: len(sought)].upper() < sought:
            low = middle + 1
        else:
            high = middle
    return line_from(file, low)[: len(sought)].upper() == sought


def line_from(file: BinaryIO, place: int) -> bytes:
    """The first line that begins at the place or after it; empty at the end."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline()
    return file.readline()


class OwnWordsValidator:
    """Refuses a password made of the words that everybody tries here first."""

    WORDS = (
        "stratejik",
        "strateji",
        "belediyesi",
        "belediye",
        "baskan",
        "mudurluk",
        "parola",
        "sifre",
        "plan",
    )
    LEFT = 6  # so many characters must be left without them

    def validate(self, password: str, user=None) -> None:
        words = {*self.WORDS, *ascii_fold(settings.MUNICIPALITY_NAME).split()}
        longest_first = sorted(map(re.escape, words), key=len, reverse=True)
        left = len(re.sub("|".join(longest_first), "", ascii_fold(password)))
        if left < min(self.LEFT, len(password)):
            raise ValidationError(
                _("This password is made of words that would be guessed first here."),
                code="password_own_words",
            )

    def get_help_text(self) -> str:
        return _("It must not consist only of the municipality’s name and words of its work.")


class RunsValidator:
    """Refuses what the fingers type by themselves: runs of letters or digits, and repeated characters."""

    TURNS = 3  # so often the next character must be neither the same nor a neighbour

    def validate(self, password: str, user=None) -> None:
        if sum(not runs_on(one, after) for one, after in pairwise(password)) < self.TURNS:
            raise ValidationError(
                _("This password is a run of neighbouring or repeated characters."), code="password_run"
            )

    def get_help_text(self) -> str:
        return _("It must not be a run of neighbouring or repeated characters, such as 12345.")


def runs_on(one: str, after: str) -> bool:
    step = ord(after) - ord(one)
    if one.isdigit() and after.isdigit():
        return step % 10 in (0, 1, 9)  # after 9 comes 0
    return step == 0 or (abs(step) == 1 and one.isascii() and after.isascii())
