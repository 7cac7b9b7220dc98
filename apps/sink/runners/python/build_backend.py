"""Builds the wheel and the source archive (PEP 517) with what Python brings along: the package is plain Python files."""

import base64
import hashlib
import io
import os
import re
import tarfile
import zipfile

_HERE = os.path.dirname(os.path.abspath(__file__))
_PACKAGE = "nexomatic_runner"


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    name = f"{_PACKAGE}-{_project('version')}-py3-none-any.whl"
    information = f"{_PACKAGE}-{_project('version')}.dist-info"
    files = {path: _read(path) for path in _package_files()}
    files[f"{information}/METADATA"] = _metadata()
    files[f"{information}/WHEEL"] = (
        "Wheel-Version: 1.0\nGenerator: nexomatic\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    ).encode()
    record = f"{information}/RECORD"
    files[record] = "".join([*(_recorded(path, data) for path, data in files.items()), f"{record},,\n"]).encode()
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, data in files.items():
            wheel.writestr(zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return name


def build_sdist(sdist_directory, config_settings=None):
    folder = f"{_PACKAGE}-{_project('version')}"
    files = {path: _read(path) for path in [*_package_files(), "pyproject.toml", "build_backend.py", "__main__.py"]}
    files["PKG-INFO"] = _metadata()
    with tarfile.open(os.path.join(sdist_directory, f"{folder}.tar.gz"), "w:gz") as archive:
        for path, data in files.items():
            entry = tarfile.TarInfo(f"{folder}/{path}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return f"{folder}.tar.gz"


def _package_files():
    inside = sorted(os.listdir(os.path.join(_HERE, _PACKAGE)))
    return [f"{_PACKAGE}/{name}" for name in inside if name.endswith(".py") or name == "py.typed"]


def _metadata():
    return (
        f"Metadata-Version: 2.1\nName: {_project('name')}\nVersion: {_project('version')}\n"
        f"Summary: {_project('description')}\nLicense: {_project('license')}\nRequires-Python: {_project('requires-python')}\n"
    ).encode()


def _project(key):
    """Python 3.9 has no reader of TOML; this file has nothing but plain strings."""
    text = _read("pyproject.toml").decode().partition("[project]")[2]
    return re.search(rf'^{key} = "(.*)"$', text, re.MULTILINE).group(1)


def _recorded(path, data):
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{path},sha256={digest},{len(data)}\n"


def _read(path):
    with open(os.path.join(_HERE, path), "rb") as file:
        return file.read()
