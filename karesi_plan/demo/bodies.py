"""The sample municipality, its people, two plan periods, and the bodies of the current one."""

from __future__ import annotations

import datetime as dt
import json

from django.utils import timezone

from committees import services as committees
from common.turkish import ascii_fold
from documents.plan import interchange, sample_cards
from documents.plan.services import replace_plan
from institution import services as institution
from institution.models import Body, Unit, User
from institution.roles import Kind, Role
from institution.workflow import PeriodState
from karesi_plan.demo.people import COUNCIL, DOMAIN, PASSWORD, PERSONAS, REPRESENTATIVES, UNITS
from karesi_plan.demo.story import Sample, Story
from teams import services as teams
from timetable.clock import submission_day

# group: its report's template, the unit whose planning-team representative sits in it, its rapporteur ("": the persona)
GROUPS = {
    "Kurumsal Tarihçe Grubu": ("Kurumsal tarihçe", "Yazı İşleri Müdürlüğü", "Sibel Acar"),
    "Mevcut Planın Değerlendirilmesi Grubu": (
        "Uygulanmakta olan planın değerlendirilmesi",
        "Mali Hizmetler Müdürlüğü",
        "Volkan Eser",
    ),
    "Mevzuat Grubu": ("Mevzuat analizi", "Hukuk İşleri Müdürlüğü", "Aylin Sönmez"),
    "Üst Politika Belgeleri Grubu": (
        "Üst politika belgeleri analizi",
        "İmar ve Şehircilik Müdürlüğü",
        "Burak İnal",
    ),
    "Hizmet Analizi Grubu": (
        "Faaliyet alanları ile ürün ve hizmetler",
        "Fen İşleri Müdürlüğü",
        "Kemal Uysal",
    ),
    "Paydaş Analizi Grubu": ("Paydaş analizi", "Basın Yayın ve Halkla İlişkiler Müdürlüğü", "Esra Mutlu"),
    "Kuruluş İçi Analiz Grubu": ("Kuruluş içi analiz", "İnsan Kaynakları ve Eğitim Müdürlüğü", ""),
    "Çevre Analizi Grubu": ("PESTLE ve GZFT analizi", "Park ve Bahçeler Müdürlüğü", "Zeynep Ilgaz"),
    "İzleme ve Değerlendirme Grubu": (
        "İzleme, güncelleme ve sunuş düzeni",
        "Bilgi İşlem Müdürlüğü",
        "Ozan Şimşek",
    ),
}
PERSONAS_GROUP = "Kuruluş İçi Analiz Grubu"
TERM_ENDS = "İzleme ve Değerlendirme Grubu"  # its rapporteur leaves soon: a gap that the Directorate sees
LEGAL_BASIS = (
    "5018 sayılı Kanun madde 9; 5393 sayılı Kanun madde 41; 26.02.2018 tarihli ve 30344 sayılı yönetmelik"
)
GUIDE = "Belediyeler İçin Stratejik Planlama Rehberi, 2019"


def begin(story: Story, sample: Sample) -> None:
    """The municipality and its closed plan on the first day; the circular; the bodies by the mayor's approval."""
    story.at(sample.day(1), found_municipality, sample)
    story.at(sample.day(1, 14), archive_old, sample)
    story.at(sample.day(12), open_current, sample)
    story.at(sample.day(20), form_bodies, sample)
    story.at(sample.day(60), close_account, sample)


def found_municipality(sample: Sample, *, now: dt.datetime) -> None:
    """Name, units, people and the standing bodies with their seats."""
    institution.set_up_municipality(name="Örnek Belediyesi", province="Balıkesir", is_demo=True, by=sample.by)
    for name in UNITS:
        institution.add_unit(name=name, by=sample.by)
    units = {unit.name: unit for unit in Unit.objects.all()}
    for key, (name, title, unit) in PERSONAS.items():
        sample.people[key] = _person(sample, key, name, title, units.get(unit or ""), password=PASSWORD)
    for body in Body.objects.filter(period=None).select_related("kind"):
        sample.bodies[body.kind.code] = body
    _seat_management(sample)
    _seat_council(sample)
    for key, kind, role in (
        ("mudur", Kind.DIRECTORATE, Role.CHAIR),
        ("uzman", Kind.DIRECTORATE, Role.MEMBER),
        ("denetci", Kind.INSPECTION, Role.MEMBER),
        ("yonetici", Kind.ADMINISTRATION, Role.MEMBER),
    ):
        until = sample.today + dt.timedelta(60) if kind == Kind.INSPECTION else None
        teams.appoint(
            body=sample.bodies[kind],
            person=sample.people[key],
            role=role,
            starts_on=sample.election_on,
            ends_on=until,
            by=sample.by,
        )


def close_account(sample: Sample, *, now: dt.datetime) -> None:
    institution.close_account(
        person=sample.people["ayrilan"], by=sample.people["yonetici"], reason="Emeklilik"
    )


def archive_old(sample: Sample, *, now: dt.datetime) -> None:
    """2020-2024 with its real days and its real cards as they were read, entered when it was long over."""
    sample.old = institution.open_period(
        first_year=2020,
        circular_no="2019/4",
        circular_on=dt.date(2019, 5, 15),
        election_on=dt.date(2019, 3, 31),
        legal_basis=LEGAL_BASIS,
        guide=GUIDE,
        note="Gerçek hedef kartları: Sultanbeyli Belediyesi 2020–2024 stratejik planının kamuya açık özeti; "
        "okunduğu gibi, düzeltilmeden.",
        by=sample.by,
    )
    real = sample_cards.from_cards(sample_cards.cards(), first_year=sample.old.first_year)
    replace_plan(period=sample.old, plan=interchange.read(json.dumps(real)), by=sample.by)
    for state in (PeriodState.ADOPTED, PeriodState.IN_FORCE, PeriodState.CLOSED):
        institution.move_period(
            period=sample.old, to=state, by=sample.by, reason="Süresi dolmuş planın arşive alınması"
        )


def open_current(sample: Sample, *, now: dt.datetime) -> None:
    last_day = submission_day(sample.election_on).day
    sample.current = institution.open_period(
        first_year=last_day.year + 1,
        circular_no=f"{sample.election_on.year}/7",
        circular_on=timezone.localdate(now),
        election_on=sample.election_on,
        legal_basis=LEGAL_BASIS,
        guide=GUIDE,
        note="Kartlar 2020–2024 döneminin gerçek kartlarıdır; yılları topluca kaydırılmış, eksikleri örnek "
        "veriyle tamamlanmıştır.",
        by=sample.by,
    )


def form_bodies(sample: Sample, *, now: dt.datetime) -> None:
    """The planning team and the sub-groups, formed by the mayor's approval."""
    approved_on = timezone.localdate(now)
    team = institution.form_body(
        kind=Kind.PLANNING_TEAM,
        name="Stratejik Planlama Ekibi",
        period=sample.current,
        approval_no=f"{approved_on.year}/112",
        approval_on=approved_on,
        by=sample.by,
    )
    sample.bodies[Kind.PLANNING_TEAM] = team
    representatives = _seat_team(sample, team, approved_on)
    for name, (template, unit, reporter) in GROUPS.items():
        group = institution.form_body(
            kind=Kind.SUB_GROUP,
            name=name,
            topic=template,
            period=sample.current,
            approval_no=f"{approved_on.year}/113",
            approval_on=approved_on,
            by=sample.by,
        )
        sample.bodies[name] = group
        writer = _member(sample, reporter, unit) if reporter else sample.people["raportor"]
        teams.appoint(
            body=group,
            person=writer,
            role=Role.RAPPORTEUR,
            starts_on=approved_on,
            ends_on=timezone.localdate(sample.ago(-9)) if name == TERM_ENDS else None,
            by=sample.by,
        )
        members = [sample.people["grup"]] if name == PERSONAS_GROUP else []
        for person in [representatives[unit], *members]:
            teams.appoint(body=group, person=person, starts_on=approved_on, by=sample.by)


def _seat_management(sample: Sample) -> None:
    keys = ("baskan", "baskan.yardimcisi", "baskan.yardimcisi2", "baskan.yardimcisi3")
    for number, key in enumerate(keys):
        committees.appoint(
            body=sample.bodies[Kind.MANAGEMENT],
            person=sample.people[key],
            role=Role.MEMBER if number else Role.CHAIR,
            starts_on=sample.election_on,
            by=sample.by,
        )


def _seat_council(sample: Sample) -> None:
    council = sample.bodies[Kind.COUNCIL]
    committees.open_term(
        body=council, starts_on=sample.election_on, full_membership=len(COUNCIL) + 2, by=sample.by
    )
    members = [_person(sample, _address(name), name, "Belediye Meclisi üyesi", None) for name in COUNCIL]
    seats = [(sample.people["baskan"], Role.CHAIR), (sample.people["katip"], Role.CLERK)]
    seats += [(person, Role.MEMBER) for person in [sample.people["meclis"], *members]]
    for person, role in seats:
        committees.appoint(body=council, person=person, role=role, starts_on=sample.election_on, by=sample.by)


def _seat_team(sample: Sample, team: Body, day: dt.date) -> dict[str, User]:
    """Seat the chair and a representative of each spending unit; gives these by unit."""
    units = {unit.name: unit for unit in Unit.objects.all()}
    representatives = {name: _member(sample, person, name) for name, person in REPRESENTATIVES.items()}
    representatives["Mali Hizmetler Müdürlüğü"] = sample.people["ekip"]
    representatives["Fen İşleri Müdürlüğü"] = sample.people["temsilci"]
    representatives["Strateji Geliştirme Müdürlüğü"] = sample.people["mudur"]
    teams.appoint(
        body=team, person=sample.people["baskan.yardimcisi"], role=Role.CHAIR, starts_on=day, by=sample.by
    )
    for name, person in representatives.items():
        teams.appoint(body=team, person=person, represents=units[name], starts_on=day, by=sample.by)
    return representatives


def _member(sample: Sample, name: str, unit: str) -> User:
    return _person(sample, _address(name), name, "", Unit.objects.get(name=unit))


def _person(
    sample: Sample, key: str, name: str, title: str, unit: Unit | None, *, password: str | None = None
) -> User:
    """A sample account; only the personas have a password and can sign in."""
    return institution.add_person(
        email=f"{key}@{DOMAIN}",
        full_name=name,
        title=title,
        unit=unit,
        password=password,
        is_demo=True,
        by=sample.by,
    )


def _address(name: str) -> str:
    return ascii_fold(name).replace(" ", ".")
