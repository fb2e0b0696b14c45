"""The check of the common language …"""

from pathlib import Path

import pytest
from django.conf import settings

from documents.plan.language import Name, Vocabulary, check, default_vocabulary
from documents.plan.language.words import words_of

FIXTURES = Path(__file__).parent / "fixtures"
SEED_PAGE = Path(settings.BASE_DIR).parent / "shared/data/karesi-2020-2024-page22.txt"

SOUND = """
hedef hedefi hedefine hedeflenen hedefe tarife tarifeler tekli tarama vakıa kir yat taraftar sınır
Trakya traktör nal ba\u00adşarı ba\u200bşarı \uf0b7Madde
"""


@pytest.fixture(scope="module")
def vocabulary():
    return default_vocabulary()


def found(text, vocabulary):
    return [(finding.rule, finding.text, finding.suggestion) for finding in check(text, vocabulary)]


@pytest.mark.skipif(not SEED_PAGE.exists(), reason="the seed page is not beside the repository")
def test_finds_the_four_defects_of_the_seed_page_and_nothing_else(vocabulary):
    text = SEED_PAGE.read_text(encoding="utf-8")

    assert [(one.line, one.text, one.suggestion) for one in check(text, vocabulary)] == [
        (15, "üniversitemiz", "belediyemiz"),
        (26, "Stratejik Plan Hazırlık Ekibi", "Stratejik Planlama Ekibi"),
        (34, "Strateji Müdürlüğü", "Strateji Geliştirme Müdürlüğü"),
        (38, "hedeer", "hedefler"),
    ]


def test_finds_each_defect_of_the_sample_page(vocabulary):
    text = (FIXTURES / "defects.txt").read_text(encoding="utf-8")

    assert found(text, vocabulary) == [
        ("foreign_institution", "Rektörlüğümüzün", "Belediyemizin"),
        ("foreign_institution", "Bakanlığımızın", "Belediyemizin"),
        ("foreign_institution", "Rektör", ""),
        ("name", "Strateji Geliştirme Kurulunun", "Strateji Geliştirme Üst Kurulunun"),
        ("name", "Stratejik Geliştirme Müdürlüğünce", "Strateji Geliştirme Müdürlüğünce"),
        ("name", "Stratejik Plan Ekibimize", "Stratejik Planlama Ekibimize"),
        ("name", "STRATEJİ BİRİM MÜDÜRLÜĞÜ", "STRATEJİ GELİŞTİRME MÜDÜRLÜĞÜ"),
        ("lost_ligature", "hedeferimizi", "hedeflerimizi"),
        ("lost_ligature", "sınıandırılan", "sınıflandırılan"),
        ("lost_ligature", "tarafar", "taraflar"),
        ("lost_ligature", "masraarı", "masrafları"),
        ("lost_ligature", "graği", "grafiği"),
        ("lost_ligature", "Şeaık", "Şeffaflık"),
        ("joined_letters", "sertiﬁka", "sertifika"),
        ("unreadable_sign", "per\ufffdormans", ""),
        ("lost_ligature", "Zayıık", "Zayıflık"),
        ("lost_ligature", "trağin", "trafiğin"),
        ("lost_ligature", "nansman", "finansman"),
    ]


def test_finds_nothing_on_a_clean_page(vocabulary):
    text = (FIXTURES / "clean.txt").read_text(encoding="utf-8")

    assert len(text.split()) > 400
    assert found(text, vocabulary) == []


class TestNames:
    @pytest.mark.parametrize(
        ("phrase", "suggestion"),
        [
            ("Strateji Müdürlüğünün", "Strateji Geliştirme Müdürlüğünün"),
            ("Strateji\n   Müdürlüğünden", "Strateji Geliştirme Müdürlüğünden"),
            ("Stra\u00adteji Mü\u00addürlüğü", "Strateji Geliştirme Müdürlüğü"),
            ("Strateji Müdür-\nlüğüne", "Strateji Geliştirme Müdürlüğüne"),
            ("Strateji Müdürlüğü’nde", "Strateji Geliştirme Müdürlüğü’nde"),
            ("Strateji ve Geliştirme Müdürlüğü", None),
            ("Stratejik Planlama ve İzleme Ekibinin", None),
            ("strateji müdürlüğü", None),
            ("Strateji,\nMüdürlüğü", None),
            ("Strateji\n\nMüdürlüğü", None),
            ("Strateji Geliştirme İl Müdürlüğü", None),
            ("Strateji Geliştirme ve Mali Hizmetler Müdürlüğü", None),
        ],
    )
    def test_are_corrected_with_their_inflection_kept(self, vocabulary, phrase, suggestion):
        suggestions = [one.suggestion for one in check(f"Yazı, {phrase} gönderildi.", vocabulary)]
        assert suggestions == ([suggestion] if suggestion else [])

    def test_of_units_are_known_from_the_vocabulary(self):
        names = (
            Name("Bilgi İşlem Müdürlüğü"),
            Name("Destek Hizmetleri Müdürlüğü"),
            Name("İnsan Kaynakları ve Eğitim Müdürlüğü", variants=("Personel Müdürlüğü",)),
        )
        text = (
            "Bilgi İŞlem Müdürlüğü, Destek Hizmetler Müdürlüğünden; İnsan Kaynakları Müdürlüğüne "
            "ve Personel Müdürlüğünün yerine."
        )
        assert found(text, Vocabulary(names=names)) == [
            ("name", "Bilgi İŞlem Müdürlüğü", "Bilgi İşlem Müdürlüğü"),
            ("name", "Destek Hizmetler Müdürlüğünden", "Destek Hizmetleri Müdürlüğünden"),
            ("name", "İnsan Kaynakları Müdürlüğüne", "İnsan Kaynakları ve Eğitim Müdürlüğüne"),
            ("name", "Personel Müdürlüğünün", "İnsan Kaynakları ve Eğitim Müdürlüğünün"),
        ]

    def test_that_only_share_their_first_word_with_several_others_are_left_alone(self):
        names = (Name("Kültür ve Sosyal İşler Müdürlüğü"),)
        usual = (Name("Kültür İşleri Müdürlüğü"),)
        text = "Kültür Varlıkları Müdürlüğü"
        assert found(text, Vocabulary(names=names, usual=usual)) == []

    def test_of_the_law_are_right_where_the_law_is_spoken_of(self, vocabulary):
        sentence = "Strateji Geliştirme Kurulu toplanmıştır."
        assert len(found(sentence, vocabulary)) == 1
        assert found(f"Yönetmeliğe göre {sentence}", vocabulary) == []


class TestForeignWords:
    @pytest.mark.parametrize(
        ("word", "suggestion"),
        [
            ("Üniversitemizin", "Belediyemizin"),
            ("ÜNİVERSİTEMİZ", "BELEDİYEMİZ"),
            ("bakanlığımızca", "belediyemizce"),
            ("okulumuza", "belediyemize"),
            ("fakültemizdeki", "belediyemizdeki"),
            ("hastanemizden", "belediyemizden"),
            ("rektörlüğümüze", "belediyemize"),
        ],
    )
    def test_are_replaced_in_their_case(self, vocabulary, word, suggestion):
        assert [one.suggestion for one in check(f"Bu dönemde {word} ait", vocabulary)] == [suggestion]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Balıkesir Üniversitesi Rektörlüğü ile protokol imzalandı.",
            "İlimizdeki üniversitelerimizin katkısı alındı.",
            "Yaz spor okulumuz açıldı.",
            "Belediyemizin ve müdürlüğümüzün görevidir.",
            "Bakanlığın genelgesi yayımlandı.",
        ],
    )
    def test_are_right_where_the_institution_is_another_one_or_ours(self, vocabulary, sentence):
        assert found(sentence, vocabulary) == []

    def test_name_an_officer_whose_institution_is_missing(self, vocabulary):
        text = "Üniversite ile görüşüldü. Toplantıya Rektör başkanlık etti."
        assert found(text, vocabulary) == [("foreign_institution", "Rektör", "")]


class TestLostLetters:
    @pytest.mark.parametrize(
        ("word", "suggestion"),
        [
            ("hede\uf002er", "hedefler"),
            ("hede\ufffder", "hedefler"),
            ("Hedeer", "Hedefler"),
            ("HEDEER", "HEDEFLER"),
            ("hedeenmiştir", "hedeflenmiştir"),
            ("zayıar", "zayıflar"),
            ("ﬁnansal", "finansal"),
            ("PG1 hede\u00adﬂer", "hedefler"),
        ],
    )
    def test_are_given_back(self, vocabulary, word, suggestion):
        assert [one.suggestion for one in check(word, vocabulary)] == [suggestion]

    @pytest.mark.parametrize("word", SOUND.split())
    def test_are_not_missed_in_sound_words(self, vocabulary, word):
        assert found(word, vocabulary) == []


def _labelled(which):
    rows = (line.split("\t") for line in (FIXTURES / "forms.tsv").read_text(encoding="utf-8").splitlines())
    return [(Name(term), phrase, answer == "yes") for set_, term, phrase, answer in rows if set_ == which]


@pytest.mark.parametrize(("which", "least"), [("A", 60), ("B", 50)])
def test_knows_inflection_from_derivation_in_labelled_forms(which, least):
    forms = _labelled(which)
    hits = [(term.matches([word.form for word in words_of(phrase)]), true) for term, phrase, true in forms]

    assert len(forms) >= least
    right = sum(hit and true for hit, true in hits)
    assert right / sum(hit for hit, _ in hits) == 1.00, "precision"
    assert right / sum(true for _, true in hits) >= 0.95, "recall"
