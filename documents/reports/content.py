"""What stands in a section: whether it is there, whether it is whole, how long it is.

Pure functions over anything with `kind`, `columns`, `required`, `html` and `rows`: a section being
written, a frozen one, or what a form brought.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from common import turkish
from common.decisions import Invalid
from documents.plan.language import Finding, Vocabulary, check, check_html
from documents.reports import html as markup
from documents.reports import legible, shapes

TEXT = "text"
MOST_ROWS = 2_000
LONGEST_CELL = 10_000

# How a cell's type reads it; the plan's figures are Turkish whatever the page's language is.
READERS: dict[str, Callable[[str], Any]] = {
    "number": lambda text: turkish.parse_decimal(text, lang="tr"),
    "date": turkish.parse_date,
}


def clean_html(raw: str) -> str:
    """What was written, sanitised. Raises Invalid where it cannot be kept."""
    try:
        return markup.clean(raw)
    except markup.TextRefused as refusal:
        raise Invalid(str(refusal), field="html") from refusal


def clean_rows(columns: list[dict], raw: Any) -> list[dict[str, str]]:
    """Rows with the known columns only, empty rows left out; where the template names the rows, just those.

    What cannot be read as its type stays as it was typed: `problems` names it, nothing is lost.
    Raises Invalid for what is no table, or more than 2,000 rows.
    """
    if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
        raise Invalid(_("The table could not be read. Reload the page and type it again."), field="rows")
    if len(raw) > MOST_ROWS:
        raise Invalid(
            _("The table has %(rows)s rows; at most %(most)s can be kept. Attach it as a document.")
            % {"rows": len(raw), "most": MOST_ROWS},
            field="rows",
        )
    rows = [
        {column["key"]: _cell(row.get(column["key"]), number) for column in columns}
        for number, row in enumerate(raw, 1)
    ]
    if named := shapes.heads(columns):
        return _under(named, columns[0]["key"], rows)
    return [row for row in rows if any(row.values())]


def _under(named: list[str], key: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """A row for each name, in their order, or none while nothing is typed; what has another name comes last."""
    typed = [row for row in rows if any(value for name, value in row.items() if name != key)]
    if not typed:
        return []
    first = {row[key]: row for row in reversed(typed)}
    kept = [first.get(name, dict.fromkeys(typed[0], "") | {key: name}) for name in named]
    return kept + [row for row in typed if row not in kept]


def is_empty(section: Any) -> bool:
    return not section.rows if section.kind != TEXT else not words(section)


def words(section: Any) -> int:
    """Words of a text, or of all cells of its rows."""
    if section.kind != TEXT:
        return sum(len(value.split()) for row in section.rows for value in row.values())
    return legible.word_count(section.html)


def problems(section: Any) -> list[str]:
    """What is missing or unreadable in this section, each in a sentence that names its place."""
    if is_empty(section):
        if not section.required:
            return []
        return [_("The table has no row yet.") if section.kind != TEXT else _("Nothing is written yet.")]
    if section.kind == TEXT:
        lost = legible.lost_references(section.html)
        return [_("The text speaks of a picture that is no longer in it.")] if lost else []
    return [
        sentence
        for number, row in enumerate(section.rows, 1)
        for column in section.columns
        if (sentence := _cell_problem(column, row.get(column["key"], ""), number))
    ]


def findings(section: Any, words: Vocabulary) -> list[Finding]:
    """What the common language finds in a section, each wording once."""
    if section.kind != TEXT:
        found = [f for row in section.rows for value in row.values() for f in check(value, words)]
    else:
        found = check_html(section.html, words)
    return list({(finding.text, finding.suggestion): finding for finding in found}.values())


def same(one: Any, other: Any) -> bool:
    return one.html == other.html and one.rows == other.rows


def _cell(value: Any, number: int) -> str:
    text = markup.UNWRITABLE.sub("", str(value if value is not None else "")).strip()
    if len(text) > LONGEST_CELL:
        raise Invalid(
            _("Row %(row)s: a cell holds more than 10,000 characters. Attach the text as a document.")
            % {"row": number},
            field="rows",
        )
    return text


def _cell_problem(column: dict, value: str, number: int) -> str:
    place = {"row": number, "column": column["title"]}
    if not value:
        return _("Row %(row)s: “%(column)s” is empty.") % place if column.get("required") else ""
    try:
        READERS.get(column["type"], str)(value)
    except turkish.FormatError as error:
        return f"{_('Row %(row)s, “%(column)s”:') % place} {error}"
    if column["type"] in ("choice", shapes.GIVEN_ROWS) and value not in column.get("choices", ()):
        return _("Row %(row)s: “%(column)s” must be one of the given choices.") % place
    return ""
