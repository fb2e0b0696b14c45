"""What a document consists of once it is read, and how it is written as HTML. Needs nothing of Django.

A block is a plain dictionary: {kind, html, text; noted, where notes belong to it: the text with their
words} of kind text, heading (level; 0 for the document's title) or item (level, ordered, number); {kind: "table", html, grid}; {kind: "picture", number, alt}.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

Block = dict[str, Any]


def block_text(block: Block) -> str:
    if block["kind"] == "table":
        return "\n".join(" ".join(filter(None, row)) for row in block["grid"])
    return block.get("noted") or block.get("text", "")


def blocks_html(blocks: list[Block], *, flat: bool = False) -> str:
    """Blocks as HTML; in a table's cell (`flat`) a heading is a paragraph. Pictures are not in it."""
    html: list[str] = []
    for is_list, run in groupby(blocks, key=lambda block: block["kind"] == "item"):
        if is_list:
            html.append(list_html(list(run)))
            continue
        for block in run:
            if block["kind"] == "table":
                html.append(block["html"])
            elif block["kind"] == "heading" and not flat:
                tag = f"h{min(max(block['level'], 1) + 1, 4)}"
                html.append(f"<{tag}>{block['html']}</{tag}>")
            elif block["kind"] in ("text", "heading"):
                html.append(f"<p>{block['html']}</p>")
    return "".join(html)


def list_html(items: list[Block]) -> str:
    """Items with their levels as nested lists."""
    html: list[str] = []
    open_tags: list[str] = []
    for item in items:
        depth = min(item["level"], len(open_tags)) + 1
        tag = "ol" if item["ordered"] else "ul"
        while len(open_tags) > depth:
            html.append(f"</li></{open_tags.pop()}>")
        if len(open_tags) == depth and open_tags[-1] != tag:
            html.append(f"</li></{open_tags.pop()}>")
        if len(open_tags) == depth:
            html.append("</li>")
        else:
            open_tags.append(tag)
            number = item.get("number", 1)  # what was read before items were counted has none
            html.append(f'<ol start="{number}">' if tag == "ol" and number > 1 else f"<{tag}>")
        html.append(f"<li>{item['html']}")
    html += [f"</li></{tag}>" for tag in reversed(open_tags)]
    return "".join(html)
