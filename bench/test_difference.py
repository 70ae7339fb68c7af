"""The statistics of `bench timing`, on series whose difference is known: `python3 bench/test_difference.py`."""

import random
import unittest

from difference import median_difference


def latencies(seed: int, count: int, shift: float = 0.0) -> list[float]:
    """Microseconds as servers have them: most near 300, a long tail, and now and then a pause."""
    draws = random.Random(seed)
    return [
        shift + 250 + draws.lognormvariate(4, 0.6) + (5000 if draws.random() < 0.01 else 0) for _ in range(count)
    ]


class Differences(unittest.TestCase):
    def test_the_same_distribution_is_seldom_called_different(self):
        seen = sum(
            median_difference(latencies(2 * n, 500), latencies(2 * n + 1, 500), resamples=1000).is_seen()
            for n in range(200)
        )
        self.assertLessEqual(seen, 8, "of 200 about 2 may be")

    def test_fifty_microseconds_are_seen_and_measured(self):
        difference = median_difference(latencies(1, 10_000, 50), latencies(2, 10_000))
        self.assertTrue(difference.is_seen())
        self.assertTrue(difference.low < 50 < difference.high, difference)
        self.assertLess(difference.high - difference.low, 10)
        self.assertFalse(median_difference(latencies(1, 10_000), latencies(2, 10_000)).is_seen(), "control")

    def test_the_sign_says_which_is_slower(self):
        self.assertLess(median_difference(latencies(1, 1000), latencies(2, 1000, 50)).high, 0)
        self.assertGreater(median_difference(latencies(1, 1000, 50), latencies(2, 1000)).low, 0)

    def test_the_same_seed_gives_the_same_interval(self):
        first, second = latencies(1, 1000), latencies(2, 1000)
        self.assertEqual(median_difference(first, second, 7), median_difference(first, second, 7))

    def test_a_few_values_are_refused(self):
        with self.assertRaises(ValueError):
            median_difference([1.0] * 99, [1.0] * 100)


if __name__ == "__main__":
    result = unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(Differences))
    bad = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - bad} passed, {bad} failed")
    raise SystemExit(0 if result.wasSuccessful() else 1)
