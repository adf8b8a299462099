"""Chains: which names are one person, organisation or place."""
