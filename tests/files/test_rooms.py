"""A body's files: added to its room, kept in versions, shown by what they belong to, given to who is named."""

import resource

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents.files import services
from documents.files.models import Download, StoredFile
from documents.reports.services import attach
from tests.factories import reports as make
from tests.factories.reports import PDF
from tests.files.test_files import JPG

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def put(client, body, *files: tuple[str, bytes], **headers):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse("files:upload", args=[body.pk]), {"file": sent, "whole": "1"}, **headers)


def room(client, body) -> str:
    return client.get(reverse("files:room", args=[body.pk])).content.decode()


def names() -> list[str]:
    return list(StoredFile.objects.order_by("pk").values_list("name", flat=True))


def test_several_files_are_stored_at_once_without_a_script(house, rapporteur, enter):
    client = enter(rapporteur)
    answer = put(client, house.group, ("veri.csv", b"a;b"), ("not.txt", b"bir"))
    assert answer.status_code == 302
    assert names() == ["veri.csv", "not.txt"]
    assert "2 dosya kaydedildi." in room(client, house.group)


def test_each_refused_file_is_named_and_the_others_are_stored(house, rapporteur, enter):
    answer = put(enter(rapporteur), house.group, ("a.csv", b"a;b"), ("b.pdf", b"MZ"), ("c.txt", b""))
    said = answer.content.decode()
    assert answer.status_code == 422 and names() == ["a.csv"]
    assert "“b.pdf” gerçek bir PDF" in said and "“c.txt” boş." in said


def test_a_script_gets_one_sentence(house, rapporteur, enter):
    script = {"headers": {"X-Requested-With": "XMLHttpRequest"}}
    fine = put(enter(rapporteur), house.group, ("a.csv", b"a;b"), **script)
    assert (fine.status_code, fine.content) == (201, b"")
    refused = put(enter(rapporteur), house.group, ("a.exe", b"MZ"), **script)
    assert refused.status_code == 422 and refused.content.decode().startswith("“a.exe” yüklenemez")


def test_only_those_who_work_for_the_body_add_files(house, enter):
    for person, status in (("group_member", 302), ("officer", 302), ("unit_rep", 403), ("inspector", 403)):
        answer = put(enter(house.people[person]), house.group, (f"{person}.csv", b"a;b"))
        assert answer.status_code == status, person
    assert put(enter(house.people["clerk"]), house.group, ("x.csv", b"a;b")).status_code == 404
    assert put(enter(house.people["clerk"]), house.council, ("x.csv", b"a;b")).status_code == 302


def test_the_same_name_is_the_next_version_and_older_ones_stay(house, rapporteur, enter):
    client = enter(rapporteur)
    for content in (b"bir", b"iki"):
        put(client, house.group, ("not.txt", content))
    first, second = StoredFile.objects.order_by("pk")
    shown = room(client, house.group)
    assert shown.count(f'href="/files/{second.pk}/"') == 1 and "2. sürüm" in shown
    assert f'href="/files/{first.pk}/"' not in shown
    page = client.get(reverse("files:file", args=[second.pk])).content.decode()
    assert reverse("files:file", args=[first.pk]) in page and "1. sürüm" in page and "iki" in page
    assert b"".join(client.get(f"/files/{first.pk}/").streaming_content) == b"bir"


def test_a_room_that_is_full_takes_no_more(house, rapporteur, enter, settings):
    settings.ROOM_QUOTA_MB = 1
    half = b"a" * 600_000
    assert put(enter(rapporteur), house.group, ("a.txt", half)).status_code == 302
    assert put(enter(rapporteur), house.group, ("b.txt", half)).status_code == 302  # the same content
    refused = put(enter(rapporteur), house.group, ("c.txt", half + b"b"))
    assert "ayrılan 1 MB alanın 1 MB’ı dolu" in refused.content.decode()
    assert names() == ["a.txt", "b.txt"]


def test_files_stand_under_what_they_belong_to(house, rapporteur, enter):
    report = make.requested(house.group, title="Paydaş raporu")
    section = report.sections.get(number=2)
    attach(section=section, upload=make.upload("ek.csv", b"a;b"), by=rapporteur, now=timezone.now())
    put(enter(rapporteur), house.group, ("serbest.csv", b"a;c"))
    shown = room(enter(rapporteur), house.group)
    assert shown.index("Paydaş raporu") < shown.index("ek.csv") < shown.index("serbest.csv")
    assert section.heading in shown


def test_who_downloaded_is_told_to_those_who_watch_over_the_process(house, rapporteur, enter):
    file = services.store(
        upload=make.upload("ek.csv", b"a;b"), body=house.group, by=rapporteur, now=timezone.now()
    )
    client = enter(house.people["group_member"])
    client.get(f"/files/{file.pk}/")
    client.head(f"/files/{file.pk}/")
    taken = Download.objects.get()
    assert (taken.file, taken.person_id) == (file, house.people["group_member"].pk)
    page = reverse("files:file", args=[file.pk])
    assert taken.person_name in _downloads(enter(house.people["officer"]).get(page))
    assert taken.person_name in _downloads(enter(house.people["inspector"]).get(page))
    assert _downloads(client.get(page)) == ""


def _downloads(answer) -> str:
    return answer.content.decode().partition('id="downloads"')[2]


def test_a_picture_and_a_first_page_are_drawn_small(house, rapporteur, enter):
    for name, content in (("a.jpg", JPG), ("b.pdf", PDF)):
        put(enter(rapporteur), house.group, (name, content))
        file = StoredFile.objects.get(name=name)
        preview = reverse("files:preview", args=[file.pk])
        page = enter(rapporteur).get(reverse("files:file", args=[file.pk])).content.decode()
        assert f'src="{preview}"' in page
        drawn = enter(rapporteur).get(preview)
        assert drawn["Content-Type"] == "image/jpeg" and b"".join(drawn.streaming_content).startswith(
            b"\xff\xd8"
        )
        assert enter(house.people["clerk"]).get(preview).status_code == 404


def test_a_room_takes_as_many_queries_for_ten_files_as_for_one(house, rapporteur, enter):
    def asked() -> int:
        client = enter(rapporteur)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            room(client, house.group)
        return len(queries)

    put(enter(rapporteur), house.group, ("0.csv", b"a"))
    few = asked()
    for n in range(1, 10):
        put(enter(rapporteur), house.group, (f"{n}.csv", b"%d" % n))
    assert asked() == few <= 16


# --- A disk without room for what comes in

LARGE = b"a;b\n" * 800_000  # beyond what is kept in memory while it comes in


def test_without_room_for_what_comes_in_one_sentence_is_said_and_nothing_stored(
    house, rapporteur, enter, settings, tmp_path
):
    client = enter(rapporteur)
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "gone"
    answer = put(client, house.group, ("veri.csv", LARGE))
    assert answer.status_code == 422 and "yer kalmadı; “veri.csv” kaydedilmedi" in answer.text
    section = make.requested(house.group).sections.get(number=1)
    path = f"/reports/{section.report_id}/sections/1/files/"
    answer = client.post(path, {"file": SimpleUploadedFile("ek.csv", LARGE), "whole": "1"})
    assert answer.status_code == 422 and "yer kalmadı; “ek.csv” kaydedilmedi" in answer.text
    assert names() == []


def test_a_disk_that_fills_up_while_files_come_in_leaves_no_half_of_them(
    house, rapporteur, enter, settings, tmp_path
):
    client = enter(rapporteur)
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    kept = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(LARGE) // 2, kept[1]))
    try:
        answer = put(client, house.group, ("ilk.csv", b"a;b"), ("veri.csv", LARGE))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
    assert answer.status_code == 422 and "“veri.csv” kaydedilmedi" in answer.text
    assert names() == [] and not list(tmp_path.glob("*.upload*"))
