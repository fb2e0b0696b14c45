"""A template's section made, and its named rows typed, in a real browser."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from documents.reports import services, shapes
from tests.browsing import faults
from tests.factories import reports as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MATRIX = shapes.matrix("Gelir", ["1. yıl", "2. yıl"], type="number", heads=["Vergi", "Sermaye"])
PASTE = """(input) => { const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", "1\\t2\\n3\\t4\\n5\\t6");
  input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })); }"""


def opened(new_tab, person, path):
    client = Client()
    client.force_login(person)
    page = new_tab(session=client.cookies["sessionid"].value)
    page.goto(path)
    return page


def test_named_rows_are_filled_from_a_copied_sheet_and_stay_as_many(house, new_tab):
    template = make.template(texts=0, table=False)
    shape = {"title": "Tahmini kaynaklar", "kind": "matrix", "columns": MATRIX, "required": True}
    shape |= {"length_hint": None, "chapter": "3.G", "help": ""}
    services.save_template_section(template=template, by=house.officer, now=timezone.now(), **shape)
    report = make.requested(house.group, of=template)
    page = opened(new_tab, house.rapporteur, f"/reports/{report.pk}/sections/2/")
    page.get_by_label("Vergi: 1. yıl").evaluate(PASTE)
    expect(page.locator("[data-save-state]")).to_contain_text("Kaydedildi")
    assert report.sections.get(number=2).rows == [
        {"head": "Vergi", "c1": "1", "c2": "2"},
        {"head": "Sermaye", "c1": "3", "c2": "4"},
    ]
    assert page.locator(".rows-table tbody tr").count() == 2
    assert faults(page) == []


def test_only_what_the_kind_has_is_asked_for(house, new_tab):
    template = make.template(texts=0, table=False)
    page = opened(new_tab, house.officer, f"/reports/templates/{template.pk}/sections/new/")
    asked = {"Metin": "Uzunluk, yaklaşık sözcük sayısı", "Tablo": "Sütun (1)", "Matris": "Sütun başlıkları"}
    fields = {kind: page.get_by_label(label).first for kind, label in asked.items()}
    for kind in fields:
        page.get_by_role("radio", name=kind, exact=True).check()
        shown = {other: field.is_visible() for other, field in fields.items()}
        assert shown == {other: other == kind for other in fields}
        assert faults(page) == []
    page.get_by_label("Başlık", exact=True).fill("Yanıtlar")
    page.get_by_label("Sütun başlıkları").fill("Evet mi?")
    page.get_by_label("Başlık", exact=True).press("Enter")  # saves; no column's button is pressed
    expect(page.get_by_text("Bölüm kaydedildi.")).to_be_visible()
