"""A section that is not taken into the plan, and one whose words go into another group's section."""

import re

import pytest
from django.utils import timezone

from common.decisions import Invalid, Refused
from documents.drafts.compose import compose
from documents.files.models import StoredFile
from documents.reports import html as markup
from documents.reports import legible, merging, presenters, services
from documents.reports.models import SectionDecision
from documents.reports.workflow import ReportState, SectionState
from institution.roles import Kind, Role
from tests.factories import reports as make
from tests.factories.base import body, seat

Choice = SectionDecision.Choice
JOINED = "<p>İki grubun ortak sözü.</p>"


@pytest.fixture
def report(house):
    return make.submitted(house.group)


@pytest.fixture
def other(house):
    """Another group, with an accepted report of two texts, a table and an empty part."""
    group = body(Kind.SUB_GROUP, house.period, "Kurumsal Yapı Grubu", topic="Kurumsal yapı")
    seat(group, house.unit_rep)
    seat(group, house.mayor, Role.RAPPORTEUR)
    report = make.submitted(group, title="Kurumsal yapı raporu")
    make.decide(report, by=house.team_member)
    make.close(report)
    return report


def part(report, number=1):
    return report.versions.latest("number").sections.get(section__number=number)


def decide(report, by, choice, *, number=1, **more):
    standing = SectionDecision.objects.filter(section_version=part(report, number)).first()
    return services.decide(
        section_version=part(report, number),
        choice=choice,
        revision=standing.revision if standing else 0,
        by=by,
        now=timezone.now(),
        **more,
    )


def merge(report, target, by, **more):
    target.refresh_from_db()
    mark = merging.ground(target, part(report, more.get("number", 1))).mark
    more = {"html": JOINED, "target": target, "joined_to": mark} | more
    return decide(report, by, Choice.MERGE, **more)


# --- Not taken


def test_not_to_take_a_section_needs_a_reason(report, team_member):
    with pytest.raises(Invalid) as refused:
        decide(report, team_member, Choice.DECLINE, reason=" ")
    assert refused.value.field == "reason"


def test_a_section_that_is_not_taken_is_closed_and_its_group_reads_why(house, report, enter):
    make.decide(report, {1: Choice.DECLINE})
    make.close(report)
    section = report.sections.get(number=1)
    assert (report.state, section.state) == (ReportState.ACCEPTED, SectionState.DECLINED)
    assert 1 not in [told["number"] for told in presenters.accepted(house.period)]
    page = enter(house.group_member).get(f"/reports/{report.pk}/").content.decode()
    assert "Plan dışı bırakıldı" in page and "Ölçeği ve puanlamaya katılanları yazınız." in page


def test_a_report_of_which_nothing_is_taken_is_not_accepted(house, report, team_chair, enter):
    make.decide(report, dict.fromkeys(range(1, 5), Choice.DECLINE))
    asked = enter(team_chair).get(f"/reports/{report.pk}/close/").content.decode()
    assert "Kapat, raporu plan dışı bırak" in asked
    assert make.close(report).outcome == report.state == ReportState.DECLINED


# --- Merged


def test_the_joined_words_stand_in_the_other_section_and_both_are_its_sources(house, report, other):
    target = other.sections.get(number=1)
    merge(report, target, house.unit_rep)
    for number in (2, 3, 4):
        decide(report, house.unit_rep, Choice.ACCEPT, number=number)
    target.refresh_from_db()
    assert target.html == make.TEXT  # until the close
    make.close(report)
    target.refresh_from_db()
    assert (target.html, target.state) == (JOINED, SectionState.ACCEPTED)
    assert report.sections.get(number=1).state == SectionState.MERGED
    block = next(b for b in compose(house.period, today=timezone.localdate()) if b.data.get("html") == JOINED)
    assert [source.label for source in block.sources] == [
        "Kurumsal yapı raporu, 1. 1. konu",
        f"{report.title}, 1. 1. konu",
    ]


def test_each_group_sees_what_became_of_its_section_and_a_link_only_where_it_may_read(house, report, other):
    merge(report, other.sections.get(number=1), house.unit_rep)
    for number in (2, 3, 4):
        decide(report, house.unit_rep, Choice.ACCEPT, number=number)
    make.close(report)
    into = {
        who: presenters.fates(report, reader=house.people[who])[0] for who in ("rapporteur", "team_member")
    }
    assert into["rapporteur"].merged_with.url == ""
    assert into["team_member"].merged_with.url == f"/reports/{other.pk}/#s-1"
    [joined] = presenters.fates(other, reader=house.mayor)[0].joined
    assert (joined.section.report, joined.url) == (report, "")
    assert "<ins" in joined.change.html


@pytest.mark.parametrize(
    "which", ["of the same group", "of another kind", "not accepted", "nothing at all", "seen too early"]
)
def test_a_section_is_not_merged_with_one(house, report, other, which):
    if which == "of the same group":
        target = make.accepted(house.group).sections.get(number=1)
    elif which == "of another kind":
        target = other.sections.get(number=3)
    elif which == "not accepted":
        target = make.submitted(other.body).sections.get(number=1)
    else:
        target = other.sections.get(number=1)
    mark = "" if which == "seen too early" else merging.ground(target, part(report)).mark
    if which == "nothing at all":
        target = None
    more = {"html": JOINED, "target": target, "joined_to": mark}
    with pytest.raises(Invalid):
        decide(report, house.unit_rep, Choice.MERGE, **more)


def test_tables_are_merged_row_by_row(house, report, other):
    rows = [*make.ROWS, {"stakeholder": "Üniversite", "weight": "3", "way": "İzle"}]
    decision = merge(report, other.sections.get(number=3), house.unit_rep, number=3, rows=rows)
    assert decision.rows == rows and decision.html == ""


def test_a_merge_with_a_text_that_changed_meanwhile_keeps_the_evaluation_open(
    house, report, other, team_chair
):
    target = other.sections.get(number=1)
    second = make.submitted(house.group)
    for mine in (report, second):
        merge(mine, target, house.unit_rep)
        for number in (2, 3, 4):
            decide(mine, house.unit_rep, Choice.ACCEPT, number=number)
    make.close(report)
    with pytest.raises(Refused, match="1. 1. konu"):
        services.close(report=second, by=team_chair, now=timezone.now())
    merge(second, target, house.unit_rep, html="<p>Üçünün sözü.</p>")
    make.close(second)
    told = presenters.fates(other, reader=house.mayor)[0].joined
    assert [joined.section.report for joined in told] == [report, second]


# --- Two sections into one


def page_of(client, report, number, target):
    """What the page of the merge begins with: the text to be joined, and the mark of what it rests on."""
    path = f"/reports/{report.pk}/evaluate/{number}/"
    page = client.post(path, {"choice": "merge", "revision": 0, "target": target.pk}).content.decode()
    return path, page, re.search(r'name="joined_to" value="(\w+)"', page)[1]


@pytest.fixture
def both(report, other, house, enter):
    """Both texts of the report on their way into one section of the other, through the page."""
    client, target = enter(house.unit_rep), other.sections.get(number=1)
    for number, words in ((1, "<p>Bir.</p>"), (2, "<p>Bir.</p><p>İki.</p>")):
        path, page, mark = page_of(client, report, number, target)
        assert ("Bu değerlendirmede oraya birleştirilenler: 1. 1. konu" in page) == (number == 2)
        assert number == 1 or "Bir." in page
        sent = {"choice": "merge", "target": target.pk, "joined_to": mark, "html": words, "revision": 0}
        assert client.post(path, sent).status_code == 302
    for number in (3, 4):
        decide(report, house.unit_rep, Choice.ACCEPT, number=number)
    return target


def test_two_sections_merged_into_one_both_arrive_there(house, report, other, both, team_chair, enter):
    before = merging.before(part(report, 2).decision)
    assert before.html == "<p>Bir.</p>"
    assert enter(team_chair).post(f"/reports/{report.pk}/close/").status_code == 302
    both.refresh_from_db()
    assert both.html == "<p>Bir.</p><p>İki.</p>"
    joined = presenters.fates(other, reader=house.team_member)[0].joined
    assert [one.section.number for one in joined] == [1, 2]
    assert "<del" in joined[0].change.html and "<del" not in joined[1].change.html
    assert [one.url for one in joined] == [f"/reports/{report.pk}/#s-1", f"/reports/{report.pk}/#s-2"]
    mine = presenters.fates(report, reader=house.team_member)
    assert [fate.merged_with.section for fate in mine[:2]] == [both, both]
    # The page of the judged section says what the merge changed, not what it would change now.
    page = enter(house.unit_rep).get(f"/reports/{report.pk}/evaluate/2/").content.decode()
    assert "<ins" in page.partition('aria-labelledby="edited"')[2]


@pytest.mark.parametrize("becomes", [Choice.MERGE, Choice.DECLINE])
def test_a_merge_whose_ground_is_decided_anew_is_decided_again(
    house, report, other, both, team_chair, enter, becomes
):
    if becomes == Choice.MERGE:
        merge(report, both, house.unit_rep, html="<p>Tek.</p>")
    else:
        decide(report, house.unit_rep, becomes, reason="Başka yerde var.")
    asked = enter(team_chair).get(f"/reports/{report.pk}/close/").content.decode()
    assert "“2. 2. konu”" in asked
    assert enter(team_chair).post(f"/reports/{report.pk}/close/").status_code == 403
    _path, page, _mark = page_of(enter(house.unit_rep), report, 2, both)
    begins_with = page.partition('name="html"')[2].partition("</textarea>")[0]
    assert ("Tek." in begins_with) == (becomes == Choice.MERGE) and "Bir." not in begins_with
    merge(report, both, house.unit_rep, number=2, html="<p>Bir.</p><p>İki.</p>")
    make.close(report)
    both.refresh_from_db()
    assert both.html == "<p>Bir.</p><p>İki.</p>"


def test_nobody_writes_over_a_merge_that_they_did_not_see(house, report, other, both, enter):
    client = enter(house.unit_rep)
    path, _page, mark = page_of(client, report, 2, both)
    merge(report, both, house.unit_rep, html="<p>Tek.</p>")
    sent = {"choice": "merge", "target": both.pk, "joined_to": mark, "html": "<p>Üç.</p>", "revision": 1}
    answer = client.post(path, sent)
    assert answer.status_code == 422 and "siz açtıktan sonra değişti" in answer.content.decode()


def test_pictures_go_with_the_words_and_are_seen_by_who_reads_them(house, report, other, team_chair, enter):
    again = make.requested(house.group)
    figure = make.picture(again)
    text = f'<figure><img alt="Harita" src="/files/{figure.pk}/picture/"></figure><p>Bkz. <a data-figure="{figure.pk}"></a>.</p>'
    make.write(again, text=text)
    make.submit(again)
    target = other.sections.get(number=1)
    for number in (1, 2):
        joined = merging.joined(merging.ground(target, part(again, number)), part(again, number))
        merge(again, target, house.unit_rep, number=number, html=joined.html)
    for number in (3, 4):
        decide(again, house.unit_rep, Choice.ACCEPT, number=number)
    assert enter(team_chair).post(f"/reports/{again.pk}/close/").status_code == 302
    target.refresh_from_db()
    [shown] = markup.pictures(target.html)
    assert shown != figure.pk and legible.lost_references(target.html) == 0
    for person in (house.mayor, house.unit_rep):
        page = enter(person).get(f"/reports/{other.pk}/").content.decode()
        assert set(re.findall(r"/files/(\d+)/picture/", page)) == {str(shown)}
        assert enter(person).get(f"/files/{shown}/picture/").status_code == 200
    copy = StoredFile.objects.get(pk=shown)
    assert (copy.body, copy.name) == (other.body, f"{house.group} harita.png")


def test_a_close_that_finds_no_room_for_a_picture_says_so_and_changes_nothing(
    house, report, other, team_chair, enter, settings
):
    again = make.requested(house.group)
    figure = make.picture(again)
    make.write(again, text=f'<figure><img alt="Harita" src="/files/{figure.pk}/picture/"></figure>')
    make.submit(again)
    make.decide(again, by=house.unit_rep)
    target = other.sections.get(number=1)
    merge(again, target, house.unit_rep, html=part(again).html)
    settings.ROOM_QUOTA_MB = 0
    answer = enter(team_chair).post(f"/reports/{again.pk}/close/")
    assert answer.status_code == 422 and "harita.png” kaydedilmedi" in answer.content.decode()
    again.refresh_from_db()
    assert again.state == ReportState.SUBMITTED


def test_a_report_that_took_in_another_groups_section_is_not_cancelled(house, report, other, officer):
    again = make.submitted(other.body, title="Ek rapor")
    make.decide(again, {2: Choice.RETURN}, by=house.team_member)
    make.close(again)
    merge(report, again.sections.get(number=1), house.unit_rep)
    for number in (2, 3, 4):
        decide(report, house.unit_rep, Choice.ACCEPT, number=number)
    make.close(report)
    with pytest.raises(Invalid):
        services.cancel(report=again, by=officer, now=timezone.now(), reason="Gerek kalmadı")


def test_a_section_is_merged_with_three_presses(house, report, other, enter):
    client, path = enter(house.unit_rep), f"/reports/{report.pk}/evaluate/1/"
    target = other.sections.get(number=1)
    asked = client.post(path, {"choice": "merge", "revision": 0, "reason": "Aynı konu"}).content.decode()
    assert f'value="{target.pk}"' in asked and "Aynı konu" in asked
    shown = client.post(path, {"choice": "merge", "revision": 0, "target": target.pk}).content.decode()
    assert shown.count("18 katılımcı") >= 4  # both sources and the joined text
    given = {"target": target.pk, "joined_to": merging.ground(target, part(report)).mark, "html": JOINED}
    done = client.post(path, {"choice": "merge", "revision": 0, "reason": "Aynı konu", **given})
    assert done.status_code == 302
    decision = SectionDecision.objects.get(section_version=part(report))
    assert (decision.target, decision.html) == (target, JOINED)
    again = client.get(path).content.decode()
    assert "“1. 1. konu” bölümünde (Kurumsal Yapı Grubu) değiştirdikleri" in again


def test_nothing_can_be_merged_while_no_other_group_has_an_accepted_section(report, unit_rep, enter):
    page = enter(unit_rep).get(f"/reports/{report.pk}/evaluate/1/").content.decode()
    assert "kabul edilmiş bölümü henüz yok" in page
