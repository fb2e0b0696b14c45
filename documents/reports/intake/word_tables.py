"""A Word table's rows and cells as they were read, as HTML and as a grid. Needs nothing of Django."""

from __future__ import annotations

from typing import Any

MOST_COLUMNS = 63  # as Word has it


def settle_spans(rows: list[dict[str, Any]]) -> None:
    """Give each cell its column, and each merged cell the rows that it covers."""
    above: dict[int, dict[str, Any]] = {}
    for row in rows:
        column = 0
        for cell in row["cells"]:
            cell["column"], cell["rows"] = column, 1
            if cell["goes_on"] and column in above:
                cell["covered_by"] = above[column]
                above[column]["rows"] += 1
            else:
                above[column] = cell
            column += cell["columns"]


def table_html(rows: list[dict[str, Any]]) -> str:
    heads = [row["head"] for row in rows]
    html = ["<table>"]
    for number, row in enumerate(rows):
        tag = "th" if heads[number] and all(heads[:number]) else "td"
        html.append("<tr>")
        for cell in row["cells"]:
            if "covered_by" in cell:
                continue
            spans = f' colspan="{cell["columns"]}"' if cell["columns"] > 1 else ""
            spans += f' rowspan="{cell["rows"]}"' if cell["rows"] > 1 else ""
            html.append(f"<{tag}{spans}>{cell['html']}</{tag}>")
        html.append("</tr>")
    html.append("</table>")
    return "".join(html)


def grid(rows: list[dict[str, Any]]) -> list[list[str]]:
    """The cells' words by row and column; what is merged downwards stands in each row."""
    wide = max((cell["column"] + cell["columns"] for row in rows for cell in row["cells"]), default=0)
    wide = min(wide, MOST_COLUMNS)
    table = []
    for row in rows:
        line = [""] * wide
        for cell in row["cells"]:
            if cell["column"] < wide:
                line[cell["column"]] = cell.get("covered_by", cell)["text"]
        table.append(line)
    return table
