"""The municipality in which the journeys begin: units, people, and the bodies that always stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from committees import services as committees
from institution.models import User
from institution.roles import Kind, Role
from tests.factories.base import BY, days_ago, municipality, person, seat, standing, unit
from tests.personas import NAMES

FULL_MEMBERSHIP = 15
PEOPLE = ["officer", "director", "team_chair", "team_member", "rapporteur", "mayor", "council_member"]
PEOPLE += ["clerk", "unit_rep"]
ALSO = {
    "second_rapporteur": ("Hülya Şen", "Ekonomist"),
    "second_member": ("Çetin Ünal", "Meclis üyesi"),
}
COUNCIL = ["Ahmet Öz", "Ayşe Kılıç", "Burcu Şahin", "Cihan Yıldız", "Derya Işık", "Fatma Gül", "Gökhan Ural"]
COUNCIL += ["Hasan Çağlar", "İsmail Koç", "Leyla Ök", "Murat Ildız", "Zehra Tuğ"]


@dataclass
class Town:
    """`people` by their part in the story; `council` by name, in the order of the roll, without the mayor."""

    people: dict[str, User] = field(default_factory=dict)
    council: list[User] = field(default_factory=list)


def build() -> Town:
    municipality()
    town = Town()
    for name in ("Mali Hizmetler Müdürlüğü", "Fen İşleri Müdürlüğü"):
        unit(name)
    names = {who: NAMES[who] for who in PEOPLE} | ALSO
    for who, (full_name, title) in names.items():
        town.people[who] = person(full_name, title=title, email=f"{who}@ornek.bel.tr")
    here = town.people
    town.council = [here["council_member"], here["second_member"]]
    town.council += [person(name, title="Meclis üyesi", password=None) for name in COUNCIL]
    directorate, management, council = map(standing, (Kind.DIRECTORATE, Kind.MANAGEMENT, Kind.COUNCIL))
    seat(directorate, here["director"], Role.CHAIR)
    seat(directorate, here["officer"])
    seat(management, here["mayor"], Role.CHAIR)
    seat(management, here["team_chair"])
    committees.open_term(body=council, starts_on=days_ago(120), full_membership=FULL_MEMBERSHIP, by=BY)
    seat(council, here["mayor"], Role.CHAIR)
    seat(council, here["clerk"], Role.CLERK)
    for member in town.council:
        seat(council, member)
    return town
