"""Who is told when a file is kept aside: who uploaded it, and the administrators, who look after the machines."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import grants
from common.notices import services as notices
from common.notices.registry import Channel, group, kind
from documents.files.models import Screening
from documents.files.workflow import ScreeningState
from institution.models import Body
from institution.roles import Kind

ASIDE = group("files.aside", label=gettext_lazy("Files that are kept aside"), default=Channel.AT_ONCE)


def infected(data: dict[str, Any]) -> str:
    return _("A virus (%(virus)s) was found in it. It is kept aside and given to nobody.") % {
        "virus": data["found"]
    }


def refused(data: dict[str, Any]) -> str:
    return _("It was examined after the upload and found unfit. It is kept aside and given to nobody.")


for _words, _icon in ((infected, "shield-alert"), (refused, "circle-slash")):
    kind(f"files.{_words.__name__}", group=ASIDE, words=_words, icon=_icon, tone="stop")


def tell(*, screening: Screening, by: Any, now: dt.datetime) -> None:
    """In the transaction of the decision. Administrators are told of a virus alone, and led to their first
    screen: the file itself is none of theirs."""
    file = screening.file
    news = {"kind": f"files.{screening.state}", "data": {"found": screening.found}, "by": by, "now": now}
    key = f"files.{screening.state}:{file.pk}"
    if file.uploaded_by_id:
        about = notices.About(file.name, reverse("files:file", args=[file.pk]))
        notices.notify(to=[file.uploaded_by_id], about=about, key=key, **news)
    if screening.state == ScreeningState.INFECTED:
        bodies = Body.objects.kind(Kind.ADMINISTRATION).filter(dissolved_on=None)
        people = {pk for body in bodies for pk in grants.people("manage_accounts", body)}
        about = notices.About(file.name, reverse("home"))
        notices.notify(to=people - {file.uploaded_by_id}, about=about, key=f"{key}:administrators", **news)
