"""Pictures in a section's text: what is kept of them, who sees them, where they are printed."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from common.decisions import Invalid
from documents.drafts.builders import pdf
from documents.drafts.compose import Block
from documents.drafts.models import DraftBlock
from documents.files import services as files
from documents.reports import services
from institution.roles import Kind, Role
from tests.factories import reports as make
from tests.factories.base import BY, body, person, seat

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SECRET = b"39.6484 N 27.8826 E"


def drawn(kind: str = "JPEG", size: tuple[int, int] = (60, 30)) -> bytes:
    """A picture with a place written beside it."""
    held = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6  # taken with the camera turned
    Image.new("RGB", size, "#0b5561").save(held, kind, exif=exif)
    return held.getvalue() + SECRET


@pytest.fixture
def section(house):
    return make.requested(house.group).sections.get(number=1)


@pytest.fixture
def other_writer(house):
    group = body(Kind.SUB_GROUP, house.period, "Mali Analiz Grubu")
    writer = person("Aylin Şen")
    seat(group, writer, Role.RAPPORTEUR)
    return writer, group


def insert(section, by, content=None, name="harita.jpg"):
    upload = SimpleUploadedFile(name, content or drawn())
    return services.insert_picture(section=section, upload=upload, by=by, now=NOW)


def figure(file) -> str:
    return f'<figure><img alt="İlçe haritası" src="/files/{file.pk}/picture/"></figure>'


def save(section, by, html):
    return services.save_section(section=section, revision=section.revision, html=html, by=by, now=NOW)


def test_a_picture_is_drawn_anew_upright_and_without_what_rode_along(section, rapporteur):
    file = insert(section, rapporteur)
    content = files.place(file.blob).read_bytes()
    assert SECRET not in content and Image.open(io.BytesIO(content)).size == (30, 60)
    assert (file.name, file.body) == ("harita.jpg", section.report.body)
    assert insert(section, rapporteur) == file
    assert not section.attachments.standing().exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jpg", b"<svg onload=alert(1)>", "gerçek bir JPG dosyası değil"),
        ("a.png", drawn("PNG", (5000, 4001)), "20 milyondan çok piksel"),
        ("a.pdf", make.PDF, "PNG ve JPG"),
    ],
)
def test_what_is_no_picture_is_refused_by_name(section, rapporteur, name, content, words):
    with pytest.raises(Invalid) as refused:
        insert(section, rapporteur, content, name)
    assert words in str(refused.value.message) and name in str(refused.value.message)


def test_a_text_shows_only_pictures_of_its_own_group(section, other_writer, rapporteur):
    foreign = insert(make.requested(other_writer[1]).sections.get(number=1), other_writer[0])
    with pytest.raises(Invalid, match="bu grubun dosyası değil"):
        save(section, rapporteur, figure(foreign))
    section = save(section, rapporteur, figure(insert(section, rapporteur)))
    assert section.words == 2 and section.state == "done"
    lost = '<p>Bkz. <a data-figure="99"></a></p>'
    assert save(section, rapporteur, lost).state == "writing"


def test_a_picture_is_shown_in_the_page_to_who_may_read_the_report(
    section, rapporteur, other_writer, house, enter
):
    file = insert(section, rapporteur)
    shown = enter(rapporteur).get(f"/files/{file.pk}/picture/")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "sandbox" in shown["Content-Security-Policy"]
    stranger, _group = other_writer
    assert enter(stranger).get(f"/files/{file.pk}/picture/").status_code == 404
    files.open_to_all(file=file, by=BY, now=NOW)
    assert enter(stranger).get(f"/files/{file.pk}/picture/").status_code == 200
    document = files.store_bytes(content=make.PDF, name="a.pdf", body=house.group, by=BY, now=NOW)
    assert enter(rapporteur).get(f"/files/{document.pk}/picture/").status_code == 404


def test_the_picture_is_sent_by_the_editor_and_a_refusal_is_one_sentence(section, rapporteur, enter):
    url = f"/reports/{section.report_id}/sections/1/pictures/"
    client = enter(rapporteur)
    sent = client.post(url, {"file": SimpleUploadedFile("a.jpg", drawn()), "whole": "1"})
    assert client.get(sent.json()["src"]).status_code == 200
    refused = client.post(url, {"file": SimpleUploadedFile("a.jpg", b"x"), "whole": "1"})
    assert refused.status_code == 422 and "gerçek bir JPG" in refused.json()["message"]


def test_the_printed_plan_shows_it_with_a_number_that_counts_on(section, rapporteur, house):
    file = insert(section, rapporteur)
    text = {"title": "", "html": f'{figure(file)}<p>Bkz. <a data-figure="{file.pk}"></a></p>'}
    blocks = [Block("3.F", DraftBlock.Kind.TEXT, f"b-{n}", text) for n in (1, 2)]
    html = pdf.build_html(house.period, blocks, draft=None)
    assert f'src="asset:picture-{file.pk}"' in html and "Şekil 1." in html and ">Şekil 2</a>" in html
    content = pdf.build_pdf(house.period, blocks[:1], draft=None).content
    assert content.startswith(b"%PDF") and b"/Image" in content
