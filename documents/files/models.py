"""What was uploaded: content once, by its hash, and each use of it with its name and owner."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import AuditedQuerySet, audited
from documents.files.querysets import StoredFileQuerySet
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
        """Place below MEDIA_ROOT."""
        return f"blobs/{self.sha256[:2]}/{self.sha256}"


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
