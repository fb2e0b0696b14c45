"""A client of clamd's INSTREAM, the one thing that is wanted of it: is there a virus in this file."""

from __future__ import annotations

import socket
import struct
from pathlib import Path

from django.conf import settings

SECONDS = 60  # for each answer
PIECE = 64 * 1024


class ScannerSilent(Exception):
    """The scanner does not answer, or not as one does: nothing is known of the file."""


def virus_in(path: Path) -> str:
    """The scanner's name of the virus in the file; empty where it finds none. Raises ScannerSilent."""
    with path.open("rb") as file:
        try:
            with _connected() as scanner:
                scanner.sendall(b"zINSTREAM\0")
                while piece := file.read(PIECE):
                    scanner.sendall(struct.pack("!I", len(piece)) + piece)
                scanner.sendall(struct.pack("!I", 0))
                return _verdict(_said(scanner))
        except OSError as error:
            raise ScannerSilent(str(error)) from error


def answers() -> bool:
    """Whether the scanner is there."""
    try:
        with _connected(seconds=2) as scanner:
            scanner.sendall(b"zPING\0")
            return _said(scanner) == "PONG"
    except OSError:
        return False


def state() -> str:
    """For who operates the application: "none" where no scanner is configured, "answers" or "silent"."""
    if not settings.CLAMAV:
        return "none"
    return "answers" if answers() else "silent"


def _connected(seconds: float = SECONDS) -> socket.socket:
    """A connection to CLAMAV: "host:port", or the path of a socket."""
    where = settings.CLAMAV
    if not where.startswith("/"):
        host, _colon, port = where.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=seconds)
    scanner = socket.socket(socket.AF_UNIX)
    scanner.settimeout(seconds)
    try:
        scanner.connect(where)
    except OSError:
        scanner.close()
        raise
    return scanner


def _said(scanner: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < 1000 and (piece := scanner.recv(1000)):
        answer += piece
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _verdict(said: str) -> str:
    """`stream: OK`, `stream: Eicar-Test-Signature FOUND`, or `… ERROR`."""
    found = said.partition(": ")[2]
    if found == "OK":
        return ""
    if found.endswith(" FOUND"):
        return found.removesuffix(" FOUND")[:200]
    raise ScannerSilent(said)
