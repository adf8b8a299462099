"""What a number counts, by rule: the nouns behind it, up to the first word that ends a noun phrase."""

from __future__ import annotations

from typing import NamedTuple

from copydesk_numbers.figures.amount import NUMERALS, Amount
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Tape
from copydesk_numbers.values import Offsets

_C = CLASSES
_LONGEST_PHRASE = 6
_KINDS = frozenset({"cardinal", "percent", "fraction", "ordinal", "quantity", "money"})
_DEFINITE = frozenset((_C["the"], _C["that"]))
_MEASURED = frozenset({"money", "quantity", "percent"})


class Counted(NamedTuple):
    """A counted noun phrase and its head, as offsets in the text; `last` is the word behind the phrase."""

    phrase: Offsets
    head: Offsets
    last: int


def counted_by_rule(tape: Tape, figure: Amount) -> Counted | None:
    """What a figure counts; None where nothing is counted."""
    if figure.kind not in _KINDS or (figure.per is not None and figure.rate_at is None and figure.kind == "cardinal"):
        return None
    start = _start(tape, figure)
    if start is None:
        return None
    words, at = _phrase(tape, start)
    adverb = len(words) > 1 and tape.words[words[0]].endswith(tape.language.adverb_endings)
    if adverb and tape.words[words[1]].endswith(tape.language.participle_endings):
        words = words[1:]  # "the first truly contested primary"
    if tape.classes[start - 1] == _C["dash"]:
        words = words[:1]
    if not words:
        return None
    definite = tape.class_at(figure.first - 1) in _DEFINITE or tape.is_in(figure.first - 1, "articles")
    alone = (definite or figure.value == 1) and tape.classes[start - 1] != _C["dash"] and len(words) == 1
    if alone and tape.is_in(words[0], "past_verbs"):
        return None  # "if the two spoke", "one gave it"
    plural = figure.value != 1 and figure.kind != "ordinal"
    verb = tape.is_in(words[0], "plural_verbs") or tape.is_in(words[0], "participles")
    if verb and plural and tape.classes[start - 1] != _C["dash"] and not _any_plural(tape, words):
        return None  # "two thirds support it", "620,000 cast"
    participle = tape.words[words[0]].endswith(tape.language.participle_endings) and not tape.is_in(
        words[0], "no_participles"
    )
    decimal = figure.kind == "cardinal" and isinstance(figure.value, float)  # a .348 batting average
    if plural and participle and not decimal and not _any_plural(tape, words):
        return None  # "16 involving business", "first noted"
    head = _head(tape, words, plural=plural)
    return Counted((tape.starts[words[0]], tape.ends[head]), (tape.starts[head], tape.ends[head]), min(at, head + 1))


def _start(tape: Tape, figure: Amount) -> int | None:
    """Where the counted phrase may begin: right behind the number, or behind "of its"."""
    at = figure.last
    if at >= len(tape.words) or (tape.glued(at) and tape.classes[at] != _C["dash"]):
        return None
    if tape.classes[at] == _C["dash"]:
        sticks = tape.glued(at) and tape.glued(at + 1) and figure.kind == "cardinal"
        return at + 1 if sticks and not tape.is_in(at + 1, "behind_dashes") else None  # "a 500-page report"
    if tape.classes[at] == _C["of"]:
        at += 1
        while tape.is_in(at, "possessives"):
            at += 1
        return at + 1 if tape.class_at(at) in NUMERALS else at  # "23 of its 29 delegates"
    if figure.kind in _MEASURED:
        return None
    if figure.kind == "fraction" and tape.is_in(at, "possessives"):
        return at + 1  # "half the voters"
    more = tape.is_in(at, "the_same_unit") and tape.written(at, at + 1).islower()
    return at + 1 if more else at


def _phrase(tape: Tape, at: int) -> tuple[list[int], int]:
    """The words of the noun phrase from `at`; behind a possessor, those of what it has."""
    words: list[int] = []
    joined = False
    while at < len(tape.words) and len(words) < _LONGEST_PHRASE and (joined or _may_be_noun(tape, at)):
        joined = False
        if tape.is_in(at, "titles") and tape.class_at(at + 1) == _C["dot"]:
            at += 2  # "30 percent of Mr. Lee's voters"
            continue
        words.append(at)
        at += 1
        if tape.class_at(at) == _C["quote"] and tape.class_at(at + 1) == _C["s"] and tape.glued(at):
            words, at = [], at + 2  # "one of the mayor's aides"
        elif tape.class_at(at) == _C["dash"] and tape.glued(at) and tape.glued(at + 1):
            at += 1
            joined = at < len(tape.words) and tape.things[at] is None and tape.words[at].isalpha()  # "40 laid-off men"
        elif tape.class_at(at) == _C["dot"] and tape.glued(at) and len(tape.words[at - 1]) == 1:
            at += 1  # "four U.N. guards"
    return words, at


def _may_be_noun(tape: Tape, at: int) -> bool:
    if tape.things[at] is not None or not tape.words[at][:1].isalpha():
        return False
    return not tape.is_in(at, "stop") or tape.written(at, at + 1) in tape.language.group("names_like_stops")


def _head(tape: Tape, words: list[int], *, plural: bool) -> int:
    """The head noun: the first plural where more than one is counted, or else the last word before a verb."""
    if plural:
        for index, after in zip(words, (*words[1:], None), strict=True):
            if _is_plural(tape, index):
                compound = after is not None and _is_plural(tape, after)  # sports facilities, Texas plants
                return after if after is not None and compound else index
    last = words[0]
    for index in words[1:]:
        if tape.words[index].endswith(tape.language.verb_endings) or tape.is_in(index, "past_verbs"):
            break
        last = index
    return last


def _is_plural(tape: Tape, index: int) -> bool:
    return tape.is_in(index, "plurals") or tape.language.is_plural(tape.words[index])


def _any_plural(tape: Tape, words: list[int]) -> bool:
    return any(_is_plural(tape, index) for index in words)


def measured_by_rule(tape: Tape, index: int) -> Counted | None:
    """What a length measures: the noun before "lasted" or "took"."""
    verb = index - 1
    if tape.is_in(verb, "before_lengths"):
        verb -= 1
    if verb < 1 or not tape.is_in(verb, "measuring") or not _may_be_noun(tape, verb - 1):
        return None
    head = first = verb - 1
    while first > 0 and head - first < _LONGEST_PHRASE and _may_be_noun(tape, first - 1):
        first -= 1
    if tape.is_in(first - 1, "articles"):
        first -= 1
    return Counted((tape.starts[first], tape.ends[head]), (tape.starts[head], tape.ends[head]), verb)
