"""Records of Python's own `logging` become structured records of the attempt."""

import logging

#: What a record has of its own; everything else was given by `extra=`.
_USUAL = frozenset(vars(logging.LogRecord("", 0, "", 0, "", (), None))) | {"message", "asctime", "taskName"}


def log_to(log):
    """Everything from INFO on goes to the attempt's log, unless the module sets another level or takes the handler off."""
    root = logging.getLogger()
    root.addHandler(_Bridge(log))
    root.setLevel(logging.INFO)


class _Bridge(logging.Handler):
    def __init__(self, log):
        super().__init__()
        self._log = log

    def emit(self, record):
        try:
            fields = {name: value for name, value in vars(record).items() if name not in _USUAL}
            if record.name != "root":
                fields["logger"] = record.name
            message = record.getMessage()
            if record.exc_info:
                message = f"{message}\n{logging.Formatter().formatException(record.exc_info)}"
            self._writer(record.levelno)(message, **fields)
        except Exception:
            self.handleError(record)

    def _writer(self, level):
        if level >= logging.ERROR:
            return self._log.error
        if level >= logging.WARNING:
            return self._log.warning
        return self._log.info if level >= logging.INFO else self._log.debug
