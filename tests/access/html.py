"""What a browser would send: the forms of a page with their fields as shown, and its links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

UNSENT = {"submit", "button", "image", "reset", "file"}


@dataclass
class Form:
    target: str = ""
    posts: bool = False
    data: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)

    def action(self, page: str) -> str:
        return urlsplit(urljoin(page, self.target)).path

    def add(self, name: str, value: str) -> None:
        self.data.setdefault(name, []).append(value)


class Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.within: Form | None = None
        self.area = self.select = ""
        self.text: list[str] = []
        self.options: list[tuple[str, bool]] = []
        self.by_id: dict[str, Form] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in found}
        if tag == "form":
            self.within = Form(attrs.get("action", ""), attrs.get("method", "").lower() == "post")
            self.forms.append(self.within)
            if "id" in attrs:
                self.by_id[attrs["id"]] = self.within
        self.links += [attrs[name] for name in ("href", "hx-get", "src") if attrs.get(name)]
        if "hx-post" in attrs:
            self.forms.append(Form(attrs["hx-post"], posts=True))
        form = self.by_id.get(attrs.get("form", ""), self.within)
        if form is None or "disabled" in attrs or not attrs.get("name"):
            return
        if tag == "input" and attrs.get("type") not in UNSENT:
            ticked = attrs.get("type") in ("checkbox", "radio")
            if not ticked or "checked" in attrs:
                form.add(attrs["name"], attrs.get("value", "on" if ticked else ""))
        elif tag == "button":
            form.buttons[attrs["name"]] = attrs.get("value", "")
        elif tag == "textarea":
            self.area, self.text = attrs["name"], []
        elif tag == "select":
            self.select, self.options = attrs["name"], []

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.within = None
        elif tag == "textarea" and self.area and self.within:
            self.within.add(self.area, "".join(self.text).removeprefix("\n"))
            self.area = ""
        elif tag == "select" and self.select:
            chosen = [value for value, is_chosen in self.options if is_chosen] or [
                value for value, _ in self.options[:1]
            ]
            for value in chosen:
                if self.within:
                    self.within.add(self.select, value)
            self.select = ""


class _Options(Reader):
    """With the options of each list, which carry no name of their own."""

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        if tag == "option" and self.select:
            attrs = dict(found)
            self.options.append((attrs.get("value") or "", "selected" in attrs))
        super().handle_starttag(tag, found)


def forms(page: str) -> list[Form]:
    return _Options(page).forms


def links(page: str) -> list[str]:
    return _Options(page).links
