"""What the chain consists of. Nothing here is ever changed or removed but the head, which moves on."""

from __future__ import annotations

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SAME_ACT = ("noted_at", "at", "actor_id", "actor_name")
"""What the entries of one act have in common: the transaction that entered them, the moment, the author"""


class Entry(models.Model):
    """One history row in the chain, with what a reader filters by; the row itself holds what changed.

    `digest` is the SHA-256 of the history row, `hash` that of number, row, moment, `prev` and digest.
    """

    seq = models.BigIntegerField(_("number"), primary_key=True)
    model = models.CharField(_("kind of thing"), max_length=60)
    object_id = models.CharField(_("thing"), max_length=64)
    history_id = models.BigIntegerField()
    act = models.CharField(_("act"), max_length=1)
    at = models.DateTimeField(_("when"))
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("who"), max_length=200)
    noted_at = models.DateTimeField(_("entered at"), default=timezone.now)
    """By the clock; `at` is the moment that the act itself names"""
    digest = models.CharField(max_length=64)
    prev = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name, verbose_name_plural = _("entry of the history"), _("entries of the history")
        ordering = ["-seq"]
        constraints = [models.UniqueConstraint(fields=["model", "history_id"], name="audit_entry_once_a_row")]
        indexes = [
            models.Index(fields=["model", "object_id", "seq"]),
            models.Index(fields=["actor_id", "seq"]),
            models.Index(fields=["model", "seq"]),
            models.Index(fields=["at", "seq"]),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.model}:{self.object_id}"


class Head(models.Model):
    """Where the chain ends: one row, held while a transaction adds to it."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.seq)

    @classmethod
    def locked(cls) -> Head:
        """The one row; other writers wait for it (on SQLite they wait for the whole database anyway).

        Its own SQL, here and in `moved`, since every save of the application passes here.
        """
        lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT seq, hash FROM audit_head WHERE id = 1{lock}")  # noqa: S608  # two constants
            if row := cursor.fetchone():
                return cls(pk=1, seq=row[0], hash=row[1])
        return cls.objects.select_for_update().get_or_create(pk=1)[0]

    def moved(self) -> None:
        """Keep where the chain ends now."""
        with connection.cursor() as cursor:
            cursor.execute("UPDATE audit_head SET seq = %s, hash = %s WHERE id = 1", [self.seq, self.hash])


class Checkpoint(models.Model):
    """The chain's end at a moment, signed with a key that is not in the database."""

    class Occasion(models.TextChoices):
        HOUR = "hour", _("every hour")
        EVALUATION = "evaluation", _("evaluation closed")
        VOTE = "vote", _("vote closed")
        FROZEN = "frozen", _("draft frozen")
        ADOPTED = "adopted", _("plan adopted")
        SITTING = "sitting", _("sitting closed")

    number = models.BigIntegerField(_("number"), primary_key=True)
    seq = models.BigIntegerField(_("entry"))
    hash = models.CharField(max_length=64)
    count = models.BigIntegerField(_("entries"))
    """Counted, not taken from the numbers"""
    at = models.DateTimeField(_("when"))
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion)
    thing = models.CharField(_("thing"), max_length=80, blank=True)
    """"meetings.meeting:12", whose milestone it marks"""
    version = models.CharField(_("version of the application"), max_length=40)
    key = models.CharField(_("key"), max_length=16)
    signature = models.CharField(max_length=128)

    class Meta:
        verbose_name, verbose_name_plural = _("checkpoint"), _("checkpoints")
        ordering = ["number"]
        indexes = [models.Index(fields=["thing", "number"])]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """As printed: the entry's number and the first 16 digits of its hash, in fours."""
        return "-".join([str(self.seq), *(self.hash[n : n + 4] for n in range(0, 16, 4))])


class ReadLog(models.Model):
    """A page or a file that somebody opened by the right to inspect, or was refused.

    The path only: what was typed into an address may be private, and says little of what was shown.
    """

    LONGEST_PATH = 300
    LONGEST_TITLE = 200

    at = models.DateTimeField(_("when"), default=timezone.now)
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(_("who"), max_length=200)
    for_name = models.CharField(_("on behalf of"), max_length=200, blank=True, default="")
    path = models.CharField(_("address"), max_length=LONGEST_PATH)
    title = models.CharField(_("page or file"), max_length=LONGEST_TITLE, blank=True)
    status = models.PositiveSmallIntegerField(_("answer"))

    class Meta:
        verbose_name, verbose_name_plural = _("reading"), _("readings")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["actor_id", "id"]), models.Index(fields=["at", "id"])]

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.path}"

    @property
    def was_refused(self) -> bool:
        return self.status >= 400
