"""Background work of the drafts room: print what was frozen, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from common import jobs
from common.history import SystemActor
from documents.drafts import permissions, services
from documents.drafts.builders.pdf import build_pdf
from documents.drafts.compose import frozen
from documents.drafts.models import DraftVersion

PRINTER = SystemActor("Yazdırma")


@jobs.handler(
    "drafts.print",
    can_see=lambda user, job: bool(permissions.can_read(user)),
    can_retry=lambda user, job: permissions.assembles(user),
    done_url=lambda job: reverse("drafts:read", args=[job.args["draft"]]),
)
def print_draft(job: Any, progress: Callable[..., None]) -> None:
    draft = DraftVersion.objects.select_related("period").get(pk=job.args["draft"])
    print_version(draft=draft, now=timezone.now(), progress=progress)


def print_version(
    *, draft: DraftVersion, now: dt.datetime, progress: Callable[..., None] = lambda *args: None
) -> None:
    """Print a draft, or the plan that it has become, and keep the file; one that is there is not made again."""
    if not services.is_printed(draft):
        blocks = frozen(draft)
        printed = build_pdf(draft.period, blocks, draft=draft, progress=progress)
        pages = {b.anchor: printed.pages[b.anchor] for b in blocks if b.anchor in printed.pages}
        services.keep_print(draft=draft, content=printed.content, pages=pages, by=PRINTER, now=now)
