"""Chromium for tests: a tab that counts what the page's policy refused, and axe over a page."""

import os
from collections.abc import Sequence
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.machine import CHROMIUM

expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = ["color-contrast"]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 700}
# Themes differ in colours alone, so the second look at the same page asks for nothing else; and the colours
# are the same on a narrow screen: there only what all pages share is looked at in the dark (tests/common).
LOOKS = [(WIDE, "light", RULES), (WIDE, "dark", CONTRAST), (NARROW, "light", RULES)]
COUNT_REFUSALS = """
window.refused = [];
addEventListener("securitypolicyviolation", (e) =>
  window.refused.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
"""


@pytest.fixture(scope="session")
def chromium():
    # Playwright's loop makes Django think that every query is asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def new_tab(chromium, live_server):
    """Opens tabs, each with cookies and a width of its own; closes them after the test."""
    contexts = []

    def open_tab(*, width=1440, theme="light", scheme="light", session=None) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",  # a colour that is still changing has the contrast of neither theme
            locale="en-US",
        )
        context.add_init_script(COUNT_REFUSALS)
        cookies = {"theme": theme, "sessionid": session}
        context.add_cookies(
            [{"name": name, "value": text, "url": live_server.url} for name, text in cookies.items() if text]
        )
        contexts.append(context)
        return context.new_page()

    yield open_tab
    for context in contexts:
        context.close()


def drop(zone: Locator, *files: tuple[str, str]) -> None:
    """Let files, each a name and its words, fall where a hand that drags would."""
    zone.evaluate(
        """(zone, files) => {
          const dataTransfer = new DataTransfer();
          for (const [name, words] of files) dataTransfer.items.add(new File([words], name));
          zone.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        files,
    )


def faults(page: Page, within: str = "html", rules: Sequence[str] = RULES) -> list[str]:
    """What axe finds, what the policy refused, and whether the page scrolls sideways."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    # Half under the sticky bar a button would count as too small.
    page.evaluate("scrollTo(0, 0)")
    found = page.evaluate("([part, tags]) => axe.run(part, { runOnly: tags })", [within, rules])
    listed = [f"{v['id']}: {n['html'][:120]}" for v in found["violations"] for n in v["nodes"]]
    listed += page.evaluate("window.refused")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        listed.append("scrolls sideways")
    return listed


def faults_in_every_look(page: Page) -> dict[str, list[str]]:
    """By width and theme, what is wrong with the page that is open; nothing is loaded again."""
    found = {}
    for size, theme, rules in LOOKS:
        page.set_viewport_size(size)
        page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme)
        found[f"{theme} {size['width']}"] = faults(page, rules=rules)
    return {look: listed for look, listed in found.items() if listed}
