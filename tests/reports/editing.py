"""What the browser tests of the editor share: a section opened under the page's real policy, and ways to write in it."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.reports import editor_urls

FIXTURES = Path(__file__).parent / "fixtures"
SECOND = 1000


def text(page):
    return page.get_by_role("textbox", name="Bölüm metni")


def state(page):
    return page.locator("[data-save-state]")


def wait(page, seconds=3):
    """Let the page's clock run on, and what it sends arrive."""
    page.clock.fast_forward(seconds * SECOND)
    page.wait_for_timeout(300)


def told(page, words):
    """Wait for what the save state says after a pause in writing."""
    wait(page)
    expect(state(page)).to_contain_text(words)


def saved(page):
    """Wait until the server holds what the page shows."""
    told(page, "10.50")
    return editor_urls.SECTION


def paste(page, html="", plain=""):
    """Paste as a browser does it, without parsing the HTML in the page first."""
    page.evaluate(
        """([html, plain]) => {
          const clipboardData = new DataTransfer();
          if (html) clipboardData.setData("text/html", html);
          clipboardData.setData("text/plain", plain);
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        [html, plain],
    )


def pasted(page, fixture: str) -> str:
    text(page).click()
    paste(page, (FIXTURES / f"{fixture}.html").read_text())
    html = saved(page)["html"]
    assert page.evaluate("window.refused") == []
    assert not re.search(r"style=|class=|mso|Mso|<img|<o:|font", html)
    return html
