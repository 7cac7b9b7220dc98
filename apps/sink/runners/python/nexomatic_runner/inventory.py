"""What there is to run in the module folders, read without running any of it."""

import ast
import hashlib
import os
import re

_MODULE_FILE = re.compile(r"[A-Za-z_]\w*\.py", re.ASCII)
_FOLDER = re.compile(r"[A-Za-z_]\w*", re.ASCII)
#: `name (type, optional): text` in a docstring's list of parameters.
_DECLARED = re.compile(r"\s+(\w[\w.-]*)(?:\s*\(([^)]*)\))?\s*:\s*(.*)")
_HEADING = re.compile(r"\s*(Parameters|Params|Args)\s*:\s*", re.IGNORECASE)
_MOST = 1_000


def inventory(roots):
    """`{"modules": [{"name", "hash", "summary", "parameters"}], "truncated"}`; the first folder that has a name counts."""
    modules, known, truncated = [], set(), False
    for root in roots:
        for name, path in _files(root):
            if name in known:
                continue
            known.add(name)
            for module in _functions(name, path):
                if len(modules) == _MOST:
                    truncated = True
                else:
                    modules.append(module)
    return {"modules": modules, "truncated": truncated}


def _files(root):
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(one for one in folders if _FOLDER.fullmatch(one) and one != "__pycache__")
        inside = os.path.relpath(folder, root)
        parts = [] if inside == os.curdir else inside.split(os.sep)
        for file in sorted(files):
            if _MODULE_FILE.fullmatch(file):
                names = parts if file == "__init__.py" else [*parts, file[:-3]]
                if names:
                    yield ".".join(names), os.path.join(folder, file)


def _functions(name, path):
    try:
        with open(path, "rb") as file:
            source = file.read()
        tree = ast.parse(source)
    except (OSError, SyntaxError, ValueError, RecursionError):
        return  # It can't be run either; an attempt says why.
    digest = hashlib.sha256(source).hexdigest()
    for function in tree.body:
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and _takes_context(function):
            text = ast.get_docstring(function) or (ast.get_docstring(tree) if function.name == "run" else None) or ""
            yield {
                "name": f"{name}.{function.name}",
                "hash": digest,
                "summary": text.strip().partition("\n")[0][:500] or None,
                "parameters": _parameters(function, text)[:100],
            }


def _takes_context(function):
    given = [*function.args.posonlyargs, *function.args.args]
    needed = len(given) - len(function.args.defaults)
    return not function.name.startswith("_") and needed == 1 and given[0].arg in ("ctx", "context")


def _parameters(function, text):
    """Those that the docstring lists, and those that the code reads."""
    found = _declared(text)
    context = [*function.args.posonlyargs, *function.args.args][0].arg
    for node in ast.walk(function):
        key, required = _read(node, context)
        if key is None:
            continue
        known = found.setdefault(key, {"name": key, "type": None, "required": False, "description": None})
        known["required"] = known["required"] or required
    return sorted(found.values(), key=lambda one: one["name"])


def _read(node, context):
    """`ctx.params["key"]` must be there, `ctx.params.get("key")` may be."""
    if isinstance(node, ast.Subscript) and _is_params(node.value, context):
        return _text(node.slice), True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get" and node.args:
        if _is_params(node.func.value, context):
            return _text(node.args[0]), False
    return None, False


def _is_params(node, context):
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "params"
        and isinstance(node.value, ast.Name)
        and node.value.id == context
    )


def _text(node):
    value = node.value if isinstance(node, ast.Constant) else None
    return value[:100] if isinstance(value, str) else None


def _declared(text):
    found, inside = {}, False
    for line in text.splitlines():
        if _HEADING.fullmatch(line):
            inside = True
            continue
        match = _DECLARED.fullmatch(line) if inside else None
        if match is None:
            inside = inside and not line.strip()
            continue
        name, kind, description = match.groups()
        words = [word.strip() for word in (kind or "").split(",")]
        found[name] = {
            "name": name[:100],
            "type": ", ".join(word for word in words if word and word != "optional")[:100] or None,
            "required": "optional" not in words,
            "description": description.strip()[:500] or None,
        }
    return found
