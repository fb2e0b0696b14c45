"""Files that mean harm, and uploads that break off, over HTTP against the product as it is served."""

from __future__ import annotations

import contextlib
import http.client
import io
import os
import re
import resource
import secrets
import socket
import statistics
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from common import jobs
from documents.files import door, services
from documents.files.models import Blob, StoredFile
from tests.files.corpus import corpus
from tests.machine import Process, free_port, wait_until
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
SERVER = ["-m", "gunicorn", "-c", "python:karesi_plan.gunicorn_conf", "karesi_plan.wsgi"]
MEGABYTE = 1024 * 1024


class Answer(NamedTuple):
    status: int
    body: bytes
    headers: dict[str, str]
    seconds: float


class Site:
    """The served product, as one person's browser speaks to it."""

    def __init__(self, process: Process, port: int, person, room: int, media: Path) -> None:
        self.process, self.port, self.media = process, port, media
        self.path = f"/files/rooms/{room}/upload/"
        client, self.token = Client(), secrets.token_hex(16)
        client.force_login(person)
        self.cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={self.token}"

    def request(self, name: str, content: bytes) -> tuple[bytes, dict[str, str]]:
        edge = "edge0123456789"
        fields = {"csrfmiddlewaretoken": self.token, "whole": "1"}
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'
            for k, v in fields.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = (
            parts[0].encode()
            + head.encode()
            + content
            + b"\r\n"
            + parts[1].encode()
            + f"--{edge}--\r\n".encode()
        )
        headers = {
            "Content-Type": f"multipart/form-data; boundary={edge}",
            "Cookie": self.cookies,
            "X-Requested-With": "XMLHttpRequest",
        }
        return body, headers

    def upload(self, name: str, content: bytes) -> Answer:
        body, headers = self.request(name, content)
        return self.ask("POST", self.path, body, headers)

    def get(self, path: str) -> Answer:
        return self.ask("GET", path, None, {"Cookie": self.cookies})

    def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        began = time.monotonic()
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(asked):
            asked.request(method, path, body, headers)
            answer = asked.getresponse()
            return Answer(answer.status, answer.read(), dict(answer.headers), time.monotonic() - began)

    def cut(self, name: str, content: bytes) -> None:
        """Begin an upload, send half of it and hang up."""
        body, headers = self.request(name, content)
        lines = [f"POST {self.path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
        lines += [f"{key}: {value}" for key, value in headers.items()]
        with socket.create_connection(("127.0.0.1", self.port)) as line:
            line.sendall("\r\n".join([*lines, "", ""]).encode() + body[: len(body) // 2])

    def memory(self) -> int:
        """Bytes that the web process takes, without its children."""
        [web] = self.process.children()
        return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{web}/status").read_text())[1]) * 1024

    def lying(self) -> list[Path]:
        return [path for path in self.media.rglob("*") if path.is_file()]


@pytest.fixture
def site(house, start, tmp_path, settings) -> Site:
    settings.MEDIA_ROOT = tmp_path / "media"
    port = free_port()
    env = {"DJANGO_SETTINGS_MODULE": "karesi_plan.settings.dev", "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    process = start(*SERVER, PORT=str(port), **env)
    served = Site(process, port, house.rapporteur, house.group.pk, settings.MEDIA_ROOT)

    def answers() -> bool:
        with contextlib.suppress(OSError):
            return served.get("/health/live/").status == 200
        return False

    wait_until(answers, seconds=60, what="the site")
    return served


def decided() -> bool:
    return not StoredFile.objects.filter(screening__state="waiting").exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough, and SQLite needs no worker beside")
def test_no_hostile_file_gets_through_and_the_web_process_stays_small(site):
    """Each is refused by a sentence, or what is handed out of it has lost what it meant to do."""
    found = corpus()
    assert len(found) >= 60
    assert site.upload("ısınma.txt", b"bir").status == 201
    memory, seconds, through = site.memory(), [], []
    for hostile in found:
        answer = site.upload(hostile.name, hostile.content)
        seconds.append(answer.seconds)
        if answer.status == 422:
            assert answer.headers["Content-Type"].startswith("text/plain") and len(answer.body) > 15
            continue
        assert answer.status == 201, (hostile.name, answer)
        wait_until(decided, seconds=60)
        file = StoredFile.objects.latest("pk")
        given = site.get(f"/files/{file.pk}/")
        if given.status == 200:
            through += [
                (hostile.name, venom) for venom in hostile.venom or ("it",) if holds(given.body, venom)
            ]
            assert given.headers["Content-Disposition"].startswith("attachment")
            assert "sandbox" in given.headers["Content-Security-Policy"]
    assert through == []
    assert site.memory() - memory < 50 * MEGABYTE
    # Nobody waits longer than two seconds for an answer; a machine that does much else may.
    assert statistics.quantiles(seconds, n=20)[-1] <= 2 and max(seconds) <= 5


def holds(content: bytes, venom) -> bool:
    """Whether the venom stands in what was given, also where a PDF has packed it away."""
    if not isinstance(venom, bytes):
        return True
    if content.startswith(b"%PDF"):
        plain = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pdf.save(plain, qdf=True)
        content += plain.getvalue()
    return venom in content


def test_an_upload_that_breaks_off_leaves_nothing_and_odd_ones_are_kept_in_order(site):
    content = b"s" * MEGABYTE
    for n in range(50):
        site.cut(f"yarim-{n}.txt", content)
    assert site.get("/health/live/").status == 200
    assert (StoredFile.objects.count(), Blob.objects.count(), site.lying()) == (0, 0, [])

    # Two at once are two versions of one content.
    both = at_once(*[lambda: site.upload("ikisi.txt", content)] * 2)
    assert [answer.status for answer in both] == [201, 201]
    assert (StoredFile.objects.count(), Blob.objects.count(), len(site.lying())) == (2, 1, 1)

    refused = site.upload("bos.txt", b"")
    assert refused.status == 422 and "“bos.txt” boş." in refused.body.decode()
    assert site.upload("../../x.txt", b"bir").status == 201
    assert site.upload("ş" * 300 + ".txt", b"iki").status == 201
    names = set(StoredFile.objects.values_list("name", flat=True))
    assert "x.txt" in names and max(map(len, names)) <= 150
    assert all(path.is_relative_to(site.media) for path in site.lying())


@pytest.fixture
def small_disk(settings, tmp_path):
    """A disk of 2 MB for files."""
    mount = tmp_path / "small"
    mount.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(mount)], capture_output=True
    )
    if mounted.returncode:
        assert not os.environ.get("CI")
        pytest.skip("no right to mount a disk")
    settings.MEDIA_ROOT = mount
    yield mount
    subprocess.run(["umount", "--lazy", str(mount)], check=True)


def test_a_full_disk_is_said_and_nothing_is_half_stored(house, small_disk):
    client = Client()
    client.force_login(house.rapporteur)

    def put(name: str, content: bytes):
        sent = {"file": SimpleUploadedFile(name, content), "whole": "1"}
        return client.post(f"/files/rooms/{house.group.pk}/upload/", sent)

    assert put("ilk.txt", b"a" * MEGABYTE).status_code == 302
    refused = put("büyük.txt", b"b" * (3 * MEGABYTE // 2))
    assert refused.status_code == 422 and "yer kalmadı" in refused.content.decode()
    first = StoredFile.objects.get()
    assert [path for path in small_disk.rglob("*") if path.is_file()] == [services.place(first.blob)]
    given = client.get(f"/files/{first.pk}/")
    assert len(b"".join(given.streaming_content)) == MEGABYTE
    assert put("küçük.txt", b"c").status_code == 302


def test_bombs_end_their_child_and_the_queue_goes_on(house, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    bombs = [one for one in corpus() if one.name in ("bomba.docx", "varlik.docx", "dev.png")]
    assert len(bombs) == 3 and max(len(one.content) for one in bombs) < 100_000
    settings.UPLOAD_CHECK_SECONDS = 0.01
    for name, content in [*((one.name, one.content) for one in bombs), ("iyi.csv", b"a;b")]:
        upload = SimpleUploadedFile(name, content)
        services.store(upload=upload, body=house.group, by=house.rapporteur, now=timezone.now())
    began = time.monotonic()
    jobs.perform_waiting()
    assert time.monotonic() - began < door.LONGEST
    states = dict(StoredFile.objects.values_list("name", "screening__state"))
    assert states == {
        "bomba.docx": "refused",
        "varlik.docx": "refused",
        "dev.png": "refused",
        "iyi.csv": "clean",
    }
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < door.MEMORY
