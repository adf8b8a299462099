"""From blocks to kinds: which block is the headline, the byline, a paragraph.

A story opens with its top matter (headline, byline, date, deck), has its body, and may close with
lists ("Sources", "Related"). What a short line is depends on which of the three it stands in.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from copydesk_structure.sections import furniture
from copydesk_structure.sections.bylines import LONGEST as LONGEST_BYLINE
from copydesk_structure.sections.bylines import is_byline
from copydesk_structure.sections.datelines import LONGEST as LONGEST_DATELINE
from copydesk_structure.sections.datelines import dateline_end, is_date
from copydesk_structure.sections.lines import Block, ends_sentence, is_open
from copydesk_structure.wordlists import WordLists

Kind = Literal["headline", "byline", "dateline", "paragraph", "caption", "other"]
Shape = Literal["rule", "heading", "end label", "mark", "caption", "byline", "date", "fragment", "prose"]
HeadlineMode = Literal["auto", "first-line", "none"]

LONGEST_SUBHEAD = 12
"""A line in the body that ends no sentence is a subhead up to so many words, and a paragraph from there on."""

LONGEST_DECK = 40
"""The same for a line between headline and body."""

SHORTEST_AFTER_END = 25
"""After "Sources" or "Related", a sentence of fewer words than this belongs to the list."""

_LONGEST_FRAGMENT = 400  # in characters; so that words are only counted where there are few
_SPEAKER = re.compile(r"[^\W\d_a-z][^\W\d_a-z .'’-]{0,40}:\s")
_QUOTES = "\"'“‘«„"
_INITIALS = re.compile(r"(?:\b[^\W\d_]\.){2,}[\"'”’»)\]]{0,2}$")


class Part(NamedTuple):
    """A block and what it looks like by itself."""

    block: Block
    text: str
    shape: Shape


def shape_of(text: str, words: WordLists) -> Shape:
    """What a block looks like by itself, wherever it stands."""
    if furniture.is_rule(text):
        return "rule"
    if furniture.is_end_label(text, words):
        return "end label"
    if furniture.is_markdown_heading(text):
        return "heading"
    if furniture.is_caption(text, words):
        return "caption"
    if len(text) <= LONGEST_BYLINE and is_byline(text, words):
        return "byline"
    if is_date(text) or (len(text) <= LONGEST_DATELINE and dateline_end(text, words) == len(text)):
        return "date"
    if furniture.is_bullet(text) or furniture.is_credit(text, words) or _is_label(text):
        return "mark"
    complete = len(text) > _LONGEST_FRAGMENT or ends_sentence(text, len(text)) or is_open(text, len(text))
    return "prose" if complete or dateline_end(text, words) is not None else "fragment"


def _is_label(text: str) -> bool:
    """Such as "ABSTRACT.", "FULL TEXT:": a word in capitals that ends like a sentence but is none."""
    bare = text.rstrip(".:")
    return (
        len(text) <= 40
        and bare != text
        and bare.isupper()
        and len(bare) >= 4
        and len(bare.split()) <= 3
        and bare.replace(" ", "").isalpha()
    )


def find_headline(parts: list[Part], *, mode: HeadlineMode, title: str | None, most_words: int) -> int | None:
    """The index of the headline, or None where there is none."""
    if mode == "none":
        return None
    if mode == "first-line":
        return next((number for number, part in enumerate(parts) if part.shape != "rule"), None)
    body = next((number for number, part in enumerate(parts) if part.shape == "prose"), len(parts))
    if title is not None:
        wanted = _normal(title)
        for number, part in enumerate(parts[: body + 1]):
            if wanted and len(part.text) <= 2 * len(title) + 20 and _normal(part.text) == wanted:
                return number
    story = max((number for number, part in enumerate(parts) if _is_sentence(part)), default=0)
    for number, part in enumerate(parts[: min(body + 1, story)]):
        following = parts[number + 1]
        if part.shape == "heading":
            return number
        if part.shape in ("end label", "prose") or furniture.is_bullet(part.text):
            return number if _is_asking_headline(part, following, most_words) else None
        if part.shape == "fragment":
            if _is_kicker(part.text) and following.shape == "fragment":
                continue
            return number if len(part.text.split()) <= most_words else None
    return None


def _normal(text: str) -> str:
    """The letters and digits of a title: not its typography, nor a full stop that one copy has."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _is_sentence(part: Part) -> bool:
    return part.shape == "prose" and ends_sentence(part.text, len(part.text))


def _is_kicker(text: str) -> bool:
    """Such as "WORLD", "OPINION": the name of a column or page over the headline."""
    return text.isupper() and len(text.split()) <= 2


def _is_asking_headline(part: Part, following: Part, most_words: int) -> bool:
    """A question, exclamation or line that ends in "U.S.", where something else than its end shows a headline.

    It is in title case, or top matter follows it.
    """
    text = part.text
    if part.block.lines > 3 or not 1 < len(text.split()) <= most_words or len(text) > _LONGEST_FRAGMENT:
        return False
    if text.rstrip("\"'”’»)] ")[-1:] not in ("?", "!") and not _INITIALS.search(text):
        return False
    return following.shape in ("byline", "date") or _is_title_case(text)


def _is_title_case(text: str) -> bool:
    long_words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= 4]
    return len(long_words) >= 3 and all(word[0].isupper() for word in long_words)


def kinds_of(parts: list[Part], headline: int | None) -> list[Kind]:
    """What each block is in the story."""
    told = any(_is_sentence(part) for number, part in enumerate(parts) if number != headline)
    kinds: list[Kind] = []
    place: Literal["top", "body", "end"] = "top"
    for number, part in enumerate(parts):
        kind: Kind
        if number == headline:
            kind = "headline"
        elif part.shape == "caption":
            kind = "caption"
        elif part.shape == "byline" and (place == "top" or number == len(parts) - 1):
            kind = "byline"
        elif part.shape == "date" and place == "top":
            kind = "dateline"
        elif part.shape in ("rule", "mark", "heading", "date", "byline"):
            kind = "other"
        elif part.shape == "end label":
            kind = "other"
            place = "end" if place != "top" else place
        elif _is_paragraph(part, place, told=told):
            kind = "paragraph"
            place = "body"
        else:
            kind = "other"
        kinds.append(kind)
    return kinds


def _is_paragraph(part: Part, place: Literal["top", "body", "end"], *, told: bool) -> bool:
    """Whether prose or a fragment is a paragraph; where nothing is a sentence, fragments are all there is."""
    if place == "end":
        return _is_sentence(part) and not _has_fewer_words(part.text, SHORTEST_AFTER_END)
    if part.shape == "prose" or not told:
        return True
    if place == "top":
        return not _has_fewer_words(part.text, LONGEST_DECK + 1)
    return (
        part.text[0].islower()
        or part.text[0] in _QUOTES
        or _SPEAKER.match(part.text) is not None
        or not _has_fewer_words(part.text, LONGEST_SUBHEAD + 1)
    )


def _has_fewer_words(text: str, number: int) -> bool:
    return len(text) < 20 * number and len(text.split()) < number
