"""Every page opens for the people it is for, whole in both themes, on a desk and on a narrow screen."""

import pytest

from tests.browsing import WIDE, faults_in_every_look
from tests.pages.table import PAGES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_is_whole(row, sample, tabs):
    page = tabs(row.who)
    page.set_viewport_size(WIDE)
    answer = page.goto(row.path(sample))
    assert faults_in_every_look(page) == {}
    assert answer.status == row.status
    assert page.get_by_role("heading", level=1).count() == 1
