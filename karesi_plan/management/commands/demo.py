"""manage.py demo: the sample municipality, into an empty database only."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from common import jobs
from karesi_plan import demo
from karesi_plan.demo.people import DOMAIN, PASSWORD, PERSONAS


class Command(BaseCommand):
    help = "Load the sample municipality into an empty database; a repeat changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not demo.load(today=timezone.localdate()):
            self.stdout.write(_("There is a municipality already; nothing was loaded."))
            return
        jobs.perform_waiting()
        self.stdout.write(_("The sample municipality has been loaded. Its accounts, for this machine only:"))
        for key, (name, title, unit) in PERSONAS.items():
            self.stdout.write(f"  {key}@{DOMAIN:<16} {name}, {title or unit}")
        self.stdout.write(_("Password of all: %(password)s") % {"password": PASSWORD})
