"""Pages of bodies, seats and people: for whom they open, what they show, what they change."""

import pytest

from common import grants
from common.decisions import Invalid
from institution import holdings, services
from institution.models import Body
from institution.roles import Kind, Role
from institution.workflow import PeriodState
from teams import links
from teams import services as teams
from teams.models import Membership
from tests.factories.base import BY, days_ago, person, seat, standing, sub_group, unit
from tests.personas import NAMES

SEATED = [name for name in NAMES if name not in ("deactivated", "stranger")]
TODAY = days_ago(0)


def typed(day) -> str:
    return day.strftime("%d.%m.%Y")


class TestAccess:
    @staticmethod
    def opened(house, enter, path: str) -> set[str]:
        """Who of the personas with a seat gets the page."""
        return {name for name in SEATED if enter(house.people[name]).get(path).status_code == 200}

    def test_everybody_with_a_seat_sees_who_sits_where(self, house, enter):
        for path in ("/bodies/", f"/bodies/{house.group.pk}/", f"/bodies/{house.council.pk}/", "/my-seats/"):
            assert self.opened(house, enter, path) == set(SEATED), path

    def test_only_the_directorate_forms_and_fills_bodies(self, house, enter):
        membership = house.group.memberships.get(person=house.rapporteur)
        base = f"/bodies/{house.group.pk}"
        for path in (
            "/bodies/add/",
            f"{base}/edit/",
            f"{base}/dissolve/",
            f"{base}/seats/add/",
            f"{base}/seats/{membership.pk}/end/",
            f"{base}/seats/{membership.pk}/delegate/",
            f"/bodies/{house.council.pk}/terms/add/",
        ):
            assert self.opened(house, enter, path) == {"officer", "director"}, path

    def test_a_person_is_seen_by_themselves_and_by_who_manages_or_inspects(self, house, enter):
        seen_by = self.opened(house, enter, f"/people/{house.group_member.pk}/")
        assert seen_by == {"officer", "director", "sysadmin", "inspector", "group_member"}


class TestTheBodiesPage:
    def test_draws_and_lists_every_body_with_what_it_lacks(self, house, enter, officer):
        unit("Zabıta Müdürlüğü")
        holdings.end(holding=house.group.memberships.get(person=house.team_member), on=days_ago(1), by=BY)
        page = enter(officer).get("/bodies/").content.decode()
        assert page.count("Paydaş Analizi Grubu") >= 1
        assert "Rapor gönderemez" in page
        assert "Zabıta Müdürlüğü" in page
        assert "2 eksik var" in page

    def test_takes_as_many_queries_for_many_bodies(self, house, enter, officer, queries):
        client = enter(officer)
        client.get("/bodies/")
        few = queries(client, "/bodies/")
        for _ in range(30):
            seat(sub_group(house.period), person(), Role.RAPPORTEUR)
        assert queries(client, "/bodies/") == few <= 20

    def test_opens_before_there_is_a_period(self, db, enter):
        officer = person()
        seat(standing(Kind.DIRECTORATE), officer)
        client = enter(officer)
        assert client.get("/bodies/").status_code == 200
        assert client.get("/bodies/add/").status_code == 403


class TestOneBody:
    def test_shows_who_sat_there_on_a_day(self, house, enter, officer):
        seat(house.group, person("Veli Eskiyer"), starts_on=days_ago(60), ends_on=days_ago(30))
        client = enter(officer)
        then = client.get(f"/bodies/{house.group.pk}/", {"day": typed(days_ago(45))}).content.decode()
        now = client.get(f"/bodies/{house.group.pk}/").content.decode()
        assert "Veli Eskiyer" in then.split("</table>")[0]
        assert "Veli Eskiyer" not in now.split("</table>")[0]
        assert "Önceki görevliler" in now

    def test_says_what_is_wrong_with_a_day(self, house, enter, officer):
        answer = enter(officer).get(f"/bodies/{house.group.pk}/", {"day": "45.13.2024"})
        assert answer.status_code == 200
        assert "day-error" in answer.content.decode()

    def test_offers_what_other_rooms_register(self, house, enter, officer, monkeypatch):
        offer = lambda user, body: [links.Link(f"{body.name} raporları", "/reports/", "file-text")]  # noqa: E731
        monkeypatch.setattr(links, "_offers", [offer])
        page = enter(officer).get(f"/bodies/{house.group.pk}/").content.decode()
        assert "Paydaş Analizi Grubu raporları" in page

    def test_takes_as_many_queries_for_many_members(self, house, enter, officer, queries):
        client, path = enter(officer), f"/bodies/{house.group.pk}/"
        client.get(path)
        few = queries(client, path)
        for _ in range(30):
            seat(house.group, person())
        assert queries(client, path) == few

    def test_of_a_closed_period_cannot_change(self, house, enter, officer):
        for state in (PeriodState.ADOPTED, PeriodState.IN_FORCE, PeriodState.CLOSED):
            services.move_period(period=house.period, to=state, by=BY)
        client = enter(officer)
        assert client.get(f"/bodies/{house.group.pk}/seats/add/").status_code == 403
        assert "Plan dönemi kapandı" in client.get(f"/bodies/{house.group.pk}/").content.decode()


class TestForming:
    values = {
        "kind": Kind.SUB_GROUP,
        "name": "PESTLE ve GZFT Grubu",
        "topic": "Çevre analizi",
        "approval_no": "E-113",
        "approval_on": "01.06.2024",
    }

    def test_needs_an_approval(self, house, enter, officer):
        answer = enter(officer).post("/bodies/add/", {**self.values, "approval_no": ""})
        assert answer.status_code == 422
        assert not Body.objects.filter(name=self.values["name"]).exists()

    def test_pressed_twice_forms_one(self, house, enter, officer):
        client = enter(officer)
        for _ in range(2):
            assert client.post("/bodies/add/", self.values).status_code == 302
        body = Body.objects.get(name=self.values["name"])
        assert (body.period, body.approval_no) == (house.period, "E-113")
        assert body.history.get().history_user_name == "Sevda Karaca"

    def test_says_at_the_name_that_it_is_taken(self, house, enter, officer):
        answer = enter(officer).post("/bodies/add/", {**self.values, "name": house.group.name})
        assert answer.status_code == 422
        assert 'id="id_name_error"' in answer.content.decode()


class TestSeating:
    def test_pressed_twice_seats_once(self, house, enter, officer):
        values = {"person": house.stranger.pk, "role": Role.MEMBER, "starts_on": typed(TODAY), "ends_on": ""}
        client = enter(officer)
        for _ in range(2):
            assert client.post(f"/bodies/{house.group.pk}/seats/add/", values).status_code == 302
        assert Membership.objects.filter(person=house.stranger).count() == 1
        assert enter(house.stranger).get("/bodies/").status_code == 200

    def test_refuses_a_second_chair_at_the_role(self, house, enter, officer):
        values = {"person": house.stranger.pk, "role": Role.CHAIR, "starts_on": typed(TODAY), "ends_on": ""}
        answer = enter(officer).post(f"/bodies/{house.council.pk}/seats/add/", values)
        assert answer.status_code == 422
        assert "İrfan Güneş" in answer.content.decode()

    def test_asks_the_unit_only_of_the_planning_team(self, house, enter, officer):
        client = enter(officer)
        assert "represents" in client.get(f"/bodies/{house.team.pk}/seats/add/").content.decode()
        assert "represents" not in client.get(f"/bodies/{house.group.pk}/seats/add/").content.decode()

    def test_an_ended_seat_is_gone_with_the_next_request(self, house, enter, officer, rapporteur):
        open_session = enter(rapporteur)
        assert open_session.get("/bodies/").status_code == 200
        membership = house.group.memberships.get(person=rapporteur)
        path = f"/bodies/{house.group.pk}/seats/{membership.pk}/end/"
        page = enter(officer).post(path, {"on": typed(days_ago(1)), "reason": "Ayrıldı"}, follow=True).text
        assert "sona erdi; yetkileri hemen kalktı" in page
        assert open_session.get("/bodies/").status_code == 403

    def test_a_seat_given_today_by_mistake_is_taken_back(self, house, enter, officer):
        wrong = seat(house.group, house.stranger, starts_on=TODAY)
        stranger, client = enter(house.stranger), enter(officer)
        assert stranger.get("/bodies/").status_code == 200
        path = f"/bodies/{house.group.pk}/seats/{wrong.pk}/end/"
        assert f"dünün tarihini ({typed(days_ago(1))}) yazın" in client.get(path).text
        values = {"on": typed(days_ago(1)), "reason": "Yanlış kişi"}
        page = client.post(path, values, follow=True).text
        assert "Yabancı Kişi için görev geri alındı; yetkileri hemen kalktı." in page
        assert stranger.get("/bodies/").status_code == 403
        assert not Membership.objects.filter(person=house.stranger).exists()
        last = Membership.history.filter(person_id=house.stranger.pk).first()
        assert (last.history_type, last.history_change_reason) == ("-", "Yanlış kişi")
        seat(house.group, house.stranger, starts_on=TODAY)  # and may be given again

    def test_so_is_one_that_is_yet_to_begin(self, house, enter, officer):
        coming = seat(house.council, house.stranger, Role.MEMBER, starts_on=days_ago(-3))
        path = f"/bodies/{house.council.pk}/seats/{coming.pk}/end/"
        client = enter(officer)
        assert path in client.get(f"/bodies/{house.council.pk}/").text
        assert client.post(path, {"on": typed(days_ago(1))}).status_code == 302
        assert not house.council.seats.filter(person=house.stranger).exists()

    def test_a_slip_in_the_date_takes_nothing_back(self, house, enter, officer):
        for seated in (
            seat(house.group, house.stranger, starts_on=TODAY),
            seat(house.team, house.stranger, starts_on=days_ago(-3)),
        ):
            path = f"/bodies/{seated.body_id}/seats/{seated.pk}/end/"
            page = enter(officer).post(path, {"on": typed(days_ago(20))})
            assert page.status_code == 422 and "ilk günden" in page.text
            assert Membership.objects.get(pk=seated.pk).ends_on is None

    def test_what_lasted_a_day_is_ended_and_never_taken_back(self, house, enter, officer, rapporteur):
        own = house.group.memberships.get(person=rapporteur)
        before = own.starts_on - teams.ONE_DAY
        path = f"/bodies/{house.group.pk}/seats/{own.pk}/end/"
        assert enter(officer).post(path, {"on": typed(before)}).status_code == 422
        with pytest.raises(Invalid):
            holdings.take_back(holding=own, today=TODAY, by=BY)
        assert grants.held(rapporteur)

    def test_of_two_who_take_it_back_the_second_is_told(self, house):
        first, second = (seat(house.group, house.stranger, starts_on=TODAY) for _ in range(2))
        holdings.take_back(holding=first, today=TODAY, by=BY)
        for late in (holdings.take_back, holdings.end, holdings.end_delegation):
            with pytest.raises(Invalid, match="geri alınmış"):
                late(
                    holding=second,
                    by=BY,
                    **({"today": TODAY} if late is holdings.take_back else {"on": TODAY}),
                )

    def test_who_presses_again_on_one_that_was_taken_back_is_told(self, house, enter, officer):
        wrong = seat(house.group, house.stranger, starts_on=TODAY)
        base, client = f"/bodies/{house.group.pk}/seats/{wrong.pk}", enter(officer)
        for _press in range(2):
            client.post(f"{base}/end/", {"on": typed(days_ago(1))})
        for act in ("end", "delegate", "return"):
            again = client.post(f"{base}/{act}/", {"on": typed(days_ago(1))}, follow=True)
            assert again.request["PATH_INFO"] == f"/bodies/{house.group.pk}/"
            assert "Bu görev geri alınmış." in again.text
        assert client.get(f"{base}/end/").status_code == 404
        assert enter(house.rapporteur).post(f"{base}/end/").status_code == 403

    def test_a_delegate_is_named_and_taken_back(self, house, enter, officer):
        membership = house.team.memberships.get(role=Role.CHAIR)
        base = f"/bodies/{house.team.pk}/seats/{membership.pk}"
        values = {"to": house.stranger.pk, "first": typed(TODAY), "last": typed(days_ago(-5))}
        client = enter(officer)
        assert client.post(f"{base}/delegate/", values).status_code == 302
        assert enter(house.stranger).get("/bodies/").status_code == 200
        assert client.post(f"{base}/return/").status_code == 302
        assert enter(house.stranger).get("/bodies/").status_code == 403

    def test_nobody_seats_themselves(self, house, enter, officer):
        values = {"person": officer.pk, "role": Role.MEMBER, "starts_on": typed(TODAY), "ends_on": ""}
        for body in (house.council, house.team, house.group):
            answer = enter(officer).post(f"/bodies/{body.pk}/seats/add/", values)
            assert answer.status_code == 422
            assert "Sizi göreve başka biri getirmelidir." in answer.content.decode()
            assert not body.seats.filter(person=officer).exists()
            assert not body.memberships.filter(person=officer).exists()

    def test_nobody_names_themselves_as_delegate(self, house, enter, officer):
        chair = house.team.memberships.get(role=Role.CHAIR)
        values = {"to": officer.pk, "first": typed(TODAY), "last": typed(TODAY)}
        answer = enter(officer).post(f"/bodies/{house.team.pk}/seats/{chair.pk}/delegate/", values)
        assert answer.status_code == 422
        assert "Sizi vekil olarak başka biri belirlemelidir." in answer.content.decode()
        chair.refresh_from_db()
        assert chair.delegate is None

    def test_a_seat_of_another_body_is_not_found(self, house, enter, officer):
        membership = house.group.memberships.first()
        assert enter(officer).get(f"/bodies/{house.team.pk}/seats/{membership.pk}/end/").status_code == 404

    def test_a_standing_body_is_not_dissolved(self, house, enter, officer):
        assert enter(officer).get(f"/bodies/{house.council.pk}/dissolve/").status_code == 403

    def test_the_full_membership_of_a_term_is_corrected(self, house, enter, officer):
        term = house.council.terms.get()
        path = f"/bodies/{house.council.pk}/terms/{term.pk}/"
        assert enter(officer).post(path, {"full_membership": "38", "ends_on": ""}).status_code == 302
        term.refresh_from_db()
        assert term.full_membership == 38


class TestAPerson:
    def test_is_led_from_their_page_to_a_seat(self, house, enter, officer):
        client = enter(officer)
        assert f"/people/{house.stranger.pk}/appoint/" in client.get(f"/people/{house.stranger.pk}/").text
        choice = client.get(f"/people/{house.stranger.pk}/appoint/").text
        form = f"/bodies/{house.group.pk}/seats/add/?person={house.stranger.pk}"
        assert form in choice
        assert f'value="{house.stranger.pk}" selected' in client.get(form).text
        here = client.get(f"/people/{house.rapporteur.pk}/appoint/").text
        assert "burada görevli: Raportör" in here
        assert f"/bodies/{house.group.pk}/seats/add/" not in here

    def test_is_led_nowhere_by_who_seats_nobody(self, house, enter, officer, sysadmin):
        for client, who in ((enter(sysadmin), house.stranger), (enter(officer), officer)):
            assert "/appoint/" not in client.get(f"/people/{who.pk}/").text
            assert client.get(f"/people/{who.pk}/appoint/").status_code == 403
        closed = f"/people/{house.deactivated.pk}/"
        assert "/appoint/" not in enter(officer).get(closed).text
        refused = enter(officer).get(f"{closed}appoint/")
        assert refused.status_code == 403
        assert "hesabı kapalı" in refused.text

    def test_page_shows_seats_now_past_and_where_they_stand_in(self, house, enter, officer):
        seat(house.group, person("Eski Üye"), starts_on=days_ago(60), ends_on=days_ago(30))
        chair = house.team.memberships.get(role=Role.CHAIR)
        holdings.delegate(holding=chair, to=house.group_member, first=TODAY, last=TODAY, by=BY)
        page = enter(officer).get(f"/people/{house.group_member.pk}/").content.decode()
        assert "Paydaş Analizi Grubu" in page
        assert "Emine Çınar yerine (Başkan)" in page

    def test_everything_is_handed_over_in_one_act(self, house, enter, officer):
        client, path = enter(officer), f"/people/{house.team_chair.pk}/hand-over/"
        page = client.get(path).content.decode()
        assert "Üst Yönetim: Üye" in page and "Stratejik Planlama Ekibi: Başkan" in page
        values = {
            "last_day": typed(TODAY),
            "to_0": house.stranger.pk,
            "to_1": house.stranger.pk,
            "close_account": "on",
        }
        for _ in range(2):
            assert client.post(path, values).status_code == 302
        house.team_chair.refresh_from_db()
        assert not house.team_chair.is_active
        assert Membership.objects.filter(person=house.stranger, role=Role.CHAIR).count() == 1

    def test_nobody_follows_by_their_own_hand(self, house, enter, officer):
        path = f"/people/{house.team_chair.pk}/hand-over/"
        values = {"last_day": typed(TODAY), "to_0": house.stranger.pk, "to_1": officer.pk}
        answer = enter(officer).post(path, values)
        assert answer.status_code == 422
        assert "Sizi göreve başka biri getirmelidir." in answer.content.decode()
        assert house.team.memberships.get(role=Role.CHAIR).ends_on is None

    def test_does_not_hand_over_their_own(self, house, enter, officer):
        assert enter(officer).get(f"/people/{officer.pk}/hand-over/").status_code == 403
