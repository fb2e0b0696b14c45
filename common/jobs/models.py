from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.jobs.registry import Handler, handler_of


class State(models.TextChoices):
    WAITING = "waiting", gettext_lazy("Waiting")
    RUNNING = "running", gettext_lazy("Running")
    DONE = "done", gettext_lazy("Done")
    FAILED = "failed", gettext_lazy("Failed")


class Job(models.Model):
    """One piece of background work: its intent, its progress, its end.

    Without history on purpose: a row is machinery, and what it made has a history of its own.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    args: Any = models.JSONField(default=dict)
    title = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2, default="tr")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    step = models.CharField(max_length=300, blank=True)
    error = models.TextField(blank=True)
    incident = models.CharField(max_length=8, blank=True)
    requested_by_id = models.BigIntegerField(null=True)
    requested_by_name = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    waiting_since = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    # Who holds a running row: a late writer whose row was given to another finds nothing to write.
    claim = models.CharField(max_length=80, blank=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="job_once_a_key"),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING) ^ Q(claim=""), name="job_claimed_while_running"
            ),
        ]
        indexes = [models.Index(fields=["state", "published_at"])]

    def __str__(self) -> str:
        return self.title or f"{self.kind} {self.key}"

    @property
    def handler(self) -> Handler:
        return handler_of(self.kind)

    @property
    def is_open(self) -> bool:
        return self.state in (State.WAITING, State.RUNNING)

    @property
    def percent(self) -> int:
        return 100 * self.progress_done // self.progress_total if self.progress_total else 0

    @property
    def place(self) -> str:
        """The address where what it makes is seen."""
        return self.handler.done_url(self) if self.handler.done_url else ""

    @property
    def failure(self) -> str:
        """The sentence that the person reads."""
        return self.error or _(
            "The work did not succeed in three tries. The administrator finds it as incident %(number)s."
        ) % {"number": self.incident}


class Pulse(models.Model):
    """When a part of the machinery last showed that it lives."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
