"""Who is named in a story, in which forms, and who of them is a source.

Names are compared as strings: "Kartapolov" is introduced where some full name in the document has it
as a part. Chains of coreference are not trusted for that, since one wrong link hides a missing
introduction or makes one up.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import punctuation
from typing import TYPE_CHECKING

from copydesk import Quote, Span, fold
from copydesk_attribution.story.bodies import is_body_at
from copydesk_attribution.story.strangers import mistaken_people
from copydesk_attribution.story.words import word_spans
from copydesk_attribution.wordlists import countries, person_nouns, personal_titles, words

if TYPE_CHECKING:
    from copydesk_attribution.story.story import Story

PERSON_LABELS = frozenset({"PERSON", "PER"})
PLACE_LABELS = frozenset({"LOC", "GPE", "NORP"})
ORGANISATION_LABELS = frozenset({"ORG"})

POSSESSIVES = ("’s", "'s", "’", "'")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SAY = frozenset({"said", "says"})
_BETWEEN_NAMES = frozenset({" ", ". ", "” ", '" ', "’ ", "' ", ") "})
"""What stands between a given name or nickname and a surname: `John “Tig” Tiegen`."""
_AWAY_FROM_HEAD = frozenset(
    {"of", "for", "to", "by", "with", "from", "near", "in", "at", "on", "about", "like", "behind"}
)
"""After one of these a name in a source phrase belongs to something else: "a spokesman for Lee"."""


_NO_NAME = frozenset({"of", "for", "and", "in", "at", "on", "with", "center", "centre", "institute", "university"})
"""With one of these, what the layer has as a person is an institution or more than one name."""

MOST_SURNAMES = 300
"""With how many names of a story another is compared; no story that people read has more."""


def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a person's name, folded, without titles and a possessive ending."""
    parts = [part.strip(punctuation) for part in fold(name).split()]
    if parts:
        parts[-1] = parts[-1].removesuffix("'s").removesuffix("'")
    for place in range(len(parts) - 2, -1, -1):
        if parts[place] in personal_titles() or parts[place] in person_nouns():
            parts = parts[place + 1 :]  # "NASA Administrator Bolden" names Bolden alone
            break
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        del parts[-1]
    return tuple(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class PersonName:
    """One mention of a person by name; `parts` are those of the name as it stands here."""

    start: int
    end: int
    entity: str
    parts: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Whether it has more than one part of the name: a given name or initial and a surname."""
        return sum(part not in words("name_particles") for part in self.parts) > 1


@dataclass(frozen=True)
class Source:
    """A person as the source of a quote; `mention` is the name in the source, None for a pronoun."""

    quote: Quote
    entity: str
    mention: PersonName | None


def is_title(word: str) -> bool:
    """Whether a word before a name is a title, an office, a nationality or a day rather than a given name."""
    parts = word.casefold().rstrip(".").split("-")
    if (word.isupper() and len(word) > 1) or "-".join(parts) in countries():
        return True
    known = (personal_titles(), person_nouns(), words("function_words"), words("days_and_months"))
    return any(part in each for part in parts for each in known)


class People:
    """The named persons of a story."""

    def __init__(self, story: Story) -> None:
        self._story = story
        named = [
            PersonName(entity.start, entity.end, entity.entity, parts)
            for entity in story.named
            if entity.label in PERSON_LABELS
            and (parts := name_parts(story.text[entity.start : entity.end]))
            and _NO_NAME.isdisjoint(parts)
            and not (len(parts) > 1 and parts[-1] in personal_titles())
        ]
        known = {Span(mention.start, mention.end) for mention in named}
        surnames = frozenset(list({mention.parts[-1]: None for mention in named if mention.full})[:MOST_SURNAMES])
        taken_for_other = (mention for mention in mistaken_people(story, surnames) if mention not in known)
        named.extend(
            PersonName(*mention, f"name:{mention.start}", name_parts(story.text[mention.start : mention.end]))
            for mention in taken_for_other
        )
        self.mentions = tuple(sorted(named, key=lambda mention: (mention.start, -mention.end)))

    @cached_property
    def by_entity(self) -> dict[str, tuple[PersonName, ...]]:
        """The mentions of each person, in order."""
        found: dict[str, list[PersonName]] = {}
        for mention in self.mentions:
            found.setdefault(mention.entity, []).append(mention)
        return {entity: tuple(mentions) for entity, mentions in found.items()}

    @cached_property
    def full_forms(self) -> dict[str, tuple[PersonName, ...]]:
        """For each part of a name, the mentions in full that have it, in order."""
        found: dict[str, list[PersonName]] = {}
        for mention in self.mentions:
            if mention.full:
                for part in dict.fromkeys(mention.parts):
                    found.setdefault(part, []).append(mention)
        return {part: tuple(mentions) for part, mentions in found.items()}

    @cached_property
    def written_in_full(self) -> dict[str, int]:
        """Words with a capital that stand after another such word inside a sentence: each with the place of the first.

        "Mitch McConnell" gives McConnell a full name even where only "McConnell" was found as a name.
        """
        found: dict[str, int] = {}
        text = self._story.text
        for spans, _ in self._story.sentence_words:
            starts, ends = spans.starts, spans.ends
            capital = [text[start].isupper() for start in starts]
            for place in range(1, len(starts)):
                if not (capital[place] and capital[place - 1]):
                    continue
                given, start = starts[place - 1], starts[place]
                if text[ends[place - 1] : start] not in _BETWEEN_NAMES or is_title(text[given : ends[place - 1]]):
                    continue
                if place > 1 or text[ends[1] : ends[1] + 1] == "," or self._is_proper(starts[0], ends[0]):
                    # The first word of a sentence has its capital in any case: "However Lee".
                    form = fold(text[start : ends[place]]).removesuffix("'s")
                    found.setdefault(form, given)
        return found

    def _is_proper(self, start: int, end: int) -> bool:
        """Whether the parse has a word as a name."""
        tags = self._story.tags
        tokens = self._story.document.parse.tokens(Span(start, end)) if tags is not None else ()
        return tags is not None and any(tags[token] == "NNP" for token in tokens)

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The entities named by one word alone that some words of the story show to be no persons."""
        text = self._story.text
        return frozenset(
            entity
            for entity, mentions in self.by_entity.items()
            if not any(mention.full for mention in mentions) and any(is_body_at(text, mention) for mention in mentions)
        )

    @cached_property
    def headline_names(self) -> frozenset[str]:
        """Surnames of those whom a headline names: people whom the desk takes its readers to know."""
        headlines = self._story.headlines
        return frozenset(
            mention.parts[-1]
            for mention in self.mentions
            if any(headline.contains(Span(mention.start, mention.end)) for headline in headlines)
        )

    @cached_property
    def by_office(self) -> frozenset[str]:
        """Surnames that the story introduces by an office that one person in a country holds: "President Obama"."""
        offices, text = words("offices_of_one"), self._story.text
        found: set[str] = set()
        for mention in self.mentions:
            before = word_spans(text, Span(max(0, mention.start - 30), mention.start))
            within = word_spans(text, Span(mention.start, mention.end))
            leading = [text[word.start : word.end].casefold() for word in (*before[-2:], *within[:-1])]
            if leading[-1:] and (leading[-1] in offices or " ".join(leading[-2:]) in offices):
                found.add(mention.parts[-1])
        return frozenset(found)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The persons to whom the body attributes what is said, once for each quote."""
        found: dict[tuple[str, str], Source] = {}
        for quote in self._story.body_quotes:
            for source in self._sources_of(quote):
                found.setdefault((quote.id, source.entity), source)
        return tuple(found.values())

    @cached_property
    def source_starts(self) -> Mapping[int, PersonName]:
        """The names of those who are a source, by place, in order."""
        names = (source.mention for source in self.sources if source.mention is not None)
        return {name.start: name for name in sorted(names, key=lambda name: name.start)}

    def named_in_full(self, where: Span) -> bool:
        """Whether a stretch has a source with the full name."""
        starts = self._full_source_starts
        place = bisect_left(starts, where.start)
        return place < len(starts) and starts[place] < where.end

    @cached_property
    def _full_source_starts(self) -> list[int]:
        return [start for start, name in self.source_starts.items() if name.full]

    @cached_property
    def quoted(self) -> frozenset[str]:
        """The persons who are named as the source of words in quotation marks, or who "said" something."""
        text = self._story.text
        return frozenset(
            source.entity
            for source in self.sources
            if source.mention is not None
            and (source.quote.kind == "direct" or any(text[cue.start : cue.end] in _SAY for cue in source.quote.cue))
        )

    @cached_property
    def speaking(self) -> frozenset[str]:
        """The persons who are a source of anything."""
        return frozenset(source.entity for source in self.sources)

    def _is_speech(self, quote: Quote) -> bool:
        """Whether it is surely speech: words in quotation marks, or a verb that does nothing but report."""
        if quote.kind != "indirect" or not quote.cue:
            return True
        text = self._story.text
        return any(
            not words("core_speech_verbs").isdisjoint(text[cue.start : cue.end].casefold().split()) for cue in quote.cue
        )

    def _sources_of(self, quote: Quote) -> Iterator[Source]:
        if not self._is_speech(quote):
            return
        named = [
            mention
            for where in quote.source
            for mention in self.within(where)
            if mention.entity == quote.speaker or self._is_head(where, mention)
        ]
        spoken = [mention for mention in named if mention.entity == quote.speaker]
        for mention in spoken or named:
            if not self.is_possessor(mention):  # "Lee sings Ray's song": Ray did not say it
                yield Source(quote, mention.entity, mention)
        if quote.speaker in self.by_entity and not named:
            yield Source(quote, quote.speaker, None)

    def _is_head(self, source: Span, mention: PersonName) -> bool:
        """Whether the source phrase is about this person, not about "a friend of" the person."""
        text = self._story.text
        before = text[source.start : mention.start].rpartition(",")[2].casefold().split()
        return not _AWAY_FROM_HEAD.intersection(before) and not self.is_possessor(mention)

    def is_possessor(self, mention: PersonName) -> bool:
        """Whether a possessive ending follows the name, or is its end."""
        text = self._story.text
        if text[mention.start : mention.end].endswith(POSSESSIVES[:2]):
            return True
        after = text[mention.end : mention.end + 2]
        return after in POSSESSIVES[:2] or (
            after[:1] in ("’", "'") and after[1:].isspace() and self._ends_in_s(mention)
        )

    def _ends_in_s(self, mention: PersonName) -> bool:
        return self._story.text[mention.end - 1] in "sxz"

    def is_title_before(self, mention: PersonName) -> bool:
        """Whether a title stands right before a name: "former Secretary Clinton"."""
        text = self._story.text
        before = word_spans(text, Span(max(0, mention.start - 20), mention.start))[-1:]
        return any(
            text[word.start].isupper()
            and is_title(text[word.start : word.end])
            and not text[word.end : mention.start].strip(" .")
            and "\n" not in text[word.end : mention.start]
            for word in before
        )

    def is_signature(self, mention: PersonName) -> bool:
        """Whether it stands after a dash at the end of a paragraph, as under a letter: `"Enough." ― Ann Lee`."""
        text = self._story.text
        paragraph = self._story.paragraph(mention)
        if paragraph is None or text[mention.end : paragraph.end].strip(" .,"):
            return False
        return text[max(paragraph.start, mention.start - 4) : mention.start].rstrip()[-1:] in ("—", "–", "―", "-")

    def within(self, where: Span) -> tuple[PersonName, ...]:
        """The mentions inside a stretch."""
        first = bisect_left(self.mentions, where.start, key=lambda mention: mention.start)
        last = bisect_left(self.mentions, where.end, key=lambda mention: mention.start)
        return tuple(mention for mention in self.mentions[first:last] if mention.end <= where.end)

    @cached_property
    def surnames(self) -> Sequence[tuple[str, PersonName]]:
        """The surname of each full form in the story, once, with its first mention in full; the first of very many."""
        found: dict[str, PersonName] = {}
        for mention in self.mentions:
            if mention.full and len(found) < MOST_SURNAMES:
                found.setdefault(mention.parts[-1], mention)
        return tuple(found.items())
