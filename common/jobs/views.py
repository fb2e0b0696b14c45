from datetime import timedelta

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.decisions import Allowed, Decision, Denied, require
from common.jobs import services
from common.jobs.models import Job, State

ANNOUNCED = (0, 50, 100)  # percent; a reader aloud would drown in more


@require_GET
def progress(request, pk: int):
    return shown(request, seen(request, pk), announced=request.GET.get("announced", ""))


@require_POST
def retry(request, pk: int):
    job = seen(request, pk)
    require(can_retry(request.user, job))
    services.retry(job=job, by=request.user)
    if not request.htmx:
        return redirect(job.place or "/")
    job.refresh_from_db()
    return shown(request, job, announced="")


def seen(request, pk: int) -> Job:
    job = get_object_or_404(Job, pk=pk)
    if not job.handler.can_see(request.user, job):
        raise Http404
    return job


def can_retry(user, job: Job) -> Decision:
    if job.handler.can_retry(user, job):
        return Allowed()
    return Denied(_("Who asked for this work tries it again."))


def shown(request, job: Job, *, announced: str):
    """The partial, with a sentence for readers aloud where a mark was passed since the last look."""
    mark = max(step for step in ANNOUNCED if step <= (100 if job.state == State.DONE else job.percent))
    aloud = spoken(job, mark) if str(mark) != announced or job.state == State.FAILED else ""
    slow = timezone.now() - job.created_at > timedelta(minutes=1)
    return render(
        request,
        "jobs/_progress.html",
        {"job": job, "announced": mark, "aloud": aloud, "pause": "5s" if slow else "2s"},
    )


def spoken(job: Job, mark: int) -> str:
    if job.state == State.FAILED:
        return job.failure
    return _("%(title)s: %(percent)s percent") % {"title": job, "percent": mark}
