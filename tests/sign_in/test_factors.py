"""The second step: asked for, counted once, sealed, demanded of whom the installation names."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client

from institution.sign_in import factors, sealing
from tests.factories.base import PASSWORD, person

pytestmark = pytest.mark.django_db
AUTHENTICATE = "/accounts/2fa/authenticate/"
OLD_KEY = "aW4tdGhlLW9sZC1kYXlzLWluLXRoZS1vbGQtZGF5cy0="


@pytest.fixture
def member(house):
    return house.rapporteur


def is_in(client: Client) -> bool:
    return client.get("/accounts/sessions/").status_code == 200


class TestSignIn:
    def test_the_password_alone_is_not_enough(self, knock, app, member):
        app(member)
        answer = knock(member)
        assert answer.headers["Location"] == AUTHENTICATE
        assert not is_in(answer.client)

    def test_the_code_of_the_app_opens(self, knock, app, member):
        client, code = knock(member).client, app
        own = code(member)
        client = knock(member).client
        assert client.post(AUTHENTICATE, {"code": own.code()}).status_code == 302
        assert is_in(client)

    def test_a_code_counts_once(self, knock, app, member):
        own = app(member)
        first, second = knock(member).client, knock(member).client
        code = own.code()
        assert first.post(AUTHENTICATE, {"code": code}).status_code == 302
        assert second.post(AUTHENTICATE, {"code": code}).status_code == 200
        assert not is_in(second)

    def test_a_code_of_another_half_minute_is_refused(self, knock, app, member):
        own = app(member)
        client = knock(member).client
        assert client.post(AUTHENTICATE, {"code": own.code(steps=-2)}).status_code == 200
        assert not is_in(client)

    def test_a_recovery_code_counts_once(self, knock, app, member):
        own = app(member)
        first, second = knock(member).client, knock(member).client
        assert first.post(AUTHENTICATE, {"code": own.recovery[0]}).status_code == 302
        assert is_in(first)
        second.post(AUTHENTICATE, {"code": own.recovery[0]})
        assert not is_in(second)

    def test_of_a_used_recovery_code_history_and_person_know(self, knock, app, member, letters):
        own = app(member)
        knock(member).client.post(AUTHENTICATE, {"code": own.recovery[0]})
        assert member.history.first().history_change_reason == "Kurtarma kodu kullanıldı"
        assert "Kurtarma kodlarınızdan biri" in letters()[-1].body

    def test_guessing_codes_is_stopped(self, knock, app, member):
        own = app(member)
        client = knock(member).client
        for guess in range(12):
            client.post(AUTHENTICATE, {"code": f"{guess:06}"})
        answer = client.post(AUTHENTICATE, {"code": own.code()})
        assert answer.status_code == 200
        assert not is_in(client)

    def test_a_new_password_by_the_link_does_not_skip_it(self, app, member, letters, knock):
        app(member)
        client = Client()
        client.post("/accounts/password/reset/", {"email": member.email})
        link = next(word for word in letters()[-1].body.split() if "/reset/key/" in word)
        page = client.get(link, follow=True)
        new = {"password1": "gürgen-söğüt-kestane-8", "password2": "gürgen-söğüt-kestane-8"}
        client.post(page.redirect_chain[-1][0], new, follow=True)
        assert not is_in(client)
        answer = knock(member, new["password1"], client=client)
        assert answer.headers["Location"] == AUTHENTICATE
        assert not is_in(client)


class TestSettingUp:
    def start(self, client):
        """The page with the seed; gives the seed."""
        return client.get("/accounts/2fa/totp/activate/").context["form"].secret

    def code(self, seed):
        import time

        return auth.format_hotp_value(auth.hotp_value(seed, int(time.time()) // 30))

    def test_the_app_is_added_by_its_first_code_and_codes_are_shown_once(self, enter, member):
        client = enter(member)
        seed = self.start(client)
        answer = client.post("/accounts/2fa/totp/activate/", {"code": self.code(seed)})
        assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
        own = Authenticator.objects.get(user=member, type="recovery_codes").wrap().get_unused_codes()
        first, second = (client.get("/accounts/2fa/recovery-codes/").text for _ in range(2))
        assert all(code in first for code in own)
        assert not [code for code in own if code in second]
        assert client.get("/accounts/2fa/recovery-codes/download/").status_code == 404

    def test_the_code_that_added_the_app_counts_no_more_at_the_door(self, enter, knock, member):
        client = enter(member)
        code = self.code(self.start(client))
        client.post("/accounts/2fa/totp/activate/", {"code": code})
        second = knock(member).client
        assert second.post(AUTHENTICATE, {"code": code}).status_code == 200
        assert not is_in(second)

    def test_a_wrong_code_keeps_the_seed(self, enter, member):
        client = enter(member)
        seed = self.start(client)
        answer = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
        assert answer.context["form"].secret == seed
        assert "Uygulamanın şu anda gösterdiği kodu yazın" in answer.text
        client.post("/accounts/2fa/totp/activate/", {"code": self.code(seed)})
        assert Authenticator.objects.filter(user=member, type="totp").exists()

    def test_the_seed_stands_nowhere_in_clear(self, enter, member):
        client = enter(member)
        seed = self.start(client)
        waiting = [json.dumps(row.get_decoded()) for row in Session.objects.all()]
        assert not [text for text in waiting if seed in text]
        client.post("/accounts/2fa/totp/activate/", {"code": self.code(seed)})
        assert seed not in everything_stored()

    def test_each_change_is_history_and_news(self, enter, member, letters):
        client = enter(member)
        seed = self.start(client)
        with_commit(lambda: client.post("/accounts/2fa/totp/activate/", {"code": self.code(seed)}))
        with_commit(lambda: client.post("/accounts/2fa/recovery-codes/generate/"))
        with_commit(lambda: client.post("/accounts/2fa/totp/deactivate/"))
        told = member.history.order_by("history_id").values_list("history_change_reason", "history_user_id")
        reasons = [reason for reason, _by in told]
        assert "İkinci adım eklendi: kimlik doğrulama uygulaması" in reasons
        assert "Yeni kurtarma kodları oluşturuldu" in reasons
        assert "İkinci adım kaldırıldı: kimlik doğrulama uygulaması" in reasons
        assert {by for reason, by in told if "adım" in reason} == {member.pk}
        assert [letter.to for letter in letters()] == [[member.email]] * 3


def with_commit(act):
    """In a test's transaction what waits for the commit would wait for ever."""
    from django.test import TestCase

    with TestCase.captureOnCommitCallbacks(execute=True):
        act()


def everything_stored() -> str:
    with connection.cursor() as cursor:
        told = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            told += map(str, cursor.fetchall())
    return "\n".join(told)


class TestKeys:
    def test_what_is_no_key_is_refused_at_the_start(self, settings):
        settings.MFA_KEYS = ["kısa"]
        with pytest.raises(ImproperlyConfigured, match="MFA_KEY"):
            sealing.check_settings()

    def test_an_older_key_still_opens_and_the_first_seals(self, settings):
        old, settings.MFA_KEYS = settings.MFA_KEYS, [OLD_KEY]
        sealed = sealing.seal("tohum")
        settings.MFA_KEYS = [*old, OLD_KEY]
        assert sealing.unseal(sealed) == "tohum"
        anew = sealing.sealed_anew(sealed)
        settings.MFA_KEYS = old
        assert sealing.unseal(anew) == "tohum"
        with pytest.raises(sealing.InvalidToken):
            sealing.unseal(sealed)

    def test_the_command_seals_all_anew(self, settings, app, member, knock):
        from django.core.management import call_command

        new, settings.MFA_KEYS = settings.MFA_KEYS, [OLD_KEY]
        own = app(member)
        settings.MFA_KEYS = [*new, OLD_KEY]
        call_command("rotate_mfa_key", verbosity=0)
        settings.MFA_KEYS = new
        client = knock(member).client
        assert client.post(AUTHENTICATE, {"code": own.code()}).status_code == 302
        assert client.post("/accounts/logout/").status_code == 302
        client = knock(member).client
        assert client.post(AUTHENTICATE, {"code": own.recovery[0]}).status_code == 302


class TestDemanded:
    @pytest.fixture(autouse=True)
    def demanded(self, settings):
        settings.MFA_REQUIRED_FOR = ["directorate", "administration", "inspection"]

    @pytest.mark.parametrize("who", ["officer", "director", "inspector", "sysadmin"])
    @pytest.mark.parametrize(
        "address", ["/", "/people/", "/reports/", "/plan/", "/my-seats/", "/accounts/sessions/"]
    )
    def test_who_must_and_has_none_is_led_to_set_one_up(self, house, enter, who, address):
        answer = enter(getattr(house, who)).get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/2fa/")

    def test_and_may_do_nothing_by_hand_either(self, enter, officer, house):
        client = enter(officer)
        answer = client.post("/units/add/", {"name": "Yeni Müdürlük"})
        assert answer.headers["Location"] == "/accounts/2fa/"
        assert client.post("/units/add/", {"name": "Yeni"}, headers={"HX-Request": "true"}).status_code == 403

    def test_the_page_says_why_and_lets_them_set_one_up_or_leave(self, enter, officer):
        client = enter(officer)
        assert "Önce ikinci adımı kurun" in client.get("/accounts/2fa/").text
        assert client.get("/accounts/2fa/totp/activate/").status_code == 200
        assert client.get("/accounts/2fa/webauthn/add/").status_code == 200
        assert client.post("/accounts/logout/").status_code == 302

    def test_a_kind_that_does_not_exist_is_refused_at_the_start(self, settings):
        settings.MFA_REQUIRED_FOR = ["directorat"]
        with pytest.raises(ImproperlyConfigured, match="directorat"):
            factors.check_settings()

    def test_who_has_one_goes_on(self, enter, officer, app):
        app(officer)
        assert enter(officer).get("/people/").status_code == 200

    def test_recovery_codes_alone_are_none(self, enter, officer, app):
        app(officer).totp.instance.delete()
        assert enter(officer).get("/people/").status_code == 302

    def test_whose_seat_does_not_demand_it_goes_on(self, enter, council_member):
        assert enter(council_member).get("/meetings/").status_code == 200


class TestLost:
    def test_the_administrator_takes_the_steps_away_and_the_person_hears_of_it(
        self, enter, sysadmin, member, app, letters, knock
    ):
        own = app(member)
        inside = knock(member).client
        inside.post(AUTHENTICATE, {"code": own.code()})
        assert is_in(inside)
        with_commit(lambda: enter(sysadmin).post(f"/people/{member.pk}/factors/"))
        assert not Authenticator.objects.filter(user=member).exists()
        assert not is_in(inside)
        assert letters()[-1].to == [member.email]
        row = member.history.first()
        assert (row.history_change_reason, row.history_user_id) == (
            "Girişin ikinci adımları kaldırıldı",
            sysadmin.pk,
        )

    def test_nobody_takes_away_their_own_in_that_way(self, enter, sysadmin, app):
        app(sysadmin)
        enter(sysadmin).post(f"/people/{sysadmin.pk}/factors/")
        assert Authenticator.objects.filter(user=sysadmin).exists()

    def test_others_may_not(self, enter, rapporteur, council_member, app):
        app(council_member)
        assert enter(rapporteur).post(f"/people/{council_member.pk}/factors/").status_code in (403, 404)
        assert Authenticator.objects.filter(user=council_member).exists()


def test_what_is_not_offered_is_not_there(enter, officer):
    client = enter(officer)
    for address in (
        "/accounts/email/",
        "/accounts/password/set/",
        "/accounts/3rdparty/",
        "/accounts/3rdparty/signup/",
    ):
        assert client.get(address).status_code == 404
    assert "password1" not in Client().get("/accounts/signup/").text
    assert Client().post(
        "/accounts/signup/", {"email": "yeni@ornek.bel.tr", "password1": PASSWORD}
    ).status_code in (200, 403, 404)
    assert not type(person()).objects.filter(email="yeni@ornek.bel.tr").exists()
