"""The findings of a draft lead to the place where the words are written."""

import pytest

from documents.drafts.compose import compose
from documents.drafts.findings import findings
from tests.factories import drafts as make
from tests.factories import reports
from tests.factories.base import days_ago

pytestmark = pytest.mark.django_db
FOREIGN = "<p>Üniversitemiz paydaşlarıyla görüşmüştür.</p>"


@pytest.fixture
def found(ready):
    return lambda: findings(ready.period, compose(ready.period, today=days_ago(0)))


def test_a_whole_plan_has_none(found):
    assert found() == []


def test_a_word_of_another_institution_leads_to_its_report(ready, found):
    report = reports.written(ready.group, title="Kurum raporu")
    reports.write(report, 1, text=FOREIGN)
    reports.submit(report)
    reports.decide(report)
    reports.close(report)
    (slip,) = found()
    assert "Üniversitemiz" in slip["sentence"]
    assert (slip["severity"], slip["place"]) == ("warns", "3.F · Kurum raporu, 1. 1. konu")
    assert slip["url"] == f"/reports/{report.pk}/versions/1/#s-1"


def test_a_word_in_a_card_leads_to_the_card(ready, found):
    make.rename(ready, "H1.1", "Bakanlığımız personelinin kapasitesi")
    (slip,) = found()
    assert "Bakanlığımız" in slip["sentence"]
    assert slip["place"].startswith("5.B · H1.1") and slip["url"].startswith("/plan/")


def test_a_rule_over_the_plans_data_leads_to_the_card(ready, found):
    make.break_weights(ready, "H1.2")
    (slip,) = found()
    assert (slip["rule"], slip["severity"]) == ("KR-23", "blocks")
    assert slip["url"].startswith("/plan/")
