"""Gives up what a child process must not have, then becomes the command it was given.

Started as a script, so that nothing runs between fork and exec of a process with threads:

    python -I confine.py PARENT_PID MEMORY_BYTES CPU_SECONDS COMMAND...
    python -I confine.py --probe
"""

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
    """Into an empty network of its own. False where the system forbids user namespaces."""
    user, group = os.getuid(), os.getgid()
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        return False
    # Without these lines the process would be nobody and could not read its own files.
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(line)
    return True


def limit(memory: int, seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


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
