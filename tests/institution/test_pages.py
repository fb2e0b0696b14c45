"""The municipality's pages: for whom they open, what they refuse, what they change."""

from institution import services
from institution.models import LegalRule, Municipality, PlanPeriod, Unit, User
from institution.workflow import PeriodState
from tests.factories.base import BY, PASSWORD, person
from tests.personas import NAMES

READ = ["/settings/", "/settings/law/", "/periods/", "/units/"]
CHANGE = ["/settings/edit/", "/settings/law/plan.years/", "/units/add/"]
SEATED = [name for name in NAMES if name not in ("deactivated", "stranger")]


def answers(house, enter, path: str) -> dict[str, int]:
    """What each persona with a seat gets for the path."""
    return {name: enter(house.people[name]).get(path).status_code for name in SEATED}


class TestAccess:
    def test_everybody_with_a_seat_reads(self, house, enter):
        for path in READ:
            assert set(answers(house, enter, path).values()) == {200}, path

    def test_only_the_directorate_changes(self, house, enter):
        for path in CHANGE:
            opened = {name for name, status in answers(house, enter, path).items() if status != 403}
            assert opened == {"officer", "director"}, path

    def test_accounts_are_the_directorates_and_the_administrators(self, house, enter):
        opened = {name for name, status in answers(house, enter, "/people/add/").items() if status != 403}
        assert opened == {"officer", "director", "sysadmin"}

    def test_the_list_of_people_is_open_to_the_inspector_too(self, house, enter):
        opened = {name for name, status in answers(house, enter, "/people/").items() if status != 403}
        assert opened == {"officer", "director", "sysadmin", "inspector"}

    def test_a_stranger_sees_one_page_that_says_why(self, house, enter, stranger):
        client = enter(stranger)
        for path in [*READ, *CHANGE, "/bodies/", "/my-seats/", "/people/", "/people/add/"]:
            answer = client.get(path)
            assert answer.status_code == 403
            assert "Bir görevde bulunmuyorsunuz" in answer.content.decode()

    def test_a_stranger_can_still_sign_out(self, house, enter, stranger):
        assert enter(stranger).get("/accounts/password/change/").status_code == 200

    def test_a_deactivated_user_is_out_with_the_next_request(self, house, enter, rapporteur):
        client = enter(rapporteur)
        assert client.get("/bodies/").status_code == 200
        services.close_account(person=rapporteur, by=BY)
        assert client.get("/bodies/").headers["Location"].startswith("/accounts/login/")

    def test_a_denial_says_who_may(self, house, enter, rapporteur):
        client = enter(rapporteur)
        answer = client.get("/units/add/")
        assert "Bu sayfayı açamazsınız" in answer.text  # who only looked, tried to do nothing
        assert "Bu işlemi yapamazsınız" in client.post("/units/add/", {"name": "Yeni"}).text
        assert "Bu işlemi yalnız Strateji Geliştirme Müdürlüğü yapabilir." in answer.content.decode()

    def test_nobody_signs_up(self, db, client):
        answer = client.post("/accounts/signup/", {"email": "yeni@ornek.bel.tr", "password1": PASSWORD})
        assert not User.objects.filter(email="yeni@ornek.bel.tr").exists()
        assert answer.status_code in (200, 403)


class TestPeriods:
    values = {
        "first_year": "2032",
        "circular_no": "2029/1",
        "circular_on": "15.05.2029",
        "election_on": "31.03.2029",
        "legal_basis": "5393 md. 41",
    }

    def test_the_next_one_waits_for_the_plan_in_preparation(self, house, enter, officer):
        answer = enter(officer).post("/periods/open/", self.values)
        assert answer.status_code == 403
        assert PlanPeriod.objects.count() == 1

    def test_the_circular_opens_one(self, house, enter, officer):
        services.move_period(period=house.period, to=PeriodState.ADOPTED, by=BY)
        answer = enter(officer).post("/periods/open/", self.values)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/periods/")
        opened = PlanPeriod.objects.get(first_year=2032)
        assert (opened.last_year, opened.history.first().history_user_name) == (2036, "Sevda Karaca")

    def test_a_wrong_date_is_named_at_its_field(self, house, enter, officer):
        services.move_period(period=house.period, to=PeriodState.ADOPTED, by=BY)
        answer = enter(officer).post("/periods/open/", {**self.values, "circular_on": "31.02.2029"})
        assert answer.status_code == 422
        assert 'id="id_circular_on_error"' in answer.content.decode()
        answer = enter(officer).post("/periods/open/", {**self.values, "circular_on": "1.3.2029"})
        assert answer.status_code == 422
        assert "Genelgenin tarihi seçim gününden önce olamaz." in answer.content.decode()

    def test_one_is_chosen_for_the_session(self, house, enter, officer):
        services.move_period(period=house.period, to=PeriodState.ADOPTED, by=BY)
        enter(officer).post("/periods/open/", self.values)
        client = enter(officer)
        answer = client.post(f"/periods/{house.period.pk}/choose/", {"next": "/units/"})
        assert answer.headers["Location"] == "/units/"
        assert client.get("/units/").wsgi_request.period == house.period
        assert (
            client.post(f"/periods/{house.period.pk}/choose/", {"next": "//evil.example"}).headers["Location"]
            == "/"
        )

    def test_a_move_pressed_twice_is_made_once(self, house, enter, officer):
        services.move_period(period=house.period, to=PeriodState.ADOPTED, by=BY)
        client = enter(officer)
        for _ in range(2):
            answer = client.post(f"/periods/{house.period.pk}/move/", {"to": "in_force"})
            assert answer.status_code == 302
        assert house.period.history.filter(state=PeriodState.IN_FORCE).count() == 1

    def test_a_closed_one_stays_as_it_is(self, house, enter, officer):
        for state in (PeriodState.ADOPTED, PeriodState.IN_FORCE, PeriodState.CLOSED):
            services.move_period(period=house.period, to=state, by=BY)
        client = enter(officer)
        page = client.get(f"/periods/{house.period.pk}/").content.decode()
        assert "Plan dönemi kapandı" in page and "disabled" in page
        assert client.post(f"/periods/{house.period.pk}/edit/", self.values).status_code == 403

    def test_adoption_is_not_the_directorates(self, house, enter, officer):
        assert enter(officer).post(f"/periods/{house.period.pk}/move/", {"to": "adopted"}).status_code == 403


class TestRecords:
    def test_the_municipality_changes_its_name_by_data_alone(self, house, enter, officer):
        client = enter(officer)
        client.post(
            "/settings/edit/", {"name": "Karesi Belediyesi", "province": "Balıkesir", "detsis_no": "12345678"}
        )
        assert Municipality.objects.get().detsis_no == "12345678"
        assert "Karesi Belediyesi" in client.get("/settings/").content.decode()

    def test_a_unit_is_added_and_set_aside(self, house, enter, officer):
        client = enter(officer)
        client.post("/units/add/", {"name": "Emlak ve İstimlak Müdürlüğü", "is_spending": "on"})
        unit = Unit.objects.get(name="Emlak ve İstimlak Müdürlüğü")
        client.post(f"/units/{unit.pk}/", {"name": unit.name, "is_spending": "on"})
        assert not Unit.objects.get(pk=unit.pk).is_active

    def test_the_directorate_enters_a_new_figure(self, house, enter, officer):
        values = {
            "value": "7",
            "valid_from": "01.01.2030",
            "article": "5393 md. 41",
            "source": "RG",
            "verified": "on",
        }
        assert enter(officer).post("/settings/law/plan.submission_months/", values).status_code == 302
        assert LegalRule.objects.filter(key="plan.submission_months").count() == 2
        answer = enter(officer).post("/settings/law/plan.submission_months/", {**values, "value": "yedi"})
        assert answer.status_code == 422
        assert "Tam sayı yazın: 6." in answer.content.decode()

    def test_an_unknown_figure_is_no_page(self, house, enter, officer):
        assert enter(officer).get("/settings/law/plan.colour/").status_code == 404


class TestPeople:
    def test_the_administrator_opens_and_closes_accounts(self, house, enter, sysadmin):
        client = enter(sysadmin)
        client.post("/people/add/", {"full_name": "Zeynep Oral", "email": "zeynep@ornek.bel.tr"})
        added = User.objects.get(email="zeynep@ornek.bel.tr")
        client.post(f"/people/{added.pk}/account/", {"to": "closed"})
        added.refresh_from_db()
        assert not added.is_active
        client.post(f"/people/{added.pk}/account/", {"to": "open"})
        added.refresh_from_db()
        assert added.is_active

    def test_the_list_is_searched(self, house, enter, officer):
        page = enter(officer).get("/people/", {"q": "ISIL"}).content.decode()
        assert "Işıl İnce" in page
        assert "Kemal Uysal" not in page

    def test_the_list_takes_as_many_queries_for_many_people(self, house, enter, officer, queries):
        client = enter(officer)
        few = queries(client, "/people/")
        for _ in range(45):
            person()
        assert queries(client, "/people/") == few <= 12

    def test_nor_more_for_many_who_are_invited(self, house, enter, officer, queries):
        client, invited = enter(officer), "/people/?q=davetli"
        person("Davetli", password=None)
        few = queries(client, invited)
        for _ in range(10):
            person("Davetli", password=None)
        assert queries(client, invited) == few
