"""Who was invited and has not come in yet: since when, and whether the letter and its link are still good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.jobs.models import Job, State
from common.workflow import Badge
from institution.models import User
from institution.sign_in import letters


@dataclass(frozen=True)
class Invitation:
    """What became of the last letter; `sent_at` is None where none was sent yet."""

    sent_at: dt.datetime | None = None
    has_failed: bool = False

    @property
    def badge(self) -> Badge:
        if self.sent_at is None:
            return Badge(_("Not invited yet"), "warn", "mail")
        if self.has_failed:
            return Badge(_("Invitation could not be sent"), "stop", "octagon-alert")
        if timezone.now() - self.sent_at > dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT):
            return Badge(_("Invitation has expired"), "warn", "clock")
        return Badge(_("Invitation not taken up yet"), "info", "mail")


def waiting(people: Iterable[User]) -> dict[int, Invitation]:
    """The invitations of those who have not come in yet, by the person's id. One query, or none."""
    invited = [person.pk for person in people if person.awaits_first_sign_in]
    found = {pk: Invitation() for pk in invited}
    if invited:
        sent = Job.objects.filter(kind=letters.JOB, args__kind="invitation", args__person__in=invited)
        for job in sent.order_by("created_at"):
            found[job.args["person"]] = Invitation(job.created_at, job.state == State.FAILED)
    return found
