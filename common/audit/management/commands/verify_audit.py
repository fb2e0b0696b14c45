"""manage.py verify_audit: is the history as it was written."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from common.audit.export import export
from common.audit.keys import KeyMissing
from common.audit.models import Checkpoint, Entry
from common.audit.verify import verify

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Verify the history: chain, rows, checkpoints, the file outside, triggers, stored files, and that "
        "nothing changed without a row. Ends with 1 where something does not hold, the first broken row first."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--since", type=int, default=0, metavar="N", help="take the entries up to N as they are"
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--no-files", action="store_true", help="do not read the stored files")
        parser.add_argument("--export", type=Path, metavar="FILE", help="write it all for verify_export.py")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            faults = verify(since=options["since"], files=not options["no_files"])
            if options["export"]:
                with options["export"].open("w", encoding="utf-8") as file:
                    export(file)
        except KeyMissing as error:
            self.stderr.write(str(error))
            sys.exit(2)
        counts = {"entries": Entry.objects.count(), "checkpoints": Checkpoint.objects.count()}
        if options["format"] == "json":
            told = [
                {"what": f.what.value, "seq": f.seq, "model": f.model, "row": f.row, "detail": f.detail}
                for f in faults
            ]
            self.stdout.write(json.dumps({"holds": not faults, **counts, "faults": told}, ensure_ascii=False))
        else:
            self._say(faults, counts, time.monotonic() - began)
        if faults:
            sys.exit(1)

    def _say(self, faults: list, counts: dict[str, int], seconds: float) -> None:
        for fault in faults[:SHOWN]:
            self.stdout.write(str(fault))
        if len(faults) > SHOWN:
            self.stdout.write(_("and %(n)d more") % {"n": len(faults) - SHOWN})
        told = {**counts, "seconds": f"{seconds:.1f}", "faults": len(faults)}
        if faults:
            self.stdout.write(_("The history does not hold: %(faults)d faults.") % told)
        else:
            self.stdout.write(
                _("The history holds: %(entries)d entries, %(checkpoints)d checkpoints, %(seconds)s s.")
                % told
            )
