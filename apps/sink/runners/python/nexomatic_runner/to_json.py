"""A module's return value as JSON text, exactly."""

import json
import sys

MAX_BYTES = 1024 * 1024
_TOO_DEEP = 64


class ResultInvalid(Exception):
    """The value has no exact JSON form; the message says where and why."""


def result_to_json(value):
    try:
        # The C encoder is many times faster and takes nearly every result.
        text = json.dumps(value, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError):
        text = "".join(_exactly(value, "result", set()))
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError:  # Lone surrogates exist in Python and JSON, but only as escapes in UTF-8.
        text = _escape_surrogates(text)
        size = len(text)
    if size > MAX_BYTES:
        raise ResultInvalid(f"the result has {size:,} bytes of JSON; {MAX_BYTES:,} are allowed")
    return text


def _exactly(value, path, above):
    """Parts of the JSON text. Knows Decimal, and names the place of a value that can't be written."""
    if value is None or isinstance(value, (str, bool, int)):
        yield json.dumps(value, ensure_ascii=False)
    elif isinstance(value, float):
        if value - value != 0:
            raise ResultInvalid(f"{path} is {value}, which JSON can not hold")
        yield json.dumps(value)
    elif isinstance(value, (dict, list, tuple)):
        if id(value) in above:
            raise ResultInvalid(f"{path} contains itself")
        if len(above) >= _TOO_DEEP:
            raise ResultInvalid(f"{path} lies deeper than {_TOO_DEEP} levels")
        inside = above | {id(value)}
        yield from _object(value, path, inside) if isinstance(value, dict) else _array(value, path, inside)
    elif _is_decimal(value):
        if not value.is_finite():
            raise ResultInvalid(f"{path} is {value}, which JSON can not hold")
        yield str(value)
    else:
        raise ResultInvalid(f"{path} is of type {type(value).__name__}, which JSON can not hold")


def _object(value, path, above):
    separator = "{"
    for key, item in value.items():
        if not isinstance(key, (str, int, float, bool, type(None))):
            raise ResultInvalid(f"a key of {path} is of type {type(key).__name__}, which JSON can not hold")
        name = json.dumps({key: 0}, ensure_ascii=False)[1:-4]
        yield separator + name + ":"
        yield from _exactly(item, f"{path}[{name}]", above)
        separator = ","
    yield "}" if separator == "," else "{}"


def _array(value, path, above):
    separator = "["
    for index, item in enumerate(value):
        yield separator
        yield from _exactly(item, f"{path}[{index}]", above)
        separator = ","
    yield "]" if separator == "," else "[]"


def _is_decimal(value):
    # If nobody imported decimal, the value can't be one.
    decimal = sys.modules.get("decimal")
    return decimal is not None and isinstance(value, decimal.Decimal)


def _escape_surrogates(text):
    return "".join(char if not "\ud800" <= char <= "\udfff" else f"\\u{ord(char):04x}" for char in text)
