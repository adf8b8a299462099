"""Traits: what the story says that somebody is."""
