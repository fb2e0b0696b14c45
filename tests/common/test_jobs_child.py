import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from common import jobs
from common.jobs import child
from common.jobs.child import confinement
from tests.machine import wait_until

PYTHON = sys.executable


def run(code: str, *, timeout: float = 20, input: bytes | None = None) -> bytes:
    return jobs.run_child([PYTHON, "-c", code], timeout=timeout, input=input)


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_child_answers_what_it_was_asked():
    assert run("import sys; sys.stdout.write(sys.stdin.read().upper())", input=b"hedef") == b"HEDEF"


def test_a_child_that_fails_says_why():
    with pytest.raises(jobs.ChildFailed, match="no such table"):
        run("raise SystemExit('no such table')")


def test_a_child_is_killed_on_time_with_all_that_it_started(tmp_path):
    note = tmp_path / "pid"
    code = (
        "import subprocess, sys, time; "
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
        f"open({str(note)!r}, 'w').write(str(p.pid)); time.sleep(60)"
    )
    began = time.monotonic()
    with pytest.raises(jobs.ChildTimedOut):
        run(code, timeout=2)
    assert time.monotonic() - began < 5
    wait_until(lambda: not lives(int(note.read_text())), seconds=3, what="the grandchild's end")


def test_a_child_that_was_killed_from_outside_is_told_from_one_that_failed():
    with pytest.raises(jobs.ChildStopped):
        run("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(jobs.ChildFailed) as failed:
        run("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    assert not isinstance(failed.value, jobs.ChildStopped)


@pytest.fixture
def namespaces():
    if confinement() == "limits":
        assert not os.environ.get("CI"), "CI must show how a child is confined"
        pytest.skip("this system forbids user namespaces")


def test_a_child_goes_on_where_the_system_forbids_it_to_keep_its_name(namespaces):
    # With no file left to open, the lines that name it cannot be written.
    code = (
        "import resource, sys; sys.path.insert(0, sys.argv[1]); import confine; "
        "resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3)); confine.main(['--probe'])"
    )
    folder = str(Path(child.__file__).parent)
    answer = subprocess.run([PYTHON, "-I", "-c", code, folder], capture_output=True, text=True)
    assert answer.stdout.strip() == "network and limits", answer.stderr


def test_a_child_gets_no_more_memory_than_it_may_have():
    with pytest.raises(jobs.ChildFailed, match="MemoryError"):
        run("x = bytearray(3 * 1024**3)")


def test_a_child_reaches_no_network_where_the_system_permits_that(namespaces):
    with pytest.raises(jobs.ChildFailed, match="unreachable"):
        run("import socket; socket.create_connection(('127.0.0.1', 9), 2)")


def test_a_child_ends_with_the_process_that_started_it(tmp_path):
    note = tmp_path / "pid"
    inner = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    outer = f"from common.jobs.child import run_child; run_child([{PYTHON!r}, '-c', {inner!r}], timeout=60)"
    parent = subprocess.Popen([PYTHON, "-c", outer])
    pid = int(wait_until(lambda: note.exists() and note.read_text(), seconds=10))
    parent.kill()
    parent.wait()
    wait_until(lambda: not lives(pid), seconds=3, what="the child's end")
