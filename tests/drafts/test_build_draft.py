"""manage.py build_draft..."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from documents.drafts.builders import pdf
from tests.factories import drafts as make

pytestmark = pytest.mark.django_db


def build(house, tmp_path, *options, period="", name="plan.html"):
    file = tmp_path / name
    form = ["--format", "html"] if name.endswith("html") else []
    call_command("build_draft", period or house.period.code, "--out", str(file), *form, *options)
    return file


def test_writes_the_newest_frozen_version(house, tmp_path):
    make.frozen(house)
    make.frozen(house)
    html = build(house, tmp_path).read_text()
    assert "2. taslak" in html and "1. taslak" not in html


def test_writes_a_pdf(house, tmp_path, capsys):
    make.frozen(house)
    file = build(house, tmp_path, name="plan.pdf")
    assert file.read_bytes().startswith(b"%PDF")
    assert capsys.readouterr().out.strip() == str(file)


def test_writes_the_living_text_marked_so(house, tmp_path):
    make.frozen(house)
    make.returned(house, "İtiraz")
    html = build(house, tmp_path, "--living").read_text()
    assert "Çalışma metni, dondurulmamıştır" in html and "2. taslak" not in html


def test_prints_what_was_frozen_and_nothing_else(ready, tmp_path):
    make.frozen(ready)
    make.rename(ready, "H1.1", "Yeni konu")
    assert "Yeni konu" not in build(ready, tmp_path).read_text()
    assert "Yeni konu" in build(ready, tmp_path, "--living").read_text()


@pytest.mark.parametrize("period", ["1999-2003", "2027", "plan"])
def test_names_a_period_that_is_not_there(house, tmp_path, period):
    with pytest.raises(CommandError, match=period) as refused:
        build(house, tmp_path, period=period)
    assert refused.value.returncode == 2
    assert not list(tmp_path.iterdir())


def test_says_when_nothing_is_frozen(house, tmp_path):
    with pytest.raises(CommandError, match="--living") as refused:
        build(house, tmp_path)
    assert refused.value.returncode == 2


def test_says_why_the_file_cannot_be_written(house, tmp_path):
    with pytest.raises(CommandError, match="yok/plan.html") as refused:
        build(house, tmp_path / "yok", "--living")
    assert refused.value.returncode == 2


def test_says_when_the_print_failed_and_leaves_no_file(house, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    with pytest.raises(CommandError, match="Metin kaybolmadı"):
        build(house, tmp_path, "--living", name="plan.pdf")
    assert not list(tmp_path.iterdir())
