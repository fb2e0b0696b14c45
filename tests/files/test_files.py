"""Uploads are what they say they are, are kept once and whole, and leave as harmless attachments."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from common.decisions import Invalid
from common.middleware import POWERLESS
from documents.files import kinds, services
from documents.files import office as office_files
from documents.files.models import Blob, StoredFile
from tests.factories.reports import PDF

pytestmark = pytest.mark.django_db


def picture(kind: str, size: tuple[int, int] = (3, 2), **saved) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", size, "teal").save(held, kind, **saved)
    return held.getvalue()


PNG, JPG = picture("PNG"), picture("JPEG")


def office(*names: str, **bytes_of: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, bytes_of.get(name.rpartition("/")[2].partition(".")[0], b"<xml/>"))
    return held.getvalue()


def flawed(archive: bytes, *, flag: int = 0, method: int = 8) -> bytes:
    """The archive as if its files were encrypted, or packed in a way that nobody knows."""
    changed = bytearray(archive)
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + at] |= flag
            changed[place + at + 2] = method
            place = changed.find(mark, place + 4)
    return bytes(changed)


DOCX = office("[Content_Types].xml", "word/document.xml")
XLSX = office("[Content_Types].xml", "xl/workbook.xml", "xl/embeddings/chart.xlsx")
ODT = office("mimetype", "content.xml", mimetype=b"application/vnd.oasis.opendocument.text")


def store(house, by, name="tutanak.pdf", content=PDF):
    return services.store(
        upload=SimpleUploadedFile(name, content), body=house.group, by=by, now=timezone.now()
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tutanak.pdf", PDF),
        ("yazı.docx", DOCX),
        ("çizelge.xlsx", XLSX),
        ("yazı.odt", ODT),
        ("veri.csv", "Mahalle;Nüfus\r\nÜçpınar;1.204\r\n".encode()),
        ("not.txt", "Açıklama".encode("cp1254")),
    ],
)
def test_keeps_what_is_what_it_says(house, rapporteur, name, content):
    stored = store(house, rapporteur, name, content)
    assert services.place(stored.blob).read_bytes() == content
    assert (stored.blob.size, stored.uploaded_by) == (len(content), rapporteur)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rapor.pdf", PNG),
        ("resim.png", JPG),
        ("resim.png", PNG[:40]),
        ("yarım.pdf", PDF[:60]),
        ("rapor.pdf", b"MZ\x90\0\3\0\0\0"),
        ("rapor.docx", XLSX),
        ("rapor.docx", office("ham.txt")),
        ("rapor.xlsx", b"PK\3\4 kirik"),
        ("resim.png", b"<svg onload=alert(1)>"),
        ("not.txt", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("not.txt", PDF),
        ("veri.csv", b"a;b\0c"),
        ("program.exe", b"MZ\x90\0"),
        ("sayfa.html", b"<p>"),
        ("resim.svg", b"<svg/>"),
        ("adsiz", PDF),
        ("bos.pdf", b""),
        ("kilitli.odt", flawed(ODT, flag=1)),
        ("yöntem.odt", flawed(ODT, method=99)),
        ("kırık.odt", ODT[:40] + b"\xff" * 8 + ODT[48:]),
        ("yarım.ods", ODT[:60] + bytes(20) + ODT[80:]),
        ("makro.docx", office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("nesne.docx", office("[Content_Types].xml", "word/document.xml", "word/embeddings/oleObject1.bin")),
    ],
)
def test_refuses_the_rest_with_a_sentence_that_names_the_file(house, rapporteur, name, content):
    with pytest.raises(Invalid) as refused:
        store(house, rapporteur, name, content)
    assert name in str(refused.value.message)
    assert not StoredFile.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.part"))


def test_draws_pictures_anew(house, rapporteur):
    shot = Image.Exif()
    shot[0x010F] = "Acme"
    sent = picture("JPEG", exif=shot, comment=b"gizli") + b"<script>alert(1)</script>"
    stored = store(house, rapporteur, "resim.jpeg", sent)
    kept = services.place(stored.blob).read_bytes()
    assert Image.open(io.BytesIO(kept)).size == (3, 2)
    assert not any(word in kept for word in (b"Acme", b"gizli", b"script"))
    assert stored.blob.content_type == "image/jpeg"


def test_refuses_a_bomb_without_unpacking_it(house, rapporteur):
    bomb = office("[Content_Types].xml", "word/document.xml", document=b"\0" * (11 * office_files.MEGABYTE))
    assert len(bomb) < 100_000
    with pytest.raises(Invalid):
        store(house, rapporteur, "bomba.docx", bomb)


def test_refuses_too_large_a_file(house, rapporteur, settings):
    settings.UPLOAD_MAX_MB = 1
    with pytest.raises(Invalid) as refused:
        store(house, rapporteur, "büyük.pdf", PDF + b"\n" * (3 * office_files.MEGABYTE))
    assert str(refused.value.message).startswith("Dosya 3 MB; en çok 1 MB yüklenebilir.")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Belgeler\\Çalıştay tutanağı.pdf", "Çalıştay tutanağı.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ('ad"<>|?*:.pdf', "ad-------.pdf"),
        ("  ..gizli .pdf", "gizli.pdf"),
        ("I\u0307stanbul.pdf", "İstanbul.pdf"),
        (".pdf", "dosya.pdf"),
    ],
)
def test_cleans_names(given, kept):
    assert kinds.clean_name(given) == kept


def test_shortens_endless_names():
    assert len(kinds.clean_name("ş" * 400 + ".docx")) == kinds.LONGEST_NAME


def test_keeps_the_same_bytes_once(house, rapporteur):
    one, two = store(house, rapporteur), store(house, rapporteur, "kopya.pdf")
    assert one.blob == two.blob
    assert Blob.objects.count() == 1


def test_leaves_as_an_attachment_without_power(house, rapporteur, enter):
    stored = store(house, rapporteur, "Çalıştay tutanağı.pdf")
    answer = enter(rapporteur).get(f"/files/{stored.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%C3%87al%C4%B1%C5%9Ftay%20tutana%C4%9F%C4%B1.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == POWERLESS
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"


def test_is_not_there_for_people_of_other_rooms(house, rapporteur, enter):
    stored = store(house, rapporteur)
    for person in ("council_member", "clerk", "sysadmin"):
        client = enter(house.people[person])
        assert client.get(f"/files/{stored.pk}/").status_code == 404
    for person in ("rapporteur", "group_member", "team_member", "unit_rep", "officer", "inspector"):
        assert enter(house.people[person]).get(f"/files/{stored.pk}/").status_code == 200


def test_lists_the_files_of_my_rooms(house, rapporteur, council_member, enter):
    store(house, rapporteur)
    assert "tutanak.pdf" in enter(rapporteur).get("/files/").content.decode()
    assert "tutanak.pdf" not in enter(council_member).get("/files/").content.decode()


def test_has_a_history_page(house, rapporteur, enter):
    stored = store(house, rapporteur)
    assert enter(rapporteur).get(f"/history/files/storedfile/{stored.pk}/").status_code == 200


def test_a_public_file_is_open_to_every_seat_holder(house, officer, council_member, enter):
    stored = services.store_bytes(
        content=PDF, name="taslak.pdf", body=None, is_public=True, by=officer, now=timezone.now()
    )
    assert enter(council_member).get(f"/files/{stored.pk}/").status_code == 200
