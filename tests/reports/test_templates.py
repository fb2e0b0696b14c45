"""The Directorate edits its templates: kinds, lists of the guide, order, versions..."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.reports import services
from documents.reports.models import ReportTemplate
from tests.factories import reports as make

pytestmark = pytest.mark.django_db
NONE = {"columns-TOTAL_FORMS": "0", "columns-INITIAL_FORMS": "0"}
KINDS = {
    "matrix": {
        "says": "Paydaş",
        "heads": "Muhtarlar\nEsnaf\n",
        "column_heads": "İmar\nTemizlik",
        "cells": "choice:answer",
        "filled": "on",
    },
    "list": {"says": "Değer", "families": "choice:value_family"},
    "figure": {"says": "Veri", "heads": "Nüfus"},
}


def add(client, template, kind: str, **sent):
    shape = {"title": "Bölüm", "kind": kind, "chapter": "3.F", "required": "on", **NONE}
    return client.post(f"/reports/templates/{template.pk}/sections/new/", shape | sent)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_made_shown_as_the_group_sees_it_and_opened_again(house, officer, enter, kind):
    template, client = make.template(texts=0, table=False), enter(officer)
    assert add(client, template, kind, **KINDS[kind]).status_code == 302
    section = template.sections.get(kind=kind)
    preview = client.get(f"/reports/templates/{template.pk}/preview/").content.decode()
    assert "disabled" in preview and "data-table-section" in preview
    assert all(head in preview for head in section.heads)
    form = client.get(f"/reports/templates/{template.pk}/sections/{section.pk}/").context["form"]
    for name, value in KINDS[kind].items():
        shown = form[name].value()
        assert shown is True if value == "on" else shown == value.strip(), name


def test_the_lists_of_the_guide_are_picked_by_name(house, officer, enter):
    template, client = make.template(texts=0, table=False), enter(officer)
    add(client, template, "list", **KINDS["list"])
    family, told = template.sections.get(kind="list").columns
    assert family["choices"] == ["Kişiler", "Süreçler", "Performans"]
    assert (family["title"], told["title"]) == ("Temel değer ailesi", "Değer")


def test_what_a_kind_needs_is_asked_for(house, officer, enter):
    template, client = make.template(), enter(officer)
    assert "en az bir sütun başlığı" in add(client, template, "matrix").content.decode()
    assert "Seçenekleri yazın." in add(client, template, "list", families="choice").content.decode()


def test_a_column_moves_before_anything_is_saved(house, officer, enter):
    template = make.template()
    table = template.sections.get(kind="table")
    columns = {f"columns-{n}-title": title for n, title in enumerate(("Paydaş", "", "Önem"))}
    columns |= {f"columns-{n}-type": "choice:answer" for n in range(3)}
    sent = {"title": "Tablo", "kind": "table", "chapter": "3.F", "columns-TOTAL_FORMS": "3"}
    path = f"/reports/templates/{template.pk}/sections/{table.pk}/"
    page = enter(officer).post(path, sent | columns | {"columns-INITIAL_FORMS": "3", "move": "3:up"})
    assert [form["title"].value() for form in page.context["columns"]][:2] == ["Paydaş", "Önem"]
    page = enter(officer).post(path, sent | columns | {"columns-INITIAL_FORMS": "3", "move": "2:up"})
    assert [form["title"].value() for form in page.context["columns"]][:2] == ["Paydaş", "Önem"]
    table.refresh_from_db()
    assert len(table.columns) == 3


def change(template: ReportTemplate, by, **changed) -> None:
    section = template.sections.first()
    shape = {name: getattr(section, name) for name in services.SHAPE} | changed
    services.save_template_section(template=template, section=section, by=by, now=timezone.now(), **shape)


def test_an_edit_after_a_request_begins_a_version_and_the_report_names_its_own(house, officer, enter):
    template, client = make.template(), enter(officer)
    first = make.requested(house.group, of=template, title="İlk")
    change(template, officer, title="Yeni başlık")
    change(template, officer, required=False)
    services.move_section(section=template.sections.first(), steps=1, by=officer, now=timezone.now())
    second = make.requested(house.group, of=template, title="İkinci")
    assert (first.template_version.number, second.template_version.number) == (1, 2)
    assert first.sections.first().title == "1. konu"
    page = client.get(f"/reports/templates/{template.pk}/").content.decode()
    told = ["Önceki sürümden 3 fark", "önce “1. konu”, şimdi “Yeni başlık”", "Bölümlerin sırası değişti."]
    assert all(sentence in page for sentence in told)
    link = f'<a href="/reports/templates/{template.pk}/#v-1">1. sürüm</a>'
    assert link in client.get(f"/reports/{first.pk}/").content.decode()
    assert "Satırlar" not in client.get(f"/history/reports/reporttemplate/{template.pk}/").content.decode()


def test_a_template_nobody_asked_for_stays_one_version(house, officer):
    template = make.template()
    change(template, officer, title="Yeni başlık")
    assert [version.frozen_at for version in template.versions.all()] == [None]


def test_the_guides_templates_are_offered_and_come_with_one_press(house, officer, enter):
    client = enter(officer)
    assert "Rehberin şablonlarını ekle" in client.get("/reports/templates/").content.decode()
    page = client.post("/reports/templates/guide/", follow=True).content.decode()
    assert "Rehberin 10 şablonu eklendi." in page
    assert "Rehberin şablonlarını ekle" not in page
    assert "zaten var" in client.post("/reports/templates/guide/", follow=True).content.decode()


def test_a_template_costs_as_many_queries_with_many_versions_as_with_one(house, officer, enter):
    template, client = make.template(), enter(officer)

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(path)
        return len(caught)

    paths = [f"/reports/templates/{template.pk}/", f"/reports/templates/{template.pk}/preview/"]
    few = [cost(path) for path in paths]
    for number in range(3):
        make.requested(house.group, of=template, title=f"Rapor {number}")
        change(template, officer, title=f"Başlık {number}")
        add(client, template, "figure", **KINDS["figure"])
    client.get(paths[0])  # tells what was done
    assert [cost(path) for path in paths] == few
