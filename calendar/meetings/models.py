"""Meetings and sittings: agenda, attendance, votes and what the minutes say of them."""

from __future__ import annotations

import datetime as dt
import re

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common import turkish
from common.history import AuditedQuerySet, audited, for_name_field
from common.workflow import Badge
from documents.drafts.models import DraftVersion
from documents.files.models import StoredFile
from institution.models import Body, PlanPeriod, User
from institution.roles import Kind
from meetings.arithmetic import Side, Tally
from meetings.querysets import MeetingFileQuerySet, MeetingQuerySet, VoteQuerySet
from meetings.workflow import MEETING, VOTE, MeetingState, VoteState


class Meeting(models.Model):
    """A meeting of a body on a day; of the council, one sitting (birleşim)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name=_("body"))
    period = models.ForeignKey(
        PlanPeriod, models.PROTECT, related_name="meetings", verbose_name=_("plan period")
    )
    title = models.CharField(_("title"), max_length=200)
    sitting_no = models.PositiveSmallIntegerField(_("sitting"), default=1)
    starts_at = models.DateTimeField(_("day and time"))
    place = models.CharField(_("place"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    repeats = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="repeated_by", verbose_name=_("repeats")
    )
    full_membership = models.PositiveSmallIntegerField(_("full membership"), null=True, blank=True)
    """Of the council, as it was when the sitting opened"""
    notified_on = models.DateField(_("members told on"), null=True, blank=True)
    called_at = models.DateTimeField(_("called at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    minutes = models.JSONField(_("minutes"), default=list, blank=True)
    """[{heading, sentences}] in order: the first frozen when the sitting opens, all when it ends"""

    objects = MeetingQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("meeting")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "cancelled"])
                | Q(called_at__isnull=False, notified_on__isnull=False),
                name="meeting_called_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "closed"]) | Q(opened_at__isnull=False),
                name="meeting_opened_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Title, and of the council the sitting (birleşim) of that meeting."""
        if not self.of_council:
            return self.title
        return _("%(title)s, sitting %(n)s") % {"title": self.title, "n": self.sitting_no}

    @property
    def of_council(self) -> bool:
        return self.body.kind.code == Kind.COUNCIL

    @property
    def is_repeat(self) -> bool:
        """Whether it repeats a sitting that had no quorum: a quarter is then enough."""
        return self.repeats_id is not None

    @property
    def is_over(self) -> bool:
        return self.state in (MeetingState.ADJOURNED, MeetingState.CLOSED, MeetingState.CANCELLED)

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.starts_at)

    @property
    def badge(self) -> Badge:
        """An open one is called a sitting in the council and a meeting elsewhere."""
        badge = MEETING.badge(self.state)
        if self.state == MeetingState.OPEN and self.of_council:
            return badge._replace(label=_("The sitting is open"))
        return badge


class AgendaItem(models.Model):
    """A numbered item of the agenda; an item on a draft can be voted on as such."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", verbose_name=_("meeting"))
    number = models.PositiveSmallIntegerField(_("item number"))
    title = models.CharField(_("item"), max_length=300)
    draft = models.ForeignKey(
        DraftVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("draft"),
    )
    note = models.TextField(_("for the minutes"), blank=True)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("agenda item")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def is_opening(self) -> bool:
        """The roll call and the opening, as agendas begin: the opening itself does it."""
        words = set(re.findall(r"\w+", turkish.lower(self.title)))
        return self.draft_id is None and words - {"ve"} in OPENINGS


OPENINGS = ({"yoklama", "açılış"}, {"yoklama"}, {"açılış"})
"""Agendas are data, so Turkish"""


class MeetingFile(models.Model):
    """A document of a meeting: it lies in the body's room, in the folder of the meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="files", verbose_name=_("meeting"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    objects = MeetingFileQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("document of a meeting")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)


class Attendance(models.Model):
    """Whether a member is in the hall; ticked by the clerk."""

    class Status(models.TextChoices):
        PRESENT = "present", _("In the hall")
        ABSENT = "absent", _("Absent")
        LEAVE = "leave", _("On leave")
        EXCUSED = "excused", _("Excused")

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="attendances", verbose_name=_("meeting")
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="attendances", verbose_name=_("member"))
    for_name = for_name_field()
    is_chair = models.BooleanField(_("chair"), default=False)
    status = models.CharField(_("attendance"), max_length=8, choices=Status, default=Status.ABSENT)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("attendance")
        ordering = ["-is_chair", "person__full_name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attends_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_status_display()}"


class Vote(models.Model):
    """One vote on an agenda item; the clerk's closing makes the result."""

    class Motion(models.TextChoices):
        ADOPT = "adopt", _("Adoption")
        RETURN = "return", _("Return with objections")
        GENERAL = "general", _("Acceptance of the item")

    class Method(models.TextChoices):
        HANDS = "hands", _("Show of hands")
        NAMED = "named", _("By name")

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="votes", verbose_name=_("agenda item"))
    motion = models.CharField(_("motion"), max_length=8, choices=Motion)
    method = models.CharField(_("method"), max_length=6, choices=Method)
    state = models.CharField(_("state"), max_length=10, choices=VoteState, default=VoteState.OPEN)
    opened_at = models.DateTimeField(_("opened at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    present = models.PositiveSmallIntegerField(_("present"), null=True, blank=True)
    needed = models.PositiveSmallIntegerField(_("votes needed"), null=True, blank=True)
    in_favour = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstaining = models.PositiveSmallIntegerField(_("abstaining"), null=True, blank=True)
    chair_side = models.CharField(_("side of the chair"), max_length=8, blank=True)
    """Where the chair stood when the votes were equal"""
    decision_no = models.CharField(_("number of the decision"), max_length=30, blank=True)
    sentence = models.TextField(_("sentence of the minutes"), blank=True)
    objections = models.JSONField(_("objections"), default=list, blank=True)
    """[{chapter, text}] with which a motion to return was opened"""

    objects = VoteQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("vote")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(state="open"), name="one_open_vote_an_item"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None)
                | Q(state="cancelled", closed_at__isnull=False)
                | Q(
                    state__in=["carried", "lost"],
                    closed_at__isnull=False,
                    present__isnull=False,
                    needed__isnull=False,
                    in_favour__isnull=False,
                    against__isnull=False,
                    abstaining__isnull=False,
                ),
                name="vote_result_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_motion_display()}"

    @property
    def badge(self) -> Badge:
        return VOTE.badge(self.state)

    @property
    def is_open(self) -> bool:
        return self.state == VoteState.OPEN

    @property
    def tally(self) -> Tally:
        """The counted result of a closed vote."""
        return Tally(self.in_favour or 0, self.against or 0, self.abstaining or 0)


class Ballot(models.Model):
    """A member's vote in a vote by name; changeable until the vote closes."""

    class Choice(models.TextChoices):
        FOR = Side.FOR, _("For")
        AGAINST = Side.AGAINST, _("Against")
        ABSTAIN = Side.ABSTAIN, _("Abstain")

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="ballots", verbose_name=_("vote"))
    person = models.ForeignKey(User, models.PROTECT, related_name="ballots", verbose_name=_("member"))
    choice = models.CharField(_("choice"), max_length=8, choices=Choice)
    cast_at = models.DateTimeField(_("cast at"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("ballot")
        constraints = [models.UniqueConstraint(fields=["vote", "person"], name="votes_once")]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def was_entered(self) -> bool:
        """By the clerk, not by the member."""
        return self.entered_by_id != self.person_id
