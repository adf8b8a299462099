"""Descriptions that stand for somebody named nearby: "the Connecticut senator", "the senator", and whom they can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from copydesk import Document, Span, fold, word_list
from copydesk_attribution.story.dossier import Fact, party_of
from copydesk_attribution.story.story import Story
from copydesk_attribution.titles import exclude_one_another, title_of
from copydesk_attribution.wordlists import countries, split, words

_BEFORE = re.compile(r"\b[Tt]he (?P<of>(?:[A-Z][\w-]+ ){0,2})$")
_WIDEST = 40
_BRACKETED = re.compile(r"[A-Z]-([A-Z][\w.]*(?: [A-Z][\w.]*)?)")


class Mismatch(NamedTuple):
    """A description that fits nobody it can mean.

    Attributes:
        where: the description.
        kind: what does not fit: party, place or title.
        entity: whom it must mean.
        fact: what the story says of them.
    """

    where: Span
    kind: str
    entity: str
    fact: Fact


class Mismatches:
    """Those of a document, for the checks that share them."""

    def __init__(self, document: Document) -> None:
        self.found = tuple(_mismatches(document.derived(Story)))


def _mismatches(story: Story) -> Iterator[Mismatch]:
    """The descriptions in the paper's own words that fit none of those named in their paragraph before them, or in the one before.

    Each of these must be somebody whose title the story gives; who is known to readers without one may be meant.
    """
    for match in _posts().finditer(story.text):
        before = _BEFORE.search(story.text, max(0, match.start() - _WIDEST), match.start())
        if before is None:
            continue
        where = Span(before.start(), match.end())
        if not story.in_narration(where):
            continue
        found = _mismatch(story, where, before["of"].strip(), title_of(match[0]).head)
        if found is not None:
            yield found


@cache
def _posts() -> re.Pattern[str]:
    """The posts, where no name follows."""
    return re.compile(rf"\b(?:{'|'.join(sorted(words('described_posts')))})\b(?! [A-Z])")


def _mismatch(story: Story, where: Span, of: str, head: str) -> Mismatch | None:
    near = _near(story, where)
    titles = {entity: [fact for fact in story.dossier[entity] if fact.kind == "title"] for entity in near}
    if not near or not all(titles.values()):
        return None
    holders = [entity for entity in near if any(title_of(fact.value).head == head for fact in titles[entity])]
    if of:
        return _other_group(story, where, of, holders or _holders(story, where, head))
    if holders or not _is_source(story, where) or head in _heads(story):
        return None
    said = title_of(head)
    entity, facts = next(iter(titles.items()))
    excluded = all(
        exclude_one_another(title_of(fact.value), said, before=True) for each in titles.values() for fact in each
    )
    return Mismatch(where, "title", entity, facts[0]) if excluded and len(titles) == 1 else None


def _holders(story: Story, where: Span, head: str) -> list[str]:
    """Those who are named before it and have the title."""
    return [
        entity
        for entity, facts in story.dossier.items()
        if story.people.by_entity[entity][0].start < where.start
        and any(fact.kind == "title" and title_of(fact.value).head == head for fact in facts)
    ]


def _near(story: Story, where: Span) -> tuple[str, ...]:
    """The persons named before it in its paragraph and in the one before, each once."""
    index = story.paragraph_index(where)
    if index is None:
        return ()
    start = story.paragraphs[max(0, index - 1)].start
    before = (
        mention.entity for mention in story.people.within(Span(start, where.start)) if story.in_narration(mention)
    )
    return tuple(dict.fromkeys(before))


def _heads(story: Story) -> frozenset[str]:
    """The titles that anybody in the story has."""
    return frozenset(
        title_of(fact.value).head for facts in story.dossier.values() for fact in facts if fact.kind == "title"
    )


def _is_source(story: Story, where: Span) -> bool:
    return any(source.start == where.start for quote in story.body_quotes for source in quote.source)


def _other_group(story: Story, where: Span, of: str, holders: Sequence[str]) -> Mismatch | None:
    """Another party or state than the story gives each of those whom it can mean."""
    kind, group = ("party", party_of(of)) if party_of(of) is not None else ("place", _place(of))
    others = []
    for entity in holders if group is not None else ():
        facts = story.dossier[entity]
        known = (
            [(fact.value, fact) for fact in facts if fact.kind == "party"]
            if kind == "party"
            else _places(story, entity, facts)
        )
        if not known or any(found == group for found, _ in known):
            return None
        others.append((entity, known[0][1]))
    return Mismatch(where, kind, *others[-1]) if others else None


def _places(story: Story, entity: str, facts: Sequence[Fact]) -> list[tuple[str, Fact]]:
    """The states and countries from which the story says that somebody is, each with the fact that says so."""
    found = [
        (_place(match[1]), fact)
        for fact in facts
        if fact.kind == "party" and (match := _BRACKETED.match(story.text, fact.start))
    ]
    by_start = {fact.start: fact for fact in facts if fact.kind == "title"}
    found += [
        (_place(story.names.get(trait.place, "")), by_start[trait.start])
        for trait in story.roles.get(entity, ())
        if trait.place is not None and trait.start in by_start
    ]
    return [(place, fact) for place, fact in found if place is not None]


@cache
def _states() -> dict[str, str]:
    return {
        fold(form).rstrip("."): row["state"]
        for row in word_list("us_states")
        for form in (row["state"], *split(row["short"]), row["postal"])
    }


def _place(name: str) -> str | None:
    """The usual name of a state, or of a country by its adjective; a whole country is no senator's state."""
    state = _states().get(fold(name).rstrip("."))
    if state is not None or fold(name) in ("us", "u.s", "u.s.", "united states", "american"):
        return state
    return countries().get(name.casefold())
