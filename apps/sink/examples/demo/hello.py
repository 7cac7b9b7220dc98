"""The demo pipeline: `greet` runs first, then `notify` if it went well, or `alert` if it failed.

An action names a function by its import path, here `hello.greet`. The function gets a `ctx` and
returns anything that JSON can hold: that is the event's result, and the payload of the event that follows.
"""

import hashlib
import hmac
import time


def greet(ctx):
    """Try it with {"name": "Ada"}, and then add "fail": true, "warn": true or "seconds": 5."""
    name = ctx.params["name"]  # a DATA parameter: read from the payload by the hub
    greeting = ctx.params["greeting"]  # a STATIC parameter: fixed in the event type
    ctx.log.info("greeting somebody", name=name, attempt=ctx.attempt)

    if ctx.payload.get("warn"):
        ctx.warn(f"{name} asked for a warning")  # the event ends as WARNING, and still takes On Success
    if ctx.payload.get("fail"):
        raise RuntimeError(f"{name} asked for a failure")  # the event ends as ERROR and takes On Failure

    work_slowly(ctx, seconds=ctx.payload.get("seconds", 0))
    return {"greeting": f"{greeting}, {name}!", "letters": len(name)}


def notify(ctx):
    """Follows a success; its payload is what `greet` returned."""
    print("saying it out loud:", ctx.payload["greeting"])
    return {"notified": True, "greeting": ctx.payload["greeting"]}


def alert(ctx):
    """Follows a failure; its payload says which event failed and why."""
    error = ctx.payload["error"]
    ctx.log.error("the greeting failed", reason=error["reason"], message=error["message"])
    return {"alerted": True}


def sign(ctx):
    """Fire the event type hello.sign by hand; its SECRET parameter signing_key names the secret DEMO_SIGNING_KEY."""
    key = ctx.secret("signing_key")  # reaches this process alone: no page, log or command line has it
    return {"signature": hmac.new(key.encode(), ctx.payload_bytes, hashlib.sha256).hexdigest()}


def work_slowly(ctx, seconds):
    steps = int(seconds * 2)
    for step in range(1, steps + 1):
        if ctx.cancelled:  # the time-out has passed, or somebody cancelled the event
            raise RuntimeError(f"stopped after {step - 1} of {steps} steps")
        time.sleep(0.5)
        print(f"step {step} of {steps}")  # plain output is kept as well, exactly as it is printed
        ctx.progress(step / steps)
