"""Members of a group work together: comments beside a section, who writes what, who is here now."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone

from common.decisions import Invalid, Refused
from common.notices.models import Notice
from documents.reports import members, services
from documents.reports.models import Comment
from institution import holdings
from institution import services as institution
from institution.workflow import PeriodState
from tests.factories import reports as make
from tests.factories.base import BY, days_ago, person, seat

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def report(house):
    return make.requested(house.group)


@pytest.fixture
def section(report):
    return report.sections.get(number=1)


def say(section, by, text="Kaynağı yazalım.", **more):
    return services.comment(section=section, text=text, by=by, now=NOW, **more)


def test_a_comment_names_a_member_who_is_told_once(section, rapporteur, group_member):
    first = say(section, rapporteur, "@Nuri Balcı bu sayı hangi yıl?", quote="18  katılımcı")
    assert say(section, rapporteur, "@Nuri Balcı bu sayı hangi yıl?") == first
    assert first.quote == "18 katılımcı"
    told = Notice.objects.filter(kind="reports.mentioned")
    assert [notice.to_id for notice in told] == [group_member.pk]
    say(section, group_member, "@nuri balcıoğlu diye biri yok, @Elif Aksoy.", answers=first)
    assert told.filter(to=rapporteur.pk).count() == 1 and told.all().count() == 2


def test_a_conversation_is_resolved_and_opened_again(section, rapporteur, group_member):
    first = say(section, rapporteur)
    reply = say(
        section, group_member, "Yazdım.", answers=say(section, group_member, "Bakıyorum.", answers=first)
    )
    assert reply.answers == first
    resolved = services.resolve(comment=first, resolved=True, by=group_member, now=NOW)
    assert services.resolve(comment=first, resolved=True, by=rapporteur, now=NOW).resolved_by == group_member
    assert resolved.history.count() == 2
    assert services.resolve(comment=first, resolved=False, by=rapporteur, now=NOW).resolved_at is None


def test_comments_are_the_group_s_own(report, section, rapporteur, team_chair, inspector, officer, enter):
    say(section, rapporteur, "Yalnız grubun bildiği yorum")
    for outsider in (team_chair, inspector, officer):
        with pytest.raises(Refused):
            say(section, outsider)
        for page in (f"/reports/{report.pk}/sections/1/", f"/history/reports/reportsection/{section.pk}/"):
            assert "bildiği yorum" not in enter(outsider).get(page).content.decode()
    with pytest.raises(Invalid):
        say(section, rapporteur, "  ")
    make.write(report)
    make.submit(report)
    say(section, rapporteur, "Gönderdikten sonra da konuşulur.")
    assert not any("yorum" in frozen.html for frozen in report.versions.get().sections.all())


def test_of_names_that_begin_alike_the_longest_is_told(report, section, rapporteur):
    shorter, longer = (person(name) for name in ("Ayşe Kaya", "Ayşe Kaya Demir"))
    for one in (shorter, longer):
        seat(report.body, one)
    say(section, rapporteur, "@Ayşe Kaya Demir bakar mı?")
    assert [notice.to_id for notice in Notice.objects.filter(kind="reports.mentioned")] == [longer.pk]
    say(section, rapporteur, "@Ayşe Kaya ile @Ayşe Kaya Demir konuşsun.")
    assert {notice.to_id for notice in Notice.objects.filter(kind="reports.mentioned")} == {
        shorter.pk,
        longer.pk,
    }


@pytest.mark.parametrize("closed", ["the report", "the period"])
def test_what_is_closed_takes_no_comment_and_says_why(report, section, rapporteur, officer, enter, closed):
    first = say(section, rapporteur)
    if closed == "the report":
        services.cancel(report=report, reason="Gerek kalmadı.", by=officer, now=NOW)
        why = "Bu rapor üzerinde artık işlem yapılmıyor; yorumları olduğu gibi kalır."
    else:
        institution.move_period(period=report.period, to=PeriodState.ADOPTED, by=BY)
        why = "verileri artık değiştirilemez"
    section = report.sections.get(number=1)
    for act in (
        lambda: say(section, rapporteur, "Yine de."),
        lambda: services.resolve(comment=Comment.objects.get(), resolved=True, by=rapporteur, now=NOW),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert why in str(refused.value.reason)
    client, url = enter(rapporteur), f"/reports/{report.pk}/sections/1/"
    page = client.get(url).content.decode()
    assert first.text in page and why in page and "Yorum yazın" not in page and "/resolve/" not in page
    assert client.post(f"{url}comments/", {"text": "Yine de."}).status_code == 403


def test_the_pane_shows_them_with_a_count_in_the_outline(report, section, rapporteur, enter):
    client, url = enter(rapporteur), f"/reports/{report.pk}/sections/1/"
    said = {"text": "@Nuri Balcı <b>bakar mısın</b>", "quote": "18"}
    part = client.post(f"{url}comments/", said, headers={"HX-Request": "true"}).content.decode()
    assert '<span class="mention">@Nuri Balcı</span> &lt;b&gt;' in part and "1 yorum" in part
    page = client.get(url).content.decode()
    assert "“18”" in page and "1 yorum" in page
    refused = client.post(f"{url}comments/", {"text": " "}, headers={"HX-Request": "true"})
    assert refused.status_code == 422 and "Yorumu yazın" in refused.content.decode()
    comment = Comment.objects.get()
    client.post(f"{url}comments/{comment.pk}/resolve/", {"resolved": "1"})
    assert "1 yorum" not in client.get(url).content.decode()


def test_who_writes_what_is_kept_shown_and_leads_on_to_ones_own_section(
    report, rapporteur, group_member, officer, enter
):
    client = enter(rapporteur)
    client.post(f"/reports/{report.pk}/writers/", {"writer-2": group_member.pk, "writer-1": rapporteur.pk})
    section = report.sections.get(number=2)
    assert section.assigned_to == group_member and section.history.first().history_user_name == "Elif Aksoy"
    assert "Nuri Balcı" in client.get(f"/reports/{report.pk}/").content.decode()
    assert enter(group_member).get(f"/reports/{report.pk}/write/")["Location"].endswith("/sections/2/")
    assert client.get(f"/reports/{report.pk}/write/")["Location"].endswith("/sections/1/")
    with pytest.raises(Invalid):
        services.assign(section=section, to=officer, by=rapporteur, now=NOW)
    assert enter(officer).get(f"/reports/{report.pk}/writers/").status_code == 403


def test_what_was_typed_last_is_told_in_its_writer_s_name_before_another_says_who_writes(
    section, rapporteur, group_member
):
    for words in ("<p>İlk</p>", "<p>İlk ve son</p>"):
        section = services.save_section(
            section=section, revision=section.revision, html=words, by=group_member, now=NOW
        )
    services.assign(section=section, to=rapporteur, by=rapporteur, now=NOW)
    assigned, told = section.history.order_by("-history_id")[:2]
    assert (assigned.history_user_name, assigned.assigned_to_id) == ("Elif Aksoy", rapporteur.pk)
    assert (told.history_user_name, told.html, told.assigned_to_id) == (
        "Nuri Balcı",
        "<p>İlk ve son</p>",
        None,
    )


def test_only_what_one_changed_on_the_page_of_writers_is_changed(report, rapporteur, group_member, enter):
    client, url = enter(rapporteur), f"/reports/{report.pk}/writers/"
    first, second, third = report.sections.filter(number__lte=3)
    services.assign(section=third, to=rapporteur, by=rapporteur, now=NOW)
    as_opened = {"was-1": "", "writer-1": "", "was-2": "", "was-3": rapporteur.pk, "writer-3": rapporteur.pk}
    page = client.get(url).content.decode()
    assert f'name="was-3" value="{rapporteur.pk}"' in page and 'name="was-1" value=""' in page
    for section in (first, second):
        services.assign(section=section, to=group_member, by=group_member, now=NOW)
    answer = client.post(url, as_opened | {"writer-2": rapporteur.pk}, follow=True).content.decode()
    assert f"“{second.heading}” bölümünü kimin yazdığını bu sırada başka biri değiştirdi" in answer
    assert "Kimin ne yazdığı kaydedildi" not in answer
    assert [section.assigned_to for section in report.sections.filter(number__lte=3)] == [
        group_member,
        group_member,
        rapporteur,
    ]


def test_who_left_the_group_stays_named_until_another_is_chosen(
    report, section, rapporteur, group_member, enter
):
    services.assign(section=section, to=group_member, by=rapporteur, now=NOW)
    holdings.end(holding=report.body.memberships.get(person=group_member), on=days_ago(1), by=BY)
    client, url = enter(rapporteur), f"/reports/{report.pk}/writers/"
    assert f'<option value="{group_member.pk}" selected>Nuri Balcı' in client.get(url).content.decode()
    kept = {"was-1": group_member.pk, "writer-1": group_member.pk}
    client.post(url, kept | {"was-2": "", "writer-2": group_member.pk})
    assert [section.assigned_to for section in report.sections.filter(number__lte=2)] == [group_member, None]


def test_who_else_is_in_the_section_is_said_and_forgotten(report, section, rapporteur, group_member, enter):
    url = f"/reports/{report.pk}/sections/1/here/"
    assert enter(group_member).get(url).content.decode().strip() == ""
    assert "Nuri Balcı bu bölümü açtı" in enter(rapporteur).get(url).content.decode()
    section = services.save_section(
        section=section, revision=0, html="<p>Söz</p>", by=group_member, now=timezone.now()
    )
    assert "Nuri Balcı bu bölümü yazıyor" in enter(rapporteur).get(url).content.decode()
    section.report = report
    later = timezone.now() + dt.timedelta(minutes=3)
    assert [other.writes for other in members.others(section, rapporteur, later)] == [False]
    cache.clear()
    assert members.others(section, rapporteur, later) == []
