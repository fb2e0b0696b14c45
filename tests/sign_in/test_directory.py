"""Sign-in with the house's own directory: a real slapd, and the product in a process of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from institution import services as institution
from institution.models import User
from tests.factories.base import BY, person
from tests.machine import free_port, wait_until
from tests.sign_in.product import Browser, serve

pytestmark = pytest.mark.ldap
ROOT = "dc=ornek,dc=invalid"
SECRET = "dizin-parolası-2026"  # of everybody in the directory
CONFIG = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
database mdb
suffix "{root}"
rootdn "cn=admin,{root}"
rootpw admin
directory {folder}
access to attrs=userPassword by anonymous auth by * none
access to * by users read by * none
"""
PEOPLE = {"elif": "elif@ornek.invalid", "nuri": "nuri@ornek.invalid", "yabanci": "yabanci@ornek.invalid"}


class Directory:
    """A slapd of one test's own, with three people and an account that may search."""

    def __init__(self, folder: Path):
        self.folder, self.url = folder, f"ldap://127.0.0.1:{free_port()}"
        (folder / "slapd.conf").write_text(CONFIG.format(folder=folder, root=ROOT))
        self.popen = subprocess.Popen(
            ["slapd", "-f", str(folder / "slapd.conf"), "-h", self.url, "-d", "0"], stderr=subprocess.DEVNULL
        )
        wait_until(self.load, seconds=20, what="slapd")

    def load(self) -> bool:
        entries = [f"dn: {ROOT}\nobjectClass: dcObject\nobjectClass: organization\no: Örnek\ndc: ornek"]
        entries += [
            f"dn: uid={uid},{ROOT}\nobjectClass: inetOrgPerson\nuid: {uid}\ncn: {uid}\nsn: {uid}\n"
            f"mail: {mail}\nuserPassword: {SECRET}"
            for uid, mail in {**PEOPLE, "arayan": "arayan@ornek.invalid"}.items()
        ]
        done = subprocess.run(
            ["ldapadd", "-x", "-c", "-H", self.url, "-D", f"cn=admin,{ROOT}", "-w", "admin"],
            input="\n\n".join(entries).encode(),
            capture_output=True,
        )
        return done.returncode == 0

    def stop(self) -> None:
        self.popen.terminate()
        self.popen.wait(10)


@pytest.fixture
def directory(tmp_path):
    running = Directory(tmp_path)
    yield running
    running.stop()


@pytest.fixture
def site(directory, start, transactional_db):
    return serve(
        start,
        LDAP_SERVER_URI=directory.url,
        LDAP_START_TLS="0",
        LDAP_BIND_DN=f"uid=arayan,{ROOT}",
        LDAP_BIND_PASSWORD=SECRET,
        LDAP_USER_BASE=ROOT,
    )


def test_the_directorys_password_opens_an_account_that_is_here_and_no_other(site, app):
    elif_, nuri = (person(email=PEOPLE[name], password=None) for name in ("elif", "nuri"))
    before = list(User.objects.order_by("pk").values())

    inside = Browser(site)
    inside.knock(PEOPLE["elif"], SECRET)
    assert inside.is_in()
    for address, password in [
        (PEOPLE["elif"], "yanlış-parola-1"),
        (PEOPLE["elif"], ""),  # to a directory an empty password is no question at all
        (PEOPLE["yabanci"], SECRET),  # known there, not here
        ("*", SECRET),
        ("elif@ornek.invalid)(uid=*", SECRET),
    ]:
        visitor = Browser(site)
        visitor.knock(address, password)
        assert not visitor.is_in(), address

    institution.close_account(person=nuri, by=BY)
    visitor = Browser(site)
    visitor.knock(PEOPLE["nuri"], SECRET)
    assert not visitor.is_in()
    after = list(User.objects.order_by("pk").values())
    for row in (*before, *after):
        row.pop("last_login"), row.pop("is_active")
    assert before == after  # nobody was made, nothing was changed

    institution.close_account(person=elif_, by=BY)
    assert not inside.is_in()


def test_the_second_step_is_asked_for_all_the_same(site, app):
    member = person(email=PEOPLE["elif"], password=None)
    own = app(member)
    visitor = Browser(site)
    assert visitor.knock(member.email, SECRET).url.endswith("/accounts/2fa/authenticate/")
    assert not visitor.is_in()
    visitor.submit("/accounts/2fa/authenticate/", code=own.code())
    assert visitor.is_in()


def test_without_the_directory_the_password_kept_here_still_opens(site, directory):
    member = person(email="yonetici@ornek.invalid")
    directory.popen.kill()
    visitor = Browser(site)
    visitor.knock(member.email)
    assert visitor.is_in()
