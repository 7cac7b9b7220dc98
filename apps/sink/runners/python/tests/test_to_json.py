import unittest
from decimal import Decimal

from nexomatic_runner.to_json import MAX_BYTES, ResultInvalid, result_to_json


class ResultToJson(unittest.TestCase):
    def refused(self, value):
        with self.assertRaises(ResultInvalid) as caught:
            result_to_json(value)
        return str(caught.exception)

    def test_whole_numbers_keep_every_digit(self):
        self.assertEqual(result_to_json({"n": 12345678901234567890123}), '{"n":12345678901234567890123}')

    def test_decimals_are_written_as_the_number_that_they_are(self):
        value = {"price": Decimal("1.10"), "list": [Decimal("1E+3"), Decimal("-0")], "plain": 1.0}
        self.assertEqual(result_to_json(value), '{"price":1.10,"list":[1E+3,-0],"plain":1.0}')

    def test_both_encoders_write_the_same_text(self):
        value = {"a": [1, True, None, "é\"\n", 2.5], 3: {}, None: [], True: ()}
        plain = result_to_json([value])
        self.assertEqual(result_to_json([value, Decimal(0)]), plain[:-1] + ",0]")

    def test_lone_surrogates_become_escapes(self):
        self.assertEqual(result_to_json("é\ud800"), '"é\\ud800"')

    def test_a_value_without_json_form_is_named_with_its_place_and_type(self):
        self.assertEqual(
            self.refused({"a": [1, {"b": object()}]}),
            'result["a"][1]["b"] is of type object, which JSON can not hold',
        )

    def test_a_key_without_json_form_is_refused(self):
        self.assertEqual(self.refused({"a": {(1, 2): 3}}), 'a key of result["a"] is of type tuple, which JSON can not hold')

    def test_nan_and_infinity_are_refused(self):
        self.assertEqual(self.refused([float("nan")]), "result[0] is nan, which JSON can not hold")
        self.assertEqual(self.refused(Decimal("Infinity")), "result is Infinity, which JSON can not hold")

    def test_a_value_that_contains_itself_is_refused(self):
        value = []
        value.append(value)
        self.assertEqual(self.refused(value), "result[0] contains itself")

    def test_a_result_above_the_limit_is_refused_with_both_sizes(self):
        self.assertEqual(
            self.refused("x" * MAX_BYTES), "the result has 1,048,578 bytes of JSON; 1,048,576 are allowed"
        )


if __name__ == "__main__":
    unittest.main()
