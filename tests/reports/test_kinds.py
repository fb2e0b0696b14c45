"""Sections of rows: matrix, list and figures are rows under columns..."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.utils import timezone

from documents.drafts.compose import compose
from documents.reports import content, services, shapes
from tests.factories import reports as make
from tests.factories.base import days_ago

MATRIX = shapes.matrix(
    "Paydaş", ["İmar", "Temizlik"], type="choice", choices=["İlgili"], heads=["Muhtarlar", "Esnaf"]
)
LIST = shapes.statements("İfade", families="choice:gzft")
FIGURES = shapes.figures("Veri", heads=["Nüfus"])


def section(kind, columns, rows, *, required=True):
    return SimpleNamespace(kind=kind, columns=columns, rows=rows, required=required, html="")


def test_rows_that_the_template_names_come_whole_and_in_their_order():
    typed = [{"head": "Esnaf", "c2": "İlgili"}, {"head": "Muhtarlar"}]
    assert content.clean_rows(MATRIX, typed) == [
        {"head": "Muhtarlar", "c1": "", "c2": ""},
        {"head": "Esnaf", "c1": "", "c2": "İlgili"},
    ]


def test_named_rows_without_a_word_are_an_empty_section():
    rows = content.clean_rows(MATRIX, [{"head": "Muhtarlar"}, {"head": "Esnaf"}])
    assert rows == []
    assert content.problems(section("matrix", MATRIX, rows)) == ["Tabloda henüz satır yok."]


def test_a_row_of_another_name_is_kept_and_told():
    rows = content.clean_rows(MATRIX, [{"head": "Odalar", "c1": "İlgili"}])
    assert [row["head"] for row in rows] == ["Muhtarlar", "Esnaf", "Odalar"]
    assert content.problems(section("matrix", MATRIX, rows)) == [
        "3. satır: “Paydaş” verilen seçeneklerden biri olmalı."
    ]


def test_figures_ask_for_number_day_and_source():
    rows = content.clean_rows(FIGURES, [{"name": "Nüfus", "value": "çok", "unit": "kişi"}])
    told = content.problems(section("figure", FIGURES, rows))
    assert len(told) == 3 and all("1. satır" in sentence for sentence in told)


@pytest.mark.django_db
def test_each_kind_lands_in_the_draft_as_what_it_is(house):
    template = make.template(texts=0, table=False)
    by = make.officer()
    kinds = {"matrix": MATRIX, "list": LIST, "figure": FIGURES}
    for kind, columns in kinds.items():
        services.save_template_section(
            template=template,
            title=kind,
            kind=kind,
            columns=columns,
            required=True,
            length_hint=None,
            chapter="3.İ",
            help="",
            by=by,
            now=timezone.now(),
        )
    report = make.requested(house.group, of=template)
    typed = {
        "matrix": [{"head": "Esnaf", "c1": "İlgili"}],
        "list": [{"family": "Fırsat", "text": "Hibeler"}],
        "figure": [
            {"name": "Nüfus", "value": "185.000", "unit": "kişi", "day": "31.12.2023", "source": "TÜİK"}
        ],
    }
    rapporteur = make.actor("write_reports", house.group)
    for one in report.sections.filter(kind__in=typed):
        services.save_section(
            section=one, revision=0, rows=typed[one.kind], by=rapporteur, now=timezone.now()
        )
    make.submit(report)
    make.decide(report)
    make.close(report)
    drawn = {
        b.data["kind"]: b.data["rows"] for b in compose(house.period, today=days_ago(0)) if "kind" in b.data
    }
    assert drawn == {
        "matrix": [["Muhtarlar", "", ""], ["Esnaf", "İlgili", ""]],
        "list": [["Fırsat", "Hibeler"]],
        "figure": [["Nüfus", "185.000", "kişi", "31.12.2023", "TÜİK"]],
    }
