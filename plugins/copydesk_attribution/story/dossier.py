"""What a story says of each person, mention by mention: titles, nationality, party, age, year of birth.

It reads the traits that earlier steps found, and the words beside each name for those that no step has:
"Sen. John Smith (R-Ohio)", "Ann Lee, a Democrat", "Bob Ray, 34".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from copydesk import Span, Trait, fold
from copydesk_attribution.wordlists import countries, rows, split, words

if TYPE_CHECKING:
    from copydesk_attribution.story.people import PersonName
    from copydesk_attribution.story.story import Story

_BEFORE, _AFTER = 70, 90
_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")
_LETTER = re.compile(r" \(([DRI])(?:-[\w. ]{1,12})?\)")
_APPOSED = re.compile(r",? (?:\d{1,3}, )?(?:an?|the|who is an?) ([^,.;:()\n]{2,60})")
_IS = re.compile(r" (?:is|was) an? ([^,.;:()\n]{2,60})")
_BORN = re.compile(r"(?:, | was | \()born (?:[\w ]{0,20}?)in (1[89]\d\d|20\d\d)\b")
_BORN_FIRST = re.compile(r"\bBorn (?:[\w ]{0,20}?)in (1[89]\d\d|20\d\d), $")
_AGE = re.compile(r"(\d{1,3})-year-old\b")
_MOST_BEFORE = 5
_PERSONS = frozenset({"PERSON", "PER"})
_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJS", "CD", "HYPH", ":", "AFX"})
_DOUBLE = ("-", "–", "born")


class Fact(NamedTuple):
    """One thing that a story says of somebody.

    Attributes:
        kind: title, nationality, party, age or birth.
        value: in one form: "fire chief", "France", "democrat", "34".
        start, end: where it stands.
        before: whether it stands right before the name, as a title.
    """

    kind: str
    value: str
    start: int
    end: int
    before: bool

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


def facts_of(story: Story, mentions: Sequence[PersonName], traits: Sequence[Trait]) -> tuple[Fact, ...]:
    """What the story says of somebody in its own words, in order, each once."""
    found: dict[tuple[str, int], Fact] = {}
    by_end = {mention.start: mention for mention in mentions}
    for trait in traits:
        for fact in _of_trait(story, trait, by_end):
            found.setdefault((fact.kind, fact.start), fact)
    read = {(fact.kind, place) for fact in found.values() for place in range(fact.start, fact.end)}
    for mention in mentions:
        if not story.is_checked(mention) or story.in_quotation(mention):
            continue
        for fact in _beside(story, mention):
            if (fact.kind, fact.start) not in read:
                found.setdefault((fact.kind, fact.start), fact)
    return tuple(sorted(found.values(), key=lambda fact: fact.start))


def _of_trait(story: Story, trait: Trait, by_start: dict[int, PersonName]) -> Iterator[Fact]:
    if story.in_quotation(trait) or not story.is_checked(trait):
        return
    before = any(trait.end + gap in by_start for gap in (1, 2))
    if trait.kind == "role" and trait.value and trait.role != "relation":
        value = re.sub(r"^(?:\d+-)?year-old ", "", trait.value)
        yield Fact("title", value, trait.start, trait.end, before)
    elif trait.kind in ("nationality", "party", "age") and trait.value:
        value = trait.value if trait.kind != "nationality" else countries().get(trait.value.casefold(), trait.value)
        if trait.kind == "party":
            value = party_of(trait.value) or fold(trait.value)
        yield Fact(trait.kind, value, trait.start, trait.end, before)


def _beside(story: Story, mention: PersonName) -> Iterator[Fact]:
    """What the words right before and after a name say."""
    text = story.text
    paragraph = story.paragraph(mention) or Span(mention.start, mention.end)
    start = max(paragraph.start, mention.start - _BEFORE)
    leading = list(_WORD.finditer(text, start, mention.start))
    if born := _BORN_FIRST.search(text, start, mention.start):
        yield Fact("birth", born[1], born.start(1), born.end(1), True)
    at = mention.start
    for match in list(reversed(leading))[:_MOST_BEFORE]:
        gap = text[match.end() : at]
        if gap.strip(" .") or not _may_stand_before(story, match):
            break
        yield from _group(text, match.start(), match.end(), before=True)
        if age := _AGE.fullmatch(match[0]):
            yield Fact("age", age[1], match.start(), match.end(), True)
        at = match.start()
    yield from _after(text, mention, min(paragraph.end, mention.end + _AFTER))


def _may_stand_before(story: Story, match: re.Match[str]) -> bool:
    """Whether a word can belong to the description before a name: no verb, no preposition, nobody else's name."""
    where = Span(*match.span())
    if match[0].casefold() in words("function_words") or match[0].casefold() in words("speech_verbs"):
        return False
    if any(named.label in _PERSONS for named in story.named.at(where.start)):
        return False
    if story.tags is None:
        return True
    tokens = story.document.parse.tokens(where)
    return all(story.tags[token] in _NOMINAL for token in tokens)


def _after(text: str, mention: PersonName, end: int) -> Iterator[Fact]:
    if letter := _LETTER.match(text, mention.end, end):
        party = next(row["party"] for row in rows("parties") if row["letter"] == letter[1])
        yield Fact("party", party, letter.start(1), letter.end(1), False)
    for pattern in (_APPOSED, _IS):
        if apposed := pattern.match(text, mention.end, end):
            for match in list(_WORD.finditer(text, apposed.start(1), apposed.end(1)))[:3]:
                if match[0].casefold() in words("function_words"):
                    break
                yield from _group(text, match.start(), match.end(), before=False)
                if age := _AGE.fullmatch(match[0]):
                    yield Fact("age", age[1], match.start(), match.end(), False)
    if born := _BORN.match(text, mention.end, end):
        yield Fact("birth", born[1], born.start(1), born.end(1), False)


def _group(text: str, start: int, end: int, *, before: bool) -> Iterator[Fact]:
    """A party or nationality that a word names; half of a double name ("French-Algerian") is none."""
    written = text[start:end]
    if not written[0].isupper():
        return
    if (party := party_of(written)) is not None:
        yield Fact("party", party, start, end, before)
    elif (
        (country := countries().get(written.casefold())) is not None
        and country.casefold() != written.casefold()
        and not text[end : end + 5].startswith(_DOUBLE)
        and text[start - 1 : start] not in ("-", "–")
    ):
        yield Fact("nationality", country, start, end, before)


@cache
def _parties() -> dict[str, str]:
    return {
        fold(form): row["party"] for row in rows("parties") for form in (row["party"], *split(row["forms"])) if form
    }


def party_of(written: str) -> str | None:
    """The party that a word names, as the story's parties are called."""
    return _parties().get(fold(written).removesuffix(" party"))
