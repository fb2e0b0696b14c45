"""Every page opens for the people it is for, whole in both themes, on a desk and on a narrow screen."""

import pytest

from tests.browsing import CONTRAST, RULES, faults
from tests.pages.table import PAGES

pytestmark = pytest.mark.browser
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 700}
# Themes differ in colours alone, so the second look at the same page asks for nothing else.
LOOKS = [
    (WIDE, "light", RULES),
    (WIDE, "dark", CONTRAST),
    (NARROW, "dark", CONTRAST),
    (NARROW, "light", RULES),
]


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_is_whole(row, sample, tabs):
    page = tabs(row.who)
    page.set_viewport_size(WIDE)
    answer = page.goto(row.path(sample))
    found = {}
    for size, theme, rules in LOOKS:
        page.set_viewport_size(size)
        page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme)
        found[f"{theme} {size['width']}"] = faults(page, rules=rules)
    assert {look: said for look, said in found.items() if said} == {}
    assert answer.status == row.status
    assert page.get_by_role("heading", level=1).count() == 1
