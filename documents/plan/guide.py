"""The chapters of the plan in the order of the 2019 guide for municipalities.

Source: Belediyeler İçin Stratejik Planlama Rehberi, 2019, table of contents. Titles are the
guide's own terms, so they are Turkish data and not translated.
"""

from typing import NamedTuple


class Chapter(NamedTuple):
    """A chapter ("3") or a section of one ("3.C")."""

    code: str
    title: str

    @property
    def level(self) -> int:
        return self.code.count(".") + 1

    @property
    def anchor(self) -> str:
        return "b-" + self.code.replace(".", "-").replace("İ", "I2").lower()


CHAPTERS = tuple(
    Chapter(*row)
    for row in (
        ("1", "Giriş"),
        ("2", "Stratejik plan hazırlık süreci"),
        ("2.A", "Planın sahiplenilmesi"),
        ("2.B", "Planlama sürecinin organizasyonu"),
        ("2.C", "Hazırlık programı"),
        ("3", "Durum analizi"),
        ("3.A", "Kurumsal tarihçe"),
        ("3.B", "Uygulanmakta olan stratejik planın değerlendirilmesi"),
        ("3.C", "Mevzuat analizi"),
        ("3.D", "Üst politika belgeleri analizi"),
        ("3.E", "Faaliyet alanları ile ürün ve hizmetlerin belirlenmesi"),
        ("3.F", "Paydaş analizi"),
        ("3.G", "Kuruluş içi analiz"),
        ("3.H", "Çevre analizi (PESTLE)"),
        ("3.İ", "GZFT analizi"),
        ("3.J", "Tespitler ve ihtiyaçlar"),
        ("4", "Geleceğe bakış"),
        ("5", "Strateji geliştirme"),
        ("5.A", "Amaçlar"),
        ("5.B", "Hedefler ve hedef kartları"),
        ("5.F", "Maliyetlendirme"),
        ("6", "İzleme ve değerlendirme"),
        ("7", "Stratejik planın güncellenmesi"),
        ("8", "Stratejik planın sunulması"),
    )
)
BY_CODE = {chapter.code: chapter for chapter in CHAPTERS}
CHAPTER_CHOICES = [(c.code, f"{c.code} {c.title}") for c in CHAPTERS]
