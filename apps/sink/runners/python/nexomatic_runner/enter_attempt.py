"""Makes a fresh copy of the fork server into what an attempt's process is when the agent starts it by itself."""

import _socket
import os
import sys
import traceback

from .limits import apply_limits

#: Order in which the agent is called, and where each connection ends up.
_STDOUT, _STDERR, _CHANNEL_IN, _CHANNEL_OUT = 1, 2, 3, 4


def enter_attempt(request, limits, tag):
    try:
        os.setsid()
        tag.set(request["runId"])
        os.chdir(request["folder"])
        os.environ["HOME"] = os.environ["TMPDIR"] = request["folder"]
        apply_limits(limits)
        _connect(request, _CHANNEL_OUT, [_CHANNEL_IN, _CHANNEL_OUT])
        _connect(request, _STDOUT, [_STDOUT])
        _connect(request, _STDERR, [_STDERR])
        _forget_shared_state()
    except BaseException:
        # Before the agent has been reached there is only the server's own stderr to say it to.
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(70)


def _connect(request, name, descriptors):
    """A connection to the agent that says in its first line what it is for."""
    connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    connection.connect(request["socket"])
    connection.send(f"{request['token']} {name}\n".encode("ascii"))
    descriptor = connection.detach()
    for wanted in descriptors:
        os.dup2(descriptor, wanted)
    if descriptor not in descriptors:
        os.close(descriptor)


def _forget_shared_state():
    """What all copies would otherwise have in common."""
    # Files may have appeared since the server looked into a folder. Not by importlib.invalidate_caches, which imports
    # importlib.metadata in newer versions: 50 ms.
    for finder in sys.path_importer_cache.values():
        if hasattr(finder, "invalidate_caches"):
            finder.invalidate_caches()
    # Python's own `random` sees to itself; numpy would give every attempt the same numbers.
    numpy_random = sys.modules.get("numpy.random")
    if numpy_random is not None:
        numpy_random.seed()
