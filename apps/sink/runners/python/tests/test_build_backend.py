import os
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile

import build_backend


class Build(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_the_wheel_can_be_imported_and_says_that_it_has_types(self):
        name = build_backend.build_wheel(self.folder)
        self.assertRegex(name, r"^nexomatic_runner-\d+\.\d+\.\d+-py3-none-any\.whl$")
        with zipfile.ZipFile(os.path.join(self.folder, name)) as wheel:
            names = wheel.namelist()
            wheel.extractall(os.path.join(self.folder, "site"))
        self.assertIn("nexomatic_runner/py.typed", names)
        self.assertFalse([one for one in names if "test" in one or "__pycache__" in one])
        program = (
            "import sys, typing; sys.path.insert(0, sys.argv[1]); from nexomatic_runner import Context; "
            "print(typing.get_type_hints(Context.secret))"
        )
        answer = subprocess.run(
            [sys.executable, "-I", "-B", "-c", program, os.path.join(self.folder, "site")],
            stdout=subprocess.PIPE,
            check=True,
        )
        self.assertEqual(answer.stdout.decode().strip(), "{'key': <class 'str'>, 'return': <class 'str'>}")

    def test_every_file_of_the_wheel_is_recorded_with_its_hash(self):
        name = build_backend.build_wheel(self.folder)
        with zipfile.ZipFile(os.path.join(self.folder, name)) as wheel:
            record = next(one for one in wheel.namelist() if one.endswith("/RECORD"))
            lines = wheel.read(record).decode().splitlines()
            self.assertEqual([line.split(",")[0] for line in lines], wheel.namelist())
        self.assertTrue(all(",sha256=" in line for line in lines[:-1]))

    def test_the_source_archive_holds_what_a_wheel_is_built_from(self):
        name = build_backend.build_sdist(self.folder)
        with tarfile.open(os.path.join(self.folder, name)) as archive:
            names = [member.name.partition("/")[2] for member in archive]
        for needed in ("pyproject.toml", "build_backend.py", "nexomatic_runner/context.py", "PKG-INFO"):
            self.assertIn(needed, names)


if __name__ == "__main__":
    unittest.main()
