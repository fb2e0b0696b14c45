"""A vote of the council..."""

import pytest

from common.decisions import Invalid
from common.history import Stale
from documents.drafts.models import Objection
from documents.drafts.workflow import DraftState
from institution.workflow import PeriodState
from meetings import services
from meetings.arithmetic import Tally
from meetings.models import Attendance, Ballot, Vote
from meetings.services.voting import SideMissing, waiting
from meetings.workflow import VoteState

pytestmark = pytest.mark.django_db
ABSENT = Attendance.Status.ABSENT
OBJECTIONS = [{"chapter": "3.F", "text": "Muhtarların görüşü alınmamış."}, {"chapter": "", "text": "Uzun."}]


def draft_of(meeting):
    return meeting.items.get(number=2).draft


# --- Opening


def test_is_not_opened_without_quorum(council):
    meeting = council.opened(present=17)
    council.mark(meeting, council.members[0], ABSENT)
    with pytest.raises(Invalid, match="16.*17"):
        council.vote(meeting)


def test_is_one_when_it_is_opened_twice_and_alone_while_it_is_open(council, sitting):
    vote = council.vote(sitting)
    assert council.vote(sitting) == vote
    with pytest.raises(Invalid):
        council.vote(sitting, item=2, motion="adopt")
    assert Vote.objects.count() == 1


@pytest.mark.parametrize(("item", "motion"), [(1, "adopt"), (2, "general"), (1, "nonsense")])
def test_moves_only_what_the_item_allows(council, sitting, item, motion):
    with pytest.raises(Invalid):
        council.vote(sitting, item=item, motion=motion)


@pytest.mark.parametrize(
    "objections", [[], [{"chapter": "3.F", "text": "  "}], [{"chapter": "99", "text": "Yok"}]]
)
def test_returns_a_draft_only_with_objections_to_its_chapters(council, sitting, objections):
    with pytest.raises(Invalid) as refused:
        council.vote(sitting, item=2, motion="return", objections=objections)
    assert refused.value.field == "objections"


def test_is_held_in_an_open_sitting_of_the_council_only(council, house):
    with pytest.raises(Invalid):
        council.vote(council.called())
    team = services.open_sitting(meeting=council.called(body=house.team), by=house.officer, now=council.now)
    with pytest.raises(Invalid):
        council.vote(team)


# --- Casting


def test_takes_one_ballot_a_member_changeable_with_its_trace(council, sitting):
    vote = council.vote(sitting, method="named")
    for choice in ("for", "against", "against", "abstain"):
        services.cast(vote=vote, choice=choice, by=council.members[0], now=council.now)
    assert Ballot.objects.get().choice == "abstain"
    assert list(Ballot.history.order_by("pk").values_list("choice", flat=True)) == [
        "for",
        "against",
        "abstain",
    ]


def test_names_who_has_not_voted_in_turkish_order(council, sitting):
    names = [person.full_name for person in waiting(council.vote(sitting, method="named"))]
    assert names[:6] == [
        "Ayşe Demirel",
        "Çiğdem Öztürk",
        "Işık İnce",
        "İbrahim Sarı",
        "İrfan Güneş",
        "Şükran Öztürk",
    ]


def test_takes_no_ballot_of_who_is_not_in_the_hall(council, sitting):
    vote = council.vote(sitting, method="named")
    away = next(
        m for m in council.members if not sitting.attendances.filter(person=m, status="present").exists()
    )
    for outsider in (away, council.house.officer):
        with pytest.raises(Invalid):
            services.cast(vote=vote, choice="for", by=outsider, now=council.now)


def test_takes_no_ballot_in_a_show_of_hands_nor_a_made_up_choice(council, sitting):
    with pytest.raises(Invalid):
        services.cast(vote=council.vote(sitting), choice="for", by=council.members[0], now=council.now)
    services.cancel_vote(vote=Vote.objects.get(), by=council.house.clerk, now=council.now)
    named = council.vote(sitting, method="named")
    with pytest.raises(Invalid):
        services.cast(vote=named, choice="maybe", by=council.members[0], now=council.now)


def test_keeps_who_entered_a_ballot_from_paper(council, sitting):
    vote = council.vote(sitting, method="named")
    services.enter_ballot(
        vote=vote, person=council.members[0], choice="for", by=council.house.clerk, now=council.now
    )
    assert Ballot.objects.get().entered_by == council.house.clerk


def test_counts_who_has_voted_as_present_until_it_closes(council, sitting):
    vote = council.vote(sitting, method="named")
    services.cast(vote=vote, choice="for", by=council.members[0], now=council.now)
    with pytest.raises(Invalid):
        council.mark(sitting, council.members[0], ABSENT)


# --- Closing


def test_by_name_closes_only_when_everybody_in_the_hall_has_voted_or_left(council, sitting):
    vote = council.vote(sitting, method="named")
    council.cast(vote, 25)
    late, gone = waiting(vote)
    with pytest.raises(Invalid, match=late.full_name):
        council.close(vote)
    services.enter_ballot(vote=vote, person=late, choice="abstain", by=council.house.clerk, now=council.now)
    council.mark(sitting, gone, ABSENT)
    closed = council.close(vote)
    assert (closed.present, closed.needed, closed.tally) == (26, 14, Tally(25, 0, 1))


@pytest.mark.parametrize("counted", [None, Tally(26, 0, 0), Tally(28, 0, 0)])
def test_by_hands_closes_only_when_the_count_is_the_hall(council, sitting, counted):
    with pytest.raises(Invalid) as refused:
        council.close(council.vote(sitting), counted=counted)
    assert refused.value.field == "in_favour"


def test_is_not_closed_when_the_quorum_has_gone(council):
    meeting = council.opened(present=17)
    vote = council.vote(meeting)
    council.mark(meeting, council.members[1], ABSENT)
    with pytest.raises(Invalid, match="16.*17"):
        council.close(vote, counted=Tally(16, 0, 0))
    vote.refresh_from_db()
    assert vote.is_open


@pytest.mark.parametrize(
    ("counted", "state"),
    [
        (Tally(14, 13, 0), VoteState.CARRIED),
        (Tally(13, 12, 2), VoteState.LOST),
        (Tally(0, 27, 0), VoteState.LOST),
    ],
)
def test_is_carried_by_a_majority_of_those_present(council, sitting, counted, state):
    assert council.close(council.vote(sitting), counted=counted).state == state


def test_asks_the_clerk_for_the_side_of_the_chair_in_a_tie_by_hands(council):
    vote = council.vote(council.opened(present=18))
    with pytest.raises(SideMissing) as missing:
        council.close(vote, counted=Tally(9, 9, 0))
    assert missing.value.field == "chair_side"
    closed = council.close(vote, counted=Tally(9, 9, 0), chair_side="for")
    assert (closed.state, closed.chair_side) == (VoteState.CARRIED, "for")
    assert "Başkanın bulunduğu taraf çoğunluk sayılarak" in closed.sentence


def test_takes_the_side_of_the_chair_from_the_chairs_own_vote(council):
    vote = council.vote(council.opened(present=18), method="named")
    council.cast(vote, 9, 9)  # the chair is the first on the roll, and for
    closed = council.close(vote, chair_side="against")
    assert (closed.state, closed.chair_side) == (VoteState.CARRIED, "for")


def test_has_one_result_when_it_is_closed_twice(council, sitting):
    vote = council.vote(sitting)
    first = council.close(vote, counted=Tally(20, 7, 0))
    assert council.close(vote, counted=Tally(20, 7, 0)).closed_at == first.closed_at
    with pytest.raises(Stale):
        council.close(vote, counted=Tally(7, 20, 0))
    assert Vote.history.filter(id=vote.pk).count() == 2


def test_is_cancelled_without_a_result_and_can_be_held_again(council, sitting):
    vote = council.vote(sitting, method="named")
    council.cast(vote, 3)
    for _twice in range(2):
        services.cancel_vote(vote=vote, by=council.house.clerk, now=council.now, reason="Yanlış madde")
    with pytest.raises(Stale):
        council.close(vote)
    with pytest.raises(Invalid):
        services.cast(vote=vote, choice="for", by=council.members[5], now=council.now)
    assert council.vote(sitting, method="named") != vote


# --- What it makes of a draft


def test_adopts_the_draft_and_with_it_the_plan(council, sitting):
    council.close(
        council.vote(sitting, item=2, motion="adopt"), counted=Tally(24, 2, 1), decision_no="2026/61"
    )
    draft = draft_of(sitting)
    assert draft.state == DraftState.ADOPTED
    assert draft.period.state == PeriodState.ADOPTED
    assert Vote.objects.get().decision_no == "2026/61"


def test_rejects_the_draft_when_its_adoption_is_lost(council, sitting):
    council.close(council.vote(sitting, item=2, motion="adopt"), counted=Tally(13, 14, 0))
    assert draft_of(sitting).state == DraftState.REJECTED


def test_returns_the_draft_with_numbered_objections(council, sitting):
    vote = council.vote(sitting, item=2, motion="return", objections=OBJECTIONS)
    council.close(vote, counted=Tally(20, 7, 0))
    draft = draft_of(sitting)
    assert draft.state == DraftState.RETURNED
    assert [(o.number, o.chapter, o.text) for o in Objection.objects.filter(draft=draft)] == [
        (1, "3.F", "Muhtarların görüşü alınmamış."),
        (2, "", "Uzun."),
    ]


def test_leaves_the_draft_before_the_council_when_its_return_is_lost(council, sitting):
    vote = council.vote(sitting, item=2, motion="return", objections=OBJECTIONS)
    council.close(vote, counted=Tally(7, 20, 0))
    assert draft_of(sitting).state == DraftState.AT_COUNCIL
    council.close(council.vote(sitting, item=2, motion="adopt"), counted=Tally(27, 0, 0))
    assert draft_of(sitting).state == DraftState.ADOPTED


def test_decides_a_thing_once(council, sitting):
    council.close(council.vote(sitting, item=2, motion="adopt"), counted=Tally(27, 0, 0))
    council.close(council.vote(sitting), counted=Tally(27, 0, 0))
    for item, motion in ((2, "adopt"), (1, "general")):
        with pytest.raises(Invalid):
            council.vote(sitting, item=item, motion=motion)


# --- The sentence of the minutes


@pytest.mark.parametrize(
    ("motion", "counted", "sentence"),
    [
        (
            "adopt",
            Tally(24, 2, 1),
            "İşaretle yapılan oylamada, toplantıya katılan 27 üyenin 24 kabul, 2 ret ve 1 çekimser oyuyla, "
            "{plan} Stratejik Plan Taslağının (1. taslak) kabulüne 5393 sayılı Kanunun 22’nci maddesi uyarınca "
            "oyçokluğuyla karar verildi.",
        ),
        (
            "adopt",
            Tally(27, 0, 0),
            "İşaretle yapılan oylamada, toplantıya katılan 27 üyenin 27 kabul, 0 ret ve 0 çekimser oyuyla, "
            "{plan} Stratejik Plan Taslağının (1. taslak) kabulüne 5393 sayılı Kanunun 22’nci maddesi uyarınca "
            "oybirliğiyle karar verildi.",
        ),
        (
            "adopt",
            Tally(13, 12, 2),
            "İşaretle yapılan oylamada, toplantıya katılan 27 üyenin 13 kabul, 12 ret ve 2 çekimser oyuyla, "
            "karar için gereken 14 kabul oyuna ulaşılamadığından {plan} Stratejik Plan Taslağının (1. taslak) "
            "reddine 5393 sayılı Kanunun 22’nci maddesi uyarınca oyçokluğuyla karar verildi.",
        ),
        (
            "return",
            Tally(20, 7, 0),
            "İşaretle yapılan oylamada, toplantıya katılan 27 üyenin 20 kabul, 7 ret ve 0 çekimser oyuyla, "
            "{plan} Stratejik Plan Taslağının (1. taslak) itirazlarla iadesine 5393 sayılı Kanunun 22’nci maddesi "
            "uyarınca oyçokluğuyla karar verildi. İtirazlar: 1) 3.F Paydaş analizi: Muhtarların görüşü "
            "alınmamış. 2) Uzun.",
        ),
    ],
)
def test_writes_its_sentence(council, sitting, motion, counted, sentence):
    objections = OBJECTIONS if motion == "return" else []
    vote = council.close(council.vote(sitting, item=2, motion=motion, objections=objections), counted=counted)
    assert vote.sentence == sentence.format(plan=council.house.period.label)


def test_writes_it_in_turkish_for_a_clerk_who_reads_english(council, sitting):
    from django.utils import translation

    with translation.override("en"):
        vote = council.close(council.vote(sitting), counted=Tally(27, 0, 0))
    assert vote.sentence.endswith("gündemin 1’inci maddesinin kabulüne 5393 sayılı Kanunun 22’nci maddesi uyarınca oybirliğiyle karar verildi.")  # fmt: skip
