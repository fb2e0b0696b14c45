"""A kept Word or Excel file through the confined child that reads it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import jobs

SECONDS = 60
MEMORY = 1024**3
# -I leaves our own folder out of the path on purpose; the reader is found by its full name.
START = (
    "import runpy, sys; sys.path.append(sys.argv.pop(1)); "
    "runpy.run_module('documents.reports.intake.reader', run_name='__main__')"
)
KINDS = ("docx", "xlsx")

SENTENCES = {
    "damaged": gettext_lazy(
        "“%(name)s” is damaged. Open it in your office program, save it under a new name and upload that."
    ),
    "not_word": gettext_lazy(
        "“%(name)s” is not an ordinary Word document. Save it as “Word Document (.docx)” and upload it again."
    ),
    "elsewhere": gettext_lazy(
        "“%(name)s” shows pictures that lie elsewhere. Insert them into the document and upload it again."
    ),
    "too_long": gettext_lazy(
        "“%(name)s” holds more paragraphs than can be read. Divide it and upload the parts."
    ),
    "intricate": gettext_lazy(
        "“%(name)s” is too intricate to be read. Copy its text into a new document and upload that."
    ),
}


def read(path: Path, kind: str, *, name: str, folder: Path) -> dict[str, Any]:
    """What stands in the file, as intake.reader tells it; pictures are written into `folder`.

    Raises JobError, in a sentence that says what to do, where no second try would read it.
    """
    reader = [sys.executable, "-I", "-c", START, str(settings.BASE_DIR), kind, str(path), str(folder)]
    try:
        found = json.loads(jobs.run_child(reader, timeout=SECONDS, memory=MEMORY))
    except jobs.ChildTimedOut as error:
        raise jobs.JobError(
            _("“%(name)s” could not be read within a minute. Divide it and upload the parts.")
            % {"name": name}
        ) from error
    if code := found.get("refused"):
        raise jobs.JobError(str(SENTENCES[code]) % {"name": name})
    return found
