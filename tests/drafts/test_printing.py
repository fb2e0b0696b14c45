"""The printer is a child that opens nothing but what came with the job, and ends on time."""

import contextlib
import http.server
import json
import os
import signal
import sys
import threading
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from common import jobs, printing
from common.jobs.models import Job, State
from documents.drafts.builders import pdf
from documents.drafts.compose import Block
from documents.drafts.models import DraftBlock
from documents.files.models import StoredFile
from tests.factories import drafts as make
from tests.machine import children_of, wait_until

pytestmark = pytest.mark.django_db
HEAD = Block("1", DraftBlock.Kind.CHAPTER, "b-1", {"code": "1", "title": "Giriş"})


def printed(html: str, **changed) -> bytes:
    """What the printer's child makes of this HTML alone."""
    job = {"html": html, "css": "", "assets": {}, "fonts": str(settings.PRINT_FONTS)} | changed
    argv = [sys.executable, "-I", str(printing.PRINTER)]
    return jobs.run_child(argv, timeout=60, input=json.dumps(job).encode())


def text_block(html: str, chapter: str = "3.F") -> Block:
    return Block(chapter, DraftBlock.Kind.TEXT, f"b-{chapter}-x", {"title": "", "html": html})


# --- Nothing is fetched


@pytest.fixture
def canary():
    """A server that notes who calls."""
    calls = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", calls
    server.shutdown()


def test_no_address_is_opened(canary, tmp_path):
    url, calls = canary
    secret = tmp_path / "gizli.txt"
    secret.write_text("gizli söz")
    content = printed(
        f'<link rel="stylesheet" href="{url}/s.css"><link rel="attachment" href="{secret.as_uri()}">'
        f'<link rel="attachment" href="{url}/a"><a rel="attachment" href="{secret.as_uri()}">ek</a>'
        f'<img src="{url}/i.png"><img src="{secret.as_uri()}"><object data="{url}/o"></object>'
        '<img src="data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27%3E%3Ctext%3Egizli%3C/text%3E%3C/svg%3E">'
        f"<style>@import '{url}/x.css'; p {{ background: url({url}/b.png) }}</style><p>Metin</p>",
        css=f"@import '{url}/y.css'; @font-face {{ font-family: Y; src: url({url}/f.ttf) }} body {{ font-family: Y }}",
    )
    assert calls == []
    (tmp_path / "x.pdf").write_bytes(content)
    with pikepdf.open(tmp_path / "x.pdf") as document:
        assert not document.attachments
        assert not any(
            isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
            for thing in document.objects
        )
    assert "gizli söz".encode() not in content


def test_a_face_that_is_not_there_is_an_error():
    with pytest.raises(jobs.ChildFailed, match="Yok.ttf"):
        printed("<p>Metin</p>", css="@font-face { font-family: Y; src: url(asset:Yok.ttf) }")


# --- What cannot be printed


def test_a_document_that_breaks_the_printer_is_told_in_words():
    assert b"RecursionError" in printed("<div>" * 2000 + "söz")


def test_the_section_that_breaks_the_printer_is_named(house, monkeypatch):
    # What sanitising would not let through, as if it had.
    monkeypatch.setattr("documents.drafts.templatetags.drafts.for_reading", lambda html, before: html)
    blocks = [HEAD, text_block("<p>Söz</p>", "3.C"), text_block("<div>" * 2000 + "söz", "3.F")]
    with pytest.raises(jobs.JobError, match=r"3\.F Paydaş analizi.*Metin kaybolmadı"):
        pdf.build_pdf(house.period, blocks, draft=None)


def test_what_sanitising_lets_through_is_printed(house):
    wide = '<table><tbody><tr><td colspan="100000">Geniş</td></tr></tbody></table>' * 30
    blocks = [HEAD, text_block(wide, "3.C"), text_block(f"<p>{'söz ' * 2000}</p>", "3.F")]
    assert pdf.build_pdf(house.period, blocks, draft=None).content.startswith(b"%PDF")


def test_a_printer_that_does_not_end_is_stopped(house, monkeypatch, tmp_path):
    printer = "import sys, time\n'sonsuz' in sys.stdin.read() and time.sleep(60)\nsys.stdout.write('%PDF')"
    (tmp_path / "printer.py").write_text(printer)
    monkeypatch.setattr(printing, "PRINTER", tmp_path / "printer.py")
    monkeypatch.setattr(pdf, "SECONDS", 2)
    monkeypatch.setattr(pdf, "SECONDS_ALONE", 2)
    blocks = [HEAD, text_block("<p>Söz</p>", "3.C"), text_block("<p>sonsuz</p>", "3.F")]
    with pytest.raises(jobs.JobError, match=r"3\.F Paydaş analizi"):
        pdf.build_pdf(house.period, blocks, draft=None)


def test_a_plan_that_is_only_long_blames_no_section(house, monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    with pytest.raises(jobs.JobError, match="Metin kaybolmadı") as failed:
        pdf.build_pdf(house.period, [HEAD, text_block("<p>Söz</p>")], draft=None)
    assert "bölüm" not in str(failed.value)


# --- The job


def job() -> Job:
    return Job.objects.get(kind="drafts.print")


def test_the_job_keeps_one_file(house):
    draft = make.frozen(house)
    jobs.perform_waiting()
    draft = make.read(draft)
    assert job().state == State.DONE
    assert draft.pdf.name == f"stratejik-plan-{house.period.code}-taslak-1.pdf"
    assert (draft.pdf.blob.content_type, draft.pdf.is_public) == ("application/pdf", True)
    Job.objects.update(state=State.WAITING)
    jobs.perform_waiting()
    assert job().state == State.DONE
    assert StoredFile.objects.get() == draft.pdf
    assert make.read(draft).history.first().history_user_name == "Yazdırma"


def test_a_job_that_failed_says_why_and_is_tried_again(house, enter, monkeypatch):
    draft = make.frozen(house)
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    jobs.perform_waiting()
    assert job().state == State.FAILED
    page = enter(house.officer).get("/drafts/").content.decode()
    assert "Metin kaybolmadı" in page and "Yeniden dene" in page
    monkeypatch.undo()
    enter(house.officer).post(reverse("jobs:retry", args=[job().pk]))
    jobs.perform_waiting()
    assert make.read(draft).pdf


def printer() -> int | None:
    """The printer's process, if this one has started it."""
    for pid in children_of(os.getpid()):
        with contextlib.suppress(FileNotFoundError):
            if b"weasy.py" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
    return None


@pytest.mark.django_db(transaction=True)
def test_a_printer_that_is_killed_in_mid_print_is_started_anew_and_keeps_one_file(house):
    draft = make.frozen(house)

    def work():
        jobs.perform_waiting()
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    os.kill(wait_until(printer, seconds=20, what="the printer"), signal.SIGKILL)
    worker.join(60)
    assert (job().state, job().attempts) == (State.DONE, 2)
    assert StoredFile.objects.get() == make.read(draft).pdf
