"""What a module gets as `ctx`."""

from __future__ import annotations

import base64
import json

# For type checkers alone: importing typing takes longer than everything else here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

from .loggable import loggable


class Context:
    """The event that is being worked on, and the ways to say something about it."""

    def __init__(self, start: dict[str, Any], channel: Any) -> None:
        self.event_id: str = start["eventId"]
        self.event_type: str = start["eventType"]
        #: 1 for the first try of this event.
        self.attempt: int = start["attempt"]
        #: The event at the beginning of the chain that this one belongs to.
        self.root_id: str = start["rootId"]
        self.trace_id: str = start["traceId"]
        self.content_type: str = start["contentType"]
        #: The exact bytes that were sent.
        self.payload_bytes: bytes = base64.b64decode(start["payloadBase64"])
        #: Parameter values by key.
        self.params: dict[str, Any] = {key: json.loads(text) for key, text in start["parameters"].items()}
        #: True once the module has been asked to stop; it is ended by force 10 seconds later.
        self.cancelled: bool = False
        self.log: Log = Log(channel)
        self._secrets = start.get("secrets", {})
        self._channel = channel
        self._payload = _unread

    @property
    def payload(self) -> Any:
        """The payload as Python values. Whole numbers keep every digit; fractions are floats."""
        if self._payload is _unread:
            self._payload = self._parse(float)
        return self._payload

    @property
    def payload_exact(self) -> Any:
        """The payload with fractions as `Decimal`, every digit kept."""
        from decimal import Decimal

        return self._parse(Decimal)

    def secret(self, key: str) -> str:
        """The value of a secret that the event type or action names."""
        if key not in self._secrets:
            raise KeyError(f"this event has no secret {key}; its event type or action must name it as a parameter")
        return self._secrets[key]

    def warn(self, message: object, /, **fields: object) -> None:
        """The event ends as WARNING instead of SUCCESS; the first text is shown beside it."""
        self._channel.send(_with_fields({"type": "warn", "message": str(message)}, fields))

    def progress(self, fraction: float, text: object | None = None) -> None:
        """How far the work is, from 0 to 1."""
        fraction = float(fraction)
        if fraction != fraction:
            raise ValueError("progress is not a number")
        message = {"type": "progress", "fraction": min(max(fraction, 0.0), 1.0)}
        if text is not None:
            message["text"] = str(text)
        self._channel.send(message)

    def _parse(self, parse_float):
        if not self.payload_bytes:
            return None
        try:
            return json.loads(self.payload_bytes, parse_float=parse_float)
        except ValueError as error:
            kind = self.content_type or "unknown type"
            raise ValueError(f"the payload ({kind}) is not JSON, read ctx.payload_bytes instead: {error}") from None


class Log:
    """Structured records: `ctx.log.info("sent", to=address, count=3)`. A field may have any name, `message` too."""

    def __init__(self, channel: Any) -> None:
        self._channel = channel

    def debug(self, message: object, /, **fields: object) -> None:
        self._write("debug", message, fields)

    def info(self, message: object, /, **fields: object) -> None:
        self._write("info", message, fields)

    def warning(self, message: object, /, **fields: object) -> None:
        """A record only; `ctx.warn` also changes how the event ends."""
        self._write("warn", message, fields)

    def error(self, message: object, /, **fields: object) -> None:
        self._write("error", message, fields)

    def _write(self, level, message, fields):
        self._channel.send(_with_fields({"type": "log", "level": level, "message": str(message)}, fields))


_unread = object()


def _with_fields(message, fields):
    if fields:
        message["fields"] = loggable(fields)
    return message
