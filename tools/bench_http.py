"""Web servers and a person's browser, for what is measured over HTTP."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

TOOLS = Path(__file__).resolve().parent
WAITED = 30  # seconds


class Server:
    """gunicorn over one process, on a port of its own."""

    def __init__(self, application: str, **env: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        arguments = ("--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread", "--threads", "2")
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                *arguments,
                "--no-control-socket",
                "--log-level",
                "error",
                application,
            ],
            cwd=TOOLS.parent,
            env=os.environ | env | {"PYTHONPATH": f"{TOOLS}:{TOOLS.parent}"},
        )
        end = time.monotonic() + WAITED
        while socket.socket().connect_ex(("127.0.0.1", self.port)):
            if time.monotonic() > end or self.process.poll() is not None:
                raise RuntimeError("the web server did not start")
            time.sleep(0.1)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


class Browser:
    """Somebody's browser: one connection that stays open, and their session."""

    def __init__(self, server: Server, person: Any) -> None:
        from django.test import Client

        client = Client()
        client.force_login(person)
        client.get("/")  # so that the session has begun
        token = "a" * 32
        self.cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
        self.said = {
            "X-CSRFToken": token,
            "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port)

    def get(self, address: str) -> bytes:
        return self._asked("GET", address)

    def post(self, address: str, **fields: Any) -> bytes:
        return self._asked("POST", address, urlencode(fields), self.said)

    def _asked(
        self, method: str, address: str, body: str | None = None, said: dict[str, str] | None = None
    ) -> bytes:
        self.connection.request(method, address, body, {"Cookie": self.cookies, **(said or {})})
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status not in (200, 204):
            raise RuntimeError(f"{method} {address}: {answer.status} {text[:300]!r}")
        return text
