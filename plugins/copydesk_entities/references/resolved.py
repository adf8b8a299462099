"""Resolved: a reference, before it is a mention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from copydesk_entities.chains.chain import Chain


@dataclass(frozen=True, slots=True)
class Resolved:
    """A pronoun or description at words [start, end) and whom it stands for."""

    start: int
    end: int
    kind: Literal["pronoun", "description"]
    chain: Chain
    confidence: float
    occupation: str | None = None
    """What the description adds to what the story said of the person: "the lawyer"."""
