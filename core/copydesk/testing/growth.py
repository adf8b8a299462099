"""How the cost of a function grows with the length of its input, measured so that noise does not decide."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from math import log
from time import process_time_ns
from typing import TypeVar

T = TypeVar("T")

FIRST_SIZE = 2_000
"""In characters; sizes double from here."""

ENOUGH_SECONDS = 0.05
"""A run of so long is measured well; greater sizes would only take longer."""

NEGLIGIBLE_SECONDS = 0.0005
"""A greatest size that takes less has no exponent worth the name, only noise."""

TOO_LONG_SECONDS = 0.5
"""A run of so long is not repeated at four times the size to have a fourth point."""

FITTED = 4
"""So many of the greatest sizes are fitted."""


@dataclass(frozen=True)
class Growth:
    """What was measured: the best time of each size."""

    sizes: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """The slope of time against size, both as logarithms: 1 is linear, 2 is quadratic, 0 is nothing to speak of."""
        if self.seconds[-1] < NEGLIGIBLE_SECONDS:
            return 0.0
        points = [(log(size), log(max(time, 1e-7))) for size, time in zip(self.sizes, self.seconds, strict=True)]
        mean_x = sum(x for x, _ in points) / len(points)
        mean_y = sum(y for _, y in points) / len(points)
        return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)

    def __str__(self) -> str:
        return ", ".join(
            f"{size:,} characters: {seconds * 1000:.1f} ms"
            for size, seconds in zip(self.sizes, self.seconds, strict=True)
        )


def measure_growth(
    make: Callable[[int], T], run: Callable[[T], object], *, largest: int, suspicious: float, attempts: int = 6
) -> Growth:
    """How the CPU time of `run(make(size))` grows with the size.

    The sizes double until one run is long enough to be measured or `largest` is reached. Where the
    first measurement of the last few sizes looks steeper than `suspicious`, they are measured again,
    one after the other in turns, and the best time of each counts: noise only ever adds time, so
    more attempts bring a linear function closer to 1, and a quadratic one stays at 2.

    Args:
        make: an input of a size in characters; its time does not count.
        run: what is measured.
        largest: the greatest size.
        suspicious: the exponent above which it is measured again.
        attempts: how often, in all.
    """
    inputs: list[tuple[int, T]] = []
    best: list[float] = []
    size = FIRST_SIZE
    while True:
        item = make(size)
        inputs.append((size, item))
        best.append(cpu_seconds(run, item))
        wanted = 2 if best[-1] >= TOO_LONG_SECONDS else FITTED
        if (best[-1] >= ENOUGH_SECONDS and len(best) >= wanted) or 2 * size > largest:
            break
        size *= 2
    inputs, best = inputs[-FITTED:], best[-FITTED:]
    growth = Growth(tuple(size for size, _ in inputs), tuple(best))
    # Over seconds, noise evens out by itself.
    attempts = attempts if best[-1] < TOO_LONG_SECONDS else 2
    for _ in range(attempts - 1):
        if growth.exponent <= suspicious:
            break
        best = [min(seconds, cpu_seconds(run, item)) for seconds, (_, item) in zip(best, inputs, strict=True)]
        growth = Growth(growth.sizes, tuple(best))
    return growth


def cpu_seconds(run: Callable[[T], object], item: T) -> float:
    """The CPU time of one run, without the garbage collector's."""
    was_enabled = gc.isenabled()
    gc.collect(0)
    gc.disable()
    try:
        start = process_time_ns()
        run(item)
        return (process_time_ns() - start) / 1e9
    finally:
        if was_enabled:
            gc.enable()
