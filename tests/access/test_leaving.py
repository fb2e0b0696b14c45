"""Whose account is closed, or whose seat ends, is out with the next request: an open session, a list, a
download, an export, a job's page, a link in a letter."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from common import grants
from documents.drafts.models import DraftVersion
from institution import holdings
from institution import services as institution
from institution.models import User
from institution.sign_in.letters import link_path
from teams import services as teams
from teams.models import Membership
from tests.access.matrix import Door
from tests.factories.base import BY

SCRIPT = {"HX-Request": "true"}
# Pages, lists, a report with its text, a download, exports, a job, the history.
OPEN = (
    "/", "/plan/", "/reports/", "/reports/{returned}/", "/reports/{returned}/sections/1/", "/files/",
    "/files/{our_file}/", "/files/{file}/", "/jobs/{job}/", "/meetings/{our_meeting}/", "/drafts/{draft}/",
    "/history/reports/report/{returned}/", "/people/{rapporteur}/",
)  # fmt: skip


def yesterday() -> dt.date:
    return timezone.localdate() - dt.timedelta(1)


def cells(door: Door, who: str, **headers: str) -> set[str]:
    return {door.ask(who, "GET", path.format_map(door), **headers).cell for path in OPEN}


def end_every_seat(person: User) -> None:
    for seat in Membership.objects.filter(person=person, ends_on=None):
        holdings.end(holding=seat, on=yesterday(), by=BY)


def test_a_closed_account_is_out_with_the_next_request(sample, door: Door, given):
    given("")
    assert cells(door, "rapporteur") == {"200"}
    institution.close_account(person=User.objects.get(pk=sample.rapporteur.pk), by=BY)
    assert cells(door, "rapporteur") == {"login"}
    assert cells(door, "rapporteur", **SCRIPT) == {"401"}
    save = f"/reports/{sample.returned.pk}/sections/1/save/"
    refused = door.ask("rapporteur", "POST", save, {"html": "<p>Sonradan</p>", "version": "0"})
    assert (refused.cell, refused.tables) == ("login", frozenset())


def test_a_closed_account_of_an_administrator_exports_nothing(sample, door: Door, given):
    given("")
    assert door.ask("sysadmin", "GET", "/access/table/").cell == "200"
    institution.close_account(person=User.objects.get(pk=sample.sysadmin.pk), by=BY)
    assert door.ask("sysadmin", "GET", "/access/table/").cell == "login"


def test_a_closed_account_is_in_no_list_of_those_who_may(sample, given):
    given("")
    assert sample.rapporteur.pk in grants.people("write_reports", sample.group)
    person = User.objects.get(pk=sample.rapporteur.pk)
    institution.close_account(person=person, by=BY)
    assert person.pk not in grants.people("write_reports", sample.group)
    assert grants.held(person) == frozenset()


def test_a_letter_sent_before_opens_nothing_after(sample, door: Door, given):
    given("")
    person = User.objects.get(pk=sample.rapporteur.pk)
    link = link_path(person)
    institution.close_account(person=person, by=BY)
    client, new = Client(), "kavak-ceviz-igde-41"
    page = client.get(link, follow=True)
    client.post(
        page.redirect_chain[-1][0] if page.redirect_chain else link, {"password1": new, "password2": new}
    )
    assert not User.objects.get(pk=person.pk).check_password(new)
    answer = client.post("/accounts/login/", {"login": person.email, "password": new})
    assert answer.status_code == 200 and "_auth_user_id" not in client.session


def test_who_holds_no_seat_any_more_is_out_with_the_next_request(sample, door: Door, given):
    given("")
    end_every_seat(sample.group_member)
    assert cells(door, "group_member") == {"403"}


def test_who_left_one_body_keeps_only_the_other(sample, door: Door, given):
    """A member of the Planning Team who sits in a sub-group: after the team's seat only the group is left."""
    given("")
    theirs, own = (
        f"/reports/{sample.late.pk}/",
        Membership.objects.get(person=sample.team_member, body__kind__code="sub_group").body,
    )
    assert door.ask("team_member", "GET", theirs).cell == "200"
    seat = Membership.objects.get(person=sample.team_member, body=sample.team)
    holdings.end(holding=seat, on=yesterday(), by=BY)
    for path in (theirs, f"/files/{sample.other_file.pk}/", f"/reports/{sample.submitted.pk}/evaluate/2/"):
        assert door.ask("team_member", "GET", path).cell == "404"
    assert door.ask("team_member", "GET", "/reports/queue/").cell == "403"
    listed = door.ask("team_member", "GET", "/reports/").text
    assert own.reports.first().title in listed
    assert sample.returned.title not in listed
    assert sample.our_file.name not in door.ask("team_member", "GET", "/files/").text


def test_a_delegation_that_ended_gives_nothing(sample, door: Door, given):
    given("")
    assert door.ask("delegate", "GET", f"/reports/{sample.returned.pk}/").cell == "200"
    holdings.end_delegation(holding=Membership.objects.get(pk=sample.own_seat.pk), on=yesterday(), by=BY)
    assert cells(door, "delegate") == {"403"}


def test_a_dissolved_body_gives_its_members_nothing(sample, door: Door, given):
    given("")
    teams.dissolve(body=sample.other_group, on=timezone.localdate(), by=BY)
    assert door.ask("other_rapporteur", "GET", f"/reports/{sample.late.pk}/").cell == "403"


@pytest.mark.parametrize("who", ["officer", "director"])
def test_work_that_somebody_asked_for_shows_them_nothing_more(who, sample, door: Door, given):
    """A running print belongs to the draft and goes on; whoever asked for it and left does not see its page."""
    given("")
    assert DraftVersion.objects.filter(pk=sample.draft.pk).exists()
    job = f"/jobs/{sample.job.pk}/"
    assert door.ask(who, "GET", job).cell == "200"
    institution.close_account(person=User.objects.get(pk=getattr(sample, who).pk), by=BY)
    assert door.ask(who, "GET", job, **SCRIPT).cell == "401"
    assert door.ask(who, "POST", f"{job}retry/").cell == "login"
