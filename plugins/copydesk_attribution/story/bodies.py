"""Bodies that the layer of names has as persons, by the words around the name.

A name of one word says little by itself, and models take many a firm, paper or site for a person.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from copydesk import Span
from copydesk_attribution.forms import singular
from copydesk_attribution.story.words import folded_words
from copydesk_attribution.wordlists import person_nouns, personal_titles, words

if TYPE_CHECKING:
    from copydesk_attribution.story.people import PersonName

_BEFORE, _AFTER = 40, 24
_CAPITALS = re.compile(r"(?<![\w.])[A-Z]{2,4} $")


def is_body_at(text: str, mention: PersonName) -> bool:
    """Whether a noun says that it is a body ("the website Mashable"), or it stands in brackets behind one's name.

    Nor has anybody capitals in place of a given name ("TF Cornerstone"), representatives, or a president ("president of
    Wealth-X").
    """
    start, end = mention.start, mention.end
    opening = text[max(0, start - 1) : start]
    if opening == "(":
        return text[end : end + 1] == ")"
    if opening == " ":
        before = folded_words(text, Span(max(0, start - _BEFORE), start))[-2:]
        if before and before[-1] in words("body_heads"):
            return True
        if before[1:] == ["of"] and (before[0] in person_nouns() or before[0] in personal_titles()):
            return True
        if _CAPITALS.search(text, max(0, start - 8), start):
            return True
    if text[end : end + 1] != " ":
        return False
    after = folded_words(text, Span(end, min(len(text), end + _AFTER)))[:1]
    return bool(after) and after[0].endswith("s") and singular(after[0]) in person_nouns()
