"""Pages of drafts: for whom they open, what they show, what they change."""

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.drafts import tasks
from documents.drafts.models import DraftVersion
from documents.drafts.presenters import places_of_sections
from documents.drafts.workflow import DraftState
from documents.reports.models import SectionVersion
from tests.factories import drafts as make
from tests.factories import reports
from tests.factories.base import days_ago, period
from tests.personas import NAMES

pytestmark = pytest.mark.django_db
SEATED = [name for name in NAMES if name not in ("deactivated", "stranger")]
COUNTS = {
    "decided_on": days_ago(1).strftime("%d.%m.%Y"),
    "present": 3,
    "in_favour": 3,
    "against": 0,
    "note": "",
}


def paths(draft):
    read = f"/drafts/{draft.pk}/"
    return ["/drafts/", "/drafts/living/", read, f"{read}approval/", f"{read}sources/0/"]


def counts(prefix, **changed):
    return {f"{prefix}-{name}": value for name, value in (COUNTS | changed).items()}


# --- For whom they open


def test_everybody_with_a_seat_reads_every_draft(house, draft, enter):
    for name in SEATED:
        client = enter(house.people[name])
        assert {path: client.get(path, follow=True).status_code for path in paths(draft)} == dict.fromkeys(
            paths(draft), 200
        ), name


def test_a_stranger_sees_nothing_of_them(house, draft, enter, client):
    for path in paths(draft):
        assert enter(house.stranger).get(path).status_code == 403
        assert "/accounts/login/" in client.get(path)["Location"]


def test_only_the_directorate_sees_what_freezing_would_store(house, draft, enter):
    for name in SEATED:
        page = enter(house.people[name]).get("/drafts/").content.decode()
        assert ("Çalışma metnindeki bulgular" in page) == (name in ("officer", "director")), name
        assert ("Taslağı dondur" in page) == (name in ("officer", "director")), name


def test_nobody_else_changes_a_draft(house, enter):
    draft = make.returned(house, "Hedefler ölçülebilir değil.")
    answer = f"/drafts/objections/{draft.objections.get().pk}/"
    filled = {"answer": "x", "kind": "opinion", "number": "1", "decided_on": COUNTS["decided_on"], "after": 1}
    for name in SEATED:
        client = enter(house.people[name])
        acts = ["endorse/", "approve/", "records/"]
        if name not in ("officer", "director"):
            acts += [answer, "/drafts/freeze/"]
        for act in acts:
            path = act if act.startswith("/") else f"/drafts/{draft.pk}/{act}"
            response = client.post(path, filled | counts("endorse") | counts("approve"))
            assert response.status_code == 403, (name, act)
    assert make.read(draft).state == DraftState.RETURNED
    assert draft.objections.get().answer == ""


# --- What they show


def test_a_mark_opens_its_source_with_and_without_a_script(ready, enter):
    draft = make.frozen(ready)
    block = draft.blocks.filter(kind="text", chapter="3.F").first()
    client = enter(ready.council_member)
    path = f"/drafts/{draft.pk}/sources/{block.position}/"
    fragment = client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert (
        "Paydaş analizi raporu, 1. 1. konu" in fragment
        and "data-focus" in fragment
        and "<html" not in fragment
    )
    page = client.get(path, follow=True).content.decode()
    assert "Paydaş analizi raporu, 1. 1. konu" in page
    assert f'id="{block.anchor}"' in page and 'class="blk sel"' in page


@pytest.mark.parametrize("text", ["frozen", "living"])
def test_a_source_is_named_to_all_and_linked_for_who_may_open_it(ready, enter, text):
    path = f"/drafts/{make.frozen(ready).pk}/" if text == "frozen" else "/drafts/living/"
    page = enter(ready.officer).get(path)
    block = next(one for one in page.context["blocks"] if one["mark"] and one["mark"]["text"] == "R 1")
    name = "Paydaş analizi raporu, 1. 1. konu"
    link = f'<a href="/reports/{ready.period.reports.get().pk}/versions/1/#s-1">{name}</a>'
    for who in SEATED:
        page = enter(ready.people[who]).get(f"{path}?source={block['anchor']}").content.decode()
        reads = who not in ("mayor", "council_member", "clerk", "sysadmin")
        assert (name in page, link in page) == (True, reads), who


def test_the_living_text_has_its_sources_too(ready, enter):
    page = enter(ready.officer).get("/drafts/living/?source=b-2-c-calendar").content.decode()
    assert "Çalışma metni, 2.C" in page and "Donduruldu" not in page


def test_a_report_tells_where_its_sections_stand(ready, enter):
    draft = make.frozen(ready)
    part = SectionVersion.objects.filter(version__report__title="Paydaş analizi raporu").first()
    (place,) = places_of_sections([part.pk])[part.pk]
    assert place.label == "1. taslak, 3.F"
    path, _hash, anchor = place.url.partition("#")
    assert path == draft.get_absolute_url()
    assert f'id="{anchor}"' in enter(ready.rapporteur).get(path).content.decode()


def test_and_on_which_page_once_the_draft_is_printed(ready, enter):
    draft = make.frozen(ready)
    tasks.print_version(draft=draft, now=timezone.now())
    draft.refresh_from_db()
    part = SectionVersion.objects.filter(version__report__title="Paydaş analizi raporu").first()
    (place,) = places_of_sections([part.pk])[part.pk]
    page = draft.pages[place.url.partition("#")[2]]
    assert place.label == f"1. taslak, 3.F, s. {page}"
    assert draft.pages[draft.blocks.get(kind="section", chapter="3.F").anchor] <= page
    told = enter(ready.rapporteur).get(f"/reports/{part.version.report_id}/").content.decode()
    assert f'<a href="{place.url}">{place.label}</a>' in told


def test_a_draft_is_shown_with_the_years_of_its_own_period(house, enter):
    make.decided(make.at_council(house), "adopted", house)
    other = period(house.period.first_year + 5)
    client = enter(house.officer)
    client.post(reverse("institution:period_choose", args=[other.pk]))
    draft = house.period.drafts.get()
    assert f"{house.period.label} Stratejik Planı</h1>" in client.get(f"/drafts/{draft.pk}/").content.decode()
    assert draft.get_absolute_url() not in client.get("/drafts/").content.decode()


def test_the_way_shows_what_was_decided_and_what_is_next(house, draft, enter):
    path = f"/drafts/{draft.pk}/approval/"
    assert "Uygun bulma kararını kaydet" in enter(house.team_chair).get(path).content.decode()
    make.endorsed(house, draft)
    page = enter(house.mayor).get(path).content.decode()
    assert "3 katılan, 2 kabul, 1 ret" in page and "Onayı kaydet" in page


def test_the_next_draft_shows_the_objections_with_their_answers(house, enter):
    first = make.returned(house, "Hedefler ölçülebilir değil.")
    client = enter(house.officer)
    path = f"/drafts/objections/{first.objections.get().pk}/"
    refused = client.post(path, {"answer": " "})
    assert refused.status_code == 422 and "data-focus" in refused.content.decode()
    assert client.post(path, {"answer": "Göstergeler eklendi."}).status_code == 302
    page = enter(house.mayor).get(f"/drafts/{make.frozen(house).pk}/approval/").content.decode()
    assert "Meclisin 1. taslağa itirazları" in page and "Göstergeler eklendi." in page


def test_the_history_tells_the_way(house, enter):
    draft = make.approved(house)
    history = enter(house.council_member).get(reverse("history", args=["drafts", "draftversion", draft.pk]))
    page = history.content.decode()
    assert "Geçmiş: 1. taslak" in page
    for told in ("Donduruldu", "Üst Yönetimin onayı", house.mayor.get_full_name()):
        assert told in page


# --- What they change


def test_freezing_twice_from_one_page_makes_one_draft(house, enter):
    client = enter(house.officer)
    for _press in range(2):
        assert client.post("/drafts/freeze/", {"after": 0}).status_code == 302
    assert DraftVersion.objects.count() == 1
    for nonsense in ("x", "9" * 5000):
        assert client.post("/drafts/freeze/", {"after": nonsense}).status_code == 302


def test_the_form_comes_back_with_what_is_wrong(house, draft, enter):
    client = enter(house.team_chair)
    wrong = client.post(f"/drafts/{draft.pk}/endorse/", counts("endorse", in_favour=1))
    assert wrong.status_code == 422
    assert "katılanların yarısını geçmiyor" in wrong.content.decode()
    assert client.post(f"/drafts/{draft.pk}/endorse/", counts("endorse", present="çok")).status_code == 422
    for _press in range(2):
        assert client.post(f"/drafts/{draft.pk}/endorse/", counts("endorse")).status_code == 302
    assert make.read(draft).state == DraftState.ENDORSED


# --- What they cost


def test_pages_take_as_many_queries_for_many_blocks_as_for_few(ready, enter, queries):
    client = enter(ready.officer)
    few = [queries(client, path) for path in paths(make.frozen(ready))[:4]]
    for _turn in range(3):
        reports.accepted(ready.group)
    more = make.frozen(ready)
    assert [queries(client, path) for path in paths(more)[:4]] == few
