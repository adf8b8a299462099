"""Growth is measured so that noise does not decide."""

import random

import pytest

from copydesk.testing import growth
from copydesk.testing.growth import Growth, measure_growth


def test_the_exponent_is_that_of_the_cost():
    sizes = (1_000, 2_000, 4_000, 8_000)
    for power in (0.5, 1, 1.5, 2, 3):
        measured = Growth(sizes, tuple(1e-4 * size**power for size in sizes))
        assert measured.exponent == pytest.approx(power)


def test_what_takes_no_time_has_none():
    assert Growth((1_000, 2_000), (1e-6, 1e-4)).exponent == 0


def test_says_what_was_measured():
    assert str(Growth((1_000, 2_000), (0.01, 0.02))) == "1,000 characters: 10.0 ms, 2,000 characters: 20.0 ms"


def simulate(monkeypatch, cost, noise, seed):
    chance = random.Random(seed)
    monkeypatch.setattr(growth, "cpu_seconds", lambda _, size: cost(size) * noise(chance))
    return measure_growth(lambda size: size, lambda _: None, largest=400_000, suspicious=1.15)


def busy(chance):
    """A machine on which every third run takes up to three times as long."""
    return chance.uniform(1, 3) if chance.random() < 0.34 else chance.uniform(1, 1.1)


@pytest.mark.parametrize("seed", range(100))
def test_noise_does_not_make_a_linear_cost_look_steep(monkeypatch, seed):
    assert simulate(monkeypatch, lambda size: 1e-6 * size, busy, seed).exponent < 1.25


@pytest.mark.parametrize("seed", range(100))
def test_noise_does_not_hide_a_quadratic_cost(monkeypatch, seed):
    assert simulate(monkeypatch, lambda size: 1e-9 * size**2, busy, seed).exponent > 1.4


@pytest.mark.parametrize("edge", [4_000, 8_000, 16_000, 100_000, 300_000])
@pytest.mark.parametrize("seed", range(5))
def test_outgrowing_a_cache_does_not_look_steep(monkeypatch, edge, seed):
    def cost(size):
        return size * (1e-7 if size <= edge else 2.5e-7)

    assert simulate(monkeypatch, cost, busy, seed).exponent < 1.25


def test_one_stall_does_not_end_it_early(monkeypatch):
    stalls = iter([0, 0, 0, 1])

    def cost(size):
        return 1e-8 * size + 3e-11 * size**2 + next(stalls, 0)

    assert simulate(monkeypatch, cost, lambda _: 1, 0).exponent > 1.5


def test_a_small_quadratic_part_is_followed_up(monkeypatch):
    """At the first 50 ms it is no more than a third of the whole."""

    def cost(size):
        return 5e-7 * size + 3.2e-12 * size**2

    assert simulate(monkeypatch, cost, lambda _: 1, 0).exponent > 1.25


def test_a_quadratic_part_shows_where_it_weighs(monkeypatch):
    def cost(size):
        return 1e-7 * size + 1e-11 * size**2

    assert simulate(monkeypatch, cost, lambda _: 1, 0).exponent > 1.25


def test_sizes_stop_doubling_once_a_run_is_long_enough(monkeypatch):
    slow = simulate(monkeypatch, lambda size: 1e-5 * size, lambda _: 1, 0)
    fast = simulate(monkeypatch, lambda size: 1e-8 * size, lambda _: 1, 0)
    assert slow.sizes[-1] < fast.sizes[-1] <= 400_000
    assert len(slow.sizes) == len(fast.sizes) == 4


def test_a_hopeless_cost_is_told_by_two_sizes(monkeypatch):
    spent = []

    def cost(size):
        spent.append(1e-6 * size**2)
        return spent[-1]

    hopeless = simulate(monkeypatch, cost, lambda _: 1, 0)
    assert hopeless.exponent == pytest.approx(2)
    assert sum(spent) < 100
