"""Words that end a noun phrase."""

from __future__ import annotations

from importlib.resources import files

STOP_WORDS = frozenset((files("copydesk_numbers") / "data" / "stopwords.txt").read_text(encoding="utf-8").split())
