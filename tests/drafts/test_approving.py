"""A draft on its way to the council..."""

import pytest
from django.urls import reverse
from django.utils import timezone

from common.decisions import Invalid, Refused
from common.history import Stale
from documents.drafts import home, permissions, services
from documents.drafts.models import DraftDecision
from documents.drafts.workflow import DRAFT, DraftState
from documents.files.models import StoredFile
from documents.files.uploads import MEGABYTE
from institution.workflow import PeriodState
from tests.factories import drafts as make
from tests.factories.base import days_ago
from tests.factories.reports import PDF, upload

pytestmark = pytest.mark.django_db
Kind = DraftDecision.Kind


def record(house, draft, kind=Kind.COMMISSION_REPORT, **changed):
    values = {
        "decided_on": days_ago(0),
        "number": "2026/12",
        "note": "Kabulü önerilmiştir.",
        "file": None,
        "by": house.officer,
        "now": timezone.now(),
    }
    return services.file_record(draft=draft, kind=kind, **values | changed)


# --- Endorsement and approval


def test_is_endorsed_then_approved(house, draft):
    assert make.endorsed(house, draft).state == DraftState.ENDORSED
    assert make.approved(house, draft).state == DraftState.APPROVED
    endorsement, approval = draft.decisions.all()
    assert (endorsement.kind, endorsement.body, endorsement.in_favour) == (Kind.ENDORSEMENT, house.team, 2)
    assert (approval.kind, approval.body, approval.recorded_by) == (
        Kind.APPROVAL,
        house.management,
        house.mayor,
    )


def test_is_endorsed_by_the_teams_chair_alone(house, draft):
    for name in ("mayor", "officer", "team_member", "council_member", "stranger"):
        with pytest.raises(Refused, match="başkan"):
            make.endorsed(house, draft, by=house.people[name])


def test_is_approved_by_the_mayor_alone(house):
    draft = make.endorsed(house)
    for name in ("team_chair", "officer", "council_member"):
        with pytest.raises(Refused, match="[Bb]aşkan"):
            make.approved(house, draft, by=house.people[name])


def test_is_approved_only_after_the_endorsement(house, draft):
    with pytest.raises(Refused, match="Donduruldu"):
        make.approved(house, draft)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"decided_on": days_ago(6)}, "decided_on"),
        ({"decided_on": days_ago(-1)}, "decided_on"),
        ({"present": 4}, "present"),  # the team has three members
        ({"in_favour": 2, "against": 2}, "in_favour"),
        ({"present": 2, "in_favour": 1, "against": 1}, "in_favour"),  # no majority
        ({"present": 3, "in_favour": 1, "against": 0}, "in_favour"),
    ],
)
def test_refuses_a_day_or_counts_that_cannot_be(house, draft, changed, field):
    with pytest.raises(Invalid) as refused:
        make.endorsed(house, draft, **changed)
    assert refused.value.field == field
    assert make.read(draft).state == DraftState.FROZEN


def test_counts_a_double_press_once(house, draft):
    assert make.endorsed(house, draft) == make.endorsed(house, draft)
    assert draft.decisions.count() == 1


def test_refuses_a_second_endorsement_with_other_counts(house, draft):
    make.endorsed(house, draft)
    with pytest.raises(Refused):
        make.endorsed(house, draft, against=0)


def test_is_not_endorsed_while_something_blocks(ready):
    make.break_weights(ready)
    draft = make.frozen(ready)
    assert "1 engelleyici bulgu" in str(permissions.can_endorse(ready.team_chair, draft).reason)
    with pytest.raises(Refused, match="1 engelleyici bulgu"):
        make.endorsed(ready, draft)


def test_waits_on_the_first_screen_of_who_decides(house, draft):
    def waits():
        return [n for n, person in house.people.items() if home.to_decide(person, house.period)]

    assert waits() == ["team_chair"]
    make.endorsed(house, draft)
    assert waits() == ["mayor"]
    make.approved(house, draft)
    assert waits() == []


# --- Records of the executive committee and the commission


def test_keeps_records_with_their_file(house, enter):
    draft = make.approved(house)
    data = {"kind": "opinion", "decided_on": "01.01.2020", "number": "2026/214", "note": "", "whole": "1"}
    page = enter(house.officer).post(f"/drafts/{draft.pk}/records/", data | {"file": upload()})
    assert page.status_code == 422 and not draft.decisions.filter(kind="opinion").exists()
    data["decided_on"] = days_ago(0).strftime("%d.%m.%Y")
    for _twice in range(2):
        enter(house.officer).post(f"/drafts/{draft.pk}/records/", data | {"file": upload()})
    kept = draft.decisions.get(kind="opinion")
    assert (kept.number, kept.file.name) == ("2026/214", "tutanak.pdf")
    assert enter(house.council_member).get(reverse("files:download", args=[kept.file_id])).status_code == 200
    refused = {"kind": "commission", "decided_on": "01.01.2020"}
    enter(house.officer).post(f"/drafts/{draft.pk}/records/", data | refused | {"file": upload()})
    assert StoredFile.objects.filter(name="tutanak.pdf").count() == 1


@pytest.mark.parametrize(
    ("size", "whole", "sentence"), [(26, "1", "en çok 25 MB yüklenebilir"), (0, "", "yarıda kesildi")]
)
def test_files_no_record_whose_file_did_not_come_in(house, enter, size, whole, sentence):
    draft = make.approved(house)
    data = {
        "kind": "opinion",
        "decided_on": days_ago(0).strftime("%d.%m.%Y"),
        "number": "2026/214",
        "file": upload(content=PDF + b"\n" * (size * MEGABYTE)),
        "whole": whole,
    }
    page = enter(house.officer).post(f"/drafts/{draft.pk}/records/", data).content.decode()
    assert sentence in page
    assert not draft.decisions.filter(kind="opinion").exists()
    # What marks the end of the form stands behind its file, also in the form that comes back.
    assert '<input type="hidden" name="whole" value="1"' in page.partition('type="file"')[2]


def test_keeps_each_record_once(house):
    draft = make.approved(house)
    assert record(house, draft) == record(house, draft)
    with pytest.raises(Invalid):
        record(house, draft, number="2026/13")


def test_takes_records_only_once_it_is_approved_and_from_the_directorate(house, draft):
    with pytest.raises(Refused):
        record(house, draft)
    approved = make.approved(house, make.endorsed(house, draft))
    with pytest.raises(Refused):
        record(house, approved, by=house.mayor)


# --- The council


def test_comes_before_the_council_only_when_approved(house, draft):
    with pytest.raises(Invalid):
        services.put_before_council(draft=draft, by=house.officer, now=timezone.now())
    draft = make.at_council(house)
    services.put_before_council(draft=draft, by=house.officer, now=timezone.now())
    assert make.read(draft).state == DraftState.AT_COUNCIL


def test_adopted_ends_the_preparation(house):
    make.decided(make.at_council(house), "adopted", house)
    house.period.refresh_from_db()
    assert house.period.state == PeriodState.ADOPTED
    assert not house.period.is_open


def test_adopted_closes_the_plans_data(ready):
    make.decided(make.at_council(ready), "adopted", ready)
    with pytest.raises(Refused):
        make.rename(ready, "H1.1", "Yeni konu")


def test_returned_brings_numbered_objections_that_are_answered(house):
    draft = make.returned(house, "Hedefler ölçülebilir değil.", "Maliyet eksik.")
    first, second = draft.objections.all()
    assert (first.number, first.chapter, second.number) == (1, "5.B", 2)
    services.answer_objection(objection=first, answer="Göstergeler eklendi.", by=house.officer)
    with pytest.raises(Refused):
        services.answer_objection(objection=first, answer="…", by=house.mayor)
    house.period.refresh_from_db()
    assert house.period.is_open
    sentences = [found["sentence"] for found in make.frozen(house).findings]
    assert sentences == ["Meclisin 2 numaralı itirazı yanıtlanmamıştır."]


def test_rejected_leaves_the_preparation_open(house):
    make.decided(make.at_council(house), "rejected", house)
    assert make.frozen(house).number == 2


def test_takes_no_outcome_twice(house):
    draft = make.at_council(house)
    read_before = make.read(draft)
    make.decided(draft, "adopted", house)
    with pytest.raises(Stale):
        make.decided(read_before, "rejected", house)
    with pytest.raises(Invalid, match="Kabul edildi"):
        make.decided(make.read(draft), "rejected", house)


def test_has_a_whole_table_of_states():
    assert DRAFT.problems() == []


def test_is_told_in_the_history_with_its_author(house):
    draft = make.approved(house)
    told = [(row.state, row.history_user_name) for row in draft.history.order_by("history_id")]
    assert told == [
        ("frozen", house.officer.get_full_name()),
        ("endorsed", house.team_chair.get_full_name()),
        ("approved", house.mayor.get_full_name()),
    ]
