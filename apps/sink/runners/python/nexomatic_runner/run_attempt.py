"""One attempt from start to end."""

import sys

from .channel import Channel
from .context import Context
from .find_module import ModuleNotFound, find_callable
from .logging_bridge import log_to
from .stop_signals import on_terminate, watch_agent
from .to_json import ResultInvalid, result_to_json


def run_attempt(imported):
    """Reads the start line, runs the module and writes one `result` or `error` line. `imported` holds the top-level
    modules that were found in the configured folders and imported before."""
    channel = Channel()
    start = channel.read_start()
    if start is None:
        return  # The agent went away before it said what to run.
    watch_agent(channel)
    context = Context(start, channel)
    on_terminate(context)
    log_to(context.log)
    # Each whole line is handed over at once, so that the log streams while the module works.
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")
    sys.stderr.reconfigure(line_buffering=True, errors="backslashreplace")
    outcome = _outcome(start, context, imported)
    channel.send_final(outcome)
    # As Python itself exits after an exception that nobody caught.
    sys.exit(0 if outcome["type"] == "result" else 1)


def _outcome(start, context, imported):
    try:
        run = find_callable(start["module"], start["moduleRoots"], imported)
        value = _finish(run(context))
        return {"type": "result", "json": result_to_json(value)}
    except ModuleNotFound as error:
        return {"type": "error", "reason": "module_not_found", "message": str(error)}
    except ResultInvalid as error:
        return {"type": "error", "reason": "result_invalid", "message": str(error)}
    except SystemExit:
        raise  # The module chose its own exit code; the agent reads it from the process.
    except BaseException as error:  # Whatever a module raises is its outcome.
        from .trace import one_line, traceback_text

        return {"type": "error", "reason": "exception", "message": one_line(error), "detail": traceback_text(error)}


def _finish(value):
    """Lets a module be written as `async def run(ctx)`."""
    if hasattr(value, "__await__"):
        import asyncio

        async def wait():
            return await value

        return asyncio.run(wait())
    return value
