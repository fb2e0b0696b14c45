"""The organisation chart, and what the plan prints of the bodies."""

import json
import re

import pytest
from django.template.loader import render_to_string

from institution.roles import Kind
from teams import chart, presenters
from tests.factories.base import days_ago, sub_group

LONG = "Faaliyet Alanı–Ürün/Hizmet ve Kurumsal Kapasite Değerlendirilmesi Grubu"


def node(kind, name="Grup", **more):
    return {"kind": kind, "name": name, "caption": "", **more}


def drawing(groups: int):
    main = [node(kind, kind.label, caption="kimlerden") for kind in chart.MAIN_LINE]
    names = [node(Kind.SUB_GROUP, f"{n}. {LONG}") for n in range(groups)]
    return chart.draw([*main, node(Kind.DIRECTORATE, "Strateji Geliştirme Müdürlüğü"), *names])


@pytest.mark.parametrize("groups", [0, 1, 5, 9, 23])
class TestTheChart:
    def test_keeps_every_box_inside_and_apart(self, groups):
        boxes = drawing(groups).boxes
        assert len(boxes) == 4 + groups
        for box in boxes:
            assert 0 <= box.x <= box.x + box.width <= chart.WIDTH
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
                assert apart_x or one.bottom <= other.y or other.bottom <= one.y

    def test_keeps_every_line_inside_its_box(self, groups):
        for box in drawing(groups).boxes:
            for text in box.texts:
                half = chart.measure(text.words) * text.size / 2
                assert box.x <= text.x - half and text.x + half <= box.x + box.width, text.words
                assert box.y < text.y < box.bottom

    def test_is_drawn_without_a_style_attribute(self, groups):
        svg = render_to_string("teams/_chart.svg.html", {"chart": drawing(groups), "chart_title": "Şema"})
        assert "style=" not in svg
        assert svg.count("<rect") == 4 + groups


def test_an_empty_period_draws_nothing():
    assert chart.draw([]).boxes == []


def test_a_lacking_body_shows_word_and_sign():
    drawn = chart.draw([node(Kind.SUB_GROUP, tone="stop", word="Rapor gönderemez", url="/bodies/1/")])
    svg = render_to_string("teams/_chart.svg.html", {"chart": drawn, "chart_title": "Şema", "linked": True})
    assert "Rapor gönderemez" in svg
    assert 'class="sign stop"' in svg
    assert 'href="/bodies/1/"' in svg


class TestThePresenter:
    def test_gives_plain_data_in_turkish_words(self, house):
        data = json.loads(json.dumps(presenters.bodies(house.period, days_ago(0))))
        names = [row["name"] for row in data["table"]]
        assert names[:2] == ["Strateji Geliştirme Üst Kurulu", "Üst Yönetim"]
        assert {"Alt çalışma grupları", "Harcama birimleri"} <= set(names)
        group = next(body for body in data["bodies"] if body["name"] == "Paydaş Analizi Grubu")
        assert {
            "name": "Elif Aksoy",
            "title": "Şehir plancısı",
            "role": "Raportör",
            "represents": "",
        } in group["people"]
        assert re.fullmatch(r"\d+ \w+ \d{4} \w+", group["approval_on"])

    def test_says_where_a_name_differs_from_the_law(self, house):
        notes = presenters.bodies(house.period, days_ago(0))["notes"]
        assert "Belediye Meclisi" in notes[0]["text"]

    def test_leaves_out_inspection_and_administration(self, house):
        kinds = {node["kind"] for node in presenters.bodies(house.period, days_ago(0))["nodes"]}
        assert not kinds & {Kind.INSPECTION, Kind.ADMINISTRATION}

    def test_takes_as_many_queries_for_many_groups(self, house, django_assert_num_queries):
        for _ in range(15):
            sub_group(house.period)
        with django_assert_num_queries(3):
            presenters.bodies(house.period, days_ago(0))
