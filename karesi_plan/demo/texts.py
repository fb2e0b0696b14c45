"""Templates and the words of the sample reports. Invented, but written as a good official would."""

from typing import Any

# What the guide's own templates do not ask; name: [(title, chapter, length hint, what the guide asks)]
MONITORING = "İzleme, güncelleme ve sunuş düzeni"
OWN_TEMPLATES: dict[str, list[tuple[str, str, int, str]]] = {
    MONITORING: [
        ("İzleme ve değerlendirme", "6", 200, "Yöntem, sorumlular ve takvim."),
        ("Güncelleme", "7", 100, "Güncellemenin koşulları."),
        ("Planın sunulması", "8", 100, "Meclise sunma ve duyurma."),
    ],
}
# One group's topic that is three parts of the guide
OF_PARTS = {"PESTLE ve GZFT analizi": ("3.H", "3.İ", "3.J")}


def p(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def rows(keys: str, *values: tuple[str, ...]) -> list[dict[str, str]]:
    return [dict(zip(keys.split(), row, strict=True)) for row in values]


# template: what its group wrote, section by section (html, or rows)
WORDS: dict[str, list[str | list[dict[str, str]]]] = {
    "Kurumsal tarihçe": [
        p(
            "İlçede belediye teşkilatı 1923 yılında kurulmuş, 1980’li yıllardan başlayarak kıyı mahallelerinin "
            "katılmasıyla hizmet alanı genişlemiştir.",
            "Büyükşehir düzenlemesinin ardından su, kanalizasyon ve ana ulaşım hizmetleri büyükşehir belediyesine "
            "geçmiş; belediye imar, temizlik, park, sosyal destek ve kültür hizmetlerine ağırlık vermiştir.",
        ),
        rows(
            "year event",
            ("1923", "Belediye teşkilatının kurulması"),
            ("1986", "Kıyı mahallelerinin belediye sınırlarına katılması"),
            ("2014", "Büyükşehir düzenlemesiyle ilçe belediyesi olunması"),
        ),
    ],
    "Uygulanmakta olan planın değerlendirilmesi": [
        p(
            "Değerlendirme, birimlerin altı aylık izleme kayıtları ile yıllık faaliyet raporlarına dayanır. "
            "Sapma gösteren hedefler için sorumlu birimlerle ayrı ayrı görüşülmüştür."
        ),
        rows(
            "objective result estimate reason",
            (
                "H1.1 Personelin kapasitesi ve eğitimi",
                "Ulaşıldı",
                "Hedefin üzerinde kapanacak",
                "Eğitim sayısı her yıl öngörülenin üzerinde gerçekleşti.",
            ),
            (
                "H2.3 Gelir-gider yönetimi",
                "Makul",
                "Hedefe yakın kapanacak",
                "Gelir tahmini ilk iki yıl düşük kaldı; tahsilat takibi sonradan güçlendi.",
            ),
            (
                "H3.1 Yazılım, donanım ve süreklilik",
                "Ulaşılamadı",
                "Yeni döneme kalacak",
                "Veri merkezi ihalesi iki kez yenilendi.",
            ),
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
                "İç denetimi yürütmek",
                "5018 md. 63-64",
                "Denetimler çoğunlukla şikâyet üzerine yapılmaktadır.",
                "Yıllık denetim programı",
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
        rows(
            "head c1 c2 c3",
            ("Kalkınma planı", "Evet", "Evet", "Evet"),
            ("Cumhurbaşkanlığı programı", "Evet", "Hayır", "Hayır"),
            ("Orta vadeli program", "Evet", "Evet", "Evet"),
            ("Cumhurbaşkanlığı yıllık programı", "Evet", "Kısmen", "Hayır"),
            ("Bölge planı", "Evet", "Evet", "Evet"),
            ("Çevre düzeni planı", "Evet", "Kısmen", "Kısmen"),
            ("İl gelişme planı", "Kısmen", "Hayır", "Hayır"),
            ("Nazım imar planı", "Evet", "Evet", "Evet"),
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
        rows(
            "head c1 c2 c3 c4 c5 c6",
            ("Mahalle muhtarları", "İlgili", "İlgili", "İlgili", "İlgili", "", ""),
            ("Büyükşehir belediyesi", "İlgili", "İlgili", "İlgili", "", "İlgili", ""),
            ("Belediye personeli", "", "", "İlgili", "İlgili", "İlgili", "İlgili"),
            ("Ticaret ve sanayi odaları", "İlgili", "", "", "", "", "İlgili"),
        ),
        rows(
            "name method topic",
            ("Muhtarlar ve meslek odaları", "Çalıştay", "Önem ve etki puanları"),
            ("Hemşehriler", "Anket", "Hizmetlerden memnuniyet ve beklentiler"),
            ("Belediye personeli", "Toplantı", "Çalışma düzeni ve eğitim ihtiyacı"),
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
        rows(
            "name value unit day source",
            ("Memur", "214", "kişi", "31.12.2023", "Personel kayıtları"),
            ("Sözleşmeli personel", "36", "kişi", "31.12.2023", "Personel kayıtları"),
            ("Sürekli işçi", "58", "kişi", "31.12.2023", "Personel kayıtları"),
            ("Şirket personeli", "104", "kişi", "31.12.2023", "Belediye şirketi"),
        ),
        rows(
            "skill enough need",
            ("Coğrafi bilgi sistemleri", "Kısmen", "İmar ve fen işlerinde uygulamalı eğitim"),
            ("Proje yazımı", "Hayır", "Dış kaynaklı proje başvuruları için iki kişilik çekirdek ekip"),
            ("Halkla ilişkiler", "Evet", ""),
        ),
        p(
            "Birimler arası bilgi paylaşımı yazışmayla sınırlıdır. Karar süreçlerine katılım anketi ilk kez yapılmıştır."
        ),
        rows("asset amount state", ("Hizmet binası", "6", "İkisi güçlendirme bekliyor")),
        rows(
            "asset amount state",
            ("Hizmet aracı", "112", "Yarısı on yaşın üzerinde"),
            ("İş makinesi", "36", "Yeterli"),
        ),
        rows(
            "asset amount state",
            ("Bilgisayar", "390", "Yeterli"),
            ("Belge yönetim sistemi", "1", "Bütün birimlerde kullanılıyor"),
        ),
        rows(
            "head c1 c2 c3 c4 c5",
            ("Vergi gelirleri", "96.000.000", "118.000.000", "141.000.000", "165.000.000", "190.000.000"),
            (
                "Teşebbüs ve mülkiyet gelirleri",
                "41.000.000",
                "49.000.000",
                "58.000.000",
                "67.000.000",
                "77.000.000",
            ),
            (
                "Alınan bağış ve yardımlar",
                "6.000.000",
                "6.500.000",
                "7.000.000",
                "7.500.000",
                "8.000.000",
            ),
            ("Diğer gelirler", "187.000.000", "228.000.000", "271.000.000", "317.000.000", "365.000.000"),
            ("Sermaye gelirleri", "22.000.000", "20.000.000", "20.000.000", "18.000.000", "18.000.000"),
        ),
        p(
            "Gelirlerin yarısından çoğu merkezî yönetim paylarından oluşur. Öz gelirlerin payı son üç yılda artmıştır."
        ),
        rows(
            "name value unit day source",
            ("Gelir bütçesinin gerçekleşmesi", "91", "%", "31.12.2023", "Kesin hesap"),
            ("Gider bütçesinin gerçekleşmesi", "94", "%", "31.12.2023", "Kesin hesap"),
            ("Öz gelirlerin toplam gelire oranı", "39", "%", "31.12.2023", "Kesin hesap"),
            ("Personel giderlerinin toplam gidere oranı", "27", "%", "31.12.2023", "Kesin hesap"),
            ("Borcun toplam gelire oranı", "18", "%", "31.12.2023", "Mizan"),
        ),
    ],
    "PESTLE ve GZFT analizi": [
        rows(
            "factor finding trend effect",
            (
                "Politik",
                "Yerel yönetim mevzuatında değişiklik beklentisi",
                "Belirsiz",
                "Görev paylaşımının yeniden kurulması",
            ),
            (
                "Ekonomik",
                "Girdi maliyetlerinin bütçe tahminlerini aşması",
                "Negatif",
                "Yapım ve donanım işlerinin ertelenmesi",
            ),
            (
                "Sosyokültürel",
                "Yaşlı nüfusun ve evde bakım talebinin artması",
                "Negatif",
                "Sosyal hizmet talebinin değişmesi",
            ),
            (
                "Teknolojik",
                "Elektronik başvuru kanallarının yaygınlaşması",
                "Pozitif",
                "Başvuruların kanal değiştirmesi",
            ),
            (
                "Yasal",
                "Kişisel verilerin korunmasına ilişkin yükümlülükler",
                "Belirsiz",
                "Kayıt ve paylaşım düzeninin yenilenmesi",
            ),
            (
                "Çevresel",
                "Kuraklık ve taşkın riskinin birlikte artması",
                "Negatif",
                "Altyapı ve afet hazırlığı giderleri",
            ),
        ),
        rows(
            "family text",
            ("Güçlü yön", "Deneyimli teknik kadro"),
            ("Güçlü yön", "Mahallelerle kurulan düzenli iletişim"),
            ("Zayıf yön", "Veri standardının bulunmaması"),
            ("Zayıf yön", "Birimler arası eşgüdüm eksikliği"),
            ("Fırsat", "Üniversite ve meslek liseleriyle iş birliği olanakları"),
            ("Tehdit", "Gelir tahminlerinin altında kalan tahsilat"),
        ),
        rows(
            "family text",
            ("GF", "Deneyimli kadroyu üniversite iş birliğiyle yeni hizmetlere yöneltmek"),
            ("ZT", "Ortak veri standardıyla gelir takibini güçlendirmek"),
        ),
        rows(
            "stage finding need",
            # The cards take these up, word for word.
            (
                "Kuruluş içi analiz",
                "Eğitimler birimlerin ihtiyacından çok genel konulara yönelmektedir.",
                "Görev tanımlarına dayalı yıllık eğitim planı",
            ),
            (
                "Uygulanmakta olan stratejik planın değerlendirilmesi",
                "Gösterge değerleri birimlerden farklı biçimlerde gelmektedir.",
                "Kurum içi veri standardı",
            ),
            (
                "Paydaş analizi",
                "Başvuruların çoğu hâlâ hizmet binasında alınmaktadır.",
                "Ortak başvuru kanalı",
            ),
        ),
    ],
    MONITORING: [
        p(
            "Hedef ve göstergeler altı ayda bir izlenir, yılda bir değerlendirilir. Sorumlu birim verisini kaynağıyla "
            "girer; Strateji Geliştirme Müdürlüğü bütünlüğü denetler."
        ),
        "",
        "",
    ],
}

# What the team did not take, and what it merged.
CRITERIA: list[dict[str, Any]] = [
    {"name": "Katılım", "weight": 40, "hint": "Paydaşların hangi yolla ve ne kadar katıldığı."},
    {"name": "Veriye dayanma", "weight": 40, "hint": "Her sonucun kaynağı ve yılı."},
    {"name": "Ortak dile uyum", "weight": 20, "hint": "Kurum adları ve terimler."},
]
NOT_TAKEN = "Yöntem, planın izleme ve değerlendirme bölümünde anlatılıyor; burada yinelenmez."
TOGETHER = "Görüşlerden çıkan sonuç, yeni döneme aktarılan derslerle bir arada okunmalı."
LESSONS = p(
    "Göstergelerin ölçüm sorumlusu ve veri kaynağı baştan yazılmadığında izleme gecikmektedir. Yeni dönemde "
    "her gösterge, sorumlusu ve izleme sıklığıyla birlikte kabul edilecektir.",
    "Paydaşlar en çok yol ve kaldırım onarımının süresinden söz etmiştir. Muhtarların istediği, yanıt sürelerinin "
    "izlenebildiği ortak başvuru kanalı yeni dönemde kurulacaktır.",
)

# What evaluators hold of the stakeholders' table, what they asked the groups, and the answers.
WOULD_RETURN = {
    "choice": "return",
    "words": "Ticaret ve sanayi odaları yalnız bilgilendirilecek görünüyor; görüş alma planıyla uyuşmuyor.",
}
WOULD_EDIT = {
    "choice": "edit",
    "words": "Küçük bir düzeltme yeter; odaların yolu da “Birlikte çalış” olabilir.",
}
MEETINGS = "Muhtarlarla birlikte çalışma hangi aralıkla yürütülecek?"
EACH_MONTH = "Her ayın ilk haftasındaki muhtarlar toplantısında; kararlar birimlere yazıyla iletilecek."
CHAMBERS = "Ticaret ve sanayi odalarının görüşü alındı mı? Alındıysa yolu neden “Bilgilendir” kaldı?"
FIGURES_OF = "Dolu ve boş kadro sayıları hangi güne ait?"
YEAR_END = "Geçen yılın 31 Aralık gününe ait; İnsan Kaynakları ve Eğitim Müdürlüğünün kaydından alındı."

# A document of the group's, attached to what it wrote on the staff.
STAFF = """Örnek veri
Kadro,Dolu,Boş
Teknik hizmetler,96,24
Genel idare hizmetleri,188,17
Sağlık hizmetleri,22,3
Yardımcı hizmetler,106,9
"""

PEOPLE = """Örnek veri
Birim,Katılan,Gün
İnsan Kaynakları ve Eğitim Müdürlüğü,2,1. gün
Bilgi İşlem Müdürlüğü,1,1. gün
Mali Hizmetler Müdürlüğü,2,2. gün
"""
LATE_COMER = """Zabıta Müdürlüğü,1,2. gün
"""

# What the group wrote in Word before it found the report's own pages: heading, paragraphs.
BROUGHT = [
    (
        "1. İZLEME VE DEĞERLENDİRME",
        (
            "Altı aylık izleme temmuz ayının, yıllık değerlendirme izleyen yılın şubat ayının sonuna kadar tamamlanır.",
            "Gösterge değeri hedefin yüzde sekseninin altında kalırsa sorumlu birim sapmanın nedenini yazar.",
        ),
    ),
    (
        "2. Güncelleme koşulları",
        (
            "Plan, mevzuatta belirlenen hâllerde ve dönemin ilk iki yılından sonra güncellenir.",
            "Güncelleme önerisi gerekçesiyle birlikte Stratejik Planlama Ekibi’ne sunulur.",
        ),
    ),
    (
        "3. Planın Meclise Sunulması",
        ("Taslak, üst yönetimin onayından sonra encümen görüşüyle birlikte belediye meclisine sunulur.",),
    ),
    ("Teşekkür", ("Çalıştaya katılan birim temsilcilerine teşekkür ederiz.",)),
]
