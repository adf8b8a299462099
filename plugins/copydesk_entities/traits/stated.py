"""Stated: a trait, before it is an annotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from copydesk_entities.lexicon import RoleKind
from copydesk_entities.names.board import Name

Kind = RoleKind | Literal["affiliation", "description", "age"]


@dataclass(frozen=True, slots=True)
class Stated:
    """A trait at words [start, end), of the person or organisation of a name."""

    holder: Name
    start: int
    end: int
    kind: Kind
    title: str | None
    organisation: Name | None = None
    country: Name | None = None
