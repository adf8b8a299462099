"""Figures: a number with its unit, bound, range and rate, what it counts and what it is."""
