"""A chain: all names of one entity in a document."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from copydesk_entities.names.board import Name


@dataclass(eq=False)
class Chain:
    """The names of one entity, in order of place."""

    label: str
    names: list[Name] = field(default_factory=list)
    full: str = ""
    """Its fullest name."""
    key: str | None = None
    """The key of the word lists, for countries and well-known organisations."""
    link: str | None = None
    gender: str | None = None


def plain(text: str) -> str:
    """A name as it is compared: without accents, case and differences of typing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("‘", "'"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
