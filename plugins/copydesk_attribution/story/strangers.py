"""Persons whom the layer of names has as something else.

A surname that no model has seen, and a misspelt one above all, is easily taken for a place. Where the
text itself shows that a person speaks, the checks go by the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from copydesk import Span
from copydesk_attribution.distance import within_distance
from copydesk_attribution.wordlists import countries, person_nouns, personal_titles, words

if TYPE_CHECKING:
    from copydesk_attribution.story.named import Named
    from copydesk_attribution.story.story import Story

_FIRST_NAME = re.compile(r"[^\W\d_][\w’'-]*")
_NEAR = 60
_APPOSITION = re.compile(r", (?:an?|the|his|her|their) ([^,.;\n]{3,60})")
_SHORTEST = 4
_SAFE_LENGTH = 8


def mistaken_people(story: Story, surnames: AbstractSet[str]) -> Iterator[Span]:
    """Sources that are a single name which is no person's by its layer, but is by the text.

    The text shows it where the name is almost a surname of the story, or an apposition before or after it
    says what the person is.
    """
    text = story.text
    for quote in story.body_quotes:
        for source in quote.source:
            match = _name_in(text, source)
            if match is None or not match[0][0].isupper() or match[0].isupper():
                continue
            word = match[0].removesuffix("'s").removesuffix("’s")
            folded = word.casefold()
            if folded in countries() or folded in words("function_words") or folded in person_nouns():
                continue
            where = Span(match.start(), match.start() + len(word))
            if _goes_on(text, where) or any(
                e.span.contains(where) and e.span != where for e in _names_at(story, where)
            ):
                continue
            after_comma = match.start() > source.start
            if is_near(folded, surnames) or after_comma or is_apposed(text, where):
                yield where


def _name_in(text: str, source: Span) -> re.Match[str] | None:
    """The name with which a source begins, or the single one with which it ends: "the team's coach, Mehraban"."""
    before, comma, last = text[source.start : source.end].rpartition(", ")
    nouns = person_nouns() | personal_titles()
    if comma and before.split()[-1:] and before.split()[-1].casefold() in nouns:
        return _FIRST_NAME.fullmatch(text, source.end - len(last), source.end)
    return _FIRST_NAME.match(text, source.start, source.end)


def is_near(word: str, surnames: AbstractSet[str]) -> bool:
    """Whether a word is almost, but not quite, one of the surnames."""
    if len(word) < _SHORTEST or word in surnames:
        return False
    most = 2 if len(word) >= _SAFE_LENGTH else 1
    return any(within_distance(word, surname, most) for surname in surnames if abs(len(word) - len(surname)) <= most)


def _names_at(story: Story, where: Span) -> tuple[Named, ...]:
    return story.named.at(where.start)


def _goes_on(text: str, where: Span) -> bool:
    """Whether another name follows right after: then it is no single name."""
    return text[where.end : where.end + 1] == " " and text[where.end + 1 : where.end + 2].isupper()


def is_apposed(text: str, where: Span) -> bool:
    """Whether what follows says that it is a person: ", an Ottawa MP"."""
    match = _APPOSITION.match(text, where.end, min(len(text), where.end + _NEAR + 20))
    if match is None:
        return False
    nouns = person_nouns() | personal_titles()
    return any(word.strip(".").casefold() in nouns for word in match[1].split())
