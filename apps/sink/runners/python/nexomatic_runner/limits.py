"""What the process may not do, set before any code of the module runs."""

import os
import resource

_OPEN_FILES = 4096
_FILE_BYTES = 1024 * 1024 * 1024


def apply_limits():
    os.umask(0o077)
    # A core file would hold whatever the module had in memory.
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _lower(resource.RLIMIT_FSIZE, _FILE_BYTES)


def _lower(which, limit):
    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(which, (limit, limit))
