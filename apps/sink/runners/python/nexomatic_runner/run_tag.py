"""Which attempt a process belongs to, for everybody who looks from outside.

The agent finds an attempt's processes by NX_RUN_ID in the environment that the system shows of them. That is the one
they were started with: in a copy made by fork it is the server's, whatever the copy does to `os.environ`. So the server
is started with a placeholder there, and each copy writes its own value over it, in memory.
"""

import ctypes
import os

from .warm_import import Unfit

_NAME = b"NX_RUN_ID="


class RunTag:
    """Found once by the server; the place is the same in every copy."""

    def __init__(self):
        try:
            with open("/proc/self/stat", "rb") as file:
                fields = file.read().rpartition(b") ")[2].split()
            # Fields 50 and 51 of proc(5); the first of the rest is field 3.
            start, end = int(fields[47]), int(fields[48])
            block = ctypes.string_at(start, end - start)
        except (OSError, IndexError, ValueError) as error:
            raise Unfit(f"the environment of this process has no known place in memory: {error}") from None
        at = 0 if block.startswith(_NAME) else block.find(b"\0" + _NAME) + 1
        if not block.startswith(_NAME, at):
            raise Unfit("NX_RUN_ID is not in the environment")
        at += len(_NAME)
        self._address = start + at
        self._width = block.index(b"\0", at) - at

    def set(self, run_id):
        value = run_id.encode("ascii")
        if len(value) > self._width:
            raise ValueError(f"a run id of {len(value)} bytes does not fit into {self._width}")
        os.environ["NX_RUN_ID"] = run_id
        ctypes.memmove(self._address, value.ljust(self._width, b"\0"), self._width)
