"""Offices and countries, brought to one form so that two descriptions of a person can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from copydesk import Trait, fold
from copydesk_attribution.story.people import PLACE_LABELS
from copydesk_attribution.story.story import Story
from copydesk_attribution.wordlists import countries, rows

_BEFORE_OFFICE = frozenset(
    {"former", "ex", "then", "acting", "interim", "outgoing", "incoming", "current", "new", "late", "the", "a", "an"}
)


@dataclass(frozen=True)
class Office:
    """An office in one form.

    Attributes:
        name: "foreign minister".
        family: offices of one family exclude one another; empty where nothing is known.
        bound: whether it is an office of a country.
    """

    name: str
    family: str
    bound: bool


@cache
def _table() -> Mapping[str, Office]:
    known: dict[str, Office] = {}
    for row in rows("offices"):
        office = Office(row["office"], row["family"], row["bound"] == "yes")
        for form in (row["office"], *row["forms"].split("|")):
            if form:
                known[fold(form)] = office
    return MappingProxyType(known)


def office_of(title: str) -> Office:
    """The office that a title names; one that the table doesn't know is its own."""
    name = fold(title).replace("-", " ")
    known = _table()
    parts = name.split()
    while parts and (parts[0] in _BEFORE_OFFICE or (parts[0] in _country_forms() and " ".join(parts) not in known)):
        del parts[0]
    name = " ".join(parts)
    return known.get(name) or Office(name, "", bound=False)


@cache
def _country_forms() -> frozenset[str]:
    return frozenset(fold(form) for form in countries())


def country_named(name: str) -> str:
    """The usual name of a country for its name or adjective; any other name as it stands."""
    plain = " ".join(name.replace("’", "'").removesuffix("'s").split())
    for form in (plain, plain.removeprefix("the ").removeprefix("The ")):
        if found := countries().get(form.casefold()):
            return found
    return plain


def country_of(story: Story, role: Trait) -> str | None:
    """The country of a role, by the entity it names, or by the words of the role itself."""
    if role.place is not None and (name := story.names.get(role.place)):
        return country_named(name)
    for entity in story.named.within(role):
        if entity.label in PLACE_LABELS:
            known = countries().get(story.text[entity.start : entity.end].casefold())
            if known:
                return known
    return None
