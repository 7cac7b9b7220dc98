import os
import sys
import tempfile
import textwrap
import unittest

from nexomatic_runner.find_module import ModuleNotFound, find_callable


class FindCallable(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name
        saved_path, saved_modules = list(sys.path), set(sys.modules)
        self.addCleanup(sys.path.__setitem__, slice(None), saved_path)
        self.addCleanup(lambda: [sys.modules.pop(name) for name in set(sys.modules) - saved_modules])

    def write(self, path, text):
        whole = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(text))

    def refused(self, path):
        with self.assertRaises(ModuleNotFound) as caught:
            find_callable(path, [self.root])
        return str(caught.exception)

    def test_a_module_is_called_through_its_run_function(self):
        self.write("alpha.py", "def run(ctx): return 'alpha'")
        self.assertEqual(find_callable("alpha", [self.root])(None), "alpha")

    def test_a_path_may_name_a_function_or_a_method_of_a_class(self):
        self.write("beta.py", "def other(ctx): return 1")
        self.assertEqual(find_callable("beta.other", [self.root])(None), 1)
        self.write("jobs.py", "class Jobs:\n    def one(ctx): return 2")
        self.assertEqual(find_callable("jobs.Jobs.one", [self.root])(None), 2)

    def test_packages_and_folders_without_init_are_followed(self):
        self.write("gamma/__init__.py", "")
        self.write("gamma/delta/epsilon.py", "from gamma.sibling import value\ndef run(ctx): return value")
        self.write("gamma/sibling.py", "value = 7")
        self.assertEqual(find_callable("gamma.delta.epsilon", [self.root])(None), 7)

    def test_the_message_says_what_was_looked_for_and_where(self):
        self.assertEqual(
            self.refused("missing.run"), f"missing.run: there is no missing.py and no folder missing in {self.root}"
        )
        self.write("zeta.py", "")
        self.assertEqual(self.refused("zeta.go"), f"zeta.go: there is no 'go' in {self.root}/zeta.py")
        sys.modules.pop("zeta")
        self.assertEqual(self.refused("zeta"), f"zeta: {self.root}/zeta.py has no function run(ctx)")

    def test_something_that_can_not_be_called_is_refused(self):
        self.write("eta.py", "value = 5")
        self.assertEqual(self.refused("eta.value"), "eta.value is of type int, which can not be called")

    def test_text_that_is_no_import_path_is_refused_before_anything_is_looked_up(self):
        for path in ["", "../x", "a..b", "os; rm -rf /", "C:\\x", "__import__('os')", "a.é", "1a", "a\n"]:
            self.assertIn("is not an import path", self.refused(path))

    def test_modules_outside_the_configured_folders_are_not_found(self):
        self.assertIn("there is no os.py", self.refused("os.getcwd"))

    def test_a_file_that_bears_the_name_of_a_module_of_python_is_refused(self):
        self.write("json.py", "def run(ctx): pass")
        self.assertEqual(self.refused("json"), f"json: Python has a module json of its own; rename {self.root}/json.py")

    def test_an_error_inside_the_module_is_the_modules_own(self):
        self.write("theta.py", "import nothing_of_that_name")
        with self.assertRaises(ModuleNotFoundError):
            find_callable("theta", [self.root])


if __name__ == "__main__":
    unittest.main()
