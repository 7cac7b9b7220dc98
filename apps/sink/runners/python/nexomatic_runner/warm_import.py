"""Imports a module once for many attempts, if nobody could tell the difference.

An import that starts threads or programs, opens connections or files to write, prints, or looks at its working folder
must happen anew in each attempt. All that it reads is remembered, as it was before it was read.
"""

import os
import sys

from .find_module import ModuleNotFound, find_callable
from .import_watch import ImportWatch
from .watched_files import WatchedFiles


class Unfit(Exception):
    """This process can't serve copies; the text says why. `again` is whether another try soon makes sense."""

    def __init__(self, why, again=False):
        super().__init__(why)
        self.again = again


def import_warm(path, roots):
    """The imported top-level module by its name, and the files that were read. Raises Unfit."""
    before = _traces()
    watch = ImportWatch(WatchedFiles())
    with watch:
        try:
            find_callable(path, roots)
        except ModuleNotFound as error:
            raise Unfit(str(error)) from None
        except BaseException as error:
            raise Unfit(f"its import fails with {type(error).__name__}") from None
    for what, found in _traces().items():
        if found != before[what]:
            raise Unfit(f"its import {what}")
    if watch.effect is not None:
        raise Unfit(f"its import {watch.effect}")
    if watch.files.unsettled is not None:
        raise Unfit(f"{watch.files.unsettled} has only just changed", again=True)
    first = path.partition(".")[0]
    return {first: sys.modules[first]}, watch.files


def _traces():
    """What an import may leave behind in a process, by the words that say so."""
    return {
        "starts threads": len(os.listdir("/proc/self/task")),
        "keeps files or connections open": len(os.listdir("/proc/self/fd")),
        "changes the working folder": os.getcwd(),
    }
