"""The two ways in which a running module is told to end."""

import os
import signal
import threading


def on_terminate(context):
    """SIGTERM asks: the module sees `ctx.cancelled` and has until the agent's SIGKILL to finish."""

    def ask(_signal, _frame):
        context.cancelled = True

    signal.signal(signal.SIGTERM, ask)


def watch_agent(channel):
    """The end of the pipe orders: the agent is gone, so nobody would end this group or take its result."""

    def watch():
        channel.wait_for_end()
        _kill_tagged(os.environ.get("NX_RUN_ID", ""))
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=watch, name="nexomatic-watch-agent", daemon=True).start()


def _kill_tagged(run_id):
    """Ends processes of this attempt that left the group (`setsid`); they inherited the tag in their environment."""
    if not run_id:
        return
    tag = f"NX_RUN_ID={run_id}\0".encode()
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) == os.getpid():
            continue
        try:
            with open(f"/proc/{name}/environ", "rb") as file:
                if tag in file.read() + b"\0":
                    os.kill(int(name), signal.SIGKILL)
        except OSError:
            continue  # It ended meanwhile, or belongs to somebody else.
