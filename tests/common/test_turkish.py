"""common.turkish …"""

import datetime as dt
from decimal import Decimal

import pytest

from common import turkish
from institution.models import Unit
from tests.factories import base

JULY_9 = dt.date(2024, 7, 9)


class TestLetters:
    def test_keeps_dotted_and_dotless_i_apart(self):
        assert turkish.lower("İZMİR IĞDIR") == "izmir ığdır"
        assert turkish.upper("içindekiler ışık") == "İÇİNDEKİLER IŞIK"

    def test_lowers_without_changing_the_length(self):
        assert len(turkish.lower("İİİ")) == 3

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("İNSAN KAYNAKLARI VE EĞİTİM MÜDÜRLÜĞÜ", "İnsan Kaynakları ve Eğitim Müdürlüğü"),
            ("gelir-gider ılıca", "Gelir-Gider Ilıca"),
            ("karesi’nin planı", "Karesi’nin Planı"),
        ],
    )
    def test_writes_titles(self, text, expected):
        assert turkish.title(text) == expected

    def test_folds_what_a_searcher_may_type_otherwise(self):
        assert turkish.fold("KÂĞIT’ın he\u00addefi I\u0307l") == "kağıt'ın hedefi il"
        assert turkish.ascii_fold("Şişli IĞDIR Çağlayan") == "sisli igdir caglayan"

    def test_sorts_by_the_turkish_alphabet(self):
        in_order = "10 Adana Âdem cam çay Éric Ilgaz ısı İzmir ova ödül sap şap uzun Ülkü"
        assert sorted(set(in_order.split()), key=turkish.sort_key) == in_order.split()

    @pytest.mark.django_db
    def test_sorts_in_the_database_by_the_same_alphabet(self):
        names = ["Cizre", "Çanakkale", "Iğdır", "İzmir", "ova", "Ödemiş", "şap", "Zile"]
        for name in reversed(names):
            base.unit(name)
        assert [unit.name for unit in Unit.objects.order_by(turkish.turkish_order("name"))] == names


class TestSuffix:
    @pytest.mark.parametrize(
        ("text", "kind", "expected"),
        [
            (83, "i", "83’ü"),
            (2, "si", "2’si"),
            (3, "si", "3’ü"),
            (6, "in", "6’nın"),
            (14, "inci", "14’üncü"),
            (2, "inci", "2’nci"),
            (100, "inci", "100’üncü"),
            (40, "de", "40’ta"),
            (10, "den", "10’dan"),
            (0, "e", "0’a"),
            (2000, "den", "2000’den"),
            (2029, "de", "2029’da"),
            (1_000_000, "e", "1.000.000’a"),
            ("14.00", "de", "14.00’te"),
            ("14.30", "de", "14.30’da"),
            ("2025–2029", "in", "2025–2029’un"),
            ("9 Temmuz 2024", "de", "9 Temmuz 2024’te"),
            ("%44,7", "si", "%44,7’si"),
            ("19.781.759,88 TL", "in", "19.781.759,88 TL’nin"),
            ("PG1.1.3", "in", "PG1.1.3’ün"),
            ("H2.2", "e", "H2.2’ye"),
            ("A1", "in", "A1’in"),
            ("TR22A", "de", "TR22A’da"),
            ("PDF", "i", "PDF’i"),
            ("TBMM", "in", "TBMM’nin"),
            ("DETSİS", "de", "DETSİS’te"),
        ],
    )
    def test_reads_figures_and_codes_out(self, text, kind, expected):
        assert turkish.suffix(text, kind) == expected

    @pytest.mark.parametrize(
        ("text", "kind", "expected"),
        [
            ("Strateji Geliştirme Müdürlüğü", "e", "Strateji Geliştirme Müdürlüğüne"),
            ("Strateji Geliştirme Müdürlüğü", "in", "Strateji Geliştirme Müdürlüğünün"),
            ("Stratejik Planlama Ekibi", "den", "Stratejik Planlama Ekibinden"),
            ("Strateji Geliştirme Üst Kurulu", "le", "Strateji Geliştirme Üst Kuruluyla"),
            ("Üst Yönetim", "in", "Üst Yönetimin"),
            ("Karesi Belediyesi", "de", "Karesi Belediyesinde"),
        ],
    )
    def test_gives_institutions_no_apostrophe(self, text, kind, expected):
        assert turkish.suffix(text, kind) == expected

    @pytest.mark.parametrize(
        ("text", "kind", "expected"),
        [
            ("Nihal Özdemir", "in", "Nihal Özdemir’in"),
            ("Ali Kaya", "e", "Ali Kaya’ya"),
            ("Mehmet", "de", "Mehmet’te"),
            ("Ayşe", "le", "Ayşe’yle"),
            ("Işık", "i", "Işık’ı"),
        ],
    )
    def test_gives_persons_an_apostrophe_and_keeps_the_name(self, text, kind, expected):
        assert turkish.suffix(text, kind) == expected

    @pytest.mark.parametrize(
        ("text", "kind", "expected"),
        [
            ("hedef kartı", "e", "hedef kartına"),
            ("başlık", "i", "başlığı"),
            ("amaç", "in", "amacın"),
            ("talep", "e", "talebe"),
            ("hukuk", "in", "hukukun"),
            ("kayıt", "i", "kaydı"),
            ("grup", "in", "grubun"),
            ("protokol", "i", "protokolü"),
            ("başlık", "de", "başlıkta"),
            ("belediye", "si", "belediyesi"),
            ("hedef kartı", "si", "hedef kartı"),
        ],
    )
    def test_softens_common_nouns(self, text, kind, expected):
        assert turkish.suffix(text, kind) == expected

    def test_lets_the_caller_decide_on_the_apostrophe(self):
        assert turkish.suffix("Rapor", "i", apostrophe=False) == "Raporu"


class TestNumbers:
    def test_writes_numbers(self):
        assert turkish.number(-1234567) == "−1.234.567"
        assert turkish.number(Decimal("44.70")) == "44,7"
        assert turkish.number(1234.5, 2) == "1.234,50"
        assert turkish.number(Decimal("0.005"), 2) == "0,01"

    def test_writes_percentages_with_the_sign_first(self):
        assert turkish.percent(Decimal("44.7")) == "%44,7"
        assert turkish.percent(-40) == "−%40"

    @pytest.mark.parametrize(
        ("amount", "expected"),
        [
            ("86210000", "86,2 mn TL"),
            ("950000", "950 bin TL"),
            ("999949", "999,9 bin TL"),
            ("999960", "1 mn TL"),
            ("4400000000", "4,4 mr TL"),
            ("950", "950 TL"),
            ("0", "0 TL"),
            ("-2500000", "−2,5 mn TL"),
        ],
    )
    def test_shortens_amounts(self, amount, expected):
        assert turkish.short_money(Decimal(amount)) == expected

    def test_writes_amounts_to_the_kurus(self):
        assert turkish.money(Decimal("19781759.88")) == "19.781.759,88 TL"

    def test_writes_english_where_it_is_chosen(self):
        assert turkish.money(Decimal("19781759.88"), "en") == "19,781,759.88 TL"
        assert turkish.percent(Decimal("44.7"), lang="en-gb") == "44.7%"
        assert turkish.short_money(86210000, "en") == "86.2 m TL"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("1.234,5", "1234.5"), ("1234", "1234"), ("−12,50", "-12.50"), ("1.234.567", "1234567")],
    )
    def test_reads_numbers(self, text, expected):
        assert turkish.parse_decimal(text) == Decimal(expected)

    @pytest.mark.parametrize("text", ["", "1.2", "12.34,5", "1,234.5", "on iki", "1..2", "٣", "9" * 40])
    def test_refuses_what_is_no_turkish_number(self, text):
        with pytest.raises(turkish.FormatError):
            turkish.parse_decimal(text)

    def test_reads_amounts_with_two_decimals(self):
        assert turkish.parse_money("4.420.505,00 TL") == Decimal("4420505.00")
        assert turkish.parse_money("4,420,505.00", "en") == Decimal("4420505.00")

    @pytest.mark.parametrize("text", ["4.420.505,0", "4.420.505", "4420505"])
    def test_refuses_an_amount_without_two_decimals_and_shows_it_rightly(self, text):
        with pytest.raises(turkish.FormatError, match="4.420.505,00"):
            turkish.parse_money(text)


class TestDates:
    def test_writes_dates_and_times(self):
        moment = dt.datetime(2024, 7, 9, 14, 0)
        assert turkish.date_long(JULY_9) == "9 Temmuz 2024 Salı"
        assert turkish.date_day(JULY_9) == "9 Temmuz"
        assert turkish.date_short(JULY_9) == "09.07.2024"
        assert turkish.datetime_long(moment) == "9 Temmuz 2024, 14.00"
        assert turkish.time(dt.time(9, 5)) == "09.05"
        assert turkish.year_range(2025, 2029) == "2025–2029"

    def test_shows_a_stored_moment_by_the_clock_of_istanbul(self):
        stored = dt.datetime(2024, 7, 8, 22, 30, tzinfo=dt.UTC)
        assert turkish.datetime_long(stored) == "9 Temmuz 2024, 01.30"
        assert turkish.date_long(stored) == "9 Temmuz 2024 Salı"
        assert turkish.time(stored) == "01.30"

    def test_writes_english_where_it_is_chosen(self):
        moment = dt.datetime(2024, 7, 9, 14, 0)
        assert turkish.date_long(JULY_9, "en") == "Tuesday, 9 July 2024"
        assert turkish.datetime_long(moment, "en") == "9 July 2024, 14:00"
        assert turkish.date_short(JULY_9, "en") == "09/07/2024"

    @pytest.mark.parametrize(
        "text",
        ["1.3.2026", "01/03/2026", "2026-03-01", "1 Mart 2026", "1 mart 2026 Pazar", "1 March 2026"],
    )
    def test_reads_dates(self, text):
        assert turkish.parse_date(text) == dt.date(2026, 3, 1)

    @pytest.mark.parametrize(
        "text", ["", "31.02.2026", "1.3.26", "1.3/2026", "yarın", "0001-01-01", "5 Foo 2026"]
    )
    def test_refuses_what_is_no_date(self, text):
        with pytest.raises(turkish.FormatError):
            turkish.parse_date(text)

    def test_reads_times(self):
        assert turkish.parse_time("14.00") == turkish.parse_time("14:00") == dt.time(14)
        with pytest.raises(turkish.FormatError):
            turkish.parse_time("24.00")
