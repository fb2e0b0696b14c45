"""The sample municipality a little further on, so that every page has something to show."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from committees.models import Seat, Term
from common import jobs
from common.audit.models import Entry
from common.jobs.models import Job
from documents.drafts.models import DraftVersion
from documents.files.models import StoredFile
from documents.plan.models import Goal, Objective
from documents.reports.models import Report, ReportTemplate
from institution.models import Body, PlanPeriod, Unit, User
from institution.roles import Kind
from karesi_plan import demo
from karesi_plan.demo.people import DOMAIN
from meetings import roll, services
from meetings.arithmetic import Tally
from meetings.models import Attendance, Meeting, Vote
from teams.models import Membership
from timetable.models import Activity

# The personas of the product, and the accounts that play them in the sample municipality.
NAMES = {
    "officer": "uzman",
    "director": "mudur",
    "team_chair": "baskan.yardimcisi",
    "team_member": "ekip",
    "rapporteur": "raportor",
    "group_member": "grup",
    "mayor": "baskan",
    "council_member": "meclis",
    "clerk": "katip",
    "unit_rep": "temsilci",
    "inspector": "denetci",
    "sysadmin": "yonetici",
    "deactivated": "ayrilan",
    "stranger": "yabanci",
}
SEATED = [name for name in NAMES if name not in ("deactivated", "stranger")]


def load() -> SimpleNamespace:
    """The sample as it stands today, with a printed draft and a vote that is open; the things
    that addresses of pages are made of, by name, and the people by persona."""
    today = timezone.localdate()
    demo.load(today=today)
    told = Entry.objects.count()
    jobs.perform_waiting()
    people = {name: User.objects.get(email=f"{key}@{DOMAIN}") for name, key in NAMES.items()}
    by = SimpleNamespace(**people)
    vote = _vote(by, today)
    TOTP.activate(by.unit_rep, generate_totp_secret())
    RecoveryCodes.activate(by.unit_rep)
    return SimpleNamespace(
        **people,
        **_standing(),
        told=told,
        returned=Report.objects.get(state="returned"),
        late=Report.objects.get(state="writing"),
        submitted=Report.objects.get(state="submitted"),
        accepted=Report.objects.filter(state="accepted").first(),
        vote=vote,
        sitting=vote.item.meeting,
        decided=vote.item.meeting.items.get(number=3).votes.get(),
        called=Meeting.objects.get(state="called"),
        planned=Meeting.objects.get(state="planned", body__kind__code=Kind.PLANNING_TEAM),
        next_item=vote.item.meeting.items.get(number=2),
    )


def _standing() -> dict:
    """One of each thing that the sample municipality has had for long."""
    council = Body.objects.kind(Kind.COUNCIL).get()
    group = Body.objects.kind(Kind.SUB_GROUP).first()
    template = ReportTemplate.objects.first()
    return {
        "period": PlanPeriod.objects.current(),
        "closed": PlanPeriod.objects.by_code("2020-2024"),
        "unit": Unit.objects.first(),
        "council": council,
        "term": Term.objects.get(body=council),
        "seat": Seat.objects.filter(body=council).first(),
        "team": Body.objects.kind(Kind.PLANNING_TEAM).get(),
        "group": group,
        "membership": Membership.objects.filter(body=group).first(),
        "template": template,
        "template_section": template.sections.first(),
        "activity": Activity.objects.first(),
        "goal": Goal.objects.filter(period=PlanPeriod.objects.current()).first(),
        "objective": Objective.objects.filter(goal__period=PlanPeriod.objects.current()).first(),
        "draft": DraftVersion.objects.get(),
        "file": StoredFile.objects.filter(body=None).first(),
        "group_file": StoredFile.objects.exclude(body=None).first(),
        "job": Job.objects.first(),
    }


def _vote(people: SimpleNamespace, today: dt.date) -> Vote:
    """A sitting of the council, open today with twenty in the hall, and a vote by name."""
    now = timezone.make_aware(dt.datetime.combine(today, dt.time(0, 1)))
    council = Body.objects.kind(Kind.COUNCIL).get()
    sitting = services.plan_meeting(
        body=council,
        period=PlanPeriod.objects.current(),
        starts_at=now,
        place="Meclis Salonu",
        agenda=[
            ("Yoklama ve açılış", None),
            ("Komisyon raporlarının okunması", None),
            ("Önceki birleşim tutanağının kabulü", None),
        ],
        notified_on=today - dt.timedelta(7),
        by=people.officer,
        now=now,
    )
    there = [place.person for place in roll.of(sitting)][:20]
    for member in {*there, people.council_member, people.mayor}:
        services.mark_attendance(
            meeting=sitting, person=member, status=Attendance.Status.PRESENT, by=people.clerk
        )
    services.open_sitting(meeting=sitting, by=people.clerk, now=now)
    counted = services.open_vote(
        item=sitting.items.get(number=3), motion="general", method="hands", by=people.clerk, now=now
    )
    present = sitting.attendances.filter(status=Attendance.Status.PRESENT).count()
    services.close_vote(
        vote=counted, counted=Tally(present, 0, 0), decision_no=f"{today.year}/70", by=people.clerk, now=now
    )
    return services.open_vote(
        item=sitting.items.get(number=1), motion="general", method="named", by=people.clerk, now=now
    )
