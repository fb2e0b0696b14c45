"""What a report keeps of the HTML that somebody wrote, pasted or forged."""

import random
import re
import time

import pytest

from documents.reports.html import MAX_ROWS, TextRefused, clean, pictures
from documents.reports.legible import for_reading, lost_references, plain_text, word_count

PICTURE = (
    '<figure><img alt="İlçe haritası" src="/files/12/picture/">'
    "<figcaption>Mahalleler, <em>2024</em></figcaption></figure>"
)


class TestWhatStays:
    def test_words_marks_lists_and_links_stay_as_written(self):
        text = (
            "<h3>Ölçek</h3><p>Önem <strong>ve</strong> <em>etki</em><br>puanlandı: "
            '<a href="https://www.mevzuat.gov.tr/" rel="noopener noreferrer">5018</a>.</p>'
            '<ul><li><p>Muhtarlar</p><ol start="4"><li><p>Iğdır ışığı</p></li></ol></li></ul>'
            "<blockquote><p>Söz</p></blockquote>"
        )
        assert clean(text) == text

    def test_a_note_keeps_its_words(self):
        text = '<p>Katılım<sup data-note="Tutanak, 24.06.2024: &quot;18 &lt; 20&quot;"></sup> yüksekti.</p>'
        assert clean(text) == text

    def test_a_picture_of_ours_keeps_its_words_its_caption_and_the_places_that_speak_of_it(self):
        text = f'{PICTURE}<p>Bkz. <a data-figure="12"></a>.</p>'
        assert clean(text) == text
        assert clean('<p>önce <img src="/files/12/picture/" alt=" İlçe  haritası ">sonra</p>') == (
            '<p>önce </p><figure><img alt="İlçe haritası" src="/files/12/picture/"></figure><p>sonra</p>'
        )

    def test_older_names_of_marks_and_headings_are_kept_under_the_new_ones(self):
        assert clean("<h1>A</h1><h6>B</h6><p><b>c</b><i>d</i></p>") == (
            "<h2>A</h2><h4>B</h4><p><strong>c</strong><em>d</em></p>"
        )

    def test_words_typed_without_an_editor_become_paragraphs(self):
        assert clean("Birinci 3 < 5 & 7\n\nİkinci") == "<p>Birinci 3 &lt; 5 &amp; 7</p><p>İkinci</p>"

    def test_blocks_in_strange_places_keep_their_words_apart(self):
        text = clean("<div>bir</div><div>iki<strong><p>üç</p></strong></div><li>dört")
        assert plain_text(text).split() == ["bir", "iki", "üç", "dört"]


class TestWhatGoes:
    @pytest.mark.parametrize(
        "payload",
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<img src=https://elsewhere.example/a.png alt=x>",
            "<img src='/files/12/picture/?a' alt=x>",
            "<img src='/files/12/' alt=x>",
            "<figure><img src=data:image/png;base64,AAAA alt=x><script>alert(1)</script></figure>",
            "<p onclick=alert(1) style='color:red' class=MsoNormal>söz</p>",
            "<a href='javascript:alert(1)'>söz</a>",
            "<a href='&#106;avascript:alert(1)'>söz</a>",
            "<a href=//elsewhere.example/>söz</a>",
            "<a href='/\\elsewhere.example'>söz</a>",
            "<a href='http://plain.example/'>söz</a>",
            "<svg><a xlink:href='javascript:alert(1)'><text>söz</text></a></svg>",
            "<math><mtext><style><img src onerror=alert(1)></style></mtext></math>",
            "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
            "<p><!-- --!><img src onerror=alert(1)> --></p>",
            "<form action=/reports/><input name=csrfmiddlewaretoken></form>",
            "<textarea></textarea><style>*{color:red}</style><base href=//x.example>",
        ],
    )
    def test_nothing_that_acts_survives(self, payload):
        kept = clean(f"<p>önce</p>{payload}<p>sonra</p>")
        for trace in ("alert(1)<", "<script", "<img", "<style", "onclick", "href", "svg", "<form", "style="):
            assert trace not in kept
        assert kept.startswith("<p>önce</p>") and kept.endswith("<p>sonra</p>")

    def test_empty_paragraphs_links_without_a_target_and_plain_raised_letters_lose_only_their_dress(self):
        assert clean("<p>\xa0</p><p><a name=x>a</a><sup>2</sup><em></em></p><p></p>") == "<p>a2</p>"

    def test_a_picture_without_words_is_refused_with_what_to_do(self):
        with pytest.raises(TextRefused, match="Resmin açıklaması yok"):
            clean("<figure><img src=/files/12/picture/ alt=' '></figure>")

    def test_control_characters_that_no_database_takes_go(self):
        assert clean("<p>a\x00b\x0bc&#0;</p>") == "<p>abc\ufffd</p>"


class TestTables:
    def test_a_head_row_becomes_a_table_head_with_directions(self):
        assert clean("<table><tr><th>A</th><th>B</th></tr><tr><th>x</th><td>1</td></tr></table>") == (
            '<table><thead><tr><th scope="col"><p>A</p></th><th scope="col"><p>B</p></th></tr></thead>'
            '<tbody><tr><th scope="row"><p>x</p></th><td><p>1</p></td></tr></tbody></table>'
        )

    def test_a_table_without_head_cells_gets_its_first_row_as_head(self):
        assert clean("<table><tr><td>A</td></tr><tr><td>1</td></tr></table>") == (
            '<table><thead><tr><th scope="col"><p>A</p></th></tr></thead>'
            "<tbody><tr><td><p>1</p></td></tr></tbody></table>"
        )

    def test_a_head_column_is_head_enough(self):
        kept = clean("<table><tr><th>A</th><td>1</td></tr><tr><th>B</th><td>2</td></tr></table>")
        assert kept.count('scope="row"') == 2 and "<thead>" not in kept

    @pytest.mark.parametrize(
        ("span", "kept"),
        [("3", ' colspan="3"'), ("9999", ' colspan="50"'), ("0", ""), ("-2", ""), ("1e9", "")],
    )
    def test_spans_stay_between_1_and_50(self, span, kept):
        table = clean(f"<table><tr><th colspan='{span}'>A</th></tr></table>")
        assert f'<th{kept} scope="col">' in table

    def test_empty_cells_keep_their_place(self):
        assert clean("<table><tr><th></th><th>B</th></tr></table>").count("<th ") == 2

    def test_more_rows_than_a_page_can_print_are_refused_with_their_number(self):
        with pytest.raises(TextRefused, match="2001"):
            clean("<table>" + "<tr><td>x</td></tr>" * (MAX_ROWS + 1) + "</table>")


class TestBounds:
    @pytest.mark.parametrize(
        "piece",
        ["<div>", "<p>", "<b>", "<table>", "<b a=1>", "<!--", "<a ", "<a x='", "</", "<", "&#", "<p a=\"'"],
    )
    def test_two_megabytes_of_anything_are_answered_in_time(self, piece):
        start = time.monotonic()
        with pytest.raises(TextRefused):
            clean((piece * 2_000_000)[:1_999_999])
        assert time.monotonic() - start < 5

    def test_a_text_over_two_megabytes_of_utf8_is_refused(self):
        with pytest.raises(TextRefused):
            clean("<p>" + "ş" * 1_000_001 + "</p>")

    def test_a_chapter_of_430_tables_takes_under_a_second(self):
        chapter = ("<p>" + "Önem ve etki <strong>puanı</strong>. " * 6 + "</p><table><tr><th>A</th></tr>"
                   "<tr><td>1</td></tr></table>") * 430  # fmt: skip
        start = time.monotonic()
        kept = clean(chapter)
        assert time.monotonic() - start < 1
        assert kept.count("<table>") == 430


def test_cleaning_a_clean_text_changes_nothing():
    sign = random.Random(20242029)  # noqa: S311 - the same soup on every run
    tags = re.findall(
        r"\w+",
        "p b em h1 h3 ul ol li table tbody tr td th caption figure figcaption a sup br div span script blockquote",
    )
    words = ["söz", "  ", "\n\n", "<", "&lt;", "&amp;nbsp;", "\xa0", "<!-- c -->", "</", "<a href=https://x.y>",
             "<sup data-note=\"a<b>'\">", "<td colspan=99 rowspan='x'>", "<img src=/files/7/picture/ alt='b <'>", "<a data-figure=7>", "<ol start=4>", "\x00"]  # fmt: skip
    for _ in range(3000):
        pieces = [
            sign.choice([sign.choice(words), f"<{sign.choice(tags)}>", f"</{sign.choice(tags)}>"])
            for _ in range(sign.randint(1, 40))
        ]
        kept = clean("".join(pieces))
        assert clean(kept) == kept, pieces


def test_a_reader_finds_the_words_of_notes_below_the_text():
    assert for_reading(
        "<p>a<sup data-note='bir &lt;'></sup>b<sup data-note='iki'></sup></p><script>x</script>"
    ) == ('<p>a<sup>[1]</sup>b<sup>[2]</sup></p><ol class="notes"><li>bir &lt;</li><li>iki</li></ol>')
    assert for_reading("<p>a</p>") == "<p>a</p>"


def test_pictures_are_numbered_in_order_and_the_text_speaks_of_them_by_number():
    second = PICTURE.replace("12", "7").replace("Mahalleler, <em>2024</em>", "")
    text = clean(f'{PICTURE}{second}<p><a data-figure="7"></a>, <a data-figure="9"></a></p>')
    assert for_reading(text, figures_before=2) == (
        '<figure><img alt="İlçe haritası" src="/files/12/picture/"><figcaption><strong>Şekil 3.</strong> Mahalleler, '
        '<em>2024</em></figcaption></figure><figure><img alt="İlçe haritası" src="/files/7/picture/">'
        "<figcaption><strong>Şekil 4.</strong> </figcaption></figure>"
        '<p><a data-figure="7">Şekil 4</a>, <a data-figure="9">Şekil ?</a></p>'
    )
    assert (pictures(text), lost_references(text)) == ([12, 7], 1)
    assert plain_text(text).split("\n") == [
        "[İlçe haritası]", "Mahalleler, 2024", "[İlçe haritası]", "Şekil 2, Şekil ?",
    ]  # fmt: skip


class TestWords:
    TEXT = clean(
        "<h3>Ölçek</h3><p>İki paydaş – birlikte<br>çalışır<sup data-note='Bkz. Tablo 4'></sup>.</p>"
        "<ul><li>bir</li><li>iki</li></ul><table><tr><th>A</th><th>B</th></tr><tr><td>1,5</td><td></td></tr></table>"
    )

    def test_plain_text_has_a_line_for_each_block_and_cell(self):
        assert plain_text(self.TEXT).split("\n") == [
            "Ölçek", "İki paydaş – birlikte", "çalışır [Bkz. Tablo 4].", "bir", "iki", "A", "B", "1,5",
        ]  # fmt: skip

    def test_a_word_is_what_holds_a_letter_or_a_figure(self):
        assert word_count(self.TEXT) == 13

    def test_an_empty_text_has_no_words(self):
        assert (plain_text(clean("<p> </p>")), word_count("")) == ("", 0)
