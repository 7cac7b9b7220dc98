import os
import tempfile
import time
import unittest

from nexomatic_runner.watched_files import WatchedFiles


class Watched(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "file")

    def write(self, text, seconds_ago=10):
        with open(self.path, "w", encoding="ascii") as file:
            file.write(text)
        then = time.time() - seconds_ago
        os.utime(self.path, (then, then))

    def watched(self):
        watched = WatchedFiles()
        watched.add(self.path)
        return watched

    def test_a_file_that_stays_as_it_is_has_not_changed(self):
        self.write("a")
        self.assertIsNone(self.watched().changed())

    def test_other_contents_of_the_same_length_and_date_are_a_change(self):
        self.write("a")
        watched, state = self.watched(), os.stat(self.path)
        self.write("b")
        os.utime(self.path, ns=(state.st_atime_ns, state.st_mtime_ns))
        self.assertEqual(watched.changed(), self.path)

    def test_a_file_that_comes_to_be_or_goes_has_changed(self):
        watched = self.watched()
        self.write("a")
        self.assertEqual(watched.changed(), self.path)
        watched = self.watched()
        os.remove(self.path)
        self.assertEqual(watched.changed(), self.path)

    def test_a_file_that_has_only_just_changed_is_not_settled(self):
        self.write("a")
        self.assertEqual(self.watched().unsettled, self.path)


if __name__ == "__main__":
    unittest.main()
