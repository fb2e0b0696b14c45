import pytest

from tests.factories.base import PASSWORD, person

pytestmark = pytest.mark.django_db


def sign_in(client, who, **address) -> bool:
    client.post("/accounts/login/", {"login": who.email, "password": PASSWORD}, **address)
    return "_auth_user_id" in client.session


def test_a_person_signs_in_by_e_mail_from_anywhere(client):
    assert sign_in(client, person(), REMOTE_ADDR="203.0.113.7")


@pytest.mark.parametrize(("address", "may"), [("127.0.0.1", True), ("::1", True), ("203.0.113.7", False)])
def test_a_sample_person_signs_in_from_this_machine_alone(client, address, may):
    assert sign_in(client, person(is_demo=True), REMOTE_ADDR=address) is may


def test_nobody_makes_an_account_of_their_own(client):
    client.post("/accounts/signup/", {"email": "a@ornek.bel.tr", "password1": PASSWORD})
    assert "_auth_user_id" not in client.session
