"""Whether the words around a name say who somebody is, for where no role was found."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk import Entity, Quote, Span
from copydesk_attribution.forms import singular
from copydesk_attribution.people import PERSON_LABELS, PLACE_LABELS, POSSESSIVES, Mention
from copydesk_attribution.story import Story, word_spans
from copydesk_attribution.wordlists import countries, words

_NEAR = 100
_PERSON_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "person", "eer", "ess", "ant", "ent", "ee")
_RELATIVE = frozenset({"who", "whose", "whom"})
_ARTICLES = frozenset({"a", "an", "the", "his", "her", "their", "its", "our", "my", "one", "another"})
_LINKS = frozenset({"of", "from", "at", "for"})
_COPULAS = frozenset({"is", "was", "became", "heads", "leads", "runs", "chairs", "works", "worked", "led", "headed"})


def is_described(story: Story, mention: Mention) -> bool:
    """Whether a title stands before the name, or an apposition, a relative clause or "of …" after it."""
    return _described_before(story, mention) or _described_after(story, mention)


def _described_before(story: Story, mention: Mention) -> bool:
    text = story.text
    window = Span(max(0, text.rfind("\n", 0, mention.start) + 1, mention.start - _NEAR), mention.start)
    before = word_spans(text, window)
    if not before:
        return False
    last = before[-1]
    gap = text[last.end : mention.start]
    if _headed_by_person(story, before, mention):
        return True
    if gap.strip(" ."):
        # An apposition that comes first: "The mayor, Ann Lee, said".
        return gap.strip() == "," and _looks_like_person(text[last.start : last.end])
    word = text[last.start : last.end]
    if word.endswith(POSSESSIVES[:2]) or _is_place(story, last):
        return False
    if any(
        cue.overlaps(last) for quote in story.document[Quote].overlapping(Span.hull(last, mention)) for cue in quote.cue
    ):
        return False
    folded = word.casefold()
    if folded in words("function_words") or folded in words("speech_verbs") or folded in _COPULAS:
        return False
    if word[0].isupper():
        return not _starts_sentence(story, last) or folded in words("personal_titles") or _looks_like_person(word)
    return _looks_like_person(word)


def _headed_by_person(story: Story, before: Sequence[Span], mention: Mention) -> bool:
    """Whether "minister of" or "the head of … (…)," leads up to the name: a noun for a person, then "of" or "for"."""
    text = story.text
    joined = False
    end = mention.start
    for place in range(len(before) - 1, -1, -1):
        word = before[place]
        gap = text[word.end : end].strip()
        if gap not in ("", "(", ")", "),", ",", ".") or (gap == "," and end != mention.start):
            return False
        folded = text[word.start : word.end].casefold()
        if folded in words("speech_verbs") or folded in _COPULAS:
            return False
        if joined and (folded in words("person_nouns") or folded in words("personal_titles")):
            return True
        joined = joined or folded in ("of", "for")
        end = word.start
    return False


def _described_after(story: Story, mention: Mention) -> bool:
    text = story.text
    rest = text[mention.end : mention.end + _NEAR].split("\n", 1)[0]
    if rest.startswith(POSSESSIVES[:2]):
        return False
    following = rest.split()
    if not following:
        return False
    if rest.startswith((" (", " —", " – ")):
        return not following[0].strip("()—–").isdigit() and len(following[0]) > 2
    if not rest.startswith(","):
        first = following[0].strip(",").casefold()
        return (first in _LINKS and len(following) > 1) or (
            first in _COPULAS
            and len(following) > 1
            and (following[1].casefold() in _ARTICLES or first not in ("is", "was"))
        )
    following = rest[1:].split()
    if following and following[0].strip(",").isdigit():
        following = following[1:]  # an age is not yet a description
    if not following:
        return False
    first = following[0].strip(",.")
    if first.casefold() in _RELATIVE | _ARTICLES or first.casefold() in _LINKS:
        return True
    place = mention.end + text[mention.end : mention.end + _NEAR].find(following[0])
    if first[:1].isupper():
        return not any(
            entity.label in PERSON_LABELS | PLACE_LABELS
            for entity in story.document[Entity].overlapping(Span(place, place + len(first)))
        )
    clause = rest[1:].split(",", 1)[0].split()
    return (
        bool(clause)
        and clause[0].casefold() not in words("speech_verbs")
        and any(_looks_like_person(word) for word in clause[:4])
    )


def _looks_like_person(word: str) -> bool:
    folded = word.casefold()
    if folded in words("person_nouns") or singular(folded) in words("person_nouns"):
        return True
    return len(folded) > 4 and folded.endswith(_PERSON_ENDINGS) and folded not in words("function_words")


def _is_place(story: Story, where: Span) -> bool:
    if story.text[where.start : where.end].casefold() in countries():
        return True
    return any(entity.label in PLACE_LABELS for entity in story.document[Entity].overlapping(where))


def _starts_sentence(story: Story, where: Span) -> bool:
    sentence = story.sentence(where)
    return sentence is not None and sentence.start == where.start
