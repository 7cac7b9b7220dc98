import hashlib
import os
import tempfile
import textwrap
import unittest

from nexomatic_runner.inventory import inventory


class Inventory(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name

    def write(self, path, text):
        whole = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(text))

    def names(self):
        return [module["name"] for module in inventory([self.root])["modules"]]

    def test_a_module_is_told_with_its_hash_its_words_and_its_parameters(self):
        text = '''\
        def ship(ctx):
            """Ships an order.

            Parameters:
                carrier (text): who takes it
                speed (number, optional): days

            More words: not a parameter.
            """
            ctx.params["carrier"], ctx.params["weight"], ctx.params.get("note", "")
        '''
        self.write("orders.py", text)
        told = inventory([self.root])
        parameter = lambda name, kind, required, words: {  # noqa: E731
            "name": name,
            "type": kind,
            "required": required,
            "description": words,
        }
        self.assertEqual(
            told,
            {
                "modules": [
                    {
                        "name": "orders.ship",
                        "hash": hashlib.sha256(textwrap.dedent(text).encode()).hexdigest(),
                        "summary": "Ships an order.",
                        "parameters": [
                            parameter("carrier", "text", True, "who takes it"),
                            parameter("note", None, False, None),
                            parameter("speed", "number", False, "days"),
                            parameter("weight", None, True, None),
                        ],
                    }
                ],
                "truncated": False,
            },
        )

    def test_only_functions_that_an_event_can_call_are_told(self):
        self.write("a.py", "def run(ctx): pass\ndef _own(ctx): pass\ndef two(ctx, other): pass\ndef helper(text): pass\n")
        self.write("pack/__init__.py", "async def start(context): pass")
        self.write("pack/deep/b.py", "class C:\n    def run(ctx): pass\ndef run(ctx, more=1): pass")
        self.write(".venv/lib/c.py", "def run(ctx): pass")
        self.write("no-module.py", "def run(ctx): pass")
        self.assertEqual(self.names(), ["a.run", "pack.start", "pack.deep.b.run"])

    def test_a_file_that_is_no_python_is_left_out_and_nothing_is_run(self):
        self.write("broken.py", "def run(ctx:")
        self.write("loud.py", "raise SystemExit(1)\ndef run(ctx): pass")
        self.assertEqual(self.names(), ["loud.run"])


if __name__ == "__main__":
    unittest.main()
