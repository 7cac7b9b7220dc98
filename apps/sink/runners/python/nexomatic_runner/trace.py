"""An exception as text for people: without the runner's own frames."""

import os
import traceback

_OURS = os.path.dirname(os.path.abspath(__file__)) + os.sep
_IMPORTLIB = os.path.join(os.path.dirname(os.__file__), "importlib") + os.sep
# The agent cuts it down for lists, after it has masked secrets: a cut could go through one.
_LONGEST = 100_000


def traceback_text(error):
    return "".join(traceback.format_exception(type(error), error, _without_ours(error.__traceback__)))


def one_line(error):
    """`ValueError: no such name`, in one line."""
    last = traceback.format_exception_only(type(error), error)[-1]
    line = " ".join(last.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _without_ours(trace):
    """What is left from the first frame that is the module's own on."""
    while trace is not None and _is_ours(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    return trace


def _is_ours(filename):
    return filename.startswith((_OURS, "<frozen importlib", _IMPORTLIB))
