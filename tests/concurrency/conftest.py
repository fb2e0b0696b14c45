"""Many at the same moment, each through a browser of their own on a connection of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from institution.models import User
from tests.together import at_once


@dataclass(frozen=True)
class Answer:
    """What a browser got: enough to tell whether two got the same."""

    status: int
    to: str
    text: str

    @property
    def said(self) -> str:
        """The words of the page's middle, for a test that fails."""
        return re.sub(r"\s+", " ", strip_tags(self.text.partition("<main")[2]))[:1000]


class Door:
    """Browsers of signed-in people; a person may send from several at once."""

    def __init__(self, enter: Callable[[User], Client]) -> None:
        self.enter = enter
        self.sessions: dict[int, Client] = {}

    def client(self, person: User) -> Client:
        """One more browser in the person's session."""
        if person.pk not in self.sessions:
            self.sessions[person.pk] = self.enter(person)
        browser = Client(raise_request_exception=False)
        browser.cookies.update(self.sessions[person.pk].cookies)
        return browser

    def get(self, person: User, path: str) -> Answer:
        return answer_of(self.client(person).get(path))

    def post(self, person: User, path: str, data: dict[str, Any] | None = None) -> Answer:
        return answer_of(self.client(person).post(path, data or {}))

    def all_at_once(self, *requests: tuple[User, str, dict[str, Any]]) -> list[Answer]:
        """Send all of them together; what each got, in their order."""
        browsers = [self.client(person) for person, _path, _data in requests]

        def send(browser: Client, path: str, data: dict[str, Any]) -> Callable[[], Answer]:
            return lambda: answer_of(browser.post(path, data))

        return at_once(
            *(send(b, path, data) for b, (_who, path, data) in zip(browsers, requests, strict=True))
        )

    def pressed(self, person: User, path: str, data: dict[str, Any] | None = None, *, times: int = 20):
        """The same form sent so many times at once: the answers, and that nothing broke."""
        answers = self.all_at_once(*[(person, path, data or {})] * times)
        assert {a.status for a in answers} == {302}, (path, {(a.status, a.said) for a in answers})
        return answers


def answer_of(response: Any) -> Answer:
    return Answer(response.status_code, response.headers.get("Location", ""), response.content.decode())


@pytest.fixture
def door(enter) -> Door:
    return Door(enter)
