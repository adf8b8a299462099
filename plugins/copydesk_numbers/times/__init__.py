"""Dates, times of day, lengths and repetitions, and their values."""
