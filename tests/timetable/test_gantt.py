"""The picture..."""

import datetime as dt
import itertools
import json
import re

import pytest
from django.template.loader import render_to_string

from timetable import gantt
from timetable.gantt import PAGE, PRINT, Task, draw, text_width, wrap

TODAY = dt.date(2024, 7, 9)
LAST = dt.date(2024, 9, 30)
LABEL = "30 Eylül: meclise sunmanın son günü (5393 md. 41)"


def day(text):
    return dt.datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007


TASKS = [
    Task("Genelge, kurul ve ekip oluru", "Başlangıç", day("08.04.2024"), day("10.05.2024"), state="done"),
    Task("Eğitim ve hazırlık programı", "Hazırlık", day("06.05.2024"), day("14.06.2024"), True, "done"),
    Task(
        "Yürürlükteki plan, mevzuat ve politika belgeleri",
        "Durum",
        day("20.05.2024"),
        day("08.07.2024"),
        state="running",
    ),
    Task("Paydaş çalıştayları", "Durum", day("24.06.2024"), day("19.07.2024"), state="running"),
    Task("Misyon, vizyon ve temel değerler", "Bakış", day("12.07.2024"), day("02.08.2024")),
    Task("Taslağın meclise sunulması", "Onay", LAST, LAST, True),
    Task("Meclis kararı", "Onay", day("04.10.2024"), day("04.10.2024")),
]


def drawn(**options):
    return draw(TASKS, **{"today": TODAY, "last_day": LAST, "last_day_label": LABEL, **options})


def test_names_each_month_once_in_order():
    assert [m["text"] for m in drawn()["months"]] == [
        "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim",
    ]  # fmt: skip


def test_draws_a_day_as_one_part_of_the_axis():
    axis = gantt._Axis.over([day("01.04.2024"), day("31.10.2024")], PAGE)
    assert axis.x(day("01.04.2024")) == PAGE.labels
    assert axis.end(day("31.10.2024")) == pytest.approx(PAGE.width)
    assert axis.x(day("02.04.2024")) == axis.end(day("01.04.2024"))


def test_gives_each_state_its_own_bar():
    pieces = [bar["cls"] for bar in drawn()["bars"]]
    assert pieces == ["b-done", "b-done", "b-late", "b-done", "b-now", "b-nowp", "b-next"]


def test_ends_a_late_bar_today():
    late = next(bar for bar in drawn()["bars"] if bar["cls"] == "b-late")
    axis = gantt._Axis.over([TASKS[0].starts_on, day("04.10.2024")], PAGE)
    assert float(late["x"]) + float(late["w"]) == pytest.approx(axis.end(TODAY), abs=0.2)


def test_fills_the_diamonds_of_the_law_only():
    assert [d["cls"] for d in drawn()["diamonds"]] == ["lawm", "lawm", "chm"]


def test_shades_weekends_on_the_page_and_months_in_print():
    assert len(drawn()["weekends"]) == 30
    printed = drawn(frame=PRINT, today=None)
    assert printed["weekends"] == []
    assert [m["band"] for m in printed["months"]] == [True, False] * 3 + [True]


def test_prints_the_law_in_red_and_no_today():
    printed = drawn(frame=PRINT, today=None)
    assert printed["today"] is None
    assert {bar["fill"] for bar in printed["bars"]} == {gantt.TEAL, gantt.RED}
    assert printed["last_day"]["stroke"] == gantt.RED


@pytest.mark.parametrize("frame", [PAGE, PRINT])
def test_never_clips_or_overlaps_a_label(frame):
    """Every text lies inside the drawing; the labels of tasks stay in their column and apart."""
    long = Task("Harcama birimlerinin, paydaşların ve hemşehrilerin görüşlerinin alınması ile çalıştay sonuçlarının değerlendirilmesi", "Durum", TODAY, LAST)  # fmt: skip
    picture = draw([*TASKS, long], frame=frame, today=TODAY, last_day=LAST, last_day_label=LABEL)
    rows = picture["texts"]
    for text in rows:
        assert float(text["x"]) + text_width(text["text"]) <= frame.labels
    heights = sorted(float(text["y"]) for text in rows)
    assert all(b - a >= gantt.LINE for a, b in itertools.pairwise(heights))
    for month, following in itertools.pairwise(picture["months"]):
        assert float(month["text_x"]) + text_width(month["text"]) <= float(following["x"])
    assert float(picture["last_day"]["text_x"]) - text_width(LABEL) >= 0
    assert float(picture["last_day"]["text_y"]) < float(picture["height"])
    half = text_width(picture["today"]["text"]) / 2
    assert half <= float(picture["today"]["text_x"]) <= frame.width - half


@pytest.mark.parametrize("offset", [0, 2, 30, 120, 213])
def test_keeps_the_label_of_today_inside_the_drawing(offset):
    today = day("01.04.2024") + dt.timedelta(offset)
    picture = drawn(today=today)["today"]
    assert float(picture["text_x"]) + text_width(picture["text"]) / 2 <= PAGE.width + 0.1  # rounding


def test_leaves_out_a_today_outside_the_axis():
    assert drawn(today=day("01.03.2025"))["today"] is None


def test_shortens_the_months_of_a_long_calendar():
    tasks = [Task("Uzun iş", "Durum", day("01.04.2024"), day("30.09.2025"))]
    months = draw(tasks, frame=PRINT)["months"]
    assert [m["text"] for m in months][:3] == ["Nis", "May", "Haz"]


def test_wraps_words_and_never_breaks_them():
    assert wrap("Plan ve Bütçe Komisyonu, meclis kararı", 160) == [
        "Plan ve Bütçe",
        "Komisyonu, meclis",
        "kararı",
    ]
    assert wrap("", 100) == [""]


def test_freezes_as_json_without_decimal_commas():
    picture = drawn(frame=PRINT, today=None)
    assert json.loads(json.dumps(picture)) == picture
    svg = render_to_string(
        "timetable/_gantt.svg.html", {"g": {**picture, "title": "Ç & T", "description": "D"}, "id": "x"}
    )
    assert "<title" in svg and "Ç &amp; T" in svg
    assert "style=" not in svg
    assert all("," not in value for value in _attributes(svg))


def _attributes(svg):
    return re.findall(r' (?:x|y|x1|x2|y1|y2|width|height|d)="([^"]*)"', svg)
