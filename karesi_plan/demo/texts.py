"""Templates and the words of the sample reports. Invented, but written as a good official would."""

from typing import Any

Shape = dict[str, Any]
TEXT: Shape = {"kind": "text"}


def table(*columns: tuple[str, ...]) -> Shape:
    """A table section; each column is (key, title, type, choices)."""
    return {
        "kind": "table",
        "columns": [
            {"key": key, "title": title, "type": kind, "required": number == 0, "choices": list(choices)}
            for number, (key, title, kind, *choices) in enumerate(columns)
        ],
    }


# name: [(title, shape, chapter, length hint, what the guide asks)]
TEMPLATES: dict[str, list[tuple[str, Shape, str, int | None, str]]] = {
    "Kurumsal tarihçe": [
        ("Kurumsal tarihçe", TEXT, "3.A", 250, "Kuruluş ve dönüm noktaları; en çok bir sayfa."),
    ],
    "Uygulanmakta olan planın değerlendirilmesi": [
        ("Değerlendirmenin yöntemi", TEXT, "3.B", 150, "Hangi verilerle, kimlerle değerlendirildiği."),
        (
            "Hedeflerin gerçekleşmesi",
            table(
                ("objective", "Hedef", "text"),
                ("result", "Sonuç", "choice", "Ulaşıldı", "Makul", "Ulaşılamadı"),
                ("reason", "Gerekçe", "long"),
            ),
            "3.B",
            None,
            "Her hedef için sonuç ve gerekçe.",
        ),
        ("Yeni döneme aktarılan dersler", TEXT, "3.B", 150, "Korunan, değişen ve bırakılan yaklaşımlar."),
    ],
    "Mevzuat analizi": [
        ("Yasal çerçeve", TEXT, "3.C", 200, "Belediyenin görev ve yetkilerinin dayanağı."),
        (
            "Mevzuat analizi",
            table(
                ("duty", "Yasal yükümlülük", "text"),
                ("basis", "Dayanak", "text"),
                ("finding", "Tespit", "long"),
                ("need", "İhtiyaç", "long"),
            ),
            "3.C",
            None,
            "Her yükümlülük için dayanak, tespit ve ihtiyaç.",
        ),
    ],
    "Üst politika belgeleri analizi": [
        (
            "Üst politika belgeleri",
            table(
                ("paper", "Belge", "text"),
                ("part", "İlgili bölüm", "text"),
                ("task", "Verilen görev", "long"),
            ),
            "3.D",
            None,
            "Kalkınma planından nazım imar planına kadar bütün belgeler.",
        ),
    ],
    "Faaliyet alanları ile ürün ve hizmetler": [
        (
            "Faaliyet alanı, ürün ve hizmet listesi",
            table(("area", "Faaliyet alanı", "text"), ("services", "Ürün ve hizmetler", "long")),
            "3.E",
            None,
            "Her faaliyet alanı için en az bir ürün veya hizmet.",
        ),
    ],
    "Paydaş analizi": [
        (
            "Amaç ve yöntem",
            TEXT,
            "3.F",
            150,
            "Paydaşların nasıl belirlendiği ve görüşlerinin nasıl alındığı.",
        ),
        (
            "Paydaşların önceliklendirilmesi",
            table(
                ("name", "Paydaş", "text"),
                ("kind", "Tür", "choice", "İç", "Dış"),
                ("weight", "Önem", "number"),
                ("effect", "Etki", "number"),
                ("way", "İzlenecek yol", "choice", "İzle", "Bilgilendir", "Gözet", "Birlikte çalış"),
            ),
            "3.F",
            None,
            "Her paydaş için önem ve etki derecesi, izlenecek yol.",
        ),
        ("Görüşlerin değerlendirilmesi", TEXT, "3.F", 200, "Alınan görüşlerden çıkan sonuçlar."),
    ],
    "Kuruluş içi analiz": [
        ("İnsan kaynakları", TEXT, "3.G", 200, "Sayı, nitelik ve eğitim durumu."),
        ("Kurum kültürü", TEXT, "3.G", 150, "Katılım, iletişim, karar alma."),
        (
            "Fiziki ve teknolojik kaynaklar",
            table(("asset", "Kaynak", "text"), ("amount", "Sayı", "number"), ("state", "Durum", "text")),
            "3.G",
            None,
            "Binalar, araçlar, yazılım ve donanım.",
        ),
        ("Mali kaynaklar", TEXT, "3.G", 150, "Gelir yapısı ve beş yıllık beklenti."),
    ],
    "PESTLE ve GZFT analizi": [
        (
            "PESTLE analizi",
            table(
                (
                    "factor",
                    "Etken",
                    "choice",
                    "Politik",
                    "Ekonomik",
                    "Sosyokültürel",
                    "Teknolojik",
                    "Yasal",
                    "Çevresel",
                ),
                ("finding", "Tespit", "long"),
                ("trend", "Eğilim", "choice", "Pozitif", "Belirsiz", "Negatif"),
            ),
            "3.H",
            None,
            "Altı başlıkta en az birer tespit.",
        ),
        (
            "GZFT analizi",
            table(
                ("side", "Boyut", "choice", "Güçlü yön", "Zayıf yön", "Fırsat", "Tehdit"),
                ("text", "İfade", "long"),
            ),
            "3.İ",
            None,
            "Dört boyutta en az birer ifade.",
        ),
        (
            "Tespitler ve ihtiyaçlar",
            table(("finding", "Tespit", "long"), ("need", "İhtiyaç", "long")),
            "3.J",
            None,
            "Analizlerden çıkan tespitler ve karşılık gelen ihtiyaçlar.",
        ),
    ],
    "İzleme, güncelleme ve sunuş düzeni": [
        ("İzleme ve değerlendirme", TEXT, "6", 200, "Yöntem, sorumlular ve takvim."),
        ("Güncelleme", TEXT, "7", 100, "Güncellemenin koşulları."),
        ("Planın sunulması", TEXT, "8", 100, "Meclise sunma ve duyurma."),
    ],
}


def p(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def rows(keys: str, *values: tuple[str, ...]) -> list[dict[str, str]]:
    return [dict(zip(keys.split(), row, strict=True)) for row in values]


# template: what its group wrote, section by section (html, or rows of a table)
WORDS: dict[str, list[str | list[dict[str, str]]]] = {
    "Kurumsal tarihçe": [
        p(
            "İlçede belediye teşkilatı 1923 yılında kurulmuş, 1980’li yıllardan başlayarak kıyı mahallelerinin "
            "katılmasıyla hizmet alanı genişlemiştir.",
            "Büyükşehir düzenlemesinin ardından su, kanalizasyon ve ana ulaşım hizmetleri büyükşehir belediyesine "
            "geçmiş; belediye imar, temizlik, park, sosyal destek ve kültür hizmetlerine ağırlık vermiştir.",
        ),
    ],
    "Uygulanmakta olan planın değerlendirilmesi": [
        p(
            "Değerlendirme, birimlerin altı aylık izleme kayıtları ile yıllık faaliyet raporlarına dayanır. "
            "Sapma gösteren hedefler için sorumlu birimlerle ayrı ayrı görüşülmüştür."
        ),
        rows(
            "objective result reason",
            (
                "H1.1 Personelin kapasitesi ve eğitimi",
                "Ulaşıldı",
                "Eğitim sayısı her yıl öngörülenin üzerinde gerçekleşti.",
            ),
            (
                "H2.3 Gelir-gider yönetimi",
                "Makul",
                "Gelir tahmini ilk iki yıl düşük kaldı; tahsilat takibi sonradan güçlendi.",
            ),
            ("H3.1 Yazılım, donanım ve süreklilik", "Ulaşılamadı", "Veri merkezi ihalesi iki kez yenilendi."),
        ),
        p(
            "Göstergelerin ölçüm sorumlusu ve veri kaynağı baştan yazılmadığında izleme gecikmektedir. Yeni dönemde "
            "her gösterge, sorumlusu ve izleme sıklığıyla birlikte kabul edilecektir."
        ),
    ],
    "Mevzuat analizi": [
        p(
            "Belediyenin görev, yetki ve sorumlulukları 5393 sayılı Belediye Kanunu’nda; büyükşehir ile ilçe "
            "arasındaki görev paylaşımı 5216 sayılı Kanun’da düzenlenmiştir.",
            "Kaynakların kullanımı ve hesap verme 5018 sayılı Kanun’a tabidir. Stratejik plan, seçimden sonraki altı "
            "ay içinde hazırlanarak meclise sunulur.",
        ),
        rows(
            "duty basis finding need",
            (
                "Stratejik plan hazırlamak",
                "5393 md. 41; 5018 md. 9",
                "Hazırlık süresi seçimden itibaren altı aydır.",
                "Tarihleri belli bir çalışma takvimi",
            ),
            (
                "İmar planlarını uygulamak",
                "3194 md. 8; 5216 md. 7",
                "Uygulama planı ilçede, nâzım plan büyükşehirdedir.",
                "Ortak veri tabanı",
            ),
            (
                "Afetlere hazırlanmak",
                "5393 md. 53",
                "Acil durum planı yenilenmemiştir.",
                "Planın yenilenmesi ve yıllık tatbikat",
            ),
        ),
    ],
    "Üst politika belgeleri analizi": [
        rows(
            "paper part task",
            (
                "Kalkınma planı",
                "Yaşanabilir şehirler, sürdürülebilir çevre",
                "Dirençli ve erişilebilir kent hizmetleri sunmak",
            ),
            ("Orta vadeli program", "Kamu maliyesi", "Öz gelirleri artırmak, harcamaları önceliklendirmek"),
            (
                "Bölge planı",
                "Kırsal kalkınma ve turizm",
                "Kıyı ve kırsal mahallelerde yerel ürünü desteklemek",
            ),
            ("Nâzım imar planı", "Yeşil alan standardı", "Kişi başına düşen yeşil alanı artırmak"),
        ),
    ],
    "Faaliyet alanları ile ürün ve hizmetler": [
        rows(
            "area services",
            ("İmar ve şehircilik", "İmar durum belgesi, yapı ruhsatı, yapı kullanma izni"),
            ("Çevre ve temizlik", "Evsel atık toplama, geri dönüşüm, park bakımı"),
            ("Sosyal hizmetler", "Evde bakım, gıda desteği, kadın danışma merkezi"),
            ("Kültür ve spor", "Kurslar, sahne etkinlikleri, spor okulları"),
        ),
    ],
    "Paydaş analizi": [
        p(
            "Paydaşlar, on sekiz katılımcılı bir çalıştayda önem ve etki yönünden bir ile beş arasında puanlanmıştır. "
            "Önem, paydaşın belediye faaliyetlerinden ne ölçüde etkilendiğini; etki, belediye kararlarını ne ölçüde "
            "yönlendirebildiğini gösterir."
        ),
        rows(
            "name kind weight effect way",
            ("Mahalle muhtarları", "Dış", "5", "4", "Bilgilendir"),
            ("Büyükşehir belediyesi", "Dış", "4", "5", "Birlikte çalış"),
            ("Belediye personeli", "İç", "5", "3", "Gözet"),
            ("Ticaret ve sanayi odaları", "Dış", "3", "3", "Bilgilendir"),
        ),
        p(
            "Katılımcılar en çok yol ve kaldırım onarımının süresinden söz etmiştir. Muhtarlar, yanıt sürelerinin "
            "izlenebildiği ortak bir başvuru kanalı istemektedir."
        ),
    ],
    "Kuruluş içi analiz": [
        p(
            "Belediyede 412 kişi çalışmaktadır. Personelin üçte biri son iki yılda hizmet içi eğitim almamıştır; "
            "teknik kadroların beşte biri boştur."
        ),
        p(
            "Birimler arası bilgi paylaşımı yazışmayla sınırlıdır. Karar süreçlerine katılım anketi ilk kez yapılmıştır."
        ),
        rows(
            "asset amount state",
            ("Hizmet binası", "6", "İkisi güçlendirme bekliyor"),
            ("Hizmet aracı", "148", "Yarısı on yaşın üzerinde"),
            ("Bilgisayar", "390", "Yeterli"),
        ),
        p(
            "Gelirlerin yarısından çoğu merkezî yönetim paylarından oluşur. Öz gelirlerin payı son üç yılda artmıştır."
        ),
    ],
    "PESTLE ve GZFT analizi": [
        rows(
            "factor finding trend",
            ("Politik", "Yerel yönetim mevzuatında değişiklik beklentisi", "Belirsiz"),
            ("Ekonomik", "Girdi maliyetlerinin bütçe tahminlerini aşması", "Negatif"),
            ("Sosyokültürel", "Yaşlı nüfusun ve evde bakım talebinin artması", "Negatif"),
            ("Teknolojik", "Elektronik başvuru kanallarının yaygınlaşması", "Pozitif"),
            ("Yasal", "Kişisel verilerin korunmasına ilişkin yükümlülükler", "Belirsiz"),
            ("Çevresel", "Kuraklık ve taşkın riskinin birlikte artması", "Negatif"),
        ),
        rows(
            "side text",
            ("Güçlü yön", "Deneyimli teknik kadro"),
            ("Güçlü yön", "Mahallelerle kurulan düzenli iletişim"),
            ("Zayıf yön", "Veri standardının bulunmaması"),
            ("Zayıf yön", "Birimler arası eşgüdüm eksikliği"),
            ("Fırsat", "Üniversite ve meslek liseleriyle iş birliği olanakları"),
            ("Tehdit", "Gelir tahminlerinin altında kalan tahsilat"),
        ),
        rows(
            "finding need",
            (
                "Personelin üçte biri son iki yılda eğitim almamıştır.",
                "Görev tanımlarına dayalı yıllık eğitim planı",
            ),
            ("Göstergelerin veri kaynağı yazılı değildir.", "Kurum içi veri standardı"),
            ("Başvuru yanıt süreleri izlenmemektedir.", "Ortak başvuru kanalı"),
        ),
    ],
    "İzleme, güncelleme ve sunuş düzeni": [
        p(
            "Hedef ve göstergeler altı ayda bir izlenir, yılda bir değerlendirilir. Sorumlu birim verisini kaynağıyla "
            "girer; Strateji Geliştirme Müdürlüğü bütünlüğü denetler."
        ),
        "",
        "",
    ],
}

# A document of the group's, attached to what it wrote on the staff.
STAFF = """Örnek veri
Kadro,Dolu,Boş
Teknik hizmetler,96,24
Genel idare hizmetleri,188,17
Sağlık hizmetleri,22,3
Yardımcı hizmetler,106,9
"""
