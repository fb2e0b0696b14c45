"""The check of HTML …"""

from documents.plan.language import check_html, default_vocabulary


def found(html):
    return [(one.text, one.line, one.place) for one in check_html(html, default_vocabulary())]


def test_names_the_block_and_the_id_before_the_words():
    html = (
        '<h2 id="b-2">Organlar</h2><p>Belediyemiz.</p>\n'
        "<p id='p3'>Yazı, Strateji <strong>Müdürlüğüne</strong> sunuldu.</p>"
    )
    assert found(html) == [("Strateji Müdürlüğüne", 3, "p3")]


def test_keeps_the_words_of_different_blocks_apart():
    assert found("<table><tr><td>Strateji</td><td>Müdürlüğü</td></tr></table><p>Strateji</p>Müdürlüğü") == []


def test_reads_entities_and_soft_hyphens_as_the_reader_sees_them():
    assert found("<p>Strateji&nbsp;M&uuml;d&shy;ürlüğü</p>") == [("Strateji Müdürlüğü", 1, "")]


def test_reads_notes_and_the_texts_of_pictures():
    html = '<p>Metin<sup data-note="Üniversitemiz 2024">1</sup></p><img alt="Hedeer" src="/x.png">'
    assert found(html) == [("Üniversitemiz", 2, ""), ("Hedeer", 3, "")]


def test_finds_nothing_in_nothing():
    assert found("") == []
