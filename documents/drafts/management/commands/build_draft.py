"""manage.py build_draft PERIOD --format pdf|html --out FILE [--living]"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from common import jobs
from documents.drafts.builders.pdf import build_html, build_pdf
from documents.drafts.compose import compose, frozen
from institution.models import PlanPeriod


class Command(BaseCommand):
    help = "Print the newest frozen draft of a period, or the living text, marked so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", help="2020-2024")
        parser.add_argument("--format", choices=["pdf", "html"], default="pdf")
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument("--living", action="store_true", help="the text as it stands now")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = PlanPeriod.objects.by_code(options["period"])
        except (PlanPeriod.DoesNotExist, ValueError) as error:
            raise CommandError(
                _("There is no plan period “%(code)s”; write it as 2020-2024.") % {"code": options["period"]},
                returncode=2,
            ) from error
        draft = None if options["living"] else period.drafts.first()
        if draft is None and not options["living"]:
            raise CommandError(
                _("The period %(code)s has no frozen draft; --living prints the text as it stands.")
                % {"code": period.code},
                returncode=2,
            )
        blocks = frozen(draft) if draft else compose(period, today=timezone.localdate())
        try:
            content = (
                build_html(period, blocks, draft=draft).encode()
                if options["format"] == "html"
                else build_pdf(period, blocks, draft=draft).content
            )
            options["out"].write_bytes(content)
        except jobs.JobError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                _("The file %(name)s cannot be written: %(why)s")
                % {"name": options["out"], "why": error.strerror},
                returncode=2,
            ) from error
        self.stdout.write(str(options["out"]))
