"""Pictures of a report's text: files of the room of the group that writes it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.decisions import Invalid
from documents.files import kinds, services
from documents.files.door import Kept
from documents.files.models import StoredFile
from documents.reports import html as markup
from documents.reports.models import Report


def keep(upload: File) -> Kept:
    """Keep a PNG or JPG; the door draws it anew. Raises Invalid for another kind, and as files.services.keep."""
    name = kinds.clean_name(upload.name or "")
    if kinds.KINDS[kinds.of(name)].content_type not in kinds.PICTURES:
        raise Invalid(_("“%(name)s” is not a picture. PNG and JPG can be inserted.") % {"name": name})
    return services.keep(upload)


def require_own(html: str, report: Report) -> None:
    """Raise Invalid where a cleaned text shows a picture that is not the group's own.

    What is printed with the plan is read by everybody, so that no text may lead to a file that its
    writer could not open.
    """
    shown = markup.pictures(html)
    if not shown:
        return
    own = StoredFile.objects.filter(
        pk__in=shown, body=report.body_id, blob__content_type__in=kinds.PICTURES
    ).count()
    if foreign := len(shown) - own:
        raise Invalid(
            ngettext(
                "A picture in the text is not a file of this group. Insert it here anew.",
                "%(n)d pictures in the text are not files of this group. Insert them here anew.",
                foreign,
            )
            % {"n": foreign},
            field="html",
        )


def brought(html: str, report: Report, *, by: Any, now: dt.datetime) -> str:
    """The text as it may stand in this report: pictures of other rooms are copied into the one of its group.

    A copy is named after the group from which it comes. Raises Invalid where the room is full.
    """
    foreign = StoredFile.objects.filter(pk__in=markup.pictures(html)).exclude(body=report.body_id)
    copies = {
        file.pk: services.copy(
            file=file, body=report.body, name=f"{file.body} {file.name}", by=by, now=now
        ).pk
        for file in foreign.select_related("blob", "body", "screening").order_by("pk")
    }
    for old, new in copies.items():
        html = html.replace(f"/files/{old}/picture/", f"/files/{new}/picture/")
        html = html.replace(f'data-figure="{old}"', f'data-figure="{new}"')
    return html
