"""Nouns for something said: whose remarks, what they were, and whether the story has reported any."""

from __future__ import annotations

from typing import NamedTuple

from copydesk import Span
from copydesk_attribution.story.named import Named
from copydesk_attribution.story.people import ORGANISATION_LABELS, PERSON_LABELS, POSSESSIVES, name_parts
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import word_spans
from copydesk_attribution.wordlists import words

_CONTENT_FOLLOWS = frozenset(
    {
        "that",
        "of",
        "to",
        "about",
        "on",
        "regarding",
        "concerning",
        "against",
        "over",
        "in",
        "by",
        "from",
        "made",
        "which",
    }
)
_BEFORE, _AFTER = 2, 6
"""How many words before and after a name a verb of speech may stand to be taken for that person's."""


class Owner(NamedTuple):
    """Who owns something said: the place of the name or pronoun, and the entity."""

    start: int
    end: int
    entity: str


def content_follows(story: Story, sentence: Span, noun: Span) -> bool:
    """Whether the text after the noun says what was said, or who said it."""
    rest = story.text[noun.end : sentence.end]
    begin = noun.end + len(rest) - len(rest.lstrip())
    if story.text.startswith(":", begin) or story.has_mark(Span(begin, begin + 1)):
        return True
    following = rest.split(maxsplit=1)
    return bool(following) and following[0].strip(",").casefold() in _CONTENT_FOLLOWS


def owner_of(story: Story, sentence: Span, noun: Span) -> Owner | None:
    """The owner of something said: "Warren's (recent) remarks", "her remarks" where the pronoun is resolved."""
    window = Span(max(sentence.start, noun.start - 60), noun.start)
    for entity in reversed(story.named.overlapping(window)):
        if entity.label not in PERSON_LABELS | ORGANISATION_LABELS:
            continue
        between = story.text[entity.end : noun.start]
        if story.text[entity.start : entity.end].endswith(POSSESSIVES[:2]):
            inserted = between.split()
        elif between.startswith(POSSESSIVES[:2]):
            inserted = between[2:].split()
        elif between.startswith(("’ ", "' ")):
            inserted = between[1:].split()
        else:
            continue
        if len(inserted) > 2 or story.has_mark(Span(entity.end, noun.start)):
            return None  # the words between in quotation marks are what was said
        return Owner(entity.start, entity.end, entity.entity)
    for reference in story.stand_ins.overlapping(window):
        if not story.text[reference.end : noun.start].removeprefix("’s").removeprefix("'s").strip():
            return Owner(reference.start, reference.end, reference.entity)
    return None


def has_spoken(story: Story, owner: Owner, limit: int) -> bool:
    """Whether the story reports speech of the owner before `limit`.

    The layer of quotes may have missed it, so a verb of speech beside the name is enough.
    """
    name = name_parts(story.text[owner.start : owner.end])
    for key in (owner.entity, name[-1] if name else ""):
        for start, source in story.speech_of.get(key, ()):
            if start < limit and source != owner.start:
                return True
    mentions = (entity for entity in story.mentions_of(owner.entity) if entity.start < limit)
    return any(entity.start != owner.start and _speaks_beside(story, entity) for entity in mentions)


def _speaks_beside(story: Story, entity: Named) -> bool:
    sentence = story.sentence(entity)
    if sentence is None:
        return False
    verbs = words("speech_verbs")
    before = word_spans(story.text, Span(max(sentence.start, entity.start - 60), entity.start))[-_BEFORE:]
    after = word_spans(story.text, Span(entity.end, min(sentence.end, entity.end + 120)))[:_AFTER]
    return any(
        story.text[word.start : word.end].casefold() in verbs and not story.in_quotation(word)
        for word in (*before, *after)
    )


def anything_said(story: Story, limit: int) -> bool:
    """Whether the story reports any speech before `limit`."""
    return story.first_speech < limit
