"""The product as it is run, in a process of its own, and a browser without a window for it."""

from __future__ import annotations

import contextlib
import re
from urllib.parse import urljoin

import requests
from django.conf import settings

from tests.factories.base import PASSWORD
from tests.machine import free_port, wait_until

SERVER = ["-m", "gunicorn", "-c", "python:karesi_plan.gunicorn_conf", "karesi_plan.wsgi"]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def serve(start, *, port: int = 0, **env: str) -> str:
    """Starts it and waits until it answers; gives its address."""
    port = port or free_port()
    given = {
        "DJANGO_SETTINGS_MODULE": "tests.sign_in.unlimited",
        "MFA_KEY": settings.MFA_KEYS[0],
        "PORT": str(port),
    }
    start(*SERVER, **given, **env)
    url = f"http://localhost:{port}"
    wait_until(lambda: answers(f"{url}/health/live/"), seconds=60, what=url)
    return url


def answers(url: str) -> bool:
    with contextlib.suppress(requests.ConnectionError):
        return requests.get(url, timeout=20).ok
    return False


class Browser(requests.Session):
    """Keeps cookies and sends forms with the token of the page that they stand on."""

    def __init__(self, base: str):
        super().__init__()
        self.base = base

    def request(self, method, url, **kwargs):
        return super().request(method, urljoin(self.base, url), timeout=60, **kwargs)

    def submit(self, path: str, /, **fields: str) -> requests.Response:
        page = self.get(path)
        token = TOKEN.search(page.text)
        return self.post(page.url, data={"csrfmiddlewaretoken": token[1] if token else "", **fields})

    def knock(self, address: str, password: str = PASSWORD) -> requests.Response:
        return self.submit("/accounts/login/", login=address, password=password)

    def is_in(self) -> bool:
        return self.get("/accounts/sessions/", allow_redirects=False).status_code == 200
