"""Fingerprints: what a finding is known by from run to run, though lines move."""

from __future__ import annotations

import hashlib
import unicodedata


def fold(text: str) -> str:
    """A text for comparison: no accents, no case, one kind of apostrophe, single spaces."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def fingerprint(code: str, words: str, occurrence: int) -> str:
    """The same for the same words in the same text, whatever lines stand before.

    Args:
        code: of the check.
        words: what stands at the finding, folded.
        occurrence: how many findings of this code stand at the same words before it.
    """
    return hashlib.sha256(f"{code}\0{words}\0{occurrence}".encode()).hexdigest()[:16]
