"""Mails: at once, in the morning or not at all; what is refused or failed is seen, and climbs."""

import datetime as dt
import re
import ssl
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from common import jobs
from common.history import acting
from common.jobs.models import Job, State
from common.notices import delivery, services
from common.notices.models import Notice
from documents.reports import notices
from documents.reports import services as reports
from institution import holdings
from institution import services as institution
from institution.roles import Role
from teams.models import Membership
from tests.factories import reports as make
from tests.factories.base import BY, days_ago, person, seat
from tests.notices.conftest import MONDAY, at, told

pytestmark = pytest.mark.django_db


def asked(report, *, by):
    seen = report.versions.get().sections.first()
    return reports.ask(section_version=seen, text="Kaç katılımcı?", by=by, now=timezone.now())


def choose_at_once(person):
    services.choose(chosen={"reports.evaluation": "at_once"}, by=person)


def returned(house):
    report = make.submitted(house.group)
    make.decide(report, {1: "return"}, by=house.unit_rep)
    make.close(report)
    return report


class TestAtOnce:
    def test_what_comes_back_is_mailed_to_who_writes_with_one_button(self, house, mailoutbox, settings):
        settings.PUBLIC_URL = "https://plan.ornek.bel.tr/"
        report = returned(house)
        jobs.perform_waiting()
        letter = next(letter for letter in mailoutbox if letter.to == [house.rapporteur.email])
        assert report.title in letter.subject
        assert "Sayın Elif Aksoy," in letter.body and "1 bölüm yanıtınızı bekliyor" in letter.body
        [(html, kind)] = letter.alternatives
        assert kind == "text/html" and "Örnek Belediyesi" in html
        assert re.findall(r'href="([^"]*)"', html) == ["https://plan.ornek.bel.tr/owed/"]
        for private in ("Emine", "Ölçeği", "Paydaşlar çalıştayda"):  # who decided, the remark, the text
            assert private not in letter.body + html

    def test_each_is_mailed_once(self, house, mailoutbox):
        returned(house)
        jobs.perform_waiting()
        assert len(mailoutbox) == Notice.objects.filter(kind="reports.returned").count() > 1
        Job.objects.update(state=State.WAITING, claim="")  # as after a machine that died before its note
        jobs.perform_waiting()
        assert len(mailoutbox) == Notice.objects.filter(kind="reports.returned").count()

    def test_what_was_read_before_is_not_mailed(self, house, enter, mailoutbox):
        returned(house)
        enter(house.rapporteur).post("/notices/read/")
        jobs.perform_waiting()
        assert [house.rapporteur.email] not in [letter.to for letter in mailoutbox]

    def test_a_machine_that_dies_once_the_mail_is_out_mails_nothing_twice(self, house, mailoutbox, settings):
        returned(house)
        settings.EMAIL_BACKEND = "tests.notices.test_mails.Dying"
        one = Notice.objects.filter(kind="reports.returned").first()
        for _turn in range(2):
            with suppress(KeyboardInterrupt):
                delivery.send_one(notice=one.pk)
        assert len(mailoutbox) == 1

    def test_a_mail_server_must_show_a_certificate_that_holds(
        self, house, post_office, settings, tmp_path, monkeypatch
    ):
        key, certificate = tmp_path / "mail.key", tmp_path / "mail.pem"
        write_certificate(key, certificate)
        post_office.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        post_office.tls.load_cert_chain(certificate, key)
        settings.EMAIL_USE_SSL = True
        returned(house)
        one = Notice.objects.filter(kind="reports.returned").first()
        with pytest.raises(ssl.SSLCertVerificationError):
            delivery.send_one(notice=one.pk)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        delivery.send_one(notice=one.pk)
        assert len(post_office.taken) == 1


def write_certificate(key: Path, certificate: Path) -> None:
    """One that the mail server of this machine signs itself."""
    secret, name = ed25519.Ed25519PrivateKey.generate(), x509.Name([])
    now = timezone.now()
    place = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder(name, name, secret.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - dt.timedelta(1)).not_valid_after(now + dt.timedelta(1))
    made = made.add_extension(place, critical=True)
    pem = serialization.Encoding.PEM
    certificate.write_bytes(made.sign(secret, None).public_bytes(pem))
    form = serialization.PrivateFormat.PKCS8
    key.write_bytes(secret.private_bytes(pem, form, serialization.NoEncryption()))


class Dying(EmailBackend):
    """Hands the letter over, and the machine goes out."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise KeyboardInterrupt


class TestTheDigest:
    """Requests wait for the morning of a weekday, together."""

    @pytest.fixture
    def requests(self, house):
        make.requested(house.group, title="Paydaş analizi raporu")
        make.requested(house.group, title="Mevzuat raporu")

    def test_comes_on_a_weekday_at_eight_and_once(self, house, requests, morning, mailoutbox):
        saturday = MONDAY - dt.timedelta(2)
        assert morning(at(saturday, 9)) == morning(at(MONDAY, 7, 59)) == []
        assert morning(at(MONDAY, 8)) == ["group_member", "rapporteur", "team_member"]
        assert morning(at(MONDAY, 9)) == morning(at(MONDAY + dt.timedelta(1), 8)) == []

    def test_tells_all_that_waits_in_one_mail(self, house, requests, morning, mailoutbox):
        morning(at(MONDAY, 8))
        letter = next(letter for letter in mailoutbox if letter.to == [house.group_member.email])
        assert letter.subject == "Karesi Plan: 2 bildirim"
        assert "Paydaş analizi raporu" in letter.body and "Mevzuat raporu" in letter.body

    def test_leaves_out_who_has_read_it_all(self, house, requests, morning, enter):
        enter(house.rapporteur).post("/notices/read/")
        assert morning(at(MONDAY, 8)) == ["group_member", "team_member"]


class TestWhatReachesNobody:
    """One address refused among many is seen; when nobody is reached, the chair hears of it, then the Directorate."""

    def late(self, house):
        report = make.requested(house.group, due_in=-1)
        Notice.objects.all().delete()
        notices.tell_dates(by=BY, now=at(timezone.localdate(), 9))
        jobs.perform_waiting()
        return report

    def test_a_refused_address_is_seen_by_the_directorate_until_it_is_settled(
        self, house, post_office, enter
    ):
        post_office.refused = {house.rapporteur.email}
        self.late(house)
        assert told(house.officer) == []  # the others of the group were reached
        assert len(post_office.taken) == 2
        officer = enter(house.officer)
        page = officer.get("/?list=unreached").text
        assert "Elif Aksoy adlı kişiye ulaşmadı: posta sunucusu adresi kabul etmedi." in page
        [lost] = Notice.objects.astray()
        for _press in range(2):
            officer.post(f"/notices/{lost.pk}/settle/", {"next": "/?list=unreached"})
        assert "Ulaşmayan bildirim yok" in officer.get("/?list=unreached").text
        assert Notice.objects.get(pk=lost.pk).settled_by_name == house.officer.full_name
        # Who was told by another way is not told again when the address works.
        post_office.refused = set()
        Notice.objects.filter(pk=lost.pk).update(mailed_at=None)
        delivery.send_one(notice=lost.pk)
        assert not any(house.rapporteur.email in str(letter) for letter in post_office.taken)

    def test_it_climbs_to_the_chair_and_from_there_to_the_directorate(self, house, post_office):
        chair = person("Başkan Kişi", email="chair@ornek.bel.tr")
        post_office.refused = {house.group_member.email, chair.email}
        seat(house.group, chair, Role.CHAIR)
        services.notify(
            to=[house.group_member.pk],
            kind="reports.returned",
            about=services.About("Rapor", "/reports/"),
            key="bir",
            data={"body": house.group.pk, "sections": 1},
            by=BY,
            now=timezone.now(),
        )
        jobs.perform_waiting()
        assert told(chair) == told(house.officer) == told(house.director) == ["returned"]
        assert [lost.to for lost in Notice.objects.astray().order_by("pk")] == [house.group_member, chair]
        assert len(post_office.taken) == 2

    def test_what_the_planning_team_misses_climbs_to_its_own_chair_and_no_group_s(self, house, post_office):
        chair = person("Başkan Kişi", email="chair@ornek.bel.tr")
        seat(house.group, chair, Role.CHAIR)
        question = asked(make.submitted(house.group), by=house.unit_rep)
        Notice.objects.all().delete()
        Job.objects.all().delete()
        post_office.refused = {house.unit_rep.email}
        choose_at_once(house.unit_rep)
        reports.answer(question=question, text="Evet.", by=house.rapporteur, now=timezone.now())
        jobs.perform_waiting()
        assert told(house.team_chair) == ["explained"]
        assert told(chair) == told(house.officer) == []

    def test_a_vacant_planning_team_is_told_to_the_directorate(self, house):
        for membership in Membership.objects.filter(body=house.team):
            holdings.end(holding=membership, on=days_ago(1), by=BY)
        chair = person("Başkan Kişi", email="chair@ornek.bel.tr")
        seat(house.group, chair, Role.CHAIR)
        report = make.requested(house.group)
        notices.tell_team(notices.submitted, report, once="1", by=BY, now=timezone.now())
        assert told(house.officer) == ["submitted"] and told(chair) == ["requested"]

    def test_what_members_say_to_each_other_is_told_and_shown_to_nobody_else(self, house, post_office, enter):
        post_office.refused = {house.group_member.email}
        section = make.requested(house.group).sections.get(number=1)
        reports.comment(
            section=section, text="@Nuri Balcı bakar mısınız?", by=house.rapporteur, now=timezone.now()
        )
        jobs.perform_waiting()
        mention = Notice.objects.get(kind="reports.mentioned")
        assert mention.to == house.group_member and mention.unreached == "refused"
        officer = enter(house.officer)
        assert "Ulaşmayan bildirim yok" in officer.get("/?list=unreached").text
        assert officer.post(f"/notices/{mention.pk}/settle/").status_code == 404

    def test_what_was_read_meanwhile_is_not_lost(self, house, enter):
        make.requested(house.group, due_in=-1)
        mine = Notice.objects.filter(to=house.group_member)
        unread = list(mine)
        enter(house.group_member).post("/notices/read/")
        services.lost(notices=unread, why="failed", by=BY, now=timezone.now())
        assert [notice.unreached for notice in mine] == [""]

    def test_stays_on_the_directorate_s_first_screen_once_the_plan_is_adopted(
        self, house, post_office, enter
    ):
        post_office.refused = {house.rapporteur.email}
        self.late(house)
        house.period.state = "adopted"
        with acting(BY):
            house.period.save()
        officer = enter(house.officer)
        assert "Ulaşmayan bildirim" in officer.get("/").text
        assert "Elif Aksoy adlı kişiye ulaşmadı" in officer.get("/?list=unreached").text
        officer.post(f"/notices/{Notice.objects.astray().get().pk}/settle/", {"next": "/"})
        assert "Ulaşmayan bildirim" not in officer.get("/").text

    def test_a_vacant_group_is_told_to_the_directorate(self, house, enter):
        report = make.requested(house.group, due_in=-1)
        for membership in Membership.objects.filter(body=house.group):
            holdings.end(holding=membership, on=days_ago(1), by=BY)
        notices.tell_dates(by=BY, now=at(timezone.localdate(), 9))
        assert told(house.director) == told(house.officer) == ["late"]
        page = enter(house.officer).get("/notices/").text
        assert report.title in page and "Bildirilecek görevde kimse yok." in page
        assert "Yerine bildirilen:" in enter(house.officer).get("/?list=unreached").text

    def test_a_group_without_a_rapporteur_is_told_and_so_is_the_directorate(self, house):
        make.requested(house.group, due_in=-1)
        holdings.end(holding=Membership.objects.get(person=house.rapporteur), on=days_ago(1), by=BY)
        notices.tell_dates(by=BY, now=at(timezone.localdate(), 9))
        assert told(house.group_member)[-1] == told(house.officer)[-1] == "late"

    def test_who_left_before_the_mail_went_out_was_not_reached(self, house, mailoutbox):
        returned(house)
        institution.close_account(person=house.rapporteur, by=BY)
        jobs.perform_waiting()
        assert [lost.to for lost in Notice.objects.astray()] == [house.rapporteur]

    def test_a_mail_server_that_is_away_is_waited_for_a_day_and_then_counts_as_no_way(
        self, house, post_office
    ):
        post_office.is_closed = True
        returned(house)
        jobs.perform_waiting()
        failed = Job.objects.filter(kind=services.MAIL)
        assert {(job.state, job.attempts) for job in failed} == {(State.FAILED, 3)}
        assert Notice.objects.astray().count() == 0
        Notice.objects.update(made_at=timezone.now() - dt.timedelta(hours=25))
        services.try_again(now=timezone.now())
        jobs.perform_waiting()
        assert set(Notice.objects.astray().values_list("unreached", flat=True)) == {"failed"}
        assert "returned" in told(house.officer)
        post_office.is_closed = False
        services.try_again(now=timezone.now())
        jobs.perform_waiting()
        assert Notice.objects.astray().count() == 0
        assert {job.state for job in failed.all()} == {State.DONE}
