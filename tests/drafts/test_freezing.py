"""Freezing..."""

import pytest
from django.utils import timezone, translation

from common.decisions import Invalid, Refused
from common.jobs.models import Job
from documents.drafts import services
from documents.drafts.compose import compose, digest, frozen
from documents.drafts.models import DraftVersion
from documents.drafts.workflow import DraftState
from institution import services as institution
from institution.workflow import PeriodState
from tests.factories import drafts as make
from tests.factories.base import BY, days_ago

pytestmark = pytest.mark.django_db
OUTSIDERS = [
    "mayor",
    "team_chair",
    "team_member",
    "rapporteur",
    "council_member",
    "inspector",
    "sysadmin",
    "stranger",
]


def freeze(house, after=0, **changed):
    values = {"period": house.period, "by": house.officer, "now": timezone.now(), "today": days_ago(0)}
    return services.freeze(after=after, **values | changed)


def states(house):
    return {draft.number: draft.state for draft in house.period.drafts.all()}


def test_stores_the_words_and_their_sources(ready):
    living = compose(ready.period, today=days_ago(0))
    draft = freeze(ready)
    assert digest(frozen(draft)) == digest(living) == draft.digest
    assert [b.sources for b in frozen(draft)] == [b.sources for b in living]


def test_keeps_the_words_when_the_plan_changes(ready):
    draft = freeze(ready)
    make.rename(ready, "H1.1", "Yeni konu")
    assert digest(frozen(draft)) == draft.digest
    assert "Yeni konu" not in str(frozen(draft))
    assert "Yeni konu" in str(frozen(freeze(ready, after=1)))


def test_asks_for_the_print_once(house):
    draft = freeze(house)
    freeze(house)
    job = Job.objects.get(kind="drafts.print")
    assert (job.args, job.requested_by_name) == ({"draft": draft.pk}, house.officer.get_full_name())
    assert f"{draft.period.label} planı" in job.title


def test_pressed_twice_makes_one_version(house):
    assert freeze(house) == freeze(house)
    assert states(house) == {1: DraftState.FROZEN}


def test_from_a_page_that_is_two_versions_old_is_refused(house):
    for after in range(2):
        freeze(house, after=after)
    with pytest.raises(Invalid):
        freeze(house, after=0)
    assert len(states(house)) == 2


@pytest.mark.parametrize("walk", [make.frozen, make.endorsed, make.approved])
def test_replaces_a_version_that_is_not_before_the_council(house, walk):
    walk(house)
    freeze(house, after=1)
    assert states(house) == {1: DraftState.SUPERSEDED, 2: DraftState.FROZEN}


def test_leaves_what_the_council_decided(house):
    make.returned(house, "Hedefler ölçülebilir değil.")
    freeze(house, after=1)
    assert states(house) == {1: DraftState.RETURNED, 2: DraftState.FROZEN}


def test_waits_while_a_draft_is_before_the_council(house):
    make.at_council(house)
    with pytest.raises(Refused, match="meclis"):
        freeze(house, after=1)


def test_ends_with_the_period(house):
    institution.move_period(period=house.period, to=PeriodState.ADOPTED, by=BY)
    with pytest.raises(Refused, match="“Kabul edildi” durumunda"):
        freeze(house)


@pytest.mark.parametrize("name", OUTSIDERS)
def test_is_the_directorates(house, name):
    with pytest.raises(Refused):
        freeze(house, by=house.people[name])
    assert not DraftVersion.objects.exists()


def test_keeps_the_findings_of_that_moment_in_turkish(ready):
    make.break_weights(ready)
    with translation.override("en"):
        draft = freeze(ready)
    (found,) = draft.blocking
    assert found["rule"] == "KR-23"
    assert "toplamı 105" in found["sentence"]
    assert found["url"].startswith("/plan/")


def test_tells_its_author_in_the_history(house):
    draft = freeze(house)
    assert draft.history.get().history_user_name == house.officer.get_full_name()
    assert draft.blocks.first().history.count() == 1
