"""Each history row has its place in the chain, by the same words as it is read back with, or is not there."""

from __future__ import annotations

import datetime as dt
import random
import struct
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy, override

from common.audit import canonical
from common.audit.chain import linked
from common.audit.models import Entry, Head
from common.audit.reconcile import audited_models, history_of
from common.audit.verify import verify
from common.history import acting, service
from common.printing import Printed
from documents.drafts import tasks
from documents.plan.models import Target
from institution import services
from institution.models import Body, LegalRule, Unit, User
from karesi_plan import demo
from tests.factories.base import BY, days_ago, person, unit
from tests.together import at_once, failures


def rows() -> int:
    return sum(history_of(model).objects.count() for model in audited_models())


def held() -> bool:
    """Every row has its entry, every entry its row, and the head stands at the last."""
    assert Entry.objects.count() == rows()
    return verify(files=False) == []


class TestWhatIsWritten:
    def test_is_what_is_read_back_for_every_model_of_the_sample(self, outside, db, monkeypatch):
        monkeypatch.setattr(tasks, "build_pdf", lambda *args, **kwargs: Printed(b"%PDF-1.7\n%%EOF", {}))
        demo.load(today=timezone.localdate())
        assert held()
        seen = set(Entry.objects.values_list("model", flat=True))
        assert len(seen) > 35

    @pytest.mark.parametrize(
        "value",
        [
            {"b": 1, "a": [1.0, 1e16, 1e-7, 0.1, -0.0, 1e300]},
            [(1, 2), {3: None}],
            "ğüşıİöç \u2028 🙂",
            {"deep": {"true": True, "text": '"\\'}},
        ],
    )
    def test_is_what_is_read_back_of_nested_values(self, outside, db, value):
        with acting(BY):
            LegalRule.objects.create(key="x", value=value, valid_from="2024-01-01", article="1", source="y")
        assert held()

    def test_is_what_is_read_back_of_values_in_another_spelling(self, outside, db):
        """Text for a date, a number for text, a moment without a zone, a sentence still to be translated."""
        with acting(BY), override("en"):
            rule = LegalRule(
                key=gettext_lazy("Meeting"), value=1, valid_from="2024-01-31", article=7, source="y"
            )
            rule.save()
        with acting(BY), override("tr"):
            rule.valid_to = dt.datetime(2024, 2, 1, 23, 30, tzinfo=dt.UTC)
            rule.save()
        assert held()

    def test_does_not_follow_what_becomes_of_the_object(self, outside, db):
        @service
        def write(*, by):
            rule = LegalRule(key="x", value=[1], valid_from="2024-01-01", article="1", source="y")
            rule.save()
            rule.value.append(2)  # the history row holds the same list

        write(by=BY)
        assert held()


def anything(dice: random.Random, depth: int = 3):
    """A value as JSON knows it."""
    kinds = [
        lambda: None,
        lambda: dice.random() < 0.5,
        lambda: dice.randint(-(10**18), 10**18),
        lambda: struct.unpack("<d", struct.pack("<Q", dice.getrandbits(62)))[0],
        lambda: round(dice.uniform(-1e6, 1e6), dice.randint(0, 6)),
        lambda: "".join(
            chr(dice.choice([dice.randint(1, 0x7F), dice.randint(0xA0, 0xD7FF)])) for _ in range(4)
        ),
    ]
    if depth:
        kinds += 2 * [lambda: [anything(dice, depth - 1) for _ in range(dice.randint(0, 3))]]
        kinds += 2 * [lambda: {str(n): anything(dice, depth - 1) for n in range(dice.randint(0, 3))}]
    return dice.choice(kinds)()


class TestTheSpelling:
    @pytest.mark.parametrize("seed", range(4))
    def test_of_any_json_is_the_same_once_the_database_has_had_it(self, outside, db, seed):
        dice = random.Random(seed)
        with acting(BY):
            for number in range(25):
                value = [anything(dice)]
                LegalRule.objects.create(
                    key=str(number), value=value, valid_from="2024-01-01", article="1", source="y"
                )
        assert held()

    def test_of_decimals_is_the_same_however_many_noughts_they_have(self):
        model = Target.history.model
        spelled = {
            canonical.written(model, [value], ("value",)) for value in (3, "3.0", 3.0, Decimal("3.000"))
        }
        assert spelled == {'{"value":"3.00"}'}

    @pytest.mark.parametrize(
        ("column", "empty", "other"),
        [("topic", "", "Paydaşlar"), ("approval_on", None, dt.date(2024, 7, 9)), ("period_id", None, 0)],
    )
    def test_is_the_same_with_a_column_added_later_that_is_empty_and_no_other(self, column, empty, other):
        model, others = Body.history.model, ("id", "name")
        before = canonical.written(model, [7, "Grup"], others)
        assert canonical.written(model, [7, "Grup", empty], (*others, column)) == before
        assert canonical.written(model, [7, "Grup", other], (*others, column)) != before

    def test_of_moments_is_that_of_utc(self):
        here = timezone.make_aware(dt.datetime(2024, 7, 9, 0, 30))
        assert canonical.moment(here) == "2024-07-08T21:30:00.000000+00:00"


class TestWhatIsTakenBack:
    def test_with_its_service_leaves_no_entry(self, outside, db):
        @service
        def half(*, by):
            unit("Yarım")
            raise ValueError

        with pytest.raises(ValueError):
            half(by=BY)
        assert held()

    def test_within_a_service_leaves_no_entry(self, outside, db):
        @service
        def inner(*, by):
            Unit.objects.create(name="İçteki")
            raise ValueError

        @service
        def outer(*, by):
            Unit.objects.create(name="Önce")
            with pytest.raises(ValueError):
                inner(by=by)
            Unit.objects.create(name="Sonra")

        outer(by=BY)
        assert held()
        assert Entry.objects.filter(model="institution.unit").count() == 2

    def test_by_a_savepoint_of_its_own_leaves_no_entry(self, outside, db):
        @service
        def outer(*, by):
            with pytest.raises(ValueError), transaction.atomic():
                Unit.objects.create(name="Geri alınan")
                raise ValueError
            with transaction.atomic():
                Unit.objects.create(name="Kalan")

        outer(by=BY)
        assert held()
        assert Unit.history.get().name == "Kalan"

    def test_around_several_services_leaves_no_entry(self, outside, db):
        with pytest.raises(ValueError), transaction.atomic(), linked():
            unit("Bir")
            raise ValueError
        assert held()


@pytest.mark.django_db(transaction=True)
class TestWithoutAServiceAround:
    """As the sign-in library saves a person: nothing is open, and still all or none."""

    def test_a_save_is_linked(self, outside):
        with acting(BY):
            User.objects.create_user(email="a@ornek.bel.tr", full_name="A")
        assert held()

    def test_a_save_that_cannot_be_linked_is_no_save(self, outside, monkeypatch):
        monkeypatch.setattr(Head, "locked", lambda: 1 / 0)
        with acting(BY), pytest.raises(ZeroDivisionError):
            Unit.objects.create(name="Zincirsiz")
        assert not Unit.objects.exists()
        assert not Unit.history.exists()

    def test_a_removal_is_linked(self, outside):
        made = unit()
        with acting(BY):
            made.delete()
        assert held()


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_make_one_chain(self, outside):
        def writes(name):
            return lambda: [services.add_unit(name=f"{name}-{n}", by=BY) for n in range(10)]

        assert failures(at_once(*(writes(n) for n in range(8)))) == []
        assert Entry.objects.count() == 80
        assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 81))
        assert held()

    def test_that_hold_rows_of_each_other_do_not_block_for_ever(self, outside):
        """Each of two writes its own row first and then the other's: who came second waits and goes on,
        since nobody holds the head while waiting for a row."""
        one, two = person("Bir"), person("İki")

        @service
        def rename(*, people, by):
            for each in people:
                row = User.objects.select_for_update().get(pk=each.pk)
                row.title += "x"
                row.save(update_fields=["title"])

        ordered = [one, two]  # a ring of rows would be the services' own fault
        acts = [lambda: [rename(people=ordered, by=BY) for _ in range(10)] for _ in range(4)]
        assert failures(at_once(*acts)) == []
        assert set(User.objects.values_list("title", flat=True)) == {"x" * 40}
        assert held()

    def test_verifying_sees_one_state_while_others_write(self, outside):
        def writes():
            for n in range(30):
                services.add_unit(name=f"Birim {n}", by=BY)

        wrote, found = at_once(writes, lambda: [verify(files=False) for _ in range(3)])
        assert (wrote, found) == (None, [[], [], []])


def test_an_entry_repeats_what_readers_filter_by(outside, db):
    author = person("Ayşe Yılmaz")
    made = services.add_unit(name="Fen İşleri Müdürlüğü", by=author)
    entry = Entry.objects.first()
    assert (entry.model, entry.object_id, entry.act) == ("institution.unit", str(made.pk), "+")
    assert (entry.actor_id, entry.actor_name) == (author.pk, "Ayşe Yılmaz")
    assert entry.at == made.history.get().history_date


def test_a_moment_that_an_act_names_is_not_the_one_of_its_entry(outside, db):
    then = timezone.make_aware(dt.datetime.combine(days_ago(20), dt.time()))
    with acting(BY, at=then):
        unit()
    entry = Entry.objects.first()
    assert entry.at == then
    assert timezone.now() - entry.noted_at < dt.timedelta(minutes=1)
