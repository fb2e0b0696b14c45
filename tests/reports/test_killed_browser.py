"""A browser that is killed in mid-sentence: the server holds all but the last seconds, the device the rest."""

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories import reports as make
from tests.machine import CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECONDS = 14


@pytest.fixture
def open_profile(house, chromium, enter, live_server, tmp_path):
    """Starts a browser of its own on the same profile each time, at the report's first section."""
    report = make.requested(house.group)
    session = enter(house.rapporteur).cookies["sessionid"].value

    def opened() -> Page:
        context = chromium.browser_type.launch_persistent_context(
            tmp_path, executable_path=CHROMIUM, args=["--no-sandbox"], base_url=live_server.url
        )
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.pages[0]
        page.goto(f"/reports/{report.pk}/sections/1/")
        return page

    opened.section = report.sections.get(number=1)
    return opened


def kill(profile: Path) -> None:
    """The browser of this profile, at once, as when the power fails."""
    for told in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = told.read_bytes().split(b"\0")
        except OSError:
            continue  # it has ended meanwhile
        if f"--user-data-dir={profile}".encode() in words and not any(
            w.startswith(b"--type=") for w in words
        ):
            os.kill(int(told.parent.name), signal.SIGKILL)


def test_the_server_holds_all_but_the_last_ten_seconds_and_the_device_gives_back_the_rest(
    open_profile, tmp_path
):
    page = open_profile()
    field = page.get_by_role("textbox", name="1. konu")
    field.click()
    for second in range(SECONDS):  # never a pause in which it would be saved
        page.keyboard.type(f" saniye{second:02}", delay=20)
        page.wait_for_timeout(800)
    with page.expect_event("close"):
        kill(tmp_path)
    section = open_profile.section
    section.refresh_from_db()
    held = [second for second in range(SECONDS) if f"saniye{second:02}" in section.html]
    assert held == list(range(len(held))) and len(held) >= SECONDS - 10

    page = open_profile()
    expect(page.get_by_text("kaydedilmemiş metniniz var")).to_be_visible()
    expect(page.get_by_role("textbox", name="1. konu")).to_contain_text(f"saniye{SECONDS - 3:02}")
    page.context.close()
