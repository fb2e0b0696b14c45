"""What was uploaded: content once, by its hash, and each use of it with its name and owner."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.history import AuditedQuerySet, audited
from common.workflow import Badge
from documents.files import door
from documents.files.querysets import StoredFileQuerySet
from documents.files.workflow import SCREENING, ScreeningState
from institution.models import Body, User


class Blob(models.Model):
    """Bytes, stored once under their SHA-256; never overwritten, never deleted."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField(_("size"))
    content_type = models.CharField(_("type"), max_length=100)
    stored_at = models.DateTimeField(_("stored at"))

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name, verbose_name_plural = _("stored content"), _("stored contents")

    def __str__(self) -> str:
        return self.sha256

    @property
    def path(self) -> str:
        """Place below MEDIA_ROOT: among the others, or aside while it is in quarantine."""
        return str(door.where(self.sha256).relative_to(settings.MEDIA_ROOT))


class StoredFile(models.Model):
    """A named file in a body's room."""

    blob = models.ForeignKey(Blob, models.PROTECT, related_name="files", verbose_name=_("content"))
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="files", verbose_name=_("room")
    )
    name = models.CharField(_("file name"), max_length=255)
    is_public = models.BooleanField(_("open to everybody who is signed in"), default=False)
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))

    objects = StoredFileQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name = _("file")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """As people call it: PDF, DOCX."""
        return self.name.rpartition(".")[2].upper()

    @property
    def state(self) -> str:
        """Of its screening; a file that needed none is clean. Load `screening` with the file."""
        return self.screening.state if hasattr(self, "screening") else ScreeningState.CLEAN

    @property
    def is_clean(self) -> bool:
        return self.state == ScreeningState.CLEAN

    @property
    def badge(self) -> Badge:
        return SCREENING.badge(self.state)


class Screening(models.Model):
    """What was found in a file that waited in quarantine, or lost at the door what acts by itself."""

    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="screening", verbose_name=_("file"))
    state = models.CharField(_("state"), max_length=8, choices=ScreeningState)
    is_examined = models.BooleanField(_("opened and examined"), default=True)
    was_stripped = models.BooleanField(_("scripts and embedded files were removed"), default=False)
    found = models.CharField(_("found"), max_length=200, blank=True)
    """The scanner's name of the virus, or the code of refusals.SENTENCES"""
    decided_at = models.DateTimeField(_("examined at"), null=True, blank=True)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name, verbose_name_plural = _("examination of an upload"), _("examinations of uploads")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ScreeningState.WAITING) ^ Q(decided_at__isnull=False),
                name="screening_waits_or_is_decided",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file}: {self.get_state_display()}"


class Download(models.Model):
    """That a person was given a file. Kept as it was written; without history, being one."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="downloads", verbose_name=_("file"))
    at = models.DateTimeField(_("when"))
    person_id = models.BigIntegerField()
    person_name = models.CharField(_("who"), max_length=200)

    class Meta:
        verbose_name, verbose_name_plural = _("download"), _("downloads")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.person_name}: {self.file}"
