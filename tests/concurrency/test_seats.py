"""Seats changed at the same moment: the rights are those of the seats as they stand afterwards."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from common import grants
from common.audit.models import Entry
from common.turkish import date_short
from documents.reports import services as reports
from institution.models import BodyGrant
from institution.roles import IN_PERSON, Role, rights
from tests.concurrency.conftest import Door
from tests.factories import reports as make
from tests.factories.base import days_ago, person, seat, sub_group

pytestmark = pytest.mark.django_db(transaction=True)
TODAY, YESTERDAY = date_short(days_ago(0)), date_short(days_ago(1))
WEEK = {"first": TODAY, "last": date_short(days_ago(-7))}


def at(name: str, holding) -> str:
    return reverse(f"teams:{name}", args=[holding.body_id, holding.pk])


def expected(holding) -> set[tuple]:
    """The grants that follow from a holding as it stands."""
    perms = rights(holding.body.kind.code, holding.role)
    found = {(holding.person_id, perm, holding.starts_on, holding.ends_on, None) for perm in perms}
    if holding.delegate_id:
        span = (holding.delegate_from, holding.delegate_until, holding.person_id)
        found |= {(holding.delegate_id, perm, *span) for perm in perms - IN_PERSON}
    return found


def standing(holding) -> set[tuple]:
    fields = ("user_id", "permission__codename", "valid_from", "valid_to", "holder_id")
    return set(BodyGrant.objects.filter(holding=holding.key).values_list(*fields))


def test_a_seat_ended_delegated_and_taken_back_at_once_has_the_rights_it_shows(door: Door, house):
    officers = [house.officer, house.director]
    for _round in range(6):
        holding = seat(house.group, person(password=None), starts_on=days_ago(30))
        helpers = [person(password=None) for _ in range(2)]
        acts = [(at("seat_delegate", holding), WEEK | {"to": helper.pk}) for helper in helpers]
        acts += [(at("seat_end", holding), {"on": day}) for day in (TODAY, YESTERDAY)]
        acts += [(at("seat_return", holding), {})] * 2
        answers = door.all_at_once(*((officers[n % 2], *act) for n, act in enumerate(acts)))
        assert {a.status for a in answers} <= {302, 422}
        holding.refresh_from_db()
        assert standing(holding) == expected(holding)
        assert holding.ends_on == days_ago(1)
        assert holding.delegate_until is None or holding.delegate_until <= holding.ends_on


def test_of_eight_chairs_seated_at_once_one_sits(door: Door, house):
    group, rivals = sub_group(house.period), [person(password=None) for _ in range(8)]
    path = reverse("teams:seat_add", args=[group.pk])
    forms = [{"person": rival.pk, "role": Role.CHAIR, "starts_on": TODAY} for rival in rivals]
    answers = door.all_at_once(*((house.officer, path, form) for form in forms))
    assert sorted(a.status for a in answers) == [302] + [422] * 7
    chair = group.memberships.get()
    assert standing(chair) == expected(chair)


def test_a_hand_over_sent_by_two_is_one(door: Door, house):
    follower = person(password=None)
    path = reverse("teams:hand_over", args=[house.rapporteur.pk])
    form = {"last_day": TODAY, "to_0": follower.pk, "reason": "Tayin"}
    answers = door.all_at_once(*((who, path, form) for who in [house.officer, house.director] * 4))
    assert {a.status for a in answers} <= {302, 422}
    assert house.group.memberships.filter(person=follower).count() == 1


def test_a_closed_account_is_not_opened_by_who_edits_it_meanwhile(door: Door, house):
    for n in range(8):
        someone = person(password=None)
        details = {"full_name": f"Yeni Ad {n}", "email": someone.email}
        door.all_at_once(
            (house.sysadmin, reverse("institution:person_edit", args=[someone.pk]), details),
            (house.officer, reverse("institution:person_account", args=[someone.pk]), {"to": "closed"}),
        )
        someone.refresh_from_db()
        assert (someone.is_active, someone.full_name) == (False, f"Yeni Ad {n}")


def test_a_date_changed_while_the_group_submits_takes_nothing_back(door: Door, house):
    of = make.template(texts=1, table=False)
    for n in range(6):
        report = make.written(house.group, of=of)
        door.all_at_once(
            (house.rapporteur, reverse("reports:submit", args=[report.pk]), {}),
            (
                house.officer,
                reverse("reports:due", args=[report.pk]),
                {"due_on": date_short(days_ago(-20 - n))},
            ),
        )
        report.refresh_from_db()
        assert report.state == "submitted"
        assert report.versions.count() == 1


def last_entry(thing) -> int:
    """The place in the chain of what the history last tells of it: moments are those of the presses."""
    row = thing.history.order_by("-history_id").first()
    return Entry.objects.get(model=thing._meta.label_lower, history_id=row.history_id).seq


def test_a_request_cancelled_while_the_group_writes_gains_no_words(door: Door, house):
    of = make.template(texts=1, table=False)
    for n in range(6):
        report = make.requested(house.group, of=of)
        section = report.sections.first()
        save = reverse("reports:save", args=[report.pk, section.number])
        words = {"html": f"<p>Son söz {n}</p>", "version": section.revision}
        cancelled, saved = door.all_at_once(
            (house.officer, reverse("reports:cancel", args=[report.pk]), {"reason": "Vazgeçildi"}),
            (house.rapporteur, save, words),
        )
        report.refresh_from_db()
        section.refresh_from_db()
        assert (cancelled.status, report.state) == (302, "cancelled")
        assert (saved.status == 302) == bool(section.html)
        assert last_entry(section) < last_entry(report)


class TestTheNextRequest:
    """No rights are kept: what a seat gave is gone with the first request after its end."""

    def test_knows_that_a_seat_has_ended(self, door: Door, house):
        report = make.written(house.group)
        page = reverse("reports:report", args=[report.pk])
        rapporteur = house.group.memberships.get(person=house.rapporteur)
        assert door.get(house.rapporteur, page).status == 200
        assert door.post(house.officer, at("seat_end", rapporteur), {"on": YESTERDAY}).status == 302
        assert door.get(house.rapporteur, page).status == 403  # holds no seat at all any more
        assert door.post(house.rapporteur, reverse("reports:submit", args=[report.pk])).status == 403
        report.refresh_from_db()
        assert report.state == "writing"

    def test_leaves_the_thing_out_of_lists_files_and_exports(self, door: Door, house):
        report = make.written(house.group, title="Gizli paydaş raporu")
        reports.attach(
            section=report.sections.first(),
            upload=make.upload("gizli.pdf"),
            by=house.rapporteur,
            now=timezone.now(),
        )
        member = house.group.memberships.get(person=house.group_member)
        elsewhere = sub_group(house.period)
        seat(elsewhere, house.group_member)
        pages = [reverse("home"), reverse("reports:index"), reverse("files:index")]
        assert any("Gizli paydaş raporu" in door.get(house.group_member, page).text for page in pages)
        door.post(house.officer, at("seat_end", member), {"on": YESTERDAY})
        for page in pages:
            answer = door.get(house.group_member, page)
            assert answer.status == 200
            assert "Gizli paydaş raporu" not in answer.text and "gizli.pdf" not in answer.text
        assert door.get(house.group_member, reverse("reports:report", args=[report.pk])).status == 404

    def test_knows_that_a_delegation_was_taken_back(self, door: Door, house):
        helper = person(password=None)
        held = house.group.memberships.get(person=house.rapporteur)
        report = make.written(house.group)
        door.post(house.officer, at("seat_delegate", held), WEEK | {"to": helper.pk})
        assert door.get(helper, reverse("reports:report", args=[report.pk])).status == 200
        door.post(house.officer, at("seat_return", held))
        assert not grants.held(helper)
        assert door.post(helper, reverse("reports:submit", args=[report.pk])).status == 403
