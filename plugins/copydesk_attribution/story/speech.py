"""Where a story reports speech, and whose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from copydesk_attribution.story.people import name_parts

if TYPE_CHECKING:
    from copydesk_attribution.story.story import Story

_FIRST_QUOTES = 3


def attributions(story: Story) -> Iterator[int]:
    """Where the sources, cues and relays of the quotes of the body begin.

    The quote itself does not count: a source in another paragraph is none of this one's.
    """
    for quote in story.body_quotes:
        yield from (where.start for where in (*quote.cue, *quote.source, *quote.relay))


def first_speeches(story: Story) -> dict[str, Sequence[tuple[int, int]]]:
    """Where the first quotes of each source begin, and the source's place: by entity id, and by each word of a source.

    The place is -1 where the speaker was resolved, so that it is sure who speaks.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for quote in story.body_quotes:
        keys: dict[str, int] = {quote.speaker: -1} if quote.speaker else {}
        for where in quote.source:
            for entity in story.named.within(where):
                keys.setdefault(entity.entity, where.start)
            for word in name_parts(story.text[where.start : where.end]):
                keys.setdefault(word.removesuffix("'s"), where.start)
        for key, start in keys.items():
            starts = found.setdefault(key, [])
            if len(starts) < _FIRST_QUOTES:
                starts.append((quote.start, start))
    return {key: tuple(starts) for key, starts in found.items()}


def first_speech(story: Story) -> int:
    """Where the first quote or sentence with a verb of speech begins; past the end where there is none."""
    starts = [quote.start for quote in story.body_quotes[:1]]
    spoken = (sentence.start for sentence in story.sentences if story.has_speech_verb(sentence))
    starts.extend(start for start in (next(spoken, None),) if start is not None)
    return min(starts, default=len(story.text) + 1)
