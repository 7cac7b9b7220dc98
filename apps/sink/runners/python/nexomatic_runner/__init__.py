"""Runs one attempt of an event: reads what to run from the agent, calls the module, hands back what it returned.

run_attempt.py is the table of contents. Nothing here is imported by modules; they get a `ctx` (context.py).
"""
