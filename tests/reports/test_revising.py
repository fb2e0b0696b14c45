"""Words found and replaced through a whole report, and an older state of a section brought back."""

import datetime as dt

import pytest
from django.utils import timezone

from common.decisions import Refused
from documents.reports import replacing, services
from tests.factories import reports as make

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def report(house):
    return make.requested(house.group)


def save(section, by, html="", *, now=NOW, **given):
    given = given or {"html": html}
    return services.save_section(section=section, revision=section.revision, by=by, now=now, **given)


def found(words, text, *, whole=False):
    class Text:
        is_table, html = False, text

    return [hit.words for hit in replacing.hits(Text, replacing.pattern(words, whole=whole))]


def test_words_are_found_in_both_cases_as_turkish_has_them():
    text = '<p>İmar ışığı IŞIĞI, imarlı ve İMAR<sup data-note="imar planı"></sup></p>'
    assert found("imar", text) == ["İmar", "imar", "İMAR", "imar"]
    assert found("İMAR", text, whole=True) == ["İmar", "İMAR", "imar"]
    assert found("ışığı", text) == ["ışığı", "IŞIĞI"]
    assert found("isigi", text) == []
    assert found("ve  imar", text) == ["ve İMAR"]


def test_one_place_or_all_of_a_section_are_replaced_in_text_and_cells(report, rapporteur, group_member):
    text = save(
        report.sections.get(number=1), rapporteur, "<p>Paydaş ve <strong>paydaş</strong> & paydaşlar</p>"
    )
    table = report.sections.get(kind="table")
    table = save(table, rapporteur, rows=[{"stakeholder": "Paydaş odaları", "weight": "5", "way": "İzle"}])
    wanted = replacing.pattern("paydaş", whole=True)

    def replace(section, **more):
        return services.replace(
            section=section,
            revision=section.revision,
            wanted=wanted,
            put="<b>İlgili",
            by=group_member,
            now=NOW,
            **more,
        )

    assert replace(text, only=2) == 1
    text.refresh_from_db()
    assert text.html == "<p>Paydaş ve <strong>&lt;b&gt;İlgili</strong> &amp; paydaşlar</p>"
    with pytest.raises(services.SavedMeanwhile):
        services.replace(
            section=text, revision=text.revision - 1, wanted=wanted, put="x", by=rapporteur, now=NOW
        )
    assert replace(table) == 1
    table.refresh_from_db()
    assert table.rows[0]["stakeholder"] == "<b>İlgili odaları"


def test_the_page_lists_the_hits_of_all_sections_and_replaces_them(report, rapporteur, enter, team_member):
    make.write(report, 1, 2)
    client = enter(rapporteur)
    url = f"/reports/{report.pk}/find/"
    page = client.get(url, {"q": "ÇALIŞTAYDA", "put": "toplantıda"}).content.decode()
    assert page.count("<mark>çalıştayda</mark>") == 2 and "2 yer bulundu" in page
    version = report.sections.get(number=2).revision
    asked = {"q": "çalıştayda", "put": "toplantıda", "version": version}
    answer = client.post(f"/reports/{report.pk}/sections/2/replace/", asked, follow=True)
    assert "1 yerde değiştirildi" in answer.content.decode()
    assert "toplantıda" in report.sections.get(number=2).html
    assert "çalıştayda" in report.sections.get(number=1).html


def test_a_place_that_cannot_be_read_is_not_taken_for_all_places(report, rapporteur, enter):
    section = save(report.sections.get(number=1), rapporteur, "<p>bir bir</p>")
    asked = {"q": "bir", "put": "iki", "version": section.revision}
    client, url = enter(rapporteur), f"/reports/{report.pk}/sections/1/replace/"
    for hit in ("", "x", "0", "-1"):
        assert client.post(url, asked | {"hit": hit}).status_code == 400
    assert report.sections.get(number=1).html == "<p>bir bir</p>"


def test_of_very_many_hits_the_first_are_shown_and_the_page_says_so(report, rapporteur, enter):
    save(report.sections.get(number=1), rapporteur, f"<p>{'bir ' * 150}</p>")
    save(report.sections.get(number=2), rapporteur, f"<p>{'bir ' * 50}</p>")
    client, asked = enter(rapporteur), (f"/reports/{report.pk}/find/", {"q": "bir"})
    page = client.get(*asked).content.decode()
    assert page.count("<mark>") == 200 and "yer gösteriliyor" not in page
    save(report.sections.get(number=2), rapporteur, f"<p>{'bir ' * 60}</p>")
    page = client.get(*asked).content.decode()
    assert page.count("<mark>") == 200 and "210 yer bulundu" in page and "İlk 200 yer gösteriliyor" in page
    assert "60 yerin hepsini değiştir" in page


def test_an_older_state_comes_back_as_a_new_save_and_what_stood_is_in_the_history(report, rapporteur, enter):
    section = save(report.sections.get(number=1), rapporteur, "<p>Eski</p>")
    later = NOW + dt.timedelta(hours=1)
    section = save(section, rapporteur, "<p>Yeni</p>", now=later)
    section = save(section, rapporteur, "<p>Yeni ve uzun</p>", now=later + dt.timedelta(minutes=1))
    old = section.history.get(html="<p>Eski</p>")
    client, url = enter(rapporteur), f"/reports/{report.pk}/sections/1/states/"
    page = client.get(url, {"at": old.history_id}).content.decode()
    assert "<ins" in page and "Eski" in page and "Bunu yeniden metin yap" in page
    client.post(f"{url}{old.history_id}/restore/", {"version": section.revision})
    section.refresh_from_db()
    assert section.html == "<p>Eski</p>"
    kept = list(section.history.order_by("history_id").values_list("html", flat=True))
    assert kept[-2:] == ["<p>Yeni ve uzun</p>", "<p>Eski</p>"]


def test_who_is_not_of_the_group_neither_restores_nor_sees_how_it_was_written(
    report, rapporteur, inspector, enter
):
    section = save(report.sections.get(number=1), rapporteur, "<p>Eski</p>")
    state = section.history.last()
    with pytest.raises(Refused):
        services.restore(section=section, state=state, revision=section.revision, by=inspector, now=NOW)
    assert enter(inspector).get(f"/reports/{report.pk}/sections/1/states/").status_code == 403


def test_what_another_typed_last_is_told_in_their_name_before_an_older_state_comes_back(
    report, rapporteur, group_member
):
    section = save(report.sections.get(number=1), group_member, "<p>Eski</p>")
    old = section.history.get(html="<p>Eski</p>")
    section = save(section, group_member, "<p>Eski ve yeni</p>")
    services.restore(section=section, state=old, revision=section.revision, by=rapporteur, now=NOW)
    told = section.history.order_by("-history_id").values_list("history_user_name", "html")[:2]
    assert list(told) == [("Elif Aksoy", "<p>Eski</p>"), ("Nuri Balcı", "<p>Eski ve yeni</p>")]
