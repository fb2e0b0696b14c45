"""The composed plan..."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from documents.drafts.compose import compose, digest, missing
from documents.drafts.models import DraftBlock
from documents.plan.guide import CHAPTERS
from tests.factories import drafts as make
from tests.factories import reports
from tests.factories.base import days_ago, municipality, period, seat, sub_group

pytestmark = pytest.mark.django_db
Kind = DraftBlock.Kind
TODAY = days_ago(0)
HEADINGS = (Kind.CHAPTER, Kind.SECTION)


@pytest.fixture
def blocks(ready):
    return compose(ready.period, today=TODAY)


def of_kind(blocks, *kinds):
    return [block for block in blocks if block.kind in kinds]


def words(block):
    return str(block.data)


def test_has_the_chapters_in_the_order_of_the_guide(blocks):
    assert [block.chapter for block in of_kind(blocks, *HEADINGS)] == [chapter.code for chapter in CHAPTERS]


def test_keeps_every_block_in_its_chapter(blocks):
    order = [chapter.code for chapter in CHAPTERS]
    places = [order.index(block.chapter) for block in blocks]
    assert places == sorted(places)
    assert len({block.anchor for block in blocks}) == len(blocks)


def test_names_a_source_for_every_block_that_says_something(blocks):
    assert [b.anchor for b in blocks if b.kind not in (*HEADINGS, Kind.NOTICE) and not b.sources] == []
    assert all(source.url.startswith("/") for block in blocks for source in block.sources)


def test_takes_different_things_from_different_sources(blocks):
    by_ref = {}
    for block in blocks:
        for source in block.sources:
            by_ref.setdefault(source.ref, set()).add(source.label)
    assert {ref: labels for ref, labels in by_ref.items() if len(labels) > 1} == {}


def test_says_so_where_no_report_is_accepted(blocks):
    assert {b.chapter for b in of_kind(blocks, Kind.NOTICE)} == set(missing(blocks))
    assert "3.F" not in missing(blocks)
    assert {"3.A", "6"} <= set(missing(blocks))


def test_says_nothing_is_missing_in_a_chapter_that_has_sections(blocks):
    assert not {"2", "3", "5"} & set(missing(blocks))


def test_takes_only_what_is_accepted(ready):
    late = sub_group(ready.period, "Mevzuat Grubu")
    seat(late, ready.team_member)
    seat(late, ready.rapporteur, "rapporteur")
    reports.submitted(late, of=reports.template(texts=1, table=False), title="Mevzuat raporu")
    assert "Mevzuat raporu" not in str(compose(ready.period, today=TODAY))


def test_takes_the_edited_words_where_a_section_was_accepted_with_an_edit(house):
    make.ready(house)
    reports.accepted(house.group, of=reports.template(texts=1, table=False), edited=(1,))
    assert "Yazım düzeltildi." in str(compose(house.period, today=TODAY))


def test_has_the_sections_of_a_report_in_their_order(blocks):
    section = [b for b in blocks if b.chapter == "3.F"]
    assert [b.kind for b in section] == [Kind.SECTION, Kind.TEXT, Kind.TEXT, Kind.TABLE, Kind.TEXT]
    assert [b.data["title"] for b in section[1:]] == ["1. konu", "2. konu", "Önceliklendirme", "Ekler"]
    assert section[3].data["rows"][0] == ["Mahalle muhtarları", "5", "Bilgilendir"]
    assert section[1].sources[0].label == "Paydaş analizi raporu, 1. 1. konu"


def test_has_the_calendar_the_bodies_and_all_cards(blocks):
    assert len(of_kind(blocks, Kind.GOAL)) == 3
    cards = of_kind(blocks, Kind.CARD)
    assert [card.data["code"] for card in cards][:2] == ["H1.1", "H1.2"]
    assert len(cards) == 13
    assert cards[0].data["cost"] == "19.781.759,88"
    assert of_kind(blocks, Kind.BODIES)[0].data["day"]
    assert of_kind(blocks, Kind.CALENDAR)[0].data["gantt"]


def test_is_turkish_whoever_asks(ready):
    with translation.override("en"):
        english = compose(ready.period, today=TODAY)
    assert digest(english) == digest(compose(ready.period, today=TODAY))
    assert "accepted by" not in str(english)


def test_has_a_digest_of_its_words_alone(ready, blocks):
    assert digest(blocks) == digest(compose(ready.period, today=TODAY))
    assert digest(blocks) != digest(compose(ready.period, today=TODAY - dt.timedelta(1)))
    make.rename(ready, "H1.1", "Yeni konu")
    assert digest(blocks) != digest(compose(ready.period, today=TODAY))


def test_of_an_empty_period_is_headings_and_notices(db):
    municipality()
    blocks = compose(period(), today=TODAY)
    assert {b.kind for b in blocks} <= {*HEADINGS, Kind.NOTICE, Kind.TEXT, Kind.BODIES}
    assert "5.B" in missing(blocks)


def test_takes_as_many_queries_for_many_sections_as_for_few(ready):
    def count():
        with CaptureQueriesContext(connection) as caught:
            compose(ready.period, today=TODAY)
        return len(caught)

    few = count()
    for _turn in range(4):
        reports.accepted(ready.group)
    assert count() == few
