"""Runs a program that ends with its parent: `python tether.py PARENT SIGNAL UID GID -- argv`.

A script of its own, run before the program takes its place: between fork and exec of a threaded
process no Python is safe. UID and GID are -1 to stay who we are.
"""

import ctypes
import os
import sys

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Become the user, ask the kernel for SIGNAL when the parent dies, and become the program."""
    parent, signal, uid, gid = (int(number) for number in arguments[:4])
    program = arguments[5:]
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        # After setuid, which clears it. Elsewhere the next start finds what was left running.
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal, 0, 0, 0)
        if os.getppid() != parent:
            sys.exit("the parent is gone")
    os.execv(program[0], program)  # noqa: S606 (our own argv, and no shell is wanted)


if __name__ == "__main__":
    main(sys.argv[1:])
