"""What a supervisor or a load balancer asks: does it live, can it serve."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from common.jobs.child import confinement
from common.jobs.models import Pulse
from documents.files import clamd

# What must have shown itself, and how long ago at most.
PULSES = {"sweeper": timedelta(seconds=30), "worker": timedelta(seconds=120)}


@login_not_required
@never_cache
@require_GET
def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"live": True})


@login_not_required
@never_cache
@require_GET
def ready(request: HttpRequest) -> JsonResponse:
    """200 when everything serves, 503 with the part that does not. What confines the children that read
    and print, and whether a virus scanner answers, is told but decides nothing: without them all is served,
    and an upload waits for its scanner."""
    try:
        parts = {"database": True, "migrations": is_migrated(), **pulses()}
    except DatabaseError:
        parts = {"database": False}
    is_ready = all(parts.values())
    told = {"confinement": confinement(), "scanner": clamd.state()}
    return JsonResponse({"ready": is_ready, **parts, **told}, status=200 if is_ready else 503)


def is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def pulses() -> dict[str, bool]:
    seen = dict(Pulse.objects.values_list("name", "at"))
    now = timezone.now()
    return {name: name in seen and now - seen[name] < most for name, most in PULSES.items()}
