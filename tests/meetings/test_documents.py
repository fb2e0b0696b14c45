"""Documents of a meeting: kept in its body's room, in a folder of the meeting."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from documents.files.models import StoredFile
from meetings import services
from meetings.models import MeetingFile
from tests.factories.reports import PDF
from tests.meetings.conftest import today_at

pytestmark = pytest.mark.django_db


def at(name, meeting, *more):
    return reverse(f"meetings:{name}", args=[meeting.pk, *more])


def pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF + b"%" + name.encode())


@pytest.fixture
def meeting(council, house):
    return council.planned(body=house.group, title="Paydaş toplantısı", starts_at=today_at(days=4))


def test_stand_on_the_meetings_page_and_in_its_folder(meeting, house, rapporteur, enter):
    client = enter(rapporteur)
    answer = client.post(at("attach", meeting), {"file": [pdf("davet.pdf"), pdf("sunum.pdf")], "whole": "1"})
    assert answer.url == at("meeting", meeting)
    page = client.get(answer.url).content.decode()
    assert "davet.pdf" in page and "sunum.pdf" in page
    room = client.get(reverse("files:room", args=[house.group.pk]))
    [folder] = room.context["folders"]
    assert folder.title.startswith("Paydaş toplantısı (") and len(folder.files) == 2
    assert f'href="{at("meeting", meeting)}">Toplantının belgeleri</a>' in room.content.decode()


def test_are_told_one_by_one_to_a_script(meeting, rapporteur, enter):
    client = enter(rapporteur)

    def send(file):
        sent = {"file": file, "whole": "1"}
        return client.post(at("attach", meeting), sent, headers={"X-Requested-With": "XMLHttpRequest"})

    refused = send(SimpleUploadedFile("oyun.exe", b"MZ"))
    assert refused.status_code == 422 and "oyun.exe" in refused.content.decode()
    assert send(pdf("davet.pdf")).status_code == 201
    assert send(pdf("davet.pdf")).status_code == 201  # the same one twice is one
    assert MeetingFile.objects.count() == 1


def test_are_taken_from_the_meeting_and_stay_in_the_room(meeting, house, rapporteur, enter):
    services.attach(meeting=meeting, upload=pdf("davet.pdf"), by=rapporteur, now=timezone.now())
    document = meeting.files.get()
    client = enter(rapporteur)
    page = client.post(at("detach", meeting, document.pk), follow=True).content.decode()
    assert "Belge eklenmedi" in page
    room = client.get(reverse("files:room", args=[house.group.pk]))
    assert [folder.title for folder in room.context["folders"]] == [""]
    assert [row.history_type for row in document.history.order_by("history_id")] == ["+", "~"]


def test_of_a_sitting_are_given_to_those_who_enter_the_councils_room(council, house, enter):
    sitting = council.planned()
    services.attach(meeting=sitting, upload=pdf("cagri.pdf"), by=house.people["clerk"], now=timezone.now())
    file = StoredFile.objects.get()
    for name, there in (("council_member", True), ("clerk", True), ("group_member", False)):
        client = enter(house.people[name])
        history = f"/history/meetings/meeting/{sitting.pk}/"
        for page in (at("meeting", sitting), history):
            assert ("cagri.pdf" in client.get(page).content.decode()) == there, (name, page)
        assert (client.get(reverse("files:download", args=[file.pk])).status_code == 200) == there


def test_are_not_added_to_a_meeting_that_was_called_off(meeting, officer, enter):
    services.call_off(meeting=meeting, by=officer)
    answer = enter(officer).post(at("attach", meeting), {"file": pdf("davet.pdf"), "whole": "1"})
    assert answer.status_code == 403 and "iptal edildi" in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_take_as_many_queries_for_five_as_for_one(meeting, rapporteur, enter, django_assert_max_num_queries):
    client = enter(rapporteur)
    counts = []
    for number in range(5):
        services.attach(meeting=meeting, upload=pdf(f"{number}.pdf"), by=rapporteur, now=timezone.now())
        if number in (0, 4):
            with django_assert_max_num_queries(60) as asked:
                client.get(at("meeting", meeting))
            counts.append(len(asked))
    assert counts[0] == counts[1]
