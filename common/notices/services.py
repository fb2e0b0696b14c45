"""Every write of the notices: news for people, what became of it, and what they chose."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from common import jobs
from common.history import SystemActor, service
from common.jobs.models import Job, State
from common.jobs.services import retry
from common.notices import registry
from common.notices.models import Choice, Notice, Unreached
from common.notices.registry import Channel

POST, MAIL, DIGEST = "notices.post", "notices.mail", "notices.digest"
WORKER = SystemActor("Bildirim")
MORNING = dt.time(8)
PATIENCE = dt.timedelta(days=1)
"""So long after it was due a mail may fail before its reader counts as not reached."""
GIVES_UP = dt.timedelta(days=3)
"""So long it is tried, each hour."""
SATURDAY = 5


@dataclass(frozen=True)
class About:
    """The thing that the news is about: what it is called, and its place in the application."""

    label: str
    url: str


@service
def notify(
    *,
    to: Iterable[int],
    kind: str,
    about: About,
    key: str,
    by: Any,
    now: dt.datetime,
    data: dict[str, Any] | None = None,
) -> list[Notice]:
    """Tell these people (ids), once each for a `key`, in the transaction of the act; the author is not told.

    `data` are numbers and words for the kind's sentence. Without anybody to tell, and where nobody
    of them can be reached, the news climbs the kind's ladder. Gives what was made.
    """
    wanted = set(to)
    notice = Notice(kind=kind, key=key, label=about.label[:300], url=about.url, data=data or {})
    notice.by_name, notice.made_at = by.get_full_name(), now
    return _tell(notice, wanted - {by.pk}) if wanted else _vacant(notice)


def _tell(like: Notice, people: set[int]) -> list[Notice]:
    """One notice for each of the people that has none of this key yet."""
    people = people - set(Notice.objects.filter(key=like.key, to__in=people).values_list("to", flat=True))
    accounts = get_user_model().objects.filter(pk__in=people).values_list("pk", "is_active", "email")
    channel = channels(registry.kind_of(like.kind).group, people)
    Notice.objects.bulk_create(
        [
            _copy(like, to_id=pk, channel=channel[pk], unreached=_beyond_reach(is_active, email))
            for pk, is_active, email in accounts
        ],
        ignore_conflicts=True,  # told in the same moment by another act
    )
    made = list(Notice.objects.filter(key=like.key, to__in=people).order_by("pk"))
    if not made:
        return []
    if any(one.channel == Channel.AT_ONCE and not one.unreached for one in made):
        jobs.enqueue(kind=POST, key=secrets.token_hex(16), args={"key": like.key}, by=WORKER)
    if all(one.unreached for one in made):
        _climb(made[0], like.made_at)
    return made


def _vacant(like: Notice) -> list[Notice]:
    """The news for a place where nobody is: kept, so that it is seen, and told further up."""
    if Notice.objects.filter(key=like.key, to=None).exists():
        return []
    vacant = _copy(like, channel=Channel.HERE, unreached=Unreached.NOBODY)
    vacant.save()
    _climb(vacant, like.made_at)
    return [vacant]


def _copy(like: Notice, **changed: Any) -> Notice:
    same = ("kind", "key", "label", "url", "data", "by_name", "made_at", "escalated_from", "level")
    return Notice(**{name: getattr(like, name) for name in same} | changed)


def _beyond_reach(is_active: bool, email: str) -> str:
    if not is_active:
        return Unreached.INACTIVE
    return "" if email else Unreached.NO_ADDRESS


def _climb(notice: Notice, now: dt.datetime) -> None:
    """To the next step of the ladder on which somebody else can be reached, unless one beside it still may be."""
    beside = Notice.objects.beside(notice)
    if beside.filter(Q(unreached="") | Q(read_at__isnull=False)).exists():
        return
    lost = set(beside.values_list("to", flat=True))
    ladder = registry.kind_of(notice.kind).ladder(notice.data)
    for level, step in enumerate(ladder[notice.level :], start=notice.level + 1):
        active = get_user_model().objects.filter(pk__in=set(step) - lost, is_active=True).exclude(email="")
        if people := set(active.values_list("pk", flat=True)):
            further = _copy(notice, level=level, escalated_from=notice, made_at=now)
            further.key = f"{notice.key}^{notice.pk}"
            _tell(further, people)
            return


def channels(group: registry.Group, people: Iterable[int]) -> dict[int, str]:
    """By person, the channel of a group: what they chose, else the group's own. One query."""
    chosen = Choice.objects.filter(group=group.code, person__in=people).values_list("person", "channel")
    return dict.fromkeys(people, str(group.default)) | dict(chosen)


@service
def choose(*, chosen: dict[str, str], by: Any) -> None:
    """Keep the person's channels, by group; what equals the group's own and was never chosen leaves no row."""
    get_user_model().objects.select_for_update().get(pk=by.pk)  # two that come at once follow each other
    standing = {choice.group: choice for choice in Choice.objects.filter(person=by.pk)}
    for code, channel in chosen.items():
        choice = standing.get(code)
        if channel == (choice.channel if choice else registry.GROUPS[code].default):
            continue
        choice = choice or Choice(person_id=by.pk, group=code)
        choice.channel = channel
        choice.save()


@service
def read(*, notices: Any, by: Any, now: dt.datetime) -> int:
    """Note that the person has read these of their own; how many were unread."""
    return notices.filter(to=by.pk).unread().order_by().update(read_at=now)


@service
def settle(*, notice: Notice, by: Any, now: dt.datetime) -> None:
    """Somebody told the person by another way. Settling twice is one settling."""
    Notice.objects.filter(pk=notice.pk, settled_at=None).update(
        settled_at=now, settled_by_name=by.get_full_name()
    )


@service
def claim(*, notices: QuerySet[Notice], by: Any, now: dt.datetime) -> list[Notice]:
    """Take for one mail what of these was neither mailed nor read, nor told by another way; of two who come at once, one gets them.

    They count as mailed from here on, so that a mail never comes twice: cut off before it went out,
    it does not come, and the notice stands unread in the application.
    """
    waiting = notices.filter(mailed_at=None, read_at=None, settled_at=None).select_for_update(of=("self",))
    taken = list(waiting.order_by("made_at", "pk"))
    Notice.objects.filter(pk__in=[notice.pk for notice in taken]).update(mailed_at=now)
    return taken


@service
def release(*, notices: Iterable[Notice], by: Any) -> None:
    """Give back what was claimed: the mail did not go out."""
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=None)


@service
def mailed(*, notices: Iterable[Notice], by: Any, now: dt.datetime) -> None:
    """Note that a mail with these went out; what had failed before is reached after all."""
    pks = [notice.pk for notice in notices]
    Notice.objects.filter(pk__in=pks).update(mailed_at=now, unreached="")


@service
def lost(*, notices: Iterable[Notice], why: str, by: Any, now: dt.datetime) -> None:
    """Note that these reached nobody, and tell further up; what was read or mailed meanwhile did reach.

    Those beside them are held meanwhile: of two lost at once the second sees that nobody is left.
    """
    for notice in notices:
        list(Notice.objects.beside(notice).select_for_update(of=("self",)).order_by("pk"))
        still = Notice.objects.filter(pk=notice.pk, unreached="", read_at=None, mailed_at=None)
        if still.update(unreached=why):
            notice.unreached = why
            _climb(notice, now)


def post(*, key: str) -> None:
    """A work of its own for each mail of this news, so that one that fails holds no other up."""
    waiting = Notice.objects.filter(key=key, channel=Channel.AT_ONCE, unreached="", mailed_at=None)
    for notice in waiting:
        title = _("Notice by e-mail")
        jobs.enqueue(kind=MAIL, key=str(notice.pk), args={"notice": notice.pk}, by=WORKER, title=title)


def post_digests(*, now: dt.datetime) -> None:
    """On a weekday from 08.00 on, one digest for each person for whom something was waiting by then."""
    local = timezone.localtime(now)
    if local.weekday() >= SATURDAY or local.time() < MORNING:
        return
    before = timezone.make_aware(dt.datetime.combine(local, MORNING))
    fresh = Notice.objects.for_digest(before).filter(unreached="")
    for pk in set(fresh.values_list("to", flat=True)):
        key, title = f"{pk}:{before:%Y-%m-%d}", _("Daily summary of notices")
        args = {"person": pk, "before": before.isoformat()}
        jobs.enqueue(kind=DIGEST, key=key, args=args, by=WORKER, title=title)


def try_again(*, now: dt.datetime) -> None:
    """Mails that failed for a trouble that may have passed, as a mail server that was away; not those refused."""
    failed = Job.objects.filter(kind__in=(MAIL, DIGEST), state=State.FAILED, created_at__gt=now - GIVES_UP)
    for job in failed.exclude(incident=""):
        retry(job=job, by=WORKER)
