"""Processes whose parents have ended: this process adopts those that its copies leave behind, so that they can be
found whatever they did to hide, and so that their exit codes are taken by somebody even where process 1 takes none."""

import ctypes
import os
import signal

_PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans():
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_orphans():
    """Kills every child of this process; only for a moment at which no attempt is running. A child's own children come
    to us when it is reaped, and this is called again then."""
    for pid in _children():
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            continue  # It ended meanwhile.


def _children():
    try:
        with open(f"/proc/self/task/{os.getpid()}/children", "rb") as file:
            return [int(pid) for pid in file.read().split()]
    except OSError:
        return []  # A kernel without this list: those with the tag of their attempt are found by the agent.
