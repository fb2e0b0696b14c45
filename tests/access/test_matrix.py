"""The matrix holds: for every persona, every address answers as tests/access_matrix.csv says."""

from __future__ import annotations

import pytest

from tests.access.matrix import WRITTEN_BY_READING, Answer, Door, Row, rows

ROWS = rows()
UNUSED = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# What only a person without rights is told: the page's general sentence, in place of the reason.
GENERAL = ("Görevleriniz bunu kapsamıyor", "Bunu yapamazsınız.")
# The codes for a lost phone are shown once, and a notice is read once: that they were is noted.
SHOWN_ONCE = {"mfa_view_recovery_codes": {"mfa_authenticator"}, "notices:open": {"notices_notice"}}
REFUSED = ("403", "404", "405", "login")
DONE = ("200", "302")
# A script is answered with the same status, but it is never shown the sign-in page.
TO_SCRIPTS = {"login": "401"}


def found_wrong(row: Row, who: str, answer: Answer) -> str:
    """What no answer may do, whatever its cell says."""
    wrote = answer.tables - WRITTEN_BY_READING - SHOWN_ONCE.get(row.url, set())
    if wrote and (row.method == "GET" or answer.cell not in DONE):
        return f"{who}: {answer.cell}, and writes {sorted(wrote)}"
    if answer.cell == "403" and answer.response.text.strip().endswith(GENERAL):
        return f"{who}: 403 without its sentence"
    return ""


def askings(row: Row) -> list[tuple[str, bool]]:
    """(who, by script): each persona once. Of several who are refused alike the first sees the page and
    the others ask as scripts do; who is let in asks as a browser, and one of them by script, too."""
    seen: set[str] = set()
    asked = []
    for who, cell in row.expected.items():
        asked.append((who, cell in REFUSED and cell in seen))
        seen.add(cell)
    let_in = [who for who, cell in row.expected.items() if cell in DONE]
    return asked + [(who, True) for who in let_in[:1] if row.url not in ANSWER_SCRIPTS]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_answers_are_those_of_the_matrix(row: Row, sample, door: Door, given):
    given(row.given)
    path = door.path(row)
    data = door.sent(row, path) if row.sends else None
    cells, wrong = {}, []
    for who, by_script in askings(row):
        answer = door.ask(who, row.method, path, data, **({"HX-Request": "true"} if by_script else {}))
        wanted = row.expected[who]
        if answer.cell != (TO_SCRIPTS.get(wanted, wanted) if by_script else wanted):
            cells[who] = answer.cell
        wrong.append(found_wrong(row, who, answer))
    assert cells == {}
    assert list(filter(None, wrong)) == []


# To a script these answer with a part of the page, or with what it is to do, where a browser is led on.
ANSWER_SCRIPTS = {
    "drafts:source",
    "reports:attach",
    "reports:comment",
    "jobs:retry",
    "meetings:attendance",
    "reports:save",
}


@pytest.mark.parametrize("method", UNUSED)
def test_no_address_answers_to_another_method(method, sample, door: Door, given):
    """Nothing is put, deleted or patched here; a view that forgot to say so would take it for a read."""
    given("")
    asked = {row.url: door.path(row) for row in ROWS}.values()
    for who in ("visitor", "officer"):
        answers = {path: door.ask(who, method, path, **{"HX-Request": "true"}).cell for path in asked}
        assert {path: cell for path, cell in answers.items() if cell != "405"} == {}


def test_the_matrix_is_large_enough():
    cases = sum(len(row.expected) for row in ROWS)
    assert len(ROWS[0].expected) >= 12
    assert cases >= 2000


def test_no_question_is_asked_twice():
    asked = [(row.url, row.method, row.of, row.given, row.sends) for row in ROWS]
    assert len(asked) == len(set(asked))
