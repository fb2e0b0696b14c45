"""Meetings and sittings: agenda, attendance, votes and what the minutes say of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.history import AuditedQuerySet, audited
from common.workflow import Badge
from documents.drafts.models import DraftVersion
from institution.models import Body, PlanPeriod, User
from meetings.querysets import MeetingQuerySet
from meetings.workflow import MEETING, VOTE, MeetingState, VoteState


class Meeting(models.Model):
    """A meeting of a body on a day; of the council, one sitting (birleşim)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name=_("body"))
    period = models.ForeignKey(PlanPeriod, models.PROTECT, related_name="meetings")
    title = models.CharField(_("title"), max_length=200)
    sitting_no = models.PositiveSmallIntegerField(_("sitting"), default=1)
    starts_at = models.DateTimeField(_("day and time"))
    place = models.CharField(_("place"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    repeats = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="repeated_by", verbose_name=_("repeats")
    )
    full_membership = models.PositiveSmallIntegerField(_("full membership"), null=True, blank=True)
    called_at = models.DateTimeField(_("called at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    minutes = models.JSONField(_("minutes"), default=list, blank=True)
    """The minutes' sentences in order, frozen when the sitting closes or is adjourned"""

    objects = MeetingQuerySet.as_manager()
    history = audited()

    class Meta:
        ordering = ["starts_at", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def badge(self) -> Badge:
        return MEETING.badge(self.state)


class AgendaItem(models.Model):
    """A numbered item of the agenda; an item on a draft can be voted on as such."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("item"), max_length=300)
    draft = models.ForeignKey(
        DraftVersion, models.PROTECT, null=True, blank=True, related_name="agenda_items", verbose_name=_("draft")
    )
    note = models.TextField(_("for the minutes"), blank=True)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Attendance(models.Model):
    """Whether a member is in the hall; ticked by the clerk."""

    class Status(models.TextChoices):
        PRESENT = "present", _("Present")
        ABSENT = "absent", _("Absent")
        LEAVE = "leave", _("On leave")
        EXCUSED = "excused", _("Excused")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(User, models.PROTECT, related_name="attendances")
    is_chair = models.BooleanField(_("chair"), default=False)
    status = models.CharField(_("attendance"), max_length=8, choices=Status, default=Status.ABSENT)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        ordering = ["-is_chair", "person__full_name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attends_once")]


class Vote(models.Model):
    """One vote on an agenda item; the clerk's closing makes the result."""

    class Motion(models.TextChoices):
        ADOPT = "adopt", _("Adoption")
        RETURN = "return", _("Return with objections")
        GENERAL = "general", _("Acceptance of the item")

    class Method(models.TextChoices):
        HANDS = "hands", _("Show of hands")
        NAMED = "named", _("By name")

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="votes")
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
    sentence = models.TextField(_("sentence of the minutes"), blank=True)
    objections = models.JSONField(_("objections"), default=list, blank=True)
    """[{chapter, text}] with which a motion to return was opened"""

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
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

    @property
    def badge(self) -> Badge:
        return VOTE.badge(self.state)


class Ballot(models.Model):
    """A member's vote in a vote by name; changeable until the vote closes."""

    class Choice(models.TextChoices):
        FOR = "for", _("For")
        AGAINST = "against", _("Against")
        ABSTAIN = "abstain", _("Abstain")

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="ballots")
    person = models.ForeignKey(User, models.PROTECT, related_name="ballots")
    choice = models.CharField(_("vote"), max_length=8, choices=Choice)
    cast_at = models.DateTimeField(_("cast at"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "person"], name="votes_once")]
