"""Contradictions between reports, and between reports and plan: every seeded one is found, no other."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from common.decisions import Invalid, Refused
from common.history import acting
from documents.plan.models import CardNote, PlanActivity
from documents.reports import services
from documents.reports.contradictions import contradictions
from documents.reports.models import ContradictionDecision
from documents.reports.models import ContradictionKind as Kind
from documents.reports.services import SettledMeanwhile
from institution.roles import Role
from tests.factories import plan as plans
from tests.factories import reports as make
from tests.factories.base import BY, seat, sub_group

pytestmark = pytest.mark.django_db


def table(title: str, *columns: tuple[str, str], chapter: str = "3.G") -> dict[str, Any]:
    """A section whose columns are (title, type); their keys are c1, c2, ..."""
    return {
        "title": title,
        "kind": "table",
        "chapter": chapter,
        "columns": [
            {
                "key": f"c{n}",
                "title": name,
                "type": kind,
                "required": False,
                "choices": ["İzle", "Gözet", "Güçlü yön", "Zayıf yön"],
            }
            for n, (name, kind) in enumerate(columns, 1)
        ],
    }


def text(title: str) -> dict[str, Any]:
    return {"title": title, "kind": "text", "chapter": "3.G", "columns": []}


def said(group, *sections: tuple[dict[str, Any], Any]) -> None:
    """A report of the group with these sections and words, submitted."""
    by = make.officer()
    template = services.save_template(name=f"{group} {len(sections)}", purpose="", is_active=True, by=by)
    for shape, _words in sections:
        services.save_template_section(
            template=template,
            by=by,
            now=timezone.now(),
            required=True,
            length_hint=None,
            help="",
            **shape,
        )
    report = make.requested(group, of=template)
    writer = make.actor("write_reports", group)
    for section, (shape, words) in zip(report.sections.order_by("number"), sections, strict=True):
        given: dict[str, Any] = {"html": words}
        if shape["kind"] == "table":
            given = {"rows": [{f"c{n}": cell for n, cell in enumerate(row, 1)} for row in words]}
        services.save_section(
            section=section, revision=section.revision, by=writer, now=timezone.now(), **given
        )
    make.submit(report)


PROJECTS = table("Projeler", ("Proje", "text"), ("Maliyet", "number"))
STAKEHOLDERS = table("Paydaşlar", ("Paydaş", "text"), ("İzlenecek yol", "choice"))
RESOURCES = table("Kaynaklar", ("Kaynak", "text"), ("Sayı", "number"))
SWOT = table("GZFT", ("İfade", "long"), ("Boyut", "choice"), chapter="3.İ")
FINDINGS = table("Tespitler", ("Tespit", "long"), ("İhtiyaç", "long"), chapter="3.J")
ON_A_CARD = "Eğitimler birimlerin ihtiyacından çok genel konulara yönelmektedir."


@pytest.fixture
def town(house):
    """A whole plan, in which no two cards contradict each other, and a second group."""
    period = plans.whole_plan(house.period)
    other = sub_group(period, "Mali Yapı Grubu")
    seat(other, house.team_member)
    seat(other, house.unit_rep, Role.RAPPORTEUR)
    return period, house.group, other


def indicators(period) -> dict[str, Any]:
    return table(
        "Göstergeler",
        ("Performans göstergesi", "text"),
        ("Ölçü birimi", "text"),
        ("Başlangıç değeri", "number"),
        (str(period.first_year), "number"),
    )


def told(period) -> dict[str, set[str]]:
    subjects: dict[str, set[str]] = {}
    for one in contradictions(period):
        subjects.setdefault(one.kind, set()).add(one.subject)
    return subjects


def test_every_one_that_was_seeded_is_found_and_no_other(town, settings):
    period, group, other = town
    said(
        group,
        (
            indicators(period),
            [
                ("DÜZENLENEN ETKİNLİK SAYISI", "adet", "16", "18"),  # the card's baseline is 15
                ("Yıl içinde denetlenen müdürlük sayısı", "kişi", "3,00", "6"),  # the card counts them
                ("Elektronik ortama aktarılan arşiv belgesi", "bin sayfa", "120", "200"),  # 220 on the card
                ("Yıllık ankette hizmetlerden memnun olduğunu belirtenlerin oranı (%)", "%", "61", "63"),
            ],
        ),
        (PROJECTS, [("Kent lokantası", "4.500.000"), ("Ağaçlandırma", "1.000")]),
        (STAKEHOLDERS, [("Mahalle muhtarları", "İzle"), ("Belediye personeli", "İzle")]),
        (RESOURCES, [("Hizmet aracı", "148"), ("Hizmet binası", "6")]),
        (SWOT, [("Kurum içi iletişim", "Güçlü yön"), ("Deneyimli kadro", "Güçlü yön")]),
    )
    said(
        other,
        (PROJECTS, [("Kent Lokantası", "6.200.000"), ("Kadın emeği pazarı", "900.000")]),
        (STAKEHOLDERS, [("mahalle muhtarları", "Gözet"), ("Belediye personeli", "İzle")]),
        (RESOURCES, [("Hizmet aracı", "152"), ("Hizmet binası", "6,0")]),
        (SWOT, [("Kurum içi iletişim", "Zayıf yön")]),
        (
            text("Araç parkı"),
            "<p>Belediyenin 2019 yılında 90 aracı vardı. Bugün 155 hizmet aracı kullanılmaktadır.</p>",
        ),
        (FINDINGS, [(ON_A_CARD, "Eğitim planı"), ("Kent arşivi nemden zarar görmektedir.", "Yeni depo")]),
    )
    with acting(BY):
        twin = PlanActivity.objects.filter(objective__goal__period=period, kind="project").first()
        elsewhere = PlanActivity.objects.exclude(objective=twin.objective).filter(kind="project").first()
        elsewhere.name = twin.name
        elsewhere.save()
        for note in CardNote.objects.filter(objective__goal__number=2, kind="finding"):
            note.delete()
    settings.UNIT_OBJECTIVES_MOST = 1
    assert told(period) == {
        Kind.BASELINE: {"DÜZENLENEN ETKİNLİK SAYISI"},
        Kind.MEASURE: {"Yıl içinde denetlenen müdürlük sayısı"},
        Kind.TARGET: {"Elektronik ortama aktarılan arşiv belgesi"},
        Kind.FIGURE: {"Hizmet aracı"},
        Kind.PROJECT: {"Kent lokantası", twin.name},
        Kind.COST: {"Kent lokantası"},
        Kind.STAKEHOLDER: {"Mahalle muhtarları"},
        Kind.JUDGEMENT: {"Kurum içi iletişim"},
        Kind.UNIT: {"Bilgi İşlem Müdürlüğü", "Strateji Geliştirme Müdürlüğü"},
        Kind.FINDING: {"Kent arşivi nemden zarar görmektedir."},
        Kind.GOAL: {"A2 Mali ve fiziki kaynakları etkin ve hesap verebilir biçimde kullanmak"},
    }
    figure = next(one for one in contradictions(period) if one.kind == Kind.FIGURE)
    assert [side.words for side in figure.sides] == ["148", "152", "Bugün 155 hizmet aracı kullanılmaktadır."]


def test_a_report_none_of_whose_findings_stands_on_a_card_is_named(town):
    period, group, _other = town
    said(group, (table("Mevzuat", ("Tespit", "long"), chapter="3.C"), [("Kanun değişmiştir.",)]))
    assert list(told(period)) == [Kind.REPORT]


def test_what_is_still_being_written_contradicts_nothing(town):
    period, group, other = town
    said(group, (RESOURCES, [("Hizmet aracı", "148")]))
    said(other, (RESOURCES, [("Hizmet aracı", "152")]))
    assert list(told(period)) == [Kind.FIGURE]
    report = other.reports.get()
    make.decide(report, {1: "return"})
    make.close(report)
    assert told(period) == {}


def test_what_was_accepted_of_a_cancelled_report_contradicts_nothing(town, house):
    period, group, other = town
    said(group, (RESOURCES, [("Hizmet aracı", "148")]))
    said(other, (RESOURCES, [("Hizmet aracı", "152")]), (text("Araçlar"), "<p>Yeni.</p>"))
    report = other.reports.get()
    make.decide(report, {2: "return"})
    make.close(report)
    assert list(told(period)) == [Kind.FIGURE]
    services.cancel(report=report, by=house.officer, now=timezone.now(), reason="Konu birleştirildi.")
    assert told(period) == {}


def test_they_cost_as_many_queries_for_many_sections_as_for_few(town):
    period, group, other = town
    with CaptureQueriesContext(connection) as few:
        contradictions(period)
    said(group, (RESOURCES, [("Hizmet aracı", "148")]), (text("Araçlar"), "<p>Araç sayısı 150.</p>"))
    said(other, (RESOURCES, [("Hizmet aracı", "152")]), (SWOT, [("Deneyimli kadro", "Güçlü yön")]))
    with CaptureQueriesContext(connection) as many:
        contradictions(period)
    assert len(few) == len(many) <= 7


class TestTheTeamsDecision:
    @pytest.fixture
    def found(self, town):
        period, group, other = town
        said(group, (RESOURCES, [("Hizmet aracı", "148")]))
        said(other, (RESOURCES, [("Hizmet aracı", "152")]))
        return period, contradictions(period)[0]

    def test_is_one_with_its_author_and_shown_beside_it(self, found, house, enter):
        _period, one = found
        client = enter(house.team_member)
        page = client.get("/reports/contradictions/").text
        assert "148" in page and "152" in page and "Hizmet aracı" in page
        address = reverse("reports:settle", args=[one.key])
        sent = {"choice": "correct:1", "reason": "Envanter kaydı esas alındı.", "revision": "0"}
        for _press in range(2):
            assert client.post(address, sent).status_code == 302
        decision = ContradictionDecision.objects.get()
        assert (decision.holds, decision.decided_by, decision.history.count()) == (
            "152",
            house.team_member,
            1,
        )
        assert f"c-{one.key}" not in client.get("/reports/contradictions/").text
        decided = client.get("/reports/contradictions/?show=decided").text
        assert "Envanter kaydı esas alındı." in decided and "Kemal Uysal" in decided

    def test_may_hold_to_a_sentence_however_long(self, town, house, enter):
        _period, group, other = town
        said(group, (RESOURCES, [("Hizmet aracı", "148")]))
        sentence = f"Bugün 155 hizmet aracı {'ve bunların bakımı için ayrılan yerler ' * 20}kullanılmaktadır."
        said(other, (text("Araç parkı"), f"<p>{sentence}</p>"))
        [one] = contradictions(_period)
        address = reverse("reports:settle", args=[one.key])
        sent = {"choice": "correct:1", "reason": "", "revision": "0"}
        assert enter(house.team_member).post(address, sent).status_code == 302
        assert ContradictionDecision.objects.get().holds == sentence

    def test_to_leave_it_needs_a_reason_and_keeps_what_was_typed(self, found, house, enter):
        _period, one = found
        address = reverse("reports:settle", args=[one.key])
        answer = enter(house.team_member).post(address, {"choice": "keep", "reason": " ", "revision": "0"})
        assert answer.status_code == 422
        assert "Neden böyle kalacağını yazın." in answer.text
        assert not ContradictionDecision.objects.exists()

    def test_of_two_the_second_is_told_of_the_first(self, found, house):
        period, one = found
        given = {
            "period": period,
            "contradiction": one,
            "choice": "correct",
            "revision": 0,
            "now": timezone.now(),
        }
        services.settle(**given, holds="148", by=house.team_member)
        with pytest.raises(SettledMeanwhile, match="Kemal Uysal"):
            services.settle(**given, holds="152", by=house.team_chair)
        services.settle(**given | {"revision": 1}, holds="152", by=house.team_chair)
        assert ContradictionDecision.objects.get().history.count() == 2

    def test_a_side_that_is_none_is_refused(self, found, house):
        period, one = found
        given = {
            "period": period,
            "contradiction": one,
            "choice": "correct",
            "revision": 0,
            "now": timezone.now(),
        }
        with pytest.raises(Invalid):
            services.settle(**given, holds="999", by=house.team_member)
        with pytest.raises(Refused):
            services.settle(**given, holds="148", by=house.officer)

    def test_it_stays_on_record_when_the_contradiction_is_gone(self, found, house, enter, town):
        period, one = found
        given = {
            "period": period,
            "contradiction": one,
            "choice": "correct",
            "revision": 0,
            "now": timezone.now(),
        }
        services.settle(**given, holds="148", by=house.team_member)
        report = town[2].reports.get()
        make.decide(report, {1: "return"})
        make.close(report)
        page = enter(house.officer).get("/reports/contradictions/?show=decided").text
        assert "Karara bağlanan ve artık bulunmayanlar" in page and "Hizmet aracı" in page
