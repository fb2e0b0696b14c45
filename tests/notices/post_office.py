"""A mail server of the tests' own, spoken to by SMTP like any other: it refuses some addresses, or is out of order."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class PostOffice(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Counter)
        self.refused: set[str] = set()
        self.is_closed = False
        self.taken: list[str] = []
        self.tls: ssl.SSLContext | None = None

    def finish_request(self, request, client_address) -> None:
        if self.tls:
            request = self.tls.wrap_socket(request, server_side=True)
        super().finish_request(request, client_address)

    def handle_error(self, request, client_address) -> None:
        """Who hangs up on it is heard of on the other side."""


class Counter(socketserver.StreamRequestHandler):
    server: PostOffice

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word, rest = line[:4].upper(), line[4:]
            if word == "QUIT":
                return self.say("221 bye")
            if word == "DATA":
                self.letter()
            elif word == "MAIL" and self.server.is_closed:
                self.say("451 out of order")
            elif word == "RCPT" and any(address in rest for address in self.server.refused):
                self.say("550 no such mailbox")
            else:
                self.say("250 ok")
        return None

    def letter(self) -> None:
        self.say("354 go on")
        lines = list(iter(lambda: self.rfile.readline().decode().rstrip("\r\n"), "."))
        self.server.taken.append("\n".join(lines))
        self.say("250 taken")


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield office
        office.shutdown()
