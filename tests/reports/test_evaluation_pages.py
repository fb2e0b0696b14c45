"""The team's pages over HTTP: queue, decision, close; and the Directorate's: templates and requests."""

import re

import pytest
from django.utils import timezone

from documents.reports.models import Report, ReportTemplate, SectionDecision
from documents.reports.workflow import ReportState
from institution.roles import Kind
from tests.factories import reports as make
from tests.factories.base import body, days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(house):
    return make.submitted(house.group)


def judge(client, report, number=1, **fields):
    fields = {"choice": "accept", "reason": "", "revision": 0} | fields
    return client.post(f"/reports/{report.pk}/evaluate/{number}/", fields)


# --- The queue


def test_the_queue_shows_what_changed(house, team_member, enter):
    report = make.returned(house.group)
    make.write(report, text=make.TEXT.replace("18", "24"))
    make.submit(report)
    page = enter(team_member).get("/reports/queue/").content.decode()
    assert "<del>18</del> <ins>24</ins>" in page
    assert "1 bölüm değişti, 1 açıklama yanıtlandı" in page
    assert "Açıklama eklendi." in page


def test_the_oldest_report_stands_first(house, team_member, enter):
    now = timezone.now()
    for days, title in ((1, "Yeni"), (6, "Eski")):
        make.submitted(house.group, title=f"{title} rapor", now=now - timezone.timedelta(days=days))
    page = enter(team_member).get("/reports/queue/").content.decode()
    assert page.index("Eski rapor") < page.index("Yeni rapor")
    assert "6 gün" in page


def test_the_queue_filters(house, report, team_member, unit_rep, enter):
    assert report.title in enter(team_member).get("/reports/queue/?show=mine").content.decode()
    assert report.title not in enter(unit_rep).get("/reports/queue/?show=mine").content.decode()
    assert report.title not in enter(team_member).get("/reports/queue/?show=decided").content.decode()
    assert enter(team_member).get("/reports/queue/?show=x").status_code == 404


def test_the_queue_is_the_teams(rapporteur, officer, enter):
    for person in (rapporteur, officer):
        answer = enter(person).get("/reports/queue/")
        assert answer.status_code == 403
        assert "yalnız Stratejik Planlama Ekibi üyeleri" in answer.content.decode()


# --- The decision


def test_evaluate_opens_the_first_section_without_a_decision(report, team_member, enter):
    client = enter(team_member)
    assert f'href="/reports/{report.pk}/evaluate/"' in client.get(f"/reports/{report.pk}/").content.decode()
    assert client.get(f"/reports/{report.pk}/evaluate/").url.endswith("/evaluate/1/")
    judge(client, report, 1)
    assert client.get(f"/reports/{report.pk}/evaluate/").url.endswith("/evaluate/2/")


def test_a_decision_leads_to_the_next_section_and_the_last_to_the_close(report, team_member, enter):
    client = enter(team_member)
    assert judge(client, report, 1).url.endswith("/evaluate/2/")
    for number in (2, 3):
        judge(client, report, number)
    assert judge(client, report, 4).url.endswith("/close/")


def test_no_decision_is_pressed_beforehand_and_the_standing_one_shows(report, team_member, enter):
    client = enter(team_member)
    path = f"/reports/{report.pk}/evaluate/1/"
    page = client.get(path).content.decode()
    assert page.count('name="choice"') == 5 and 'aria-pressed="true"' not in page
    judge(client, report)
    page = client.get(path).content.decode()
    assert re.findall(r'value="(\w+)" form="decision" aria-pressed="true"', page) == ["accept"]


def test_no_decision_at_all_is_told_at_the_place(report, team_member, enter):
    answer = enter(team_member).post(f"/reports/{report.pk}/evaluate/1/", {"revision": 0, "reason": "Neden"})
    assert answer.status_code == 422
    pane = answer.content.decode().partition("Kararınız:")[2]
    assert "Kararlardan birini seçin." in pane and "Neden" in pane
    assert not SectionDecision.objects.exists()


def test_an_edit_first_opens_its_field_and_keeps_the_remark(report, team_member, enter):
    client = enter(team_member)
    assert 'name="html"' not in client.get(f"/reports/{report.pk}/evaluate/1/").content.decode()
    answer = client.post(
        f"/reports/{report.pk}/evaluate/1/", {"choice": "edit", "revision": 0, "reason": "Yazım"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200 and 'name="html"' in page and "Yazım" in page
    assert "Düzeltilmiş hâliyle kabul et" in page and 'value="accept"' not in page
    assert not SectionDecision.objects.exists()


def test_the_field_of_an_edit_opens_with_the_words_as_edited_before(report, team_member, enter):
    client = enter(team_member)
    judge(client, report, choice="edit", html=make.TEXT.replace("18", "24"))
    page = judge(client, report, choice="edit", revision=1).content.decode()
    assert "24 katılımcı" in page.partition("data-editor ")[2]


def test_a_return_without_a_reason_stays_on_the_page(report, team_member, enter):
    answer = judge(enter(team_member), report, choice="return", reason=" ")
    assert answer.status_code == 422
    assert "iade gerekçesiz olmaz" in answer.content.decode()
    assert not SectionDecision.objects.exists()


def test_an_edit_shows_its_difference(report, team_member, enter):
    client = enter(team_member)
    judge(client, report, choice="edit", html=make.TEXT.replace("18", "24"))
    page = client.get(f"/reports/{report.pk}/evaluate/1/").content.decode()
    assert "Düzeltmenin değiştirdikleri" in page and "18</del> <ins>24</ins>" in page


def test_a_refused_edit_comes_back_as_it_was_typed(report, team_member, enter):
    answer = judge(enter(team_member), report, choice="edit", html=make.TEXT, reason="Neden")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Metinde bir şey değiştirilmedi" in page and "Neden" in page


def test_the_second_of_two_gets_409_and_sees_both(report, team_member, unit_rep, enter):
    judge(enter(team_member), report)
    answer = judge(enter(unit_rep), report, choice="return", reason="Kaynak yok.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Kemal Uysal karar verdi" in page and "Kaynak yok." in page
    assert SectionDecision.objects.get().choice == "accept"


def test_the_views_of_the_text(house, team_member, enter):
    report = make.returned(house.group)
    make.write(report, text=make.TEXT.replace("18", "24"))
    make.submit(report)
    client = enter(team_member)
    path = f"/reports/{report.pk}/evaluate/1/"
    assert "18</del>" in client.get(path).content.decode()
    for view, there, gone in (("new", "24 katılımcı", "18 katılımcı"), ("old", "18 katılımcı", "")):
        sheet = client.get(f"{path}?view={view}").content.decode().partition("<form id")[0]
        assert there in sheet
        assert not gone or gone not in sheet


def test_a_section_accepted_before_is_not_judged_again(house, team_member, enter):
    report = make.returned(house.group)
    make.write(report)
    make.submit(report)
    assert enter(team_member).get(f"/reports/{report.pk}/evaluate/2/").status_code == 404


def test_others_of_the_house_do_not_see_the_pane(report, rapporteur, officer, enter):
    for person in (rapporteur, officer):
        assert enter(person).get(f"/reports/{report.pk}/evaluate/1/").status_code == 403


def test_the_close_says_what_is_open_and_what_follows(report, team_chair, team_member, enter):
    make.decide(report, {1: make.Choice.RETURN})
    page = enter(team_chair).get(f"/reports/{report.pk}/close/").content.decode()
    assert "1 bölüm açıklamasıyla gruba döner" in page


def test_after_the_last_decision_a_member_reads_who_goes_on_and_goes_back_to_the_queue(
    report, team_chair, unit_rep, enter
):
    client = enter(unit_rep)
    make.decide(report, {1: make.Choice.RETURN}, by=unit_rep)
    assert client.get(f"/reports/{report.pk}/evaluate/").url == f"/reports/{report.pk}/close/"
    page = client.get(f"/reports/{report.pk}/close/").content.decode()
    assert f"Stratejik Planlama Ekibi başkanı kapatır: {team_chair.full_name}." in page
    assert "Sizden beklenen başka bir işlem yok." in page and 'href="/reports/queue/">Bekleyen' in page
    assert "disabled" not in page and "Değerlendirmeyi kapat" not in page
    chair = enter(team_chair).get(f"/reports/{report.pk}/close/").content.decode()
    assert "Kapat, gruba iade et" in chair and "Sizden beklenen" not in chair
    queue = client.get("/reports/queue/").content.decode()
    assert "Bütün bölümlere karar verildi" in queue and "Kararlar ve kapanış" in queue


def test_who_may_not_decide_alone_reads_so_after_the_last_decision(report, team_member, enter):
    make.decide(report, by=team_member)
    page = enter(team_member).get(f"/reports/{report.pk}/close/").content.decode()
    assert "grupta yer alan" in page and "Sizden beklenen" not in page


def test_the_chair_closes_in_one_press_and_twice_is_once(report, team_chair, enter):
    make.decide(report)
    client = enter(team_chair)
    for _ in range(2):
        assert client.post(f"/reports/{report.pk}/close/").url == f"/reports/{report.pk}/"
    report.refresh_from_db()
    assert report.state == ReportState.ACCEPTED


def test_an_early_close_is_refused_and_names_the_open_sections(report, team_chair, enter):
    answer = enter(team_chair).post(f"/reports/{report.pk}/close/")
    assert answer.status_code == 403
    assert "4 bölüm karar bekliyor: 1. 1. konu" in answer.content.decode()


# --- Requests


def asked(house, template, **fields):
    return {"template": template.pk, "body": house.group.pk, "due_on": f"{days_ago(-10):%d.%m.%Y}"} | fields


def test_requests_a_report(house, officer, enter):
    template = make.template("Paydaş analizi")
    answer = enter(officer).post("/reports/new/", asked(house, template))
    assert answer.url == "/reports/"
    report = Report.objects.get()
    assert (report.title, report.sections.count(), report.state) == ("Paydaş analizi", 4, "requested")


def test_requesting_twice_asks_once(house, officer, enter):
    template = make.template()
    client = enter(officer)
    for _ in range(2):
        assert client.post("/reports/new/", asked(house, template)).status_code == 302
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("due_on", "32.13.2026", ""),
        ("due_on", "yarın", ""),
        ("due_on", "01.01.2020", "Son gün bugünden önce olamaz."),
        ("body", "999999", ""),
    ],
)
def test_a_wrong_field_is_named(house, officer, enter, field, value, sentence):
    answer = enter(officer).post("/reports/new/", asked(house, make.template(), **{field: value}))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert sentence in answer.content.decode()
    assert not Report.objects.exists()


def test_moves_the_date_and_cancels(house, officer, enter):
    report = make.requested(house.group)
    client = enter(officer)
    client.post(f"/reports/{report.pk}/due/", {"due_on": f"{days_ago(-30):%d.%m.%Y}", "reason": "Bayram"})
    client.post(f"/reports/{report.pk}/cancel/", {"reason": "Konu birleştirildi."})
    report.refresh_from_db()
    assert (report.due_on, report.state) == (days_ago(-30), ReportState.CANCELLED)
    assert report.history.latest("history_id").history_change_reason == "Konu birleştirildi."


def test_only_the_directorate_requests(house, rapporteur, team_chair, enter):
    for person in (rapporteur, team_chair):
        assert enter(person).get("/reports/new/").status_code == 403


def test_the_list_counts_and_filters(house, officer, enter):
    make.requested(house.group, title="Geciken", due_in=-3)
    make.accepted(house.group, title="Biten")
    client = enter(officer)
    page = client.get("/reports/").content.decode()
    assert "1 gecikti" in page and "3 gün gecikti" in page
    late = client.get("/reports/?show=due").content.decode()
    assert "Geciken" in late and "Biten" not in late
    assert "Süresi gelen veya geciken raporlar" in late


# --- Templates


def test_an_empty_list_says_whether_there_is_none_or_none_to_see(house, enter):
    for who in ("officer", "inspector", "team_member"):
        assert "Henüz rapor istenmedi" in enter(house.people[who]).get("/reports/").content.decode(), who
    other = body(Kind.SUB_GROUP, house.period, "Mevzuat Grubu")
    make.requested(other)
    page = enter(house.group_member).get("/reports/").content.decode()
    assert "Grubunuzdan henüz rapor istenmedi" in page and "Henüz rapor istenmedi" not in page
    for who in ("mayor", "council_member", "clerk", "sysadmin"):
        page = enter(house.people[who]).get("/reports/").content.decode()
        assert "Size açık rapor yok" in page and "onu yazan grup" in page, who
        assert "Henüz rapor istenmedi" not in page and "0 rapor" not in page, who


def test_makes_a_template_without_a_programmer(house, officer, enter):
    client = enter(officer)
    made = client.post(
        "/reports/templates/new/", {"name": "Mevzuat analizi", "purpose": "", "is_active": "on"}
    )
    template = ReportTemplate.objects.get()
    assert made.url == f"/reports/templates/{template.pk}/"
    shape = {
        "title": "Yükümlülükler",
        "kind": "table",
        "required": "on",
        "chapter": "3.C",
        "columns-TOTAL_FORMS": "3",
        "columns-INITIAL_FORMS": "0",
        "columns-0-title": "Yasal yükümlülük",
        "columns-0-type": "text",
        "columns-0-required": "on",
        "columns-1-title": "Durum",
        "columns-1-type": "choice",
        "columns-1-choices": "Var; Yok",
        "columns-2-title": "",
        "columns-2-type": "text",
    }
    assert client.post(f"/reports/templates/{template.pk}/sections/new/", shape).status_code == 302
    section = template.sections.get()
    assert [(c["key"], c["title"], c["type"], c["choices"]) for c in section.columns] == [
        ("c1", "Yasal yükümlülük", "text", []),
        ("c2", "Durum", "choice", ["Var", "Yok"]),
    ]
    assert "Yasal yükümlülük" in client.get(f"/reports/templates/{template.pk}/preview/").content.decode()
    past = client.get(f"/history/reports/reporttemplate/{template.pk}/").content.decode()
    assert "<dt>Sıra</dt>" in past and "<dt>Sayı</dt>" not in past and "<dt>Satırlar</dt>" not in past


def test_a_table_needs_columns_and_a_choice_its_choices(house, officer, enter):
    template = make.template()
    client = enter(officer)
    shape = {
        "title": "Tablo",
        "kind": "table",
        "chapter": "3.C",
        "columns-TOTAL_FORMS": "1",
        "columns-INITIAL_FORMS": "0",
        "columns-0-type": "choice",
    }
    path = f"/reports/templates/{template.pk}/sections/new/"
    assert "en az bir sütun" in client.post(path, shape).content.decode()
    assert "Seçenekleri yazın." in client.post(path, shape | {"columns-0-title": "Durum"}).content.decode()


def test_sections_move_and_go(house, officer, enter):
    template = make.template()
    client = enter(officer)
    first = template.sections.get(number=1)
    path = f"/reports/templates/{template.pk}/sections/{first.pk}"
    client.post(f"{path}/move/", {"to": "down"})
    assert [s.title for s in template.sections.all()][:2] == ["2. konu", "1. konu"]
    for _ in range(2):
        assert client.post(f"{path}/remove/").status_code == 302
    assert list(template.sections.values_list("number", flat=True)) == [1, 2, 3]


def test_a_changed_template_leaves_reports_alone(house, officer, enter):
    template = make.template()
    report = make.requested(house.group, of=template)
    enter(officer).post(f"/reports/templates/{template.pk}/sections/{template.sections.first().pk}/remove/")
    assert report.sections.count() == 4


def test_templates_are_the_directorates(house, rapporteur, enter):
    template = make.template()
    client = enter(rapporteur)
    for path in ("", "new/", f"{template.pk}/", f"{template.pk}/preview/", f"{template.pk}/sections/new/"):
        assert client.get(f"/reports/templates/{path}").status_code == 403


def test_an_answer_stays_its_writers_when_the_section_is_returned_once_more(house, officer, enter):
    report = make.returned(house.group)
    make.write(report, by=house.group_member)
    make.submit(report)
    make.decide(report, {1: "return"})
    make.close(report)
    told = enter(officer).get(f"/history/reports/report/{report.pk}/").text
    assert "Açıklama eklendi." in told
    assert "<del>Açıklama eklendi.</del>" not in told
    assert report.sections.get(number=1).answer == ""
