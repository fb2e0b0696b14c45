"""manage.py import_plan FILE [--period 2020-2024] [--create-units]: a plan from JSON (docs/plan-format.md)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from common.audit.chain import linked
from common.decisions import Invalid, Refused
from common.history import SystemActor
from documents.plan import interchange
from documents.plan.management.commands.export_plan import the_period
from documents.plan.services import replace_plan
from institution.services import add_unit

ACTOR = SystemActor("import_plan")


class Command(BaseCommand):
    help = "Make the plan data of a period be what the file says. On any fault nothing is changed (exit 2)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--period", default="", help="into this period instead of the file’s own")
        parser.add_argument(
            "--create-units", action="store_true", help="add units that the file names and nobody knows"
        )

    def handle(self, *, file, period, create_units, **options):
        if period:
            the_period(period)
        try:
            plan = interchange.read(file.read_text(encoding="utf-8-sig"), period=period)
            with transaction.atomic(), linked():
                changed = self.load(plan, create_units=create_units)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=2) from error
        except UnicodeDecodeError as error:
            message = _("%(file)s is not written in UTF-8.") % {"file": file}
            raise CommandError(message, returncode=2) from error
        except (Invalid, Refused) as error:
            raise CommandError(f"{file}: {error}", returncode=2) from error
        self.stdout.write(
            _("%(period)s: %(goals)d goals, %(objectives)d objectives. %(outcome)s")
            % {
                "period": plan["period"],
                "goals": len(plan["goals"]),
                "objectives": len(plan["objectives"]),
                "outcome": _("Taken over.") if changed else _("Nothing had to be changed."),
            }
        )

    @staticmethod
    def load(plan, *, create_units):
        period = the_period(plan["period"])
        unknown = interchange.unknown_units(plan)
        for name, place in unknown.items():
            if not create_units:
                raise Invalid(
                    _("%(place)s: there is no unit “%(name)s”. Correct it, or add --create-units.")
                    % {"place": place, "name": name}
                )
            add_unit(name=name, by=ACTOR)
        return replace_plan(period=period, plan=plan, by=ACTOR)
