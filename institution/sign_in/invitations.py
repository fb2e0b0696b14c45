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
    """What became of the last letter: its `state`, None where there is none, and when it was sent, if it was."""

    state: str | None = None
    sent_at: dt.datetime | None = None

    @property
    def badge(self) -> Badge:
        if self.state is None:
            return Badge(_("Not invited yet"), "warn", "mail")
        if self.state == State.FAILED:
            return Badge(_("Invitation could not be sent"), "stop", "octagon-alert")
        if self.sent_at is None:
            return Badge(_("Invitation is about to be sent"), "info", "clock")
        if timezone.now() - self.sent_at > dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT):
            return Badge(_("Invitation has expired"), "warn", "clock")
        return Badge(_("Invitation not taken up yet"), "info", "mail")


def waiting(people: Iterable[User]) -> dict[int, Invitation]:
    """The invitations of those who have not come in yet, by the person's id. One query, or none."""
    invited = [person.pk for person in people if person.awaits_first_sign_in]
    found = {pk: Invitation() for pk in invited}
    if invited:
        # The letter for a forgotten password has a link as good as the invitation's.
        written = Job.objects.filter(
            kind=letters.JOB, args__kind__in=("invitation", "password"), args__person__in=invited
        )
        for job in written.order_by("created_at"):
            sent_at = job.finished_at if job.state == State.DONE else None
            found[job.args["person"]] = Invitation(job.state, sent_at)
    return found
