"""What a number counts, by rule: the nouns behind it, up to the first word that ends a noun phrase."""

from __future__ import annotations

from copydesk import Span
from copydesk_numbers.lexicon import CLASSES
from copydesk_numbers.quantities import Draft
from copydesk_numbers.stopwords import STOP_WORDS
from copydesk_numbers.tape import Tape

_C = CLASSES
_LONGEST_PHRASE = 6
_KINDS = frozenset({"cardinal", "percent", "fraction", "ordinal", "quantity", "money"})
_IRREGULAR_PLURALS = frozenset(
    [
        "people",
        "men",
        "women",
        "children",
        "police",
        "feet",
        "teeth",
        "mice",
        "geese",
        "sheep",
        "fish",
        "deer",
        "aircraft",
        "series",
        "species",
        "cattle",
        "criteria",
        "phenomena",
        "media",
        "data",
        "countrymen",
        "policemen",
        "servicemen",
        "gunmen",
        "fishermen",
        "businessmen",
        "lawmen",
        "spokesmen",
        "women",
        "congressmen",
        "personnel",
        "crew",
        "staff",
    ]
)
_NOT_PLURAL = ("ss", "us", "is", "ous", "'s")
_ADJECTIVE_LIKE = ("ous", "ical", "ious")


def counted_by_rule(tape: Tape, draft: Draft) -> tuple[Span, Span] | None:
    """The span of what a draft counts, and of its head noun; None where nothing is counted."""
    if draft.kind not in _KINDS:
        return None
    n = len(tape)
    at = draft.last
    if at >= n or (tape.glued(at) and tape.classes[at] != _C["dash"]):
        return None
    partitive = tape.classes[at] == _C["of"]
    if draft.kind in ("money", "quantity", "percent") and not partitive:
        return None
    if partitive:
        at += 1
        while at < n and tape.words[at] in (
            "the",
            "these",
            "those",
            "its",
            "their",
            "his",
            "her",
            "our",
            "all",
            "my",
            "your",
        ):
            at += 1
    elif tape.classes[at] == _C["dash"]:
        return None
    elif at < n and tape.words[at] == "more":
        at += 1
    words: list[int] = []
    while at < n and len(words) < _LONGEST_PHRASE and _may_be_noun(tape, at):
        words.append(at)
        at += 1
        if at + 1 < n and tape.classes[at] == _C["quote"] and tape.words[at + 1] == "s" and tape.glued(at):
            words, at = [], at + 2  # "one of the mayor's aides"
        if at + 1 < n and tape.classes[at] == _C["dash"] and tape.glued(at) and tape.glued(at + 1):
            at += 1
    if not words:
        return None
    head = _head(tape, words, plural=draft.value != 1 and draft.kind != "ordinal")
    return Span(tape.starts[words[0]], tape.ends[head]), Span(tape.starts[head], tape.ends[head])


def _may_be_noun(tape: Tape, at: int) -> bool:
    word = tape.words[at]
    if word in STOP_WORDS or not word or not word[:1].isalpha():
        return False
    return tape.things[at] is None


def _head(tape: Tape, words: list[int], *, plural: bool) -> int:
    if plural:
        for index in words:
            word = tape.words[index]
            if word in _IRREGULAR_PLURALS or (word.endswith("s") and not word.endswith(_NOT_PLURAL) and len(word) > 2):
                return index
    last = words[0]
    for index in words[1:]:
        word = tape.words[index]
        if word.endswith(("ed", "ly")) or word in (
            "went",
            "came",
            "took",
            "made",
            "became",
            "fell",
            "rose",
            "led",
            "began",
        ):
            break
        last = index
    return last


_MEASURING = frozenset(
    [
        "last",
        "lasts",
        "lasted",
        "lasting",
        "take",
        "takes",
        "took",
        "taken",
        "taking",
        "ran",
        "runs",
        "run",
        "spanned",
        "spans",
        "stretched",
        "dragged",
    ]
)


def measured_by_rule(tape: Tape, index: int) -> tuple[Span, Span] | None:
    """What a length measures: the noun before "lasted" or "took"."""
    verb = index - 1
    if verb >= 0 and tape.words[verb] in ("about", "around", "nearly", "almost", "for", "over", "only", "just"):
        verb -= 1
    if verb < 1 or tape.words[verb] not in _MEASURING or not _may_be_noun(tape, verb - 1):
        return None
    head = first = verb - 1
    while first > 0 and head - first < _LONGEST_PHRASE and _may_be_noun(tape, first - 1):
        first -= 1
    if first > 0 and tape.words[first - 1] in ("the", "a", "an", "this", "that", "his", "her", "their", "its"):
        first -= 1
    return Span(tape.starts[first], tape.ends[head]), Span(tape.starts[head], tape.ends[head])
