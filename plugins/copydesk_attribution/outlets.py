"""Which phrases are about outlets of news, and which of those name none."""

from __future__ import annotations

from copydesk import HasSpan, fold
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words, words_with_places
from copydesk_attribution.wordlists import rows, words

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
        word in words("outlet_nouns") or (word in words("outlet_name_words") and story.text[span.start].isupper())
        for word, span in words_with_places(story.text, where)
    )


def outlets() -> frozenset[str]:
    """The names of outlets that the plugin knows, folded."""
    return frozenset(fold(name).removeprefix("the ") for name in words("outlets"))


def state_media() -> frozenset[str]:
    """The names of outlets that a state controls, folded."""
    return frozenset(fold(row["name"]) for row in rows("state_media"))
