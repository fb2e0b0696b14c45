"""Gives up what a child process must not have, then becomes the command it was given.

Started as a script, so that nothing runs between fork and exec of a process with threads:

    python -I confine.py PARENT_PID MEMORY_BYTES CPU_SECONDS COMMAND...
    python -I confine.py --probe
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
FILE_BYTES = 200 * 1024**2

libc = ctypes.CDLL(None, use_errno=True)


def leave_network() -> bool:
    """Into an empty network of its own. False where the system forbids user namespaces.

    Some systems (Ubuntu 24.04) let a process leave and then forbid it the lines that keep its name: it goes on
    as nobody, and reads and writes what it could before, since the kernel goes by the number from outside.
    """
    user, group = os.getuid(), os.getgid()
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        return False
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        with contextlib.suppress(OSError), open(f"/proc/self/{name}", "w") as file:
            file.write(line)
    return True


def limit(memory: int, seconds: int) -> None:
    for what, most, hard in (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, seconds, seconds + 1),  # the first ends it by a signal that is not the killer's
        (resource.RLIMIT_FSIZE, FILE_BYTES, FILE_BYTES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(what, (most, hard))


def main(arguments: list[str]) -> None:
    alone = leave_network()
    if arguments == ["--probe"]:
        print("network and limits" if alone else "limits")
        return
    parent, memory, seconds, *command = arguments
    limit(int(memory), int(seconds))
    # After the change of namespace, which would clear it. A parent that died before is noticed here.
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(parent):
        sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606  # becoming the command is its purpose


if __name__ == "__main__":
    main(sys.argv[1:])
