"""Which phrases are about outlets of news, and which of those name none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from copydesk import HasSpan, fold, word_list
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words, words_with_places
from copydesk_attribution.wordlists import split, words

_NO_OUTLETS = frozenset({"conference", "release", "releases", "secretary", "briefing", "office", "corps", "statement"})


MEDIA = frozenset({"media", "press", "newspapers", "outlets", "tabloids", "broadcasters"})


KINDS_OF_MEDIA = frozenset(
    {"local", "national", "foreign", "international", "some", "several", "news", "regional", "domestic", "various"}
)


GENERIC = MEDIA | KINDS_OF_MEDIA | frozenset({"report", "reports", "the", "a", "tv", "television"})


def sounds_like_outlet(story: Story, where: HasSpan) -> bool:
    """Whether a word in it says so: "radio" in any case, "Post" and "Times" with a capital."""
    inside = folded_words(story.text, where)
    if not inside or inside[-1] in _NO_OUTLETS or "social" in inside:
        return False
    return any(
        word in outlet_nouns()
        or (word in words("outlet_name_words") and word not in _ALSO_BODIES and story.text[span.start].isupper())
        for word, span in words_with_places(story.text, where)
    )


_ALSO_BODIES = frozenset({"agency"})
"""In a name this is an outlet only with a word that says so: the "National Police Agency" is none."""


@cache
def outlets() -> frozenset[str]:
    """The names of outlets that the plugin knows, folded, without an article that they can do without."""
    return frozenset(name for name in _names() if not name.startswith("the "))


@cache
def state_media() -> frozenset[str]:
    """The names of outlets that a state controls, folded."""
    return frozenset(_names(state=True))


def _names(*, state: bool = False) -> Iterator[str]:
    for row in word_list("outlets"):
        if row["state"] or not state:
            yield from (fold(name.rstrip("?")) for name in (row["name"], *split(row["names"])))


def _nouns() -> Iterator[str]:
    return (row["noun"].rstrip("!") for row in word_list("outlet_nouns") if row["noun"].endswith("!"))


@cache
def outlet_nouns() -> frozenset[str]:
    """Words that say that something is an outlet, in lower case too: those nouns, their plurals, and "news"."""
    return frozenset(form for noun in _nouns() for form in (noun, f"{noun}s")) | {"news"}


def own_outlets(story: Story) -> set[str]:
    """The paper itself, folded: the publisher in the metadata, and the agencies in byline and dateline."""
    own: set[str] = set()
    publisher = story.document.metadata.get("publisher")
    if isinstance(publisher, str):
        own.add(fold(publisher))
    opening = story.text[:_OPENING]
    own.update(fold(match[1]) for match in _CREDIT.finditer(opening))
    known = outlets()
    for where in story.credits:
        own.update(name for part in _PARTS.split(story.document.text_of(where)) if (name := fold(part)) in known)
    return {*own, *(_AGENCIES[name] for name in own if name in _AGENCIES)}


_OPENING = 600
_CREDIT = re.compile(r"\(((?:[A-Z][\w.]*)(?: [A-Z]\w+){0,2})\) ?(?:[-–—―]|$)", re.MULTILINE)
"""The agency in a dateline: `LONDON (Reuters) -`."""
_PARTS = re.compile(r"[,/|–—-]| [Ff]or | at ")
_AGENCIES = {"ap": "associated press", "the associated press": "associated press", "associated press": "ap"}
