"""Files and folders as they were when they were read, to tell later whether one of them has changed."""

import os
import time

#: What changed this shortly before it was read may change again without looking changed.
_SETTLED_NS = 50_000_000


class WatchedFiles:
    def __init__(self, paths=()):
        self._seen = {}
        #: A path that had changed so shortly before that it can't be told whether it has changed since.
        self.unsettled = None
        for path in paths:
            self.add(path)

    def add(self, path):
        """To be called before the path is read. One that does not exist is watched for coming to be."""
        if path in self._seen:
            return
        self._seen[path] = state = _state(path)
        if state is not None and abs(time.time_ns() - max(state[:2])) < _SETTLED_NS:
            self.unsettled = path

    def changed(self):
        """The first path that is not what it was, or None."""
        for path, state in self._seen.items():
            if _state(path) != state:
                return path
        return None


def _state(path):
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    # The time of change too: copying tools set the time of modification back.
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
