"""Makes an empty installation ready for its first sign-in."""

import datetime as dt
import sys
from getpass import getpass

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from common.decisions import Invalid
from common.history import SystemActor
from documents.reports import services as reports
from institution import services as institution
from institution.models import Body, User
from institution.roles import Kind, Role
from teams import services


class Command(BaseCommand):
    help = (
        "Sets the municipality up with the guide's report templates, and opens the account of the "
        "director of strategy development, who opens all others. The password is asked for, or read from the standard input."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--municipality", required=True, help="its name: Karesi Belediyesi")
        parser.add_argument("--name", required=True, help="name and surname of the director")
        parser.add_argument("--email", required=True, help="address to sign in with")

    def handle(self, *args, municipality: str, name: str, email: str, **options) -> None:
        if User.objects.exists():
            raise CommandError("There are accounts already; new ones are opened on the page of people.")
        password = getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            self._open(municipality, name, email, password, today=timezone.localdate())
        except Invalid as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(f"{municipality} is set up; {email} can sign in.")

    @transaction.atomic
    def _open(self, municipality: str, name: str, email: str, password: str, *, today: dt.date) -> None:
        by = SystemActor("first_account")
        institution.set_up_municipality(name=municipality, by=by)
        director = institution.add_person(email=email, full_name=name, by=by)
        institution.set_password(person=director, password=password, by=by)
        directorate = Body.objects.kind(Kind.DIRECTORATE).get(period=None)
        services.appoint(body=directorate, person=director, role=Role.CHAIR, starts_on=today, by=by)
        reports.add_guide_templates(by=director, now=timezone.now())
