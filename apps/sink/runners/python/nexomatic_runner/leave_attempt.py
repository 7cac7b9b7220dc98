"""The end of a copy. Taking the interpreter apart would touch, and so copy, every page that it shares with the server;
so only what others can notice is done: threads are waited for, exit functions run, buffers written, files closed."""

import atexit
import gc
import os
import sys
import threading
import traceback


def leave_attempt(run, roots):
    """Calls `run` and ends this process as Python would end after it."""
    code = 1
    try:
        run()
        code = 0
    except SystemExit as error:
        code = _exit_code(error.code)
    except BaseException:
        traceback.print_exc()
    try:
        threading._shutdown()
        atexit._run_exitfuncs()
    except BaseException:
        traceback.print_exc()
    _let_go(roots)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            continue  # Closed by the module, or nobody reads it.
    os._exit(code)


def _exit_code(given):
    if given is None:
        return 0
    if isinstance(given, int):
        return given & 0xFF
    print(given, file=sys.stderr)
    return 1


def _let_go(roots):
    """A file that a module keeps in a variable is written to its end when the variable goes."""
    folders = tuple(os.path.join(root, "") for root in roots)
    for module in list(sys.modules.values()):
        if str(getattr(module, "__file__", None)).startswith(folders):
            vars(module).clear()
    gc.collect()
