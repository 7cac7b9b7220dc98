"""A warm interpreter that makes one copy of itself per attempt.

There are two kinds. The plain server has imported nothing but this runner. A module's server has imported that module as
well, found that this had no effect that each attempt would have to see for itself (warm_import.py), and ends as soon as a
file that it has read changes: a copy never runs old code. Neither ever runs a module; only copies do.

The agent speaks over file descriptor 3 and hears over 4, one JSON object per line:

    → {"type": "fork", "id", "folder", "runId", "socket", "token"}     → {"type": "retire"}
    ← {"type": "ready"} or {"type": "unfit", "why", "again"}, once
    ← {"type": "forked", "id", "pid"}, {"type": "exited", "id", "code", "signal"},
      {"type": "stale", "id", "why"}, {"type": "failed", "id", "why"}

The server has one thread, because only that thread would exist in a copy. When the agent's end closes, everything ends.
"""

import gc
import json
import os
import select
import signal
import sys

from .enter_attempt import enter_attempt
from .leave_attempt import leave_attempt
from .orphans import adopt_orphans, end_orphans
from .run_attempt import run_attempt
from .run_tag import RunTag
from .trace import one_line
from .warm_import import Unfit, import_warm
from .watched_files import WatchedFiles

_IN = 3
_OUT = 4


def serve(settings, limits):
    """Never returns: a copy ends with its attempt, and the server when there is nothing left to serve."""
    server = _Server()
    try:
        server.tag = RunTag()
        adopt_orphans()
        imported, server.watched = _warmed(settings)
    except Unfit as error:
        server.say({"type": "unfit", "why": str(error), "again": error.again})
        os._exit(0)
    # What lives now lives as long as the server: the collector need not look at it, and so does not copy its pages.
    gc.collect()
    gc.freeze()
    server.say({"type": "ready"})
    request = server.until_copy()
    enter_attempt(request, limits, server.tag)
    leave_attempt(lambda: run_attempt(imported), settings["moduleRoots"])


def _warmed(settings):
    if "module" in settings:
        return import_warm(settings["module"], settings["moduleRoots"])
    return {}, WatchedFiles([os.path.realpath(sys.executable), os.__file__])


class _Server:
    def __init__(self):
        for descriptor in (_IN, _OUT):
            os.set_inheritable(descriptor, False)
        self.tag = None
        self.watched = None
        self._read = b""
        self._running = {}  # process id → number of the request
        self._retiring = False
        self._wakes, self._woken_by = os.pipe()
        for end in (self._wakes, self._woken_by):
            os.set_blocking(end, False)
        # Whoever ends the agent's whole control group sends these to us too; the agent decides when we end.
        for ignored in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(ignored, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
        signal.set_wakeup_fd(self._woken_by, warn_on_full_buffer=False)

    def until_copy(self):
        """Serves until this process is a copy; gives the request that it was made for."""
        while True:
            readable, _, _ = select.select([_IN, self._wakes], [], [])
            if self._wakes in readable:
                os.read(self._wakes, 4096)
            self._reap()
            if _IN in readable:
                for request in self._requests():
                    if self._take(request):
                        return request
            if self._retiring and not self._running:
                os._exit(0)

    def say(self, message):
        data = json.dumps(message, ensure_ascii=True).encode("ascii") + b"\n"
        try:
            while data:
                data = data[os.write(_OUT, data) :]
        except OSError:
            self._end()  # Nobody listens any more.

    def _requests(self):
        data = os.read(_IN, 65536)
        if not data:
            self._end()
        *lines, self._read = (self._read + data).split(b"\n")
        return [json.loads(line) for line in lines]

    def _take(self, request):
        """Whether this process is now the copy that was asked for."""
        if request["type"] == "retire":
            self._retiring = True
            return False
        changed = self.watched.changed()
        if changed is not None:
            self.say({"type": "stale", "id": request["id"], "why": changed})
            return False
        try:
            pid = os.fork()
        except OSError as error:
            self.say({"type": "failed", "id": request["id"], "why": one_line(error)})
            return False
        if pid == 0:
            self._become_copy()
            return True
        self._running[pid] = request["id"]
        self.say({"type": "forked", "id": request["id"], "pid": pid})
        return False

    def _become_copy(self):
        signal.set_wakeup_fd(-1)
        for restored in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP):
            signal.signal(restored, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for descriptor in (_IN, _OUT, self._wakes, self._woken_by):
            os.close(descriptor)

    def _reap(self):
        """Takes leave of ended copies, and of what they left behind and this process has adopted."""
        while True:
            try:
                ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if ended is None:
                break
            request = self._running.pop(ended.si_pid, None)
            if request is not None:
                # As long as the leader is not reaped, its number can't have become that of another group.
                _kill_group(ended.si_pid)
            os.waitpid(ended.si_pid, 0)
            if request is not None:
                by_signal = ended.si_code != os.CLD_EXITED
                name = signal.Signals(ended.si_status).name if by_signal else None
                code = None if by_signal else ended.si_status
                self.say({"type": "exited", "id": request, "code": code, "signal": name})
        if not self._running:
            end_orphans()

    def _end(self):
        """The agent is gone: nobody would end the copies or take their results."""
        for pid in self._running:
            _kill_group(pid)
        end_orphans()
        os._exit(0)


def _kill_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except OSError:
        # It ended meanwhile, or has not come as far as having a group.
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
