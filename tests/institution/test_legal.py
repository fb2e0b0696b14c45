"""A figure of the law is asked for a day; a new value leaves the old one standing for its time."""

import datetime as dt
from fractions import Fraction

import pytest

from common.decisions import Invalid
from institution import legal, services
from institution.models import LegalRule
from tests.factories.base import BY, municipality

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 7, 9)


@pytest.fixture(autouse=True)
def _municipality():
    municipality()


@pytest.mark.parametrize(
    ("day", "meaning"),
    [
        (dt.date(2014, 4, 30), "half_or_more"),
        (dt.date(2021, 4, 28), "half_or_more"),
        (dt.date(2021, 4, 29), "more_than_half"),
        (TODAY, "more_than_half"),
    ],
)
def test_majority_changed_its_meaning_on_29_april_2021(day, meaning):
    assert legal.value("council.majority", on=day) == meaning


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("council.decision_floor", Fraction(1, 4)),
        ("council.repeat_quorum", Fraction(1, 4)),
        ("council.rounding", "up"),
        ("council.tie", "chair"),
        ("council.repeat_days", 3),
        ("council.notice_days", 3),
        ("plan.submission_months", 6),
        ("plan.programme_months", 2),
        ("plan.years", 5),
    ],
)
def test_standard_figures(key, value):
    assert legal.value(key, on=TODAY) == value


def test_every_figure_names_its_article_and_source():
    assert all(rule.article and rule.source for rule in LegalRule.objects.all())


def test_a_day_without_a_value_is_an_error_and_no_guess():
    with pytest.raises(legal.NotRecorded, match=r"01\.01\.1999.*Stratejik planın süresi"):
        legal.value("plan.years", on=dt.date(1999, 1, 1))


class TestANewValue:
    def add(self, **fields):
        return services.add_legal_value(
            **{
                "key": "plan.submission_months",
                "value": "7",
                "valid_from": dt.date(2027, 1, 1),
                "article": "5393 md. 41",
                "source": "Örnek değişiklik",
                "by": BY,
                **fields,
            }
        )

    def test_counts_from_its_day_and_the_old_one_until_the_day_before(self):
        self.add()
        assert legal.value("plan.submission_months", on=dt.date(2026, 12, 31)) == 6
        assert legal.value("plan.submission_months", on=dt.date(2027, 1, 1)) == 7

    def test_added_twice_is_one(self):
        assert self.add() == self.add()

    def test_cannot_begin_before_one_that_stands(self):
        self.add()
        with pytest.raises(Invalid) as refusal:
            self.add(value="8", valid_from=dt.date(2026, 1, 1))
        assert refusal.value.field == "valid_from"

    @pytest.mark.parametrize(
        ("key", "value"),
        [("plan.years", "beş"), ("council.decision_floor", "1/0"), ("council.majority", "çoğunluk")],
    )
    def test_of_another_form_is_refused(self, key, value):
        with pytest.raises(Invalid) as refusal:
            self.add(key=key, value=value)
        assert refusal.value.field == "value"


def test_figures_are_told_in_words():
    assert legal.Figure("Nüfus", "kişi").words(50000) == "50.000 kişi"
    assert legal.FIGURES["council.majority"].words("more_than_half") == "yarıdan fazla"
    assert legal.FIGURES["council.decision_floor"].words("1/4").startswith("1/4 ")
