"""What a person does with a page: reads its words, types into what they name, presses.

Words are given as in the source and looked up in the catalogue that the page itself uses, so a
story reads in one language and its pages speak another.
"""

from __future__ import annotations

import re

from django.utils import translation
from playwright.sync_api import Locator, Page, expect


def said(sentence: str, **values: object) -> str:
    """The sentence as the Turkish page says it."""
    with translation.override("tr"):
        found = translation.gettext(sentence)
    return found % values if values else found


def press(
    page: Page, label: str, *, within: Locator | None = None, stays: bool = False, **values: object
) -> None:
    """Press the button, or else the link, whose words begin so; the next page is there when it returns,
    unless it `stays`."""
    name = re.compile(f"^{re.escape(said(label, **values))}")
    place = within or page.locator("body")
    buttons, links = (place.get_by_role(role, name=name).filter(visible=True) for role in ("button", "link"))
    expect(buttons.or_(links).first).to_be_visible()
    target = buttons.first if buttons.count() else links.first
    if stays:
        target.click()
        return
    with page.expect_event("load"):  # not every "navigation" brings a page: htmx notes its own
        target.click()


def labelled(page: Page | Locator, label: str, **values: object) -> Locator:
    """The field of this label, which may end in a note such as (optional)."""
    name = re.compile(f"^{re.escape(said(label, **values))}( \\(.*\\))?$")
    return page.get_by_label(name).and_(page.locator("input, select, textarea"))


def fill(page: Page | Locator, fields: dict[str, object]) -> None:
    """Fill fields by label: text is typed, a choice chosen by a part of its words, a box ticked or not."""
    for label, value in fields.items():
        control = labelled(page, label)
        if isinstance(value, bool):
            control.set_checked(value)
        elif control.evaluate("(field) => field.tagName") == "SELECT":
            choose(control, str(value))
        else:
            control.fill(str(value))


def choose(control: Locator, words: str) -> None:
    option = control.locator("option").filter(has_text=words).first
    control.select_option(value=option.get_attribute("value"))


def told(page: Page, sentence: str, **values: object) -> None:
    """The page says so in its status region."""
    expect(page.locator("#status")).to_contain_text(said(sentence, **values))
