"""manage.py check_text and the vocabulary of this installation …"""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from weasyprint import HTML

from documents.plan import language
from institution import services as institution
from tests.factories import base

pytestmark = pytest.mark.django_db

SEED_PAGE = Path(settings.BASE_DIR).parent / "shared/data/karesi-2020-2024-page22.txt"
WRONG = "Yazı, Strateji Müdürlüğüne sunuldu.\nAmaç ve hedeer belirlendi.\n"


def run(capsys, path, *options):
    try:
        call_command("check_text", str(path), *options)
        code = 0
    except SystemExit as stop:
        code = stop.code
    return code, capsys.readouterr().out


def test_prints_findings_as_json_and_exits_1(tmp_path, capsys):
    (tmp_path / "plan.txt").write_text(WRONG, encoding="utf-8")

    code, out = run(capsys, tmp_path / "plan.txt", "--format", "json")

    rows = [{key: row[key] for key in ("rule", "text", "line", "suggestion")} for row in json.loads(out)]
    assert code == 1
    assert rows == [
        {
            "rule": "name",
            "text": "Strateji Müdürlüğüne",
            "line": 1,
            "suggestion": "Strateji Geliştirme Müdürlüğüne",
        },
        {"rule": "lost_ligature", "text": "hedeer", "line": 2, "suggestion": "hedefler"},
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1254"])
def test_reads_the_encodings_that_offices_use(tmp_path, capsys, encoding):
    (tmp_path / "plan.txt").write_text(WRONG, encoding=encoding)

    code, out = run(capsys, tmp_path / "plan.txt")

    assert code == 1
    assert "“Strateji Müdürlüğüne”" in out


def test_exits_0_on_a_clean_text(tmp_path, capsys):
    (tmp_path / "plan.txt").write_text("Hedefler belirlendi.", encoding="utf-8")

    assert run(capsys, tmp_path / "plan.txt", "--format", "json") == (0, "[]\n")


@pytest.mark.poppler
def test_reads_a_pdf_and_names_the_page(tmp_path, capsys):
    body = '<p>Hedefler.</p><p style="break-before: page">Giriş</p><p>Üniversitemiz.</p>'
    HTML(string=f'<html lang="tr"><body>{body}</body></html>').write_pdf(tmp_path / "plan.pdf")

    code, out = run(capsys, tmp_path / "plan.pdf", "--format", "json")

    [row] = json.loads(out)
    assert code == 1
    assert (row["page"], row["text"]) == (2, "Üniversitemiz")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.txt", None),
        ("folder", "folder"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("broken.txt", b"\xff\xfe\x00"),
        ("broken.pdf", b"%PDF-1.7\nnothing of the kind"),
    ],
)
def test_refuses_what_it_cannot_read_with_one_sentence_and_exits_2(tmp_path, name, content):
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=name) as refusal:
        call_command("check_text", str(path))

    assert refusal.value.returncode == 2


def test_knows_the_usual_names_before_anything_is_set_up():
    texts = {name.text for name in language.vocabulary().names}
    assert "Stratejik Planlama Ekibi" in texts


def test_knows_the_names_of_the_municipality_once_they_are_there():
    base.municipality()
    base.unit("Destek Hizmetleri Müdürlüğü")
    closed = base.unit("Destek İşleri Müdürlüğü")
    institution.change_unit(unit=closed, is_active=False, by=base.BY)

    vocabulary = language.vocabulary()

    assert [one.suggestion for one in language.check("Destek Müdürlüğünden", vocabulary)] == [
        "Destek Hizmetleri Müdürlüğünden"
    ]
    assert language.check("Destek İşleri Müdürlüğünden", vocabulary) == []
    assert language.check("Belediye Meclisince görüşüldü.", vocabulary) == []


@pytest.mark.skipif(not SEED_PAGE.exists(), reason="the seed page is not beside the repository")
def test_finds_the_same_on_the_seed_page_with_the_names_of_a_municipality():
    base.municipality()
    for name in ("Strateji Geliştirme Müdürlüğü", "Mali Hizmetler Müdürlüğü", "Yazı İşleri Müdürlüğü"):
        base.unit(name)
    base.sub_group(base.period(), "Stratejik Plan İzleme Çalışma Grubu")

    found = language.check(SEED_PAGE.read_text(encoding="utf-8"), language.vocabulary())

    assert [one.text for one in found] == [
        "üniversitemiz",
        "Stratejik Plan Hazırlık Ekibi",
        "Strateji Müdürlüğü",
        "hedeer",
    ]
