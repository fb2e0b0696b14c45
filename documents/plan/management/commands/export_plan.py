"""manage.py export_plan 2020-2024 [--out FILE]: the plan of a period as JSON (docs/plan-format.md)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents.plan import interchange
from institution.models import PlanPeriod


class Command(BaseCommand):
    help = "Write the plan data of a period (2020-2024) as JSON, to a file or to the standard output."

    def add_arguments(self, parser):
        parser.add_argument("period")
        parser.add_argument("--out", type=Path)

    def handle(self, *, period, out, **options):
        text = interchange.write(the_period(period))
        if out is None:
            self.stdout.write(text, ending="")
            return
        try:
            out.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{out}: {error.strerror}", returncode=2) from error


def the_period(code: str) -> PlanPeriod:
    try:
        return PlanPeriod.objects.by_code(code)
    except (PlanPeriod.DoesNotExist, ValueError) as error:
        raise CommandError(
            _("There is no plan period “%(code)s”. Known: %(known)s.")
            % {"code": code, "known": ", ".join(p.code for p in PlanPeriod.objects.all()) or "–"},
            returncode=2,
        ) from error
