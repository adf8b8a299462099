"""How the cost of a function grows with the length of its input, measured so that noise does not decide."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from math import log
from time import process_time_ns
from typing import Generic, TypeVar

T = TypeVar("T")

FIRST_SIZE = 2_000
"""In characters; sizes double from here."""

ENOUGH_SECONDS = 0.05
"""A run of so long is measured well; greater sizes would only take longer."""

NEGLIGIBLE_SECONDS = 0.0005
"""A greatest size that takes less has no exponent worth the name, only noise."""

TOO_LONG_SECONDS = 0.5
"""A run of so long is not repeated at four times the size to have a fourth point."""

ATTEMPTS = 5
FURTHER_SIZES = 3
"""How often suspicious sizes are measured again, and how many times they are doubled."""

BEYOND_DOUBT = 1.6
"""No step of a cache looks as steep as this."""

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


def measure_growth(make: Callable[[int], T], run: Callable[[T], object], *, largest: int, suspicious: float) -> Growth:
    """How the CPU time of `run(make(size))` grows with the size.

    The sizes double until one run is long enough to be measured or `largest` is reached; the last
    few are fitted. Where they look steeper than `suspicious`, doubt is given a chance twice:

    * They are measured again, in turns, and the best time of each counts. Noise only ever adds
      time, so this brings a linear function closer to 1, and leaves a quadratic one at 2.
    * Greater sizes are measured instead, past `largest`. A step in the cost, where the input
      outgrows a cache of the processor, falls behind; a square term comes out.

    Args:
        make: an input of a size in characters; its time does not count.
        run: what is measured.
        largest: the greatest size where nothing looks suspicious.
        suspicious: the exponent above which it does.
    """
    points: list[_Point[T]] = []
    while True:
        size = 2 * points[-1].size if points else FIRST_SIZE
        points.append(_Point(size, make(size), run))
        if points[-1].seconds >= ENOUGH_SECONDS:
            points[-1].again()  # one stall must not end it early
        wanted = 2 if points[-1].seconds >= TOO_LONG_SECONDS else FITTED
        if (points[-1].seconds >= ENOUGH_SECONDS and len(points) >= wanted) or 2 * size > largest:
            break
    points = points[-FITTED:]
    for _ in range(FURTHER_SIZES):
        if not _still_steep(points, suspicious):
            break
        if points[-1].seconds >= TOO_LONG_SECONDS or _fitted(points).exponent >= BEYOND_DOUBT:
            break
        size = 2 * points[-1].size
        points = [*points[1:], _Point(size, make(size), run)]
    else:
        _still_steep(points, suspicious)
    return _fitted(points)


class _Point(Generic[T]):
    """One size, and the best time that it took."""

    def __init__(self, size: int, item: T, run: Callable[[T], object]) -> None:
        self.size = size
        self._item = item
        self._run = run
        self.seconds = cpu_seconds(run, item)

    def again(self) -> None:
        self.seconds = min(self.seconds, cpu_seconds(self._run, self._item))


def _fitted(points: list[_Point[T]]) -> Growth:
    return Growth(tuple(point.size for point in points), tuple(point.seconds for point in points))


def _still_steep(points: list[_Point[T]], suspicious: float) -> bool:
    """Whether they are steeper than that however often they are measured."""
    longest = points[-1].seconds
    attempts = ATTEMPTS if longest < TOO_LONG_SECONDS else 3 if longest < 4 * TOO_LONG_SECONDS else 1
    for _ in range(attempts):
        if _fitted(points).exponent <= suspicious:
            return False
        for point in points:
            point.again()
    return _fitted(points).exponent > suspicious


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
