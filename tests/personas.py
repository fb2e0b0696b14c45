"""The people of the product, each with the seats that make them who they are.

A test asks for a persona by name (`officer`, `rapporteur`, ...) and gets the User; `house` gives
them all with their bodies; `enter(user)` gives a browser-like client signed in as that person.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committees import services as committees
from institution import services as institution
from institution.models import Body, Municipality, PlanPeriod, Unit, User
from institution.roles import Kind, Role
from tests.audit.watching import WatchedClient
from tests.factories.base import BY, body, days_ago, municipality, period, person, seat, standing, unit
from tests.once import once

NAMES = {
    "officer": ("Sevda Karaca", "Uzman"),
    "director": ("Orhan Işık", "Strateji Geliştirme Müdürü"),
    "team_chair": ("Emine Çınar", "Belediye Başkan Yardımcısı"),
    "team_member": ("Kemal Uysal", "Mali Hizmetler Müdürü"),
    "rapporteur": ("Elif Aksoy", "Şehir plancısı"),
    "group_member": ("Nuri Balcı", "İstatistikçi"),
    "mayor": ("İrfan Güneş", "Belediye Başkanı"),
    "council_member": ("Şükran Öztürk", "Meclis üyesi"),
    "clerk": ("Işıl İnce", "Yazı İşleri Müdürlüğü memuru"),
    "unit_rep": ("Ümit Kaya", "Fen İşleri Müdürlüğü mühendisi"),
    "inspector": ("Bahar Ergin", "Denetçi"),
    "sysadmin": ("Deniz Ağaoğlu", "Bilgi işlem uzmanı"),
    "deactivated": ("Cemal Eski", "Eski üye"),
    "stranger": ("Yabancı Kişi", ""),
}


@dataclass
class House:
    """A municipality in preparation of a plan, with every persona in place."""

    municipality: Municipality
    period: PlanPeriod
    council: Body
    management: Body
    directorate: Body
    inspection: Body
    administration: Body
    team: Body
    group: Body
    units: list[Unit]
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


def build() -> House:
    """Every composition rule is met; one team member sits in the one sub-group."""
    here, plan = municipality(), period()
    house = House(
        municipality=here,
        period=plan,
        council=standing(Kind.COUNCIL),
        management=standing(Kind.MANAGEMENT),
        directorate=standing(Kind.DIRECTORATE),
        inspection=standing(Kind.INSPECTION),
        administration=standing(Kind.ADMINISTRATION),
        team=body(Kind.PLANNING_TEAM, plan, "Stratejik Planlama Ekibi"),
        group=body(Kind.SUB_GROUP, plan, "Paydaş Analizi Grubu", topic="Paydaş analizi"),
        units=[unit("Mali Hizmetler Müdürlüğü"), unit("Fen İşleri Müdürlüğü")],
    )
    house.people = {
        name: person(full_name, title=title, email=f"{name}@ornek.bel.tr")
        for name, (full_name, title) in NAMES.items()
    }
    committees.open_term(body=house.council, starts_on=days_ago(120), full_membership=32, by=BY)
    for who, where, role, more in _places(house):
        seat(where, house.people[who], role, **more)
    institution.close_account(person=house.deactivated, by=BY)
    return house


def _places(house: House):
    finance, works = house.units
    return [
        ("officer", house.directorate, Role.MEMBER, {}),
        ("director", house.directorate, Role.CHAIR, {}),
        ("mayor", house.council, Role.CHAIR, {}),
        ("mayor", house.management, Role.CHAIR, {}),
        ("council_member", house.council, Role.MEMBER, {}),
        ("clerk", house.council, Role.CLERK, {}),
        ("team_chair", house.management, Role.MEMBER, {}),
        ("team_chair", house.team, Role.CHAIR, {"represents": house.directorate.unit}),
        ("team_member", house.team, Role.MEMBER, {"represents": finance}),
        ("unit_rep", house.team, Role.MEMBER, {"represents": works}),
        ("team_member", house.group, Role.MEMBER, {}),
        ("rapporteur", house.group, Role.RAPPORTEUR, {}),
        ("group_member", house.group, Role.MEMBER, {}),
        ("deactivated", house.group, Role.MEMBER, {}),
        ("inspector", house.inspection, Role.MEMBER, {"ends_on": days_ago(-30)}),
        ("sysadmin", house.administration, Role.MEMBER, {}),
    ]


@pytest.fixture
def house(db) -> House:
    return once("house", build)


def _persona(name: str):
    def give(house: House) -> User:
        return house.people[name]

    return pytest.fixture(name=name)(give)


for _name in NAMES:
    globals()[_name] = _persona(_name)


@pytest.fixture
def enter():
    """Sign a person in: `enter(officer).get("/bodies/")`."""

    def sign_in(user: User) -> Client:
        client = WatchedClient()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def queries():
    """How many queries a page takes: `queries(client, "/bodies/")`; the page must open."""

    def count(client: Client, path: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path).status_code == 200
        return len(caught)

    return count
