"""The invented people and units of the sample municipality, marked as sample wherever they show."""

DOMAIN = "ornek.invalid"
PASSWORD = "ornek-parola-2024"  # noqa: S105 - known on purpose; these accounts work on the loopback only

# Units named by the real cards come first; the others complete a district municipality.
UNITS = [
    "Özel Kalem Müdürlüğü",
    "Yazı İşleri Müdürlüğü",
    "İnsan Kaynakları ve Eğitim Müdürlüğü",
    "Mali Hizmetler Müdürlüğü",
    "Destek Hizmetleri Müdürlüğü",
    "Bilgi İşlem Müdürlüğü",
    "Hukuk İşleri Müdürlüğü",
    "Teftiş Kurulu Müdürlüğü",
    "İşletme Müdürlüğü",
    "Basın Yayın ve Halkla İlişkiler Müdürlüğü",
    "Fen İşleri Müdürlüğü",
    "İmar ve Şehircilik Müdürlüğü",
    "Park ve Bahçeler Müdürlüğü",
    "Zabıta Müdürlüğü",
]

# key: (name, title, unit or None). The keys are the local parts of the e-mail addresses.
PERSONAS = {
    "mudur": ("Levent Sayın", "Strateji Geliştirme Müdürü", "Strateji Geliştirme Müdürlüğü"),
    "uzman": ("Sevda Karaca", "Uzman", "Strateji Geliştirme Müdürlüğü"),
    "baskan": ("Kemal Arıkan", "Belediye Başkanı", None),
    "baskan.yardimcisi": ("Nermin Tunalı", "Belediye Başkan Yardımcısı", None),
    "baskan.yardimcisi2": ("Orhan Bilgin", "Belediye Başkan Yardımcısı", None),
    "baskan.yardimcisi3": ("Filiz Erden", "Belediye Başkan Yardımcısı", None),
    "ekip": ("Serap Yıldız", "Şef", "Mali Hizmetler Müdürlüğü"),
    "raportor": ("Elif Aksoy", "Uzman", "İnsan Kaynakları ve Eğitim Müdürlüğü"),
    "grup": ("Nihal Özdemir", "Memur", "İnsan Kaynakları ve Eğitim Müdürlüğü"),
    "temsilci": ("Tuncay Kılıç", "Mühendis", "Fen İşleri Müdürlüğü"),
    "meclis": ("Ayşe Demirel", "Belediye Meclisi üyesi", None),
    "katip": ("Cemil Güneş", "Yazı İşleri görevlisi", "Yazı İşleri Müdürlüğü"),
    "denetci": ("Bahar Ergin", "Denetçi", None),
    "yonetici": ("Zafer Oral", "Sistem yöneticisi", "Bilgi İşlem Müdürlüğü"),
    "ayrilan": ("Rıza Tekin", "Emekli", None),
    "yabanci": ("Melis Uçar", "Stajyer", None),
}

# One representative of each spending unit in the planning team, beside the personas above.
REPRESENTATIVES = {
    "Özel Kalem Müdürlüğü": "Gamze Işık",
    "Yazı İşleri Müdürlüğü": "Hakan Tunç",
    "İnsan Kaynakları ve Eğitim Müdürlüğü": "İlknur Şahin",
    "Destek Hizmetleri Müdürlüğü": "Kadir Uysal",
    "Bilgi İşlem Müdürlüğü": "Derya Aslan",
    "Hukuk İşleri Müdürlüğü": "Tülin Öz",
    "Teftiş Kurulu Müdürlüğü": "Şükrü Baysal",
    "İşletme Müdürlüğü": "Pınar Çelik",
    "Basın Yayın ve Halkla İlişkiler Müdürlüğü": "Ufuk Ergün",
    "İmar ve Şehircilik Müdürlüğü": "Zeynep Güler",
    "Park ve Bahçeler Müdürlüğü": "İsmail Koru",
    "Zabıta Müdürlüğü": "Nuri Balcı",
}

# Elected members beside the mayor and the persona "meclis": thirty more make a council of 32.
COUNCIL = [
    "Ali Rıza Koç", "Birsen Uğur", "Cengiz Işık", "Çiğdem Öztürk", "Dursun Yalçın", "Ebru Şahin",
    "Erdal Ünal", "Fatma Gülsoy", "Ferhat Çınar", "Gülay İnce", "Hasan Ergün", "Hatice Bulut",
    "İbrahim Sarı", "İsmail Doğan", "Kadriye Tekin", "Levent Özkan", "Mehmet Gürbüz", "Meral Akın",
    "Mustafa Şen", "Nazlı Ekinci", "Necati Bozkurt", "Orhan Kaplan", "Özlem Güven", "Pınar Yavuz",
    "Ramazan Çelik", "Selma Avcı", "Şükrü Turan", "Tülay Kara", "Ümit Başar", "Yusuf Altun",
]  # fmt: skip
