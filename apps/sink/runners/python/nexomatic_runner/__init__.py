"""Runs one attempt of an event: reads what to run from the agent, calls the module, hands back what it returned.

run_attempt.py is the table of contents. Modules get a `ctx` and need nothing of this; for editors and type checkers there is

    from nexomatic_runner import Context

    def run(ctx: Context) -> object: ...
"""

from .context import Context, Log

__all__ = ["Context", "Log"]
