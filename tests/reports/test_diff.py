"""The changes between two texts, as the team and the group read them."""

import re
import time

import pytest

from documents.reports import html
from documents.reports.diff import compare, compare_rows

OLD = (
    "<p>5393 sayılı Belediye Kanunu’nun 14’üncü maddesi <strong>imar</strong>, su ve kanalizasyon hizmetlerini düzenler.</p>"
    "<p>Görev alanı dışında kalan hizmetler bu raporda değerlendirilmemiştir.</p>"
)


def plain(marked: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", marked).split())


def new_side(marked: str) -> str:
    return plain(re.sub(r"<del\b[^>]*>.*?</del>", "", marked))


def old_side(marked: str) -> str:
    return plain(re.sub(r"<ins\b[^>]*>.*?</ins>", "", marked))


def test_marks_the_words_that_changed_and_leaves_the_others():
    found = compare(
        "<p>Belediyede 412 personel görev yapar.</p>", "<p>Belediyede 437 personel görev yapar.</p>"
    )
    assert found.html == '<p>Belediyede <del id="d-1">412</del> <ins>437</ins> personel görev yapar.</p>'
    assert (found.added, found.removed, found.places) == (1, 1, 1)


def test_says_nothing_of_equal_texts():
    found = compare(OLD, OLD)
    assert found.html == html.clean(OLD)
    assert (found.added, found.removed, found.places, found.excerpt) == (0, 0, 0, "")


def test_holds_both_texts_whole():
    new = OLD.replace("maddesi", "ve 15’inci maddeleri").replace(
        "bu raporda değerlendirilmemiştir", "2.5’te yazılmıştır"
    )
    found = compare(OLD, new)
    assert new_side(found.html).replace(" ", "") == plain(new).replace(" ", "")
    assert old_side(found.html).replace(" ", "") == plain(OLD).replace(" ", "")


def test_keeps_a_new_paragraph_a_paragraph():
    found = compare(OLD, OLD + "<p>Yeni bir tespit.</p>")
    assert found.html.endswith('<p><ins id="d-1">Yeni bir tespit.</ins></p>')


def test_keeps_a_removed_list_item_an_item():
    found = compare("<ul><li><p>Bir</p></li><li><p>İki</p></li></ul>", "<ul><li><p>Bir</p></li></ul>")
    assert '<li><p><del id="d-1">İki</del></p></li>' in found.html


def test_is_as_well_formed_as_its_sources():
    new = (
        '<h2>Yeni başlık</h2><ul><li><p>imar <a href="https://ornek.bel.tr">plan</a></p></li></ul>' + OLD[60:]
    )
    marked = compare(OLD, html.clean(new)).html
    for tag in ("p", "ins", "del", "ul", "li", "strong", "a", "h2"):
        assert len(re.findall(rf"<{tag}\b", marked)) == marked.count(f"</{tag}>")


def test_escapes_what_was_written_as_text():
    found = compare("<p>a</p>", "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; b</p>")
    assert "<script" not in found.html + found.excerpt
    assert "&lt;script&gt;" in found.html.replace("</ins>", "").replace("<ins>", "")


def test_dissolves_islands_of_common_words_between_changes():
    found = compare(
        "<p>Hizmetler bu raporda ve eklerinde hiç değerlendirilmemiştir, ileride bakılacaktır.</p>",
        "<p>Hizmetler ikinci bölümün sonunda ve tabloda ayrıntılı biçimde gösterilmiştir, yeterlidir.</p>",
    )
    assert found.html.count("<del") == 1


def test_takes_an_excerpt_around_the_first_change():
    words = " ".join(f"söz{n}" for n in range(100))
    found = compare(f"<p>{words} eski son.</p>", f"<p>{words} yeni son.</p>")
    assert found.excerpt == "… söz93 söz94 söz95 söz96 söz97 söz98 söz99 <del>eski</del> <ins>yeni</ins> son."


def test_compares_a_table_cell_by_cell():
    columns = [{"key": "who"}, {"key": "way"}]
    rows, told = compare_rows(
        columns,
        [{"who": "Muhtarlar", "way": "Bilgilendir"}, {"who": "Odalar", "way": "İzle"}],
        [{"who": "Muhtarlar", "way": "Birlikte çalış"}, {"who": "Dernekler", "way": "Gözet"}],
    )
    assert [row.tone for row in rows] == ["changed", "ins", "del"]
    assert rows[0].cells[1] == '<del id="d-1">Bilgilendir</del> <ins>Birlikte çalış</ins>'
    assert (told.added, told.removed) == (4, 3)


def test_stays_quick_on_a_long_report():
    old = "".join(f"<p>{' '.join(f'kelime{(n * 7 + m) % 900}' for m in range(60))}</p>" for n in range(150))
    new = old.replace("kelime1 ", "başka ").replace("kelime450", "")
    began = time.perf_counter()
    assert compare(old, new).places > 10
    assert time.perf_counter() - began < 2


def paragraphs(words: str) -> str:
    return "".join(f"<p>{' '.join(f'{words}{n}x{m}' for m in range(20))}</p>" for n in range(1000))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (paragraphs("a"), paragraphs("b")),
        ("<p>c</p>" + "<p>a</p>" * 4000, "<p>a</p>" * 4000 + "<p>b</p>"),
        (f"<p>x {'a ' * 9000}</p>", f"<p>{'a ' * 9000} y</p>"),
        tuple(f"<p>{' '.join(f's{n} {side}{n}' for n in range(20_000))}</p>" for side in "xy"),
        tuple(f'<p><a href="/{"h" * 300_000}">{f"s {side} " * 2000}</a></p>' for side in "xy"),
    ],
    ids=["other paragraphs", "same paragraphs", "one word", "every second word", "long address"],
)
def test_ends_soon_whatever_was_written(old, new):
    began = time.process_time()
    found = compare(old, new)
    assert time.process_time() - began < 3
    assert len(found.html) < 20_000_000
    assert new_side(found.html).replace(" ", "") == plain(new).replace(" ", "")
    assert old_side(found.html).replace(" ", "") == plain(old).replace(" ", "")


def test_finds_a_small_change_in_a_text_beyond_the_budget():
    found = compare(f"<p>{'a ' * 9000} eski {'b ' * 9000}</p>", f"<p>{'a ' * 9000} yeni {'b ' * 9000}</p>")
    assert (found.added, found.removed, found.places) == (1, 1, 1)


def test_seeks_partners_among_near_paragraphs():
    kept = "<p>Park bakımı her ay yapılır.</p>"
    between = "<p>Silinen tespit.</p>"
    found = compare(between * 10 + kept, kept.replace("ay", "hafta"))
    assert (found.added, found.removed) == (1, 21)
