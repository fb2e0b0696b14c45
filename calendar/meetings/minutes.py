"""The minutes' sentences.

Minutes are an official record in Turkish, whatever language the reader chose; so these words are
written here and not translated. They say what was counted, by which article, and nothing else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.timezone import localtime

from common import turkish
from documents.plan.guide import BY_CODE
from meetings.arithmetic import Hall, Result, Side, Tally, chair_decides
from meetings.models import Attendance, Meeting, Vote
from meetings.roll import Move, Place

Mark = Callable[[int], Any]
_METHODS = {Vote.Method.NAMED: "Ad okunarak", Vote.Method.HANDS: "İşaretle"}
_AWAY: dict[str, str] = {Attendance.Status.LEAVE: " (izinli)", Attendance.Status.EXCUSED: " (mazeretli)"}


def vote_sentence(vote: Vote, hall: Hall, tally: Tally, result: Result, article: str) -> str:
    """The whole sentence of a closed vote, with its objections where it returned a draft."""
    words = [counted(vote.method, hall.present, tally) + ",", *_ground(hall, tally, result)]
    words.append(_decision(vote, result.carried))
    words.append(cited(article))
    words.append(f"{'oybirliğiyle' if tally.unanimous else 'oyçokluğuyla'} karar verildi.")
    return " ".join([*words, *objection_sentences(vote.objections if result.carried else [])])


def _ground(hall: Hall, tally: Tally, result: Result) -> list[str]:
    """Why the counts alone do not explain the result, where they do not."""
    if result.by_chair:
        return ["oylar eşit olduğundan Başkanın bulunduğu taraf çoğunluk sayılarak,"]
    if result.carried or not tally.in_favour:
        return []
    if chair_decides(tally, hall):
        return ["oylar eşit olduğundan"]  # and the chair stood on neither side
    return [f"karar için gereken {hall.needed} kabul oyuna ulaşılamadığından"]


def counted(method: str, present: int, tally: Tally, mark: Mark = str) -> str:
    """``Ad okunarak yapılan oylamada, toplantıya katılan 27 üyenin 24 kabul, 2 ret ve 1 çekimser oyuyla``.

    `mark` dresses the counts, for the preview while the vote is open.
    """
    return format_html(
        "{} yapılan oylamada, toplantıya katılan {} üyenin {} kabul, {} ret ve {} çekimser oyuyla",
        _METHODS[Vote.Method(method)],
        present,
        mark(tally.in_favour),
        mark(tally.against),
        mark(tally.abstaining),
    )


def preview(method: str, present: int, tally: Tally) -> str:
    """The same while the vote is open, the counts marked, as HTML."""
    return format_html(
        "{}…", counted(method, present, tally, lambda n: format_html('<span class="tok">{}</span>', n))
    )


def _decision(vote: Vote, carried: bool) -> str:
    draft = vote.item.draft
    if draft is None:
        return f"gündemin {_nth(vote.item.number)} maddesinin {'kabulüne' if carried else 'reddine'}"
    name = f"{draft.period.label} Stratejik Plan Taslağının ({draft.number}. taslak)"
    if vote.motion == Vote.Motion.ADOPT:
        return f"{name} {'kabulüne' if carried else 'reddine'}"
    return f"{name} {'itirazlarla iadesine' if carried else 'iade edilmemesine'}"


def _nth(number: int) -> str:
    return turkish.suffix(number, "inci")


def cited(article: str) -> str:
    """``5393 md. 22`` as a sentence says it; another form stays as it is, in brackets."""
    if match := re.fullmatch(r"(\d+) md\. (\d+)", article):
        return f"{match[1]} sayılı Kanunun {_nth(int(match[2]))} maddesi uyarınca"
    return f"({article})"


def objection_sentences(objections: list[dict]) -> list[str]:
    """``İtirazlar: 1) 3.F Paydaş analizi: …``"""
    if not objections:
        return []
    listed = (
        f"{n}) {_chapter(objection['chapter'])}{objection['text']}"
        for n, objection in enumerate(objections, 1)
    )
    return ["İtirazlar: " + " ".join(listed)]


def _chapter(code: str) -> str:
    return f"{code} {BY_CODE[code].title}: " if code in BY_CODE else ""


def opening(meeting: Meeting, places: list[Place], hall: Hall | None, article: str) -> dict:
    """The first section: who met when, under whom, how many were there, who was not."""
    chair = next((_name(p) for p in places if p.is_chair and p.is_present), "")
    present = sum(p.is_present for p in places)
    begun = localtime(meeting.opened_at or meeting.starts_at)
    where, apart = _where(meeting.place)
    lines = [
        f"{_body(meeting)}, {turkish.date_long(begun, 'tr')} günü saat {_at(begun)}{where}"
        f"{f', {chair} başkanlığında' if chair else ''} toplandı.{apart}"
    ]
    if hall:
        again = "; birleşim yeter sayı bulunmadığı için ertelenen birleşimin tekrarıdır"
        lines.append(f"{roll_call(hall, article)}{again if meeting.is_repeat else ''}.")
    else:
        lines.append(f"Yoklamada {len(places)} üyeden {turkish.suffix(present, 'si')} hazır bulundu.")
    away = [f"{_name(p)}{_AWAY.get(p.status, '')}" for p in places if not p.is_present]
    if away:
        lines.append(f"Yoklamada bulunmayan üyeler: {', '.join(away)}.")
    return {"heading": "Açılış", "sentences": lines}


def _where(place: str) -> tuple[str, str]:
    """The place within the sentence, where its suffix is known; otherwise the sentence that follows."""
    if held := turkish.locative(place):
        return f" {held}", ""
    return "", f" Toplantı yeri: {place}."


def _name(place: Place) -> str:
    """``Kemal Uysal (Emine Çınar adına)`` for who sits in another's place."""
    name = place.person.full_name
    return f"{name} ({place.for_name} adına)" if place.for_name else name


def roll_call(hall: Hall, article: str) -> str:
    """What the counting of the hall found, without the full stop."""
    found = "sağlandığı" if hall.has_quorum else "sağlanamadığı"
    return (
        f"Yapılan yoklamada, üye tam sayısı {hall.full} olan Mecliste {hall.present} üyenin hazır bulunduğu, "
        f"{hall.quorum} olan toplantı yeter sayısının {found} görüldü ({article})"
    )


def adjournment(repeat_at: dt.datetime | None, place: str, article: str) -> str:
    """Why the sitting ended, and when it is repeated; the repeat itself is not repeated."""
    if repeat_at is None:
        return f"Yeter sayı bulunmadığından birleşim ertelenmeksizin kapatıldı ({article})."
    at = localtime(repeat_at)
    where, apart = _where(place)
    return (
        f"Yeter sayı bulunmadığından birleşim, {turkish.date_long(at, 'tr')} günü saat {_at(at)}{where} "
        f"toplanmak üzere ertelendi ({article}).{apart}"
    )


def closing(closed_at: dt.datetime) -> str:
    at = _at(localtime(closed_at))
    return f"Gündemde görüşülecek başka konu bulunmadığından toplantı saat {at} kapatıldı."


def movements(places: list[Place], moves: dict[int, list[Move]]) -> list[str]:
    """``Emine Çınar saat 15.10’da toplantıdan ayrıldı (izinli), saat 15.40’ta geri döndü.``

    `moves` of roll.moves; what brought nobody in or out within the minute is not told.
    """
    return [
        f"{_name(place)} {', '.join(_told(moves[place.person.pk]))}."
        for place in places
        if place.person.pk in moves
    ]


def _told(moves: list[Move]) -> list[str]:
    came = "toplantıya katıldı" if moves[0].is_present else "geri döndü"
    words = []
    for move in moves:
        act = came if move.is_present else f"toplantıdan ayrıldı{_AWAY.get(move.status, '')}"
        words.append(f"saat {_at(localtime(move.at))} {act}")
        came = "geri döndü"
    return words


def heading(meeting: Meeting) -> str:
    """``Belediye Meclisi – Eylül 2024 olağan toplantısı, 2. birleşim``."""
    sitting = f", {meeting.sitting_no}. birleşim" if meeting.of_council else ""
    return f"{_body(meeting)} – {meeting.title}{sitting}"


def written(
    meeting: Meeting,
    opening: dict,
    *,
    moved: Sequence[str] = (),
    ending: Sequence[str] = (),
    all_items: bool = False,
) -> list[dict]:
    """The minutes as sections of a heading and its sentences; `opening` is the first, `ending` the last one's,
    `moved` says who came and left between them.

    An item of which nothing was noted or decided is left out, unless the meeting went through them all.
    """
    sections = [opening]
    if moved:
        sections.append({"heading": "Açılıştan sonra gelen ve ayrılan üyeler", "sentences": list(moved)})
    for item in meeting.items.prefetch_related("votes__ballots__person"):
        said = [item.note] if item.note else []
        for vote in item.votes.all():
            said += [line for line in (vote.sentence, by_name(vote), _number(vote)) if vote.sentence and line]
        if said or all_items:
            done = "Yoklama yapıldı, toplantı açıldı." if item.is_opening else "Madde görüşüldü."
            sections.append({"heading": f"{item.number}. {item.title}", "sentences": said or [done]})
    if ending:
        sections.append({"heading": "Kapanış", "sentences": list(ending)})
    return sections


def _number(vote: Vote) -> str:
    return f"Karar numarası: {vote.decision_no}." if vote.decision_no else ""


_VOTERS = {Side.FOR: "Kabul", Side.AGAINST: "Ret", Side.ABSTAIN: "Çekimser"}


def by_name(vote: Vote) -> str:
    """Who voted how in a vote by name: ``Kabul: …. Ret: ….``; empty for a show of hands."""
    voters = {side: [b.person.full_name for b in vote.ballots.all() if b.choice == side] for side in _VOTERS}
    return " ".join(
        f"{word}: {', '.join(sorted(voters[side], key=turkish.sort_key))}."
        for side, word in _VOTERS.items()
        if voters[side]
    )


def _body(meeting: Meeting) -> str:
    return (meeting.of_council and meeting.body.kind.legal_name) or meeting.body.name


def _at(at: dt.datetime) -> str:
    """``14.00’te``, of a local time."""
    return turkish.suffix(turkish.time(at, "tr"), "de")
