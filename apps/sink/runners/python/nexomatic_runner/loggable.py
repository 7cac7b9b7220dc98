"""Makes any value fit for a log record. A log call must never raise, so what JSON can't hold becomes text."""

_LARGEST_EXACT = 2**53 - 1
_DEEPEST = 20


def loggable(value, depth=0):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        # Readers of the log keep numbers as doubles; a larger one keeps its digits as text.
        return int(value) if abs(value) <= _LARGEST_EXACT else str(value)
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    if depth < _DEEPEST:
        if isinstance(value, dict):
            return {str(key): loggable(item, depth + 1) for key, item in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [loggable(item, depth + 1) for item in value]
    try:
        return str(value)
    except Exception as error:
        return f"<{type(value).__name__} that can not be shown: {type(error).__name__}>"
