import unittest
from decimal import Decimal

from nexomatic_runner.loggable import loggable


class Unprintable:
    def __str__(self):
        raise RuntimeError("no text")


class Loggable(unittest.TestCase):
    def test_values_that_json_holds_stay_what_they_are(self):
        value = {"a": [1, 2.5, None, True, "x"]}
        self.assertEqual(loggable(value), value)

    def test_values_that_json_can_not_hold_become_text(self):
        self.assertEqual(
            loggable({"nan": float("nan"), "big": 2**60, "decimal": Decimal("1.10"), 5: (1,)}),
            {"nan": "nan", "big": "1152921504606846976", "decimal": "1.10", "5": [1]},
        )

    def test_a_value_that_can_not_be_shown_does_not_break_the_call(self):
        self.assertEqual(loggable(Unprintable()), "<Unprintable that can not be shown: RuntimeError>")

    def test_a_value_that_contains_itself_ends(self):
        value = []
        value.append(value)
        self.assertIn("[...]", str(loggable(value)))


if __name__ == "__main__":
    unittest.main()
