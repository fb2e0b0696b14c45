"""Keeps a file that is too large from ever reaching memory or disk."""

import logging
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    StopUpload,
    TemporaryFileUploadHandler,
)

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
# A form has other fields and boundaries too; they never amount to this much.
ROOM_FOR_THE_FORM = MEGABYTE
# Up to this size the rest of a refused upload is read and thrown away, so that the browser shows
# our sentence; beyond it the connection is cut.
READ_OUT_AT_MOST = 8


def limit() -> int:
    """The most bytes that a file may have."""
    return settings.UPLOAD_MAX_MB * MEGABYTE


class LimitingUploadHandler(FileUploadHandler):
    """First of FILE_UPLOAD_HANDLERS. Leaves the refused size in `request.refused_upload`."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        self.declared = content_length
        self.received = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.received = 0
        if self.declared > limit() + ROOM_FOR_THE_FORM:
            self.refuse(self.declared)

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > limit():
            self.refuse(self.declared)
        return raw_data

    def file_complete(self, file_size):
        return None

    def refuse(self, size: int):
        self.request.refused_upload = size
        if size > READ_OUT_AT_MOST * limit():
            raise StopUpload(connection_reset=True)
        raise SkipFile


class SparingUploadHandler(TemporaryFileUploadHandler):
    """Last of FILE_UPLOAD_HANDLERS. A file for which the disk has no room is let go; `request.unstored_upload`
    is its name."""

    def new_file(self, *args, **kwargs):
        with self._letting_go():
            super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data, start):
        with self._letting_go():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size):
        with suppress(SkipFile), self._letting_go():
            whole = super().file_complete(file_size)
            del self.file  # no longer to be thrown away with one that is let go later
            return whole

    @contextmanager
    def _letting_go(self):
        try:
            yield
        except OSError as error:
            logger.error("an upload found no room: %s", error)
            self.request.unstored_upload = self.file_name
            if hasattr(self, "file"):
                with suppress(OSError):  # its last words find no room either
                    self.file.close()
                del self.file
            raise SkipFile from error
