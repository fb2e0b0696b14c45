"""A file waits in quarantine until it is examined and, where there is a scanner, found without a virus."""

import datetime as dt
import io
import os
import socketserver
import struct
import threading

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from common import jobs
from common.audit import verify
from common.jobs import child
from common.jobs.models import Job
from common.notices.models import Notice
from documents.files import clamd, door, services, tasks
from documents.files.models import StoredFile
from tests.factories.reports import PDF

pytestmark = pytest.mark.django_db
# In two parts, so that no scanner takes this file for what it describes.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.StreamRequestHandler):
    """Speaks what clamd speaks, and knows one virus."""

    def handle(self):
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command == b"zPING\0":
            self.wfile.write(b"PONG\0")
            return
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.wfile.write(b"stream: " + (b"Eicar-Test-Signature FOUND\0" if EICAR in content else b"OK\0"))


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def scanner(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMAV = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


def uploaded(house, by, name="tutanak.pdf", content=PDF) -> StoredFile:
    upload = SimpleUploadedFile(name, content)
    return services.store(upload=upload, body=house.group, by=by, now=timezone.now())


def again(file: StoredFile) -> StoredFile:
    return StoredFile.objects.select_related("screening", "blob").get(pk=file.pk)


def with_script() -> bytes:
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.save(held)
    return held.getvalue()


def test_without_a_scanner_nothing_waits(house, rapporteur, enter, client):
    file = uploaded(house, rapporteur)
    assert enter(rapporteur).get(f"/files/{file.pk}/").status_code == 200
    assert client.get("/health/ready/").json()["scanner"] == "none"


def test_with_a_scanner_a_file_is_given_to_nobody_until_it_is_clean(
    house, rapporteur, enter, scanner, client
):
    assert client.get("/health/ready/").json()["scanner"] == "answers"
    file = uploaded(house, rapporteur)
    refused = enter(rapporteur).get(f"/files/{file.pk}/")
    assert refused.status_code == 403 and "henüz inceleniyor" in refused.content.decode()
    assert not services.place(file.blob).exists()
    jobs.perform_waiting()
    assert b"".join(enter(rapporteur).get(f"/files/{file.pk}/").streaming_content) == PDF


def test_a_virus_is_kept_aside_and_told_to_uploader_and_administrator(house, rapporteur, enter, scanner):
    file = uploaded(house, rapporteur, "virüs.txt", EICAR)
    jobs.perform_waiting()
    assert again(file).state == "infected"
    assert enter(rapporteur).get(f"/files/{file.pk}/").status_code == 403
    assert "Virüs bulundu" in enter(rapporteur).get("/files/").content.decode()
    told = enter(house.people["sysadmin"]).get("/").content.decode()
    for person, told_at in ((rapporteur, f"/files/{file.pk}/about/"), (house.people["sysadmin"], "/")):
        notice = Notice.objects.get(to=person.pk, kind="files.infected")
        assert (notice.label, notice.url) == ("virüs.txt", told_at)
    assert "Eicar-Test-Signature" in told and "virüs.txt" in told and str(rapporteur) in told
    assert door.place(file.blob_id, door.QUARANTINE).read_bytes() == EICAR
    assert not services.place(file.blob).exists()
    assert list(verify.verify()) == []


def test_a_scanner_that_is_silent_lets_files_wait_until_it_answers(house, rapporteur, scanner, settings):
    where, settings.CLAMAV = settings.CLAMAV, "127.0.0.1:9"
    file = uploaded(house, rapporteur)
    jobs.perform_waiting()
    assert again(file).state == "waiting"
    assert "yanıt vermiyor" in Job.objects.get(kind="files.screen").error
    assert clamd.state() == "silent"
    settings.CLAMAV = where
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6)):
        tasks.rescreen(None, None)
    assert again(file).is_clean


def test_what_takes_long_is_examined_behind_the_persons_back(house, rapporteur, settings):
    settings.UPLOAD_CHECK_SECONDS = 0.01
    file = uploaded(house, rapporteur, content=with_script())
    bad = uploaded(house, rapporteur, "kırık.pdf", PDF[:60])
    assert file.state == "waiting"
    settings.UPLOAD_CHECK_SECONDS = 20
    jobs.perform_waiting()
    kept = services.place(again(file).blob).read_bytes()
    assert again(file).screening.was_stripped and b"JavaScript" not in kept
    assert again(bad).state == "refused"
    assert "bozuk" in Job.objects.get(kind="files.screen", key=str(bad.pk)).error
    assert list(verify.verify()) == []


@pytest.fixture
def stopping(monkeypatch):
    """The worker stops: it ends its children and starts no other; the next one begins anew."""
    monkeypatch.setattr(child, "_stopping", threading.Event())

    def stop():
        child.kill_children()
        return child._stopping

    return stop


def test_a_stop_in_mid_examination_condemns_nobody(house, rapporteur, settings, stopping):
    settings.UPLOAD_CHECK_SECONDS = 0.01
    file = uploaded(house, rapporteur)
    settings.UPLOAD_CHECK_SECONDS = 20
    stopped = stopping()
    jobs.perform_waiting()
    assert again(file).state == "waiting"
    assert "yarıda kesildi" in Job.objects.get(kind="files.screen").error
    stopped.clear()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6)):
        tasks.rescreen(None, None)
    assert again(file).is_clean


def test_what_comes_in_during_a_stop_waits_instead_of_being_refused(house, rapporteur, stopping):
    stopped = stopping()
    file = uploaded(house, rapporteur)
    assert file.state == "waiting"
    stopped.clear()
    jobs.perform_waiting()
    assert again(file).is_clean


def test_a_picture_that_a_stop_kept_from_being_drawn_is_drawn_later(house, rapporteur, enter, stopping):
    file = uploaded(house, rapporteur)
    stopped = stopping()
    assert enter(rapporteur).get(f"/files/{file.pk}/preview/").status_code == 404
    stopped.clear()
    assert enter(rapporteur).get(f"/files/{file.pk}/preview/").status_code == 200


def test_what_acts_is_taken_from_a_pdf_and_told(house, rapporteur):
    file = uploaded(house, rapporteur, content=with_script())
    assert b"JavaScript" not in services.place(file.blob).read_bytes()
    assert again(file).is_clean and again(file).screening.was_stripped


def test_unfinished_bytes_are_cleared_away_after_a_day(house, rapporteur, tmp_path):
    file = uploaded(house, rapporteur)
    for room in (door.INCOMING, f"{door.BLOBS}/ab"):
        (tmp_path / room).mkdir(parents=True, exist_ok=True)
        (tmp_path / room / "half").write_bytes(b"x")
        os.utime(tmp_path / room / "half", (0, 0))
    os.utime(services.place(file.blob), (0, 0))
    tasks.tidy(None, None)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [services.place(file.blob)]
