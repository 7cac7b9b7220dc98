"""Listens to Python's own audit events while a module is imported: what does it read, and what does it do?"""

import importlib.util
import os
import sys
import tempfile

#: What each attempt would have to do for itself, by the beginning of the event's name.
_EFFECTS = {
    "subprocess.": "starts a program",
    "os.system": "starts a program",
    "os.exec": "starts a program",
    "os.fork": "starts a process",
    "os.posix_spawn": "starts a program",
    "os.spawn": "starts a program",
    "socket.connect": "opens a connection",
    "socket.bind": "opens a port",
    "socket.sendto": "sends to the network",
    "sqlite3.connect": "opens a database",
    "os.kill": "sends a signal",
    "os.mkdir": "writes files",
    "os.remove": "writes files",
    "os.rename": "writes files",
    "os.rmdir": "writes files",
    "os.truncate": "writes files",
}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_DEVICES = ("/dev/", "/proc/", "/sys/")
#: These differ from attempt to attempt.
_PRIVATE = (b"HOME", b"TMPDIR", b"NX_RUN_ID")


class ImportWatch:
    """`with watch:` around an import; afterwards `files` holds what it read and `effect` what else it did, if anything."""

    def __init__(self, files):
        self.files = files
        self.effect = None
        self._listening = False

    def __enter__(self):
        sys.addaudithook(self._hear)  # It stays for good, and in the copies; so it has next to nothing to do later.
        self._environment = os.environ._data
        os.environ._data = _WatchedEnvironment(self._environment, self._note)
        self._getcwd, os.getcwd = os.getcwd, self._watched_getcwd
        self._output = tempfile.TemporaryFile(dir="/tmp" if os.path.isdir("/tmp") else None)
        self._saved = [os.dup(descriptor) for descriptor in (1, 2)]
        for descriptor in (1, 2):
            os.dup2(self._output.fileno(), descriptor)
        self._listening = True
        return self

    def __exit__(self, *_error):
        self._listening = False
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        if os.fstat(self._output.fileno()).st_size > 0:
            self._note("prints")
        for descriptor, saved in zip((1, 2), self._saved):
            os.dup2(saved, descriptor)
            os.close(saved)
        self._output.close()
        os.getcwd = self._getcwd
        # The import may have set variables for all attempts.
        os.environ._data = dict(os.environ._data)

    def _hear(self, event, args):
        if not self._listening:
            return
        if event == "open":
            self._opened(*args)
        elif event in ("os.listdir", "os.scandir"):
            self._read(args[0])
        elif event == "import":
            if isinstance(args[1], str):
                self._read(args[1])  # A module in machine code.
        else:
            for beginning, effect in _EFFECTS.items():
                if event.startswith(beginning):
                    self._note(effect)

    def _opened(self, path, _mode, flags):
        if isinstance(path, int):
            return
        if isinstance(flags, int) and flags & _WRITES and not _text(path).startswith(_DEVICES):
            self._note("writes files")
            return
        self._read(path)

    def _read(self, given):
        path = _text("." if given is None else given)
        if not path or path.startswith(_DEVICES):
            return
        if not os.path.isabs(path):
            self._note("looks into the working folder")
            return
        self.files.add(path)
        if path.endswith(".pyc"):
            try:
                # Python reads the source's date, and the source itself only if it does not fit.
                self.files.add(importlib.util.source_from_cache(path))
            except ValueError:
                pass

    def _note(self, effect):
        if self.effect is None:
            self.effect = effect

    def _watched_getcwd(self):
        self._note("looks at the working folder")
        return self._getcwd()


class _WatchedEnvironment(dict):
    def __init__(self, variables, note):
        super().__init__(variables)
        self._note = note

    def __getitem__(self, key):
        if key in _PRIVATE:
            self._note("looks at the attempt's own environment")
        return super().__getitem__(key)


def _text(path):
    try:
        return os.fsdecode(path)
    except (TypeError, ValueError):
        return ""
