"""What forms share."""

import pytest

from common.forms import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("17", 17),
        ("", -1),
        (None, -1),
        ("x", -1),
        ("1.5", -1),
        ("²", -1),
        ("9" * 18, 10**18 - 1),
        ("9" * 5000, -1),
    ],
)
def test_a_number_is_read_or_is_none(text, number):
    assert whole_number(text, -1) == number
