"""Stated: a trait, before it is an annotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from copydesk_entities.lexicon import RoleKind
from copydesk_entities.names.board import Name

Kind = RoleKind | Literal["affiliation", "description", "age", "nationality", "party", "alias"]
ROLE_KINDS: Final = frozenset(("office", "rank", "occupation", "relation"))


@dataclass(frozen=True, slots=True)
class Stated:
    """A trait at words [start, end), of the person or organisation of a name."""

    holder: Name
    start: int
    end: int
    kind: Kind
    title: str | None
    organisation: Name | None = None
    place: Name | None = None
