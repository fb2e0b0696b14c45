"""Why a file is not taken: one code for each reason, and the sentence that names the file.

The codes are all that the examining child says, so that no word of a hostile file reaches a page.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from common.decisions import Invalid

SENTENCES = {
    "empty": _("“%(name)s” is empty."),
    "not_real": _(
        "“%(name)s” is not a real %(kind)s file: its content says something else. "
        "Save it again in the right format."
    ),
    "damaged": _("“%(name)s” is damaged and cannot be opened."),
    "locked": _("“%(name)s” is locked with a password. Save it without one and upload it again."),
    "programs": _("“%(name)s” holds macros or embedded objects. Save it without them and upload it again."),
    "too_much": _("“%(name)s” unpacks to more than is accepted. Divide it or make it smaller."),
    "entities": _(
        "“%(name)s” defines entities of its own (DOCTYPE), which office programs never do. "
        "Save it again with your office program."
    ),
    "elsewhere": _(
        "“%(name)s” shows pictures or content that lie elsewhere. Embed them in the document and upload it again."
    ),
    "pixels": _("“%(name)s” has more than 20 million pixels. Make the picture smaller and upload it again."),
    "unread": _("“%(name)s” could not be examined. Save it again with your program and upload it again."),
    "disk_full": _(
        "There is no room left for files; “%(name)s” was not stored. What is stored can be read. "
        "Tell the system administrator."
    ),
}


class Unfit(Exception):
    """The file is not to be kept; `code` is one of SENTENCES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def refusal(code: str, name: str, **more: str) -> Invalid:
    """The exception for a code of SENTENCES, its sentence naming the file."""
    return Invalid(str(SENTENCES[code]) % {"name": name, **more})
