"""The house list: people and outlets that need no introduction here, for all checks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from pydantic import Field

from copydesk import Config, fold
from copydesk_attribution.story.people import PersonName
from copydesk_attribution.wordlists import entries


class House(Config):
    """Whom the readers of this desk know, and whose reports are its own."""

    people: tuple[str, ...] = Field(
        default=(), description="Full names of people whom every reader knows, or single names by which all know them."
    )
    outlets: tuple[str, ...] = Field(
        default=(), description="Your own outlet and those whose reports you print as your own, by name."
    )
    household_names: bool = Field(
        default=True, description="Whether the few household names that come with the plugin count as well."
    )

    @cached_property
    def _people(self) -> frozenset[str]:
        shipped = entries("household_names") if self.household_names else ()
        return frozenset(fold(name) for name in (*self.people, *shipped))

    @cached_property
    def _surnames(self) -> frozenset[str]:
        return frozenset(name.rpartition(" ")[2] for name in self._people)

    @cached_property
    def own_outlets(self) -> frozenset[str]:
        """The outlets, folded."""
        return frozenset(fold(name) for name in self.outlets)

    def knows(self, names: Iterable[PersonName]) -> bool:
        """Whether somebody is on the list, by a full name of the story, or by the surname where it has none."""
        mentions = list(names)
        full = {
            form
            for name in mentions
            if name.full
            for form in (" ".join(name.parts), f"{name.parts[0]} {name.parts[-1]}")
        }
        if full:
            return not self._people.isdisjoint(full)
        return any(name.parts[-1] in self._surnames for name in mentions)
