"""did_you_mean: the nearest name, all names, or nothing."""

from __future__ import annotations

from copydesk.nearest import did_you_mean


def test_the_nearest_name():
    assert did_you_mean("quote", ["numbers", "quotes", "structure"]) == "; did you mean 'quotes'?"


def test_all_names_where_none_is_near():
    assert did_you_mean("xyz", ["quotes", "numbers", "quotes"]) == "; known: numbers, quotes"


def test_nothing_where_nothing_is_known():
    assert did_you_mean("xyz", []) == ""


def test_a_name_of_any_length_is_quick():
    """The comparison takes quadratic time in the worst case, so it looks at the beginning alone."""
    assert did_you_mean("a" * 1_000_000, ["b" * 50]) == "; known: " + "b" * 50
