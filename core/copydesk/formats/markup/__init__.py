"""Markup: what of a marked-up file is text, and where it stands in the file."""
