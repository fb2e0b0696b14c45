"""An account is opened without a password; its owner chooses one by a link that counts once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from common import jobs, turkish
from institution.models import User
from tests.factories.base import PASSWORD, person

pytestmark = pytest.mark.django_db
NEW = {"password1": "gürgen-söğüt-kestane-8", "password2": "gürgen-söğüt-kestane-8"}


@pytest.fixture
def invited(enter, sysadmin, letters):
    """A person whom the administrator has just added, and the link in their letter."""
    enter(sysadmin).post("/people/add/", {"full_name": "Yeni Kişi", "email": "yeni@ornek.bel.tr"})
    return User.objects.get(email="yeni@ornek.bel.tr"), link_of(letters()[-1])


def link_of(letter) -> str:
    return re.search(r"http://testserver(/accounts/password/reset/key/\S+)", letter.body)[1]


def choose(link: str, client: Client | None = None):
    """Opens the link and chooses a password, as far as the page lets."""
    client = client or Client()
    page = client.get(link, follow=True)
    if page.context.get("token_fail"):
        return page
    return client.post(page.redirect_chain[-1][0], NEW)


def test_the_letter_names_the_municipality_and_the_hours(invited, mailoutbox):
    letter = mailoutbox[-1]
    assert letter.to == ["yeni@ornek.bel.tr"]
    assert letter.subject == "Karesi Plan: Davetiniz"
    assert "Örnek Belediyesi" in letter.body
    assert "24 saat" in letter.body


def test_by_the_link_a_password_is_chosen_that_signs_in(invited, knock):
    user, link = invited
    assert not user.has_usable_password()
    assert choose(link).status_code == 302
    assert knock(user, NEW["password1"]).status_code == 302
    reasons = [row.history_change_reason for row in user.history.order_by("history_id")]
    assert reasons[-2:] == ["Davet gönderildi", "Parola değiştirildi"]


def test_the_first_password_is_not_called_a_new_one_and_its_rules_stand_beside_it(invited):
    page = Client().get(invited[1], follow=True).text
    assert "Parolanızı belirleyin" in page
    assert "yeni parola" not in page.lower()
    assert "En az 12 karakterden oluşmalıdır." in page
    assert "yeni@ornek.bel.tr" in page


def test_who_had_a_password_chooses_a_new_one(letters):
    Client().post("/accounts/password/reset/", {"email": person().email})
    page = Client().get(link_of(letters()[-1]), follow=True).text
    assert "Yeni parolanızı belirleyin" in page
    assert "Yeni parola (yeniden)" in page


def test_the_link_counts_once(invited):
    _user, link = invited
    choose(link)
    assert "Bu bağlantı artık geçerli değil" in choose(link).text


def test_an_expired_link_says_so_and_offers_a_new_one(invited, letters):
    user, link = invited
    with time_machine.travel(timezone.now() + dt.timedelta(hours=28)):
        page = choose(link)
        assert "Bu bağlantı artık geçerli değil" in page.text
        assert "/accounts/password/reset/" in page.text
        Client().post("/accounts/password/reset/", {"email": user.email})
        assert choose(link_of(letters()[-1])).status_code == 302


def test_it_is_sent_again_as_often_as_asked(invited, enter, sysadmin, letters):
    user, _link = invited
    enter(sysadmin).post(f"/people/{user.pk}/invite/")
    assert letters()[-1].subject == "Karesi Plan: Davetiniz"
    assert choose(link_of(letters()[-1])).status_code == 302
    enter(sysadmin).post(f"/people/{user.pk}/invite/")
    assert letters()[-1].subject == "Karesi Plan: Yeni parolanız"


class TestWaiting:
    """Who has not taken the invitation up is shown so, with the way to send it again."""

    def account(self, client: Client, user: User) -> list[str]:
        """What the list and the person's own page say of the account."""
        row = client.get("/people/", {"q": user.email}).text.partition("<tbody>")[2].partition("</table>")[0]
        card = client.get(f"/people/{user.pk}/").text.partition('id="account"')[2].partition("</section>")[0]
        return [row, card]

    def test_the_notice_says_who_was_written_to_where_and_leads_to_a_seat(self, enter, officer):
        new = {"full_name": "Yeni Kişi", "email": "yeni@ornek.bel.tr"}
        page = enter(officer).post("/people/add/", new, follow=True)
        user = User.objects.get(email=new["email"])
        assert page.request["PATH_INFO"] == f"/people/{user.pk}/"
        assert "Yeni Kişi için hesap açıldı." in page.text
        assert "ileti yeni@ornek.bel.tr adresine gönderildi" in page.text
        assert f'href="/people/{user.pk}/appoint/"' in page.text

    def test_a_first_invitation_is_not_offered_as_another_one(self, house, enter, sysadmin, letters):
        user, client = person("Davetsiz Kişi", password=None, email="davetsiz@ornek.bel.tr"), enter(sysadmin)
        for said in self.account(client, user):
            assert "Daveti gönder" in said and "yeniden" not in said
        client.post(f"/people/{user.pk}/invite/")
        letters()
        for said in self.account(client, user):
            assert "Daveti yeniden gönder" in said

    def test_since_when_until_a_password_is_chosen(self, invited, enter, sysadmin):
        user, link = invited
        client = enter(sysadmin)
        for said in self.account(client, user):
            assert "Davet yanıtı bekleniyor" in said
            assert f"gönderim: {turkish.date_long(timezone.now()).rpartition(' ')[0]}" in said
            assert f"/people/{user.pk}/invite/" in said
        choose(link)
        for said in self.account(client, user):
            assert "Hesap açık" in said
            assert "Davet" not in said

    def test_an_expired_one_is_called_so_until_it_is_sent_again(self, invited, enter, sysadmin, letters):
        user, _link = invited
        with time_machine.travel(timezone.now() + dt.timedelta(hours=25)):
            client = enter(sysadmin)
            assert all("Davetin süresi doldu" in said for said in self.account(client, user))
            page = client.post(f"/people/{user.pk}/invite/", follow=True)
            assert (
                "Yeni Kişi adlı kişiye bağlantı içeren bir ileti gönderildi (yeni@ornek.bel.tr)." in page.text
            )
            letters()
            assert all("Davet yanıtı bekleniyor" in said for said in self.account(client, user))

    def test_an_expired_one_is_open_again_with_the_letter_for_a_forgotten_password(
        self, invited, enter, sysadmin, letters
    ):
        user, _link = invited
        with time_machine.travel(timezone.now() + dt.timedelta(hours=25)):
            Client().post("/accounts/password/reset/", {"email": user.email})
            letters()
            assert all("Davet yanıtı bekleniyor" in said for said in self.account(enter(sysadmin), user))

    def test_one_that_is_not_written_yet_is_not_called_sent(self, enter, sysadmin):
        client = enter(sysadmin)
        client.post("/people/add/", {"full_name": "Yeni Kişi", "email": "yeni@ornek.bel.tr"})
        for said in self.account(client, User.objects.get(email="yeni@ornek.bel.tr")):
            assert "Davet gönderilmek üzere" in said
            assert "gönderim:" not in said

    def test_one_that_the_mail_server_refused_is_called_so(self, enter, sysadmin, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        client = enter(sysadmin)
        client.post("/people/add/", {"full_name": "Yeni Kişi", "email": "yeni@ornek.bel.tr"})
        for _try in range(3):
            jobs.perform_waiting()
        user = User.objects.get(email="yeni@ornek.bel.tr")
        for said in self.account(client, user):
            assert "Davet gönderilemedi" in said
            assert "gönderim:" not in said

    def test_who_came_in_by_the_houses_own_directory_is_not_waited_for(self, invited, enter, sysadmin):
        user, _link = invited
        enter(user)
        assert all("Hesap açık" in said for said in self.account(enter(sysadmin), user))

    def test_an_inspector_sees_it_and_sends_nothing(self, invited, enter, inspector):
        for said in self.account(enter(inspector), invited[0]):
            assert "Davet yanıtı bekleniyor" in said
            assert "/invite/" not in said


def test_no_table_holds_the_link(invited):
    from tests.sign_in.test_factors import everything_stored

    _user, link = invited
    assert link.rpartition("-")[2].strip("/") not in everything_stored()


def test_who_was_closed_meanwhile_gets_no_letter(enter, sysadmin, letters):
    user = person(password=None)
    client = enter(sysadmin)
    client.post(f"/people/{user.pk}/invite/")
    client.post(f"/people/{user.pk}/account/", {"to": "closed"})
    assert not letters()


def test_only_who_manages_accounts_invites(enter, rapporteur, inspector, letters):
    user = person(password=None)
    assert enter(rapporteur).post(f"/people/{user.pk}/invite/").status_code == 404
    assert enter(inspector).post(f"/people/{user.pk}/invite/").status_code == 403
    assert not letters()


def test_opening_the_link_while_somebody_else_is_signed_in_signs_them_out(invited, enter, officer):
    user, link = invited
    client = enter(officer)
    choose(link, client)
    assert client.get("/accounts/sessions/").status_code == 302


class TestAnotherAddress:
    """Whoever moves an account to an address of their own does not do so unheard."""

    OLD, NEW = "baskan@ornek.bel.tr", "baska@ornek.bel.tr"

    @pytest.fixture
    def owner(self, db):
        return person("Ayla Başkan", email=self.OLD)

    def move(self, client: Client, owner: User, email: str = NEW):
        return client.post(f"/people/{owner.pk}/edit/", {"full_name": owner.full_name, "email": email})

    def said_to(self, letters, address: str) -> list[str]:
        return [letter.body for letter in letters() if letter.to == [address]]

    def test_the_address_before_hears_which_and_who_and_the_sessions_end(
        self, enter, sysadmin, owner, knock, letters
    ):
        inside = knock(owner).client
        assert inside.get("/accounts/sessions/").status_code != 302
        assert self.move(enter(sysadmin), owner).status_code == 302
        assert inside.get("/accounts/sessions/").status_code == 302
        [letter] = letters()
        assert letter.to == [self.OLD]
        assert letter.subject == "Karesi Plan: Bu adresin bağlı olduğu hesapta değişiklik"
        assert f"{sysadmin.full_name} tarafından {self.NEW} olarak değiştirildi" in letter.body
        assert "bilgi işlem birimine bildirin" in letter.body
        assert "http" not in letter.body
        row = owner.history.latest("history_id")
        assert (row.email, row.history_user_name) == (self.NEW, sysadmin.full_name)

    def test_nothing_is_said_where_the_address_stays(self, enter, sysadmin, owner, knock, letters):
        inside = knock(owner).client
        self.move(enter(sysadmin), owner, self.OLD)
        assert not letters()
        assert inside.get("/accounts/sessions/").status_code != 302

    def test_nobody_moves_their_own(self, enter, sysadmin, letters):
        was = sysadmin.email
        answer = self.move(enter(sysadmin), sysadmin)
        assert answer.status_code == 422
        assert "Kendi e-posta adresinizi değiştiremezsiniz" in answer.text
        sysadmin.refresh_from_db()
        assert sysadmin.email == was
        assert not letters()

    def test_each_step_of_a_take_over_is_told_at_the_address_before(
        self, enter, sysadmin, owner, app, letters
    ):
        app(owner)
        client = enter(sysadmin)
        self.move(client, owner)
        client.post(f"/people/{owner.pk}/factors/")
        client.post(f"/people/{owner.pk}/invite/")
        [link] = [body for body in self.said_to(letters, self.NEW) if "/password/reset/key/" in body]
        choose(re.search(r"http://testserver(\S+/key/\S+)", link)[1])
        told = self.said_to(letters, self.OLD)
        sentences = [
            "olarak değiştirildi",
            "ikinci adımları",
            "bağlantı gönderildi",
            "gönderilen bağlantıyla",
        ]
        assert [sentence in body for sentence, body in zip(sentences, told, strict=True)] == [True] * 4
        assert not any("http" in body for body in told)

    def test_so_is_a_link_asked_for_at_the_door(self, enter, sysadmin, owner, letters):
        self.move(enter(sysadmin), owner)
        Client().post("/accounts/password/reset/", {"email": self.NEW})
        assert "bağlantı gönderildi" in self.said_to(letters, self.OLD)[-1]

    def test_an_account_closed_meanwhile_keeps_its_owner_informed(self, enter, sysadmin, owner, letters):
        client = enter(sysadmin)
        client.post(f"/people/{owner.pk}/account/", {"to": "closed"})
        self.move(client, owner)
        assert len(self.said_to(letters, self.OLD)) == 1

    def test_moved_twice_both_addresses_before_hear_of_it(self, enter, sysadmin, owner, letters):
        client = enter(sysadmin)
        self.move(client, owner)
        self.move(client, owner, "ucuncu@ornek.bel.tr")
        assert len(self.said_to(letters, self.OLD)) == 2
        assert len(self.said_to(letters, self.NEW)) == 1

    @pytest.mark.parametrize(("days", "told"), [(29, 2), (31, 1)])
    def test_it_hears_for_thirty_days(self, enter, sysadmin, owner, letters, days, told):
        self.move(enter(sysadmin), owner)
        with time_machine.travel(timezone.now() + dt.timedelta(days=days)):
            enter(sysadmin).post(f"/people/{owner.pk}/invite/")
            assert len(self.said_to(letters, self.OLD)) == told

    def test_who_proved_long_ago_who_they_are_is_asked_first(self, sysadmin, owner, knock, letters):
        start = timezone.now()
        with time_machine.travel(start) as clock:
            client = knock(sysadmin, PASSWORD).client
            clock.move_to(start + dt.timedelta(minutes=16))
            assert "/accounts/reauthenticate/" in self.move(client, owner).headers["Location"]
        owner.refresh_from_db()
        assert owner.email == self.OLD
        assert not letters()
