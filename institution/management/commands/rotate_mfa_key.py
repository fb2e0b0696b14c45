"""After a new key was put before the old one in MFA_KEY: seals everything under the new one."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from institution.sign_in.sealing import sealed_anew

SEALED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


class Command(BaseCommand):
    help = "Seals the seeds of second factors under the first key of MFA_KEY; then the others may go."

    def handle(self, *args, verbosity: int = 1, **options) -> None:
        with transaction.atomic():
            rows = Authenticator.objects.select_for_update().filter(type__in=SEALED)
            for row in rows:
                name = SEALED[Authenticator.Type(row.type)]
                row.data[name] = sealed_anew(row.data[name])
                row.save(update_fields=["data"])
        if verbosity:
            self.stdout.write(f"{len(rows)} sealed under the first key.")
