"""Work that may run away (printing, conversion) runs in a process of its own that can be killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path

MEMORY = 2 * 1024**3
CONFINE = [sys.executable, "-I", str(Path(__file__).with_name("confine.py"))]

_living: set[subprocess.Popen[bytes]] = set()
_lock = threading.Lock()
_stopping = threading.Event()


class ChildFailed(Exception):
    """The child ended with an error; the end of what it said stands in the message."""


class ChildTimedOut(ChildFailed):
    """The child was killed because its time was over."""


class ChildStopped(ChildFailed):
    """The child was ended from outside, as at a stop of the worker: that says nothing of what it was given."""


def run_child(
    argv: Sequence[str], *, timeout: float, input: bytes | None = None, memory: int = MEMORY
) -> bytes:
    """Runs `argv` confined and returns its standard output.

    It has a session of its own (so that it is killed with all that it started), ends with the
    process that started it, may use `memory` bytes (2 GB) and `timeout` seconds, and has no network
    where the system permits that. Raises ChildTimedOut, ChildStopped or ChildFailed.
    """
    if _stopping.is_set():
        raise ChildStopped("the worker is stopping")
    child = subprocess.Popen(
        [*CONFINE, str(os.getpid()), str(memory), str(int(timeout) + 1), *argv],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with _lock:
        _living.add(child)
    try:
        output, complaint = child.communicate(input, timeout)
    except subprocess.TimeoutExpired as error:
        raise ChildTimedOut(f"killed after {timeout:.0f} s") from error
    finally:
        _kill(child)
        with _lock:
            _living.discard(child)
    if child.returncode == -signal.SIGKILL:
        raise ChildStopped("killed from outside")
    if child.returncode:
        said = complaint.decode(errors="replace").strip()[-2000:]
        raise ChildFailed(f"ended with {child.returncode}: {said}")
    return output


def kill_children() -> None:
    """At a stop: ends every child at once and lets no new one start."""
    _stopping.set()
    with _lock:
        for child in _living:
            _kill(child, wait=False)


@cache
def confinement() -> str:
    """What confines a child on this machine: "network and limits", or "limits" alone."""
    answer = subprocess.run([*CONFINE, "--probe"], capture_output=True, text=True, timeout=20)
    return answer.stdout.strip()


def _kill(child: subprocess.Popen[bytes], *, wait: bool = True) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    if wait:
        child.communicate()
