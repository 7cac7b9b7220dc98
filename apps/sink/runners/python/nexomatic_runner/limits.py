"""What the process may not do, set before any code of the module runs."""

import os
import resource

#: Name in the agent's settings → which limit of the process.
_NAMES = {
    "memoryBytes": "RLIMIT_AS",
    "cpuSeconds": "RLIMIT_CPU",
    "fileBytes": "RLIMIT_FSIZE",
    "openFiles": "RLIMIT_NOFILE",
    "processes": "RLIMIT_NPROC",
}


def apply_limits(limits):
    """Takes `{"memoryBytes": …, "cpuSeconds": …, "fileBytes": …, "openFiles": …, "processes": …, "nice": …}`."""
    os.umask(0o077)
    # A core file would hold whatever the module had in memory.
    _lower("RLIMIT_CORE", 0)
    for name, which in _NAMES.items():
        if name in limits:
            _lower(which, limits[name])
    if limits.get("nice"):
        os.nice(limits["nice"])


def _lower(name, limit):
    which = getattr(resource, name, None)
    if which is None:
        return  # Not every system has every limit.
    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    # At the soft CPU limit the process is told by SIGXCPU; whoever ignores that is ended a second later.
    ceiling = limit + 1 if name == "RLIMIT_CPU" and (hard == resource.RLIM_INFINITY or limit < hard) else limit
    resource.setrlimit(which, (limit, ceiling))
