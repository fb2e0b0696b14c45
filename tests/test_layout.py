"""The plan of the house holds: names that shadow nothing, and no room outside the order of imports."""

import calendar
import sysconfig
import tomllib
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def test_the_calendar_folder_does_not_shadow_the_library():
    assert Path(calendar.__file__).parent == Path(sysconfig.get_path("stdlib"))
    assert calendar.monthrange(2024, 2)[1] == 29


def test_the_calendar_folder_holds_no_python_file_of_its_own():
    assert not list((ROOT / "calendar").glob("*.py"))


def test_every_app_stands_in_the_order_of_imports():
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    rooms = [app for app in settings.APPS if not app.startswith("common.")]  # parts of common
    assert contract["layers"] == ["karesi_plan", *reversed(rooms)]


def test_every_app_has_its_catalogue():
    assert {path.parent for path in settings.LOCALE_PATHS} == {ROOT / "locale"}
    assert all((path / "tr" / "LC_MESSAGES" / "django.po").exists() for path in settings.LOCALE_PATHS)


def test_the_pinned_packages_name_no_registry():
    for path in ROOT.glob("requirements*.txt"):
        text = path.read_text()
        assert "--hash=sha256:" in text and "http" not in text
