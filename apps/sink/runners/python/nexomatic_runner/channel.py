"""The two pipes to the agent: file descriptor 3 to read from, 4 to write to, one JSON object per line.

The shapes are those of packages/contracts/src/runner-protocol.ts.
"""

import json
import os
import threading

READ_FD = 3
WRITE_FD = 4


class Channel:
    def __init__(self):
        # Programs that the module starts must not hold these pipes open, nor write to them.
        os.set_inheritable(READ_FD, False)
        os.set_inheritable(WRITE_FD, False)
        self._lock = threading.Lock()
        self._owner = os.getpid()

    def read_start(self):
        """The start line, or None if the pipe ends before it."""
        parts = []
        while True:
            part = os.read(READ_FD, 65536)
            if not part:
                return None
            line, newline, _ = part.partition(b"\n")
            parts.append(line)
            if newline:
                return json.loads(b"".join(parts))

    def wait_for_end(self):
        """Returns when the agent's end of the pipe is closed."""
        while os.read(READ_FD, 65536):
            pass

    def send(self, message):
        # A copy of this process that the module forked must not speak in its name.
        if os.getpid() != self._owner:
            return
        # ASCII only: lone surrogates, which UTF-8 can't carry, then travel as escapes.
        data = json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
        with self._lock:
            view = memoryview(data)
            while view:
                view = view[os.write(WRITE_FD, view) :]

    def send_final(self, message):
        if os.getpid() != self._owner:
            os._exit(0)
        self.send(message)
