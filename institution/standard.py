"""What every municipality starts with: kinds of bodies, what their composition needs, the law's figures.

Karesi's names are the ones given here; where they differ from the law's standard, `differs` says so.
Loaded once, when the municipality is set up. From then on these are rows; of them the page changes the
law's figures alone, each by a further row with its own date.
"""

import datetime as dt
from typing import Any

from institution.models import BodyKind, CompositionRule, LegalRule
from institution.roles import Kind

_PAGE = "2020-2024 Stratejik Planı s. 22 (basılı s. 20)"
_KINDS: list[dict[str, Any]] = [
    {
        "code": Kind.COUNCIL,
        "name": "Strateji Geliştirme Üst Kurulu",
        "name_en": "Upper Council",
        "legal_name": "Belediye Meclisi",
        "composed_of": "Belediye meclisi üyeleri",
        "duty": "Taslağı görüşür; kabul, iade veya ret kararı verir",
        "differs": "Mevzuattaki Strateji Geliştirme Kurulu üst yönetici, yardımcıları ve harcama "
        "yetkililerinden oluşur. Bu belediyede Üst Kurul adı belediye meclisi üyeleri için kullanılır; "
        "karar ve tutanaklarda kanuni ad (Belediye Meclisi) yazılır.",
    },
    {
        "code": Kind.MANAGEMENT,
        "name": "Üst Yönetim",
        "name_en": "Upper Management",
        "composed_of": "Belediye başkanı ve başkan yardımcıları",
        "duty": "Misyon ve vizyonu ekiple belirler, taslağı meclise sunulmadan onaylar",
        "differs": "Mevzuatta ayrı bir kurul değildir; başkan ve yardımcıları Strateji Geliştirme "
        "Kurulunda yer alır. Bu belediyede Üst Kuruldan ayrı tanımlanmıştır.",
    },
    {
        "code": Kind.PLANNING_TEAM,
        "name": "Stratejik Planlama Ekibi",
        "name_en": "Planning Team",
        "composed_of": "Başkan yardımcısı ve harcama birimlerinin temsilcileri",
        "duty": "Alt çalışma gruplarını kurar, her raporu değerlendirir",
    },
    {
        "code": Kind.SUB_GROUP,
        "name": "Alt çalışma grubu",
        "name_en": "Sub-working group",
        "composed_of": "Konusuna göre; en az bir ekip üyesiyle",
        "duty": "Konusunda rapor yazar, ekibe sunar",
    },
    {
        "code": Kind.DIRECTORATE,
        "name": "Strateji Geliştirme Müdürlüğü",
        "name_en": "Strategy Development Directorate",
        "composed_of": "Müdürlük çalışanları",
        "duty": "Toplantıları düzenler, belgeleri ve resmî yazışmayı yürütür, dil birliğini sağlar, "
        "taslağı derler",
    },
    {
        "code": Kind.INSPECTION,
        "name": "Denetim",
        "name_en": "Inspection",
        "composed_of": "Süreli görevlendirilen denetçiler",
        "duty": "Bütün kayıtları okur, değiştirmez",
    },
    {
        "code": Kind.ADMINISTRATION,
        "name": "Sistem yönetimi",
        "name_en": "System administration",
        "composed_of": "Sistem yöneticileri",
        "duty": "Hesapları ve işletmeyi yürütür, içerikte söz sahibi değildir",
    },
]

Check = CompositionRule.Check
_RULES: list[tuple[str, dict[str, Any]]] = [
    (
        Kind.COUNCIL,
        {
            "check_code": Check.HAS_CHAIR,
            "sentence": "Başkanı yok.",
            "sentence_en": "It has no chair.",
        },
    ),
    (
        Kind.MANAGEMENT,
        {
            "check_code": Check.HAS_CHAIR,
            "sentence": "Belediye başkanı yer almıyor.",
            "sentence_en": "The mayor does not sit in it.",
        },
    ),
    (
        Kind.PLANNING_TEAM,
        {
            "check_code": Check.HAS_CHAIR,
            "sentence": "Ekibin başkanı yok.",
            "sentence_en": "The team has no chair.",
            "source": _PAGE,
        },
    ),
    (
        Kind.PLANNING_TEAM,
        {
            "check_code": Check.CHAIR_FROM,
            "other": Kind.MANAGEMENT,
            "sentence": "Ekibin başkanı bir başkan yardımcısı değil.",
            "sentence_en": "The team’s chair is not a deputy mayor.",
            "source": _PAGE,
        },
    ),
    (
        Kind.PLANNING_TEAM,
        {
            "check_code": Check.ALL_UNITS,
            "sentence": "Temsilcisi olmayan harcama birimi var.",
            "sentence_en": "A spending unit has no representative.",
            "source": _PAGE,
        },
    ),
    (
        Kind.SUB_GROUP,
        {
            "check_code": Check.MEMBER_FROM,
            "other": Kind.PLANNING_TEAM,
            "blocks": True,
            "sentence": "Grupta Stratejik Planlama Ekibi üyesi yok.",
            "sentence_en": "No Planning Team member sits in the group.",
            "source": _PAGE,
        },
    ),
    (
        Kind.SUB_GROUP,
        {
            "check_code": Check.HAS_RAPPORTEUR,
            "sentence": "Grubun raportörü yok.",
            "sentence_en": "The group has no rapporteur.",
        },
    ),
    (
        Kind.DIRECTORATE,
        {
            "check_code": Check.HAS_CHAIR,
            "sentence": "Müdürü yok.",
            "sentence_en": "It has no director.",
        },
    ),
]

# 5393 was published on this day; figures whose own day is not known are dated by it.
_LAW_5393 = dt.date(2005, 7, 13)
_MAJORITY_CHANGED = dt.date(2021, 4, 29)
_COUNCIL = "Belediye Meclisi Çalışma Yönetmeliği"
_UNSEEN = "Kuralın içeriği kaynakta okundu, madde numarası teyit edilmelidir."
_FIGURES: list[dict[str, Any]] = [
    {
        "key": "council.majority",
        "value": "half_or_more",
        "valid_from": _LAW_5393,
        "valid_to": _MAJORITY_CHANGED - dt.timedelta(days=1),
        "article": _COUNCIL,
        "source": "Salt çoğunluk tanımı, RG 29.04.2021, 31469 ile değişmeden önce: yarıdan az olmamak.",
    },
    {
        "key": "council.majority",
        "value": "more_than_half",
        "valid_from": _MAJORITY_CHANGED,
        "article": "RG 29.04.2021, 31469",
        "source": f"{_COUNCIL}, salt çoğunluk tanımı: yarıdan fazla.",
    },
    {
        "key": "council.rounding",
        "value": "up",
        "valid_from": _LAW_5393,
        "article": _COUNCIL,
        "source": "Toplantı ve karar yeter sayısında kesirler tama çıkarılır.",
    },
    {
        "key": "council.decision_floor",
        "value": "1/4",
        "valid_from": _LAW_5393,
        "article": "5393 md. 22",
        "source": f"Karar yeter sayısı üye tam sayısının dörtte birinden az olamaz. {_UNSEEN}",
        "verified": False,
    },
    {
        "key": "council.tie",
        "value": "chair",
        "valid_from": _LAW_5393,
        "article": "5393 md. 22",
        "source": f"Açık oylamada eşitlikte başkanın bulunduğu taraf çoğunluk sayılır. {_UNSEEN}",
        "verified": False,
    },
    {
        "key": "council.repeat_quorum",
        "value": "1/4",
        "valid_from": _LAW_5393,
        "article": _COUNCIL,
        "source": "Yeter sayı olmadığı için ertelenen birleşim, üye tam sayısının dörtte biri ile toplanır.",
    },
    {
        "key": "council.repeat_days",
        "value": 3,
        "valid_from": _LAW_5393,
        "article": _COUNCIL,
        "source": "Yeter sayı bulunmadığında birleşim en geç üç gün sonraya ertelenir.",
    },
    {
        "key": "council.notice_days",
        "value": 3,
        "valid_from": _LAW_5393,
        "article": "5393 md. 21",
        "source": f"Gündem üyelere en az üç gün önceden bildirilir. {_UNSEEN}",
        "verified": False,
    },
    {
        "key": "plan.submission_months",
        "value": 6,
        "valid_from": _LAW_5393,
        "article": "5393 md. 41",
        "source": "Başkan, mahallî idareler genel seçimlerinden itibaren altı ay içinde "
        "planı hazırlayıp meclise sunar.",
    },
    {
        "key": "plan.years",
        "value": 5,
        "valid_from": _LAW_5393,
        "article": "RG 22.04.2021, 31462",
        "source": "Stratejik plan beş yıllıktır.",
    },
    {
        "key": "plan.programme_months",
        "value": 2,
        "valid_from": dt.date(2021, 4, 22),
        "article": "RG 22.04.2021, 31462",
        "source": "Hazırlık programı genelgeden itibaren iki ay içinde hazırlanır.",
    },
    {
        "key": "evaluation.outsider",
        "value": "required",
        "valid_from": _LAW_5393,
        "article": "Belediyenin tercihi",
        "source": "Çıkar çatışmasını önlemek için: bir grubun raporuna yalnız o grupta yer alan ekip "
        "üyeleri karar veremez; en az bir bölüme grup dışından bir ekip üyesi karar verir.",
    },
    {
        "key": "evaluation.days",
        "value": 10,
        "valid_from": _LAW_5393,
        "article": "Belediyenin tercihi",
        "source": "Gruplar ne zaman cevap alacaklarını bilsin diye: Planlama Ekibi, sunulan bir raporu "
        "on gün içinde değerlendirir.",
    },
]


def load() -> None:
    """Save what is not there yet; called inside the service that sets up the municipality."""
    for order, kind in enumerate(_KINDS, start=1):
        BodyKind.objects.get_or_create(code=kind["code"], defaults={**kind, "order": order})
    kinds = {kind.code: kind for kind in BodyKind.objects.all()}
    for code, needs in _RULES:
        same = {"kind": kinds[code], "check_code": needs["check_code"], "other": needs.get("other", "")}
        CompositionRule.objects.get_or_create(**same, defaults=needs)
    for figure in _FIGURES:
        LegalRule.objects.get_or_create(key=figure["key"], valid_from=figure["valid_from"], defaults=figure)
