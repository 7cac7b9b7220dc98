"""From an import path (`my_module.runner`) to the callable that it names. Only the configured folders are searched."""

import importlib
import importlib.machinery
import importlib.util
import os
import re
import sys

_PATH = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", re.ASCII)


class ModuleNotFound(Exception):
    """The message says what was looked for and where."""


def find_callable(path, roots, imported=None):
    """`imported` holds top-level modules that an earlier call has found in the same folders."""
    if not _PATH.fullmatch(path):
        raise ModuleNotFound(f"{path!r} is not an import path: names joined by dots, for example my_module.runner")
    first, *rest = path.split(".")
    found = (imported or {}).get(first) or _import_first(first, path, roots)
    for index, name in enumerate(rest):
        if _is_submodule(found, name):
            found = importlib.import_module(f"{found.__name__}.{name}")
        elif hasattr(found, name):
            found = getattr(found, name)
        else:
            inside = ".".join([first, *rest[:index]])
            where = getattr(found, "__file__", None) or inside
            raise ModuleNotFound(f"{path}: there is no {name!r} in {where}")
    if isinstance(found, type(sys)):
        if not callable(getattr(found, "run", None)):
            raise ModuleNotFound(f"{path}: {found.__file__ or path} has no function run(ctx)")
        return found.run
    if not callable(found):
        raise ModuleNotFound(f"{path} is of type {type(found).__name__}, which can not be called")
    return found


def _import_first(name, path, roots):
    spec = importlib.machinery.PathFinder.find_spec(name, roots)
    if spec is None:
        raise ModuleNotFound(f"{path}: there is no {name}.py and no folder {name} in {os.pathsep.join(roots)}")
    if name in sys.modules:
        raise ModuleNotFound(f"{path}: Python has a module {name} of its own; rename {spec.origin or name}")
    # The folders come first, as the script's folder does in `python script.py`, so that modules find their siblings.
    sys.path[:0] = roots
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    if spec.loader is not None:
        spec.loader.exec_module(module)
    return module


def _is_submodule(parent, name):
    folders = getattr(parent, "__path__", None)
    if folders is None or not isinstance(parent, type(sys)):
        return False
    return importlib.machinery.PathFinder.find_spec(f"{parent.__name__}.{name}", folders) is not None
