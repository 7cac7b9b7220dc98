import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

_RUNNER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_ASK = """
import sys
sys.path.insert(0, sys.argv[1])
from nexomatic_runner.warm_import import Unfit, import_warm
try:
    imported, files = import_warm("subject", [sys.argv[2]])
    print("warm", sorted(path for path in files._seen if path.startswith(sys.argv[2])))
except Unfit as error:
    print(error)
"""


class ImportWatched(unittest.TestCase):
    """In processes of their own, because nobody can stop listening to audit events."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name

    def write(self, name, text):
        path = os.path.join(self.root, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(text))
        os.utime(path, (1, 1))
        return path

    def told(self, text):
        self.write("subject.py", textwrap.dedent(text) + "\ndef run(ctx): pass\n")
        # The time of change can't be set back, so this waits until it is no longer new.
        program = "import time; time.sleep(0.06)" + _ASK
        answer = subprocess.run(
            [sys.executable, "-B", "-c", program, _RUNNER, self.root], stdout=subprocess.PIPE, check=True, cwd="/"
        )
        return answer.stdout.decode().strip()

    def test_all_files_that_an_import_reads_or_looks_for_are_known(self):
        other = self.write("other.py", "")
        data = self.write("data.txt", "x")
        missing = os.path.join(self.root, "missing.txt")
        told = self.told(
            f"""
            import other
            for name in ({data!r}, {missing!r}):
                try:
                    open(name).close()
                except FileNotFoundError:
                    pass
            """
        )
        expected = sorted([self.root, other, data, missing, os.path.join(self.root, "subject.py")])
        # Byte code is looked for as well.
        self.assertEqual([path for path in eval(told.partition(" ")[2]) if "__pycache__" not in path], expected)

    def test_effects_are_named(self):
        for text, why in [
            ("import subprocess; subprocess.call(['true'])", "starts a program"),
            ("import os; os.mkdir('/nowhere/never')", "fails with FileNotFoundError"),
            ("import os; os.listdir('.')", "looks into the working folder"),
            ("import os; os.environ.get('NX_RUN_ID')", "looks at the attempt's own environment"),
            ("import os; os.chdir('/tmp')", "changes the working folder"),
            ("import socket; socket.socket().bind(('127.0.0.1', 0))", "opens a port"),
            ("import sys; print('x', file=sys.stderr)", "prints"),
            ("import logging, json, re, os; os.environ['SET'] = '1'; os.environ.get('PATH')", None),
            ("open('/dev/null', 'w').close()", None),
        ]:
            with self.subTest(text):
                told = self.told(text)
                self.assertEqual(told if why else told[:4], f"its import {why}" if why else "warm")


if __name__ == "__main__":
    unittest.main()
