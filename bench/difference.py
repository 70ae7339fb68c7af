"""Whether two series of times have different medians, and by how much.

The interval needs no normal distribution, which times never have: it is the bootstrap percentile interval of the
difference of medians. The median of a resample of n sorted values is one of them, at a rank that is distributed like
n·Beta((n+1)/2, (n+1)/2); so a resample costs two draws instead of 2n.
"""

import random
import statistics
from dataclasses import dataclass

RESAMPLES = 20_000
CONFIDENCE = 0.99
SEED = 50


@dataclass(frozen=True)
class Difference:
    """First minus second, in the unit of the series, and where it lies with 99 % confidence."""

    median: float
    low: float
    high: float

    def is_seen(self) -> bool:
        return self.low > 0 or self.high < 0


def median_difference(
    first: list[float], second: list[float], seed: int = SEED, resamples: int = RESAMPLES
) -> Difference:
    if min(len(first), len(second)) < 100:
        raise ValueError("fewer than 100 values say nothing at 99 %")
    a, b = sorted(first), sorted(second)
    draws = random.Random(seed)

    def resampled(ordered: list[float]) -> float:
        half = (len(ordered) + 1) / 2
        return ordered[min(len(ordered) - 1, int(len(ordered) * draws.betavariate(half, half)))]

    differences = sorted(resampled(a) - resampled(b) for _ in range(resamples))
    tail = int(resamples * (1 - CONFIDENCE) / 2)
    return Difference(statistics.median(a) - statistics.median(b), differences[tail], differences[-1 - tail])
