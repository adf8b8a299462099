"""Forms of numbers, which the rules of roles name: a marker of a list, a pair, a name with its number, "one"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from copydesk_numbers.figures.amount import NUMERALS, Amount
from copydesk_numbers.numerals.numeral import Numeral
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Tape

_C = CLASSES
_EVEN = frozenset((_C["dash"], _C["slash"]))
_OF_SCORES = frozenset((_C["to"], _C["for"]))
_LEAST_EVEN = 40
_LEAST_UNGROUPED, _LEAST_CODE = 5, 8
_SMALL_IN_TITLES = 4  # letters of prepositions that titles write small
_NOUN_WITHIN = 3
_PHRASE_ENDS = frozenset(_C[name] for name in ("comma", "dot", "right", "quote", "break", "colon", "exclaim", "other"))
_SENTENCE_ENDS = frozenset(_C[name] for name in ("dot", "break", "exclaim"))
_OPENINGS = frozenset(_C[name] for name in ("dot", "break", "colon", "quote", "exclaim"))
_AND = frozenset((_C["and"], _C["or"]))
_NAME_ENDS = _SENTENCE_ENDS | {_C["comma"], _C["right"], _C["that"]}
_NEAR = 5  # words on either side in which a cue may stand
_YEARS = (1500, 2100)
_LARGEST_MARKER, _LARGEST_SCORE = 99, 300
_LONGEST_LINE = 200  # characters of a numbered line


def _counts_lines(tape: Tape, first: int, value: int) -> bool:
    """Whether the line goes on with a capital and the next, or the one before, begins with the next number: "1 Ann Lee"."""
    text, start, end = tape.text, tape.starts[first], tape.ends[first]
    if not (text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()):
        return False
    after = text[end : end + _LONGEST_LINE].partition("\n")[2].lstrip()
    before = text[max(0, start - _LONGEST_LINE) : start].rstrip().rpartition("\n")[2]
    return after.startswith(f"{value + 1} ") or before.startswith(f"{value - 1} ")


def _marker(tape: Tape, figure: Amount) -> bool:
    """A small number that opens a line, with a full stop or bracket behind it and more on the line: "2. Go", "(3) Stay"."""
    first = figure.first
    if not isinstance(figure.value, int) or not 0 < figure.value <= _LARGEST_MARKER or not _in_digits(tape, figure):
        return False
    if tape.class_at(first - 1) == _C["left"]:
        first -= 1
    opens = first == 0 or "\n" in tape.text[tape.ends[first - 1] : tape.starts[first]] or not tape.words[first - 1]
    behind = figure.last + 1
    if opens and _counts_lines(tape, figure.first, figure.value):
        return True
    if not opens or behind >= len(tape.words) or tape.classes[figure.last] not in (_C["dot"], _C["right"]):
        return False
    gap = tape.text[tape.ends[figure.last] : tape.starts[behind]]
    return tape.glued(figure.last) and bool(gap) and "\n" not in gap and tape.text[tape.starts[behind]].isupper()


def _beside(tape: Tape, figure: Amount) -> str:
    """The classes of the words right before and behind a figure."""
    return tape.classes[max(0, figure.first - 1) : figure.first] + tape.classes[figure.last : figure.last + 1]


def _pair(tape: Tape, figure: Amount) -> bool:
    """One of two small numbers joined by a dash: "3-1". A pair that goes up is a range unless a cue stands near."""
    if _C["dash"] not in _beside(tape, figure):
        return False
    if not isinstance(figure.value, int) or not 0 <= figure.value <= _LARGEST_SCORE:
        return False
    for joint, other in ((figure.first - 1, figure.first - 2), (figure.last, figure.last + 1)):
        if tape.class_at(joint) == _C["dash"] and tape.class_at(other) in _OF_SCORES:
            other += 2 * (other - joint)  # "5-to-4", "3-for-4"  # noqa: PLW2901
        if (
            not 0 <= other < len(tape.words)
            or tape.class_at(joint) != _C["dash"]
            or tape.classes[other] not in NUMERALS
        ):
            continue
        thing = tape.things[other]
        sticks = tape.glued(joint) and tape.glued(joint + 1)
        if (
            sticks
            and isinstance(thing, Numeral)
            and isinstance(thing.value, int)
            and abs(thing.value) <= _LARGEST_SCORE
        ):
            return True
    return False


def _outvoted(tape: Tape, figure: Amount) -> bool:
    """One of two bare whole numbers joined by "to", the larger first: "90 to 10"."""
    if _C["to"] not in _beside(tape, figure):
        return False
    for joint, step in ((figure.first - 1, -1), (figure.last, 1)):
        other = joint + step
        if tape.class_at(joint) != _C["to"] or tape.class_at(other) not in NUMERALS:
            continue
        value = tape.things[other].value
        larger, smaller = (value, figure.value) if step < 0 else (figure.value, value)
        if isinstance(larger, int) and isinstance(smaller, int) and larger > smaller >= 0:
            return not _noun_follows(tape, figure.last)
    return False


def _slashed(tape: Tape, figure: Amount) -> bool:
    """One of two numbers with a slash between them: "5/2"."""
    if _C["slash"] not in _beside(tape, figure):
        return False
    sides = (figure.first - 1, figure.first - 2), (figure.last, figure.last + 1)
    return any(tape.class_at(joint) == _C["slash"] and tape.class_at(other) in NUMERALS for joint, other in sides)


def _even(tape: Tape, figure: Amount) -> bool:
    """One of two equal numbers with a dash or slash between them: "50-50", "50/50"."""
    if _EVEN.isdisjoint(_beside(tape, figure)):
        return False
    for joint, other in ((figure.first - 1, figure.first - 2), (figure.last, figure.last + 1)):
        if 0 <= other < len(tape.words) and tape.classes[joint] in _EVEN and tape.classes[other] in NUMERALS:
            thing = tape.things[other]
            if (
                tape.glued(joint)
                and tape.glued(joint + 1)
                and isinstance(thing, Numeral)
                and thing.value == figure.value
            ):
                return figure.value is not None and figure.value >= _LEAST_EVEN
    return False


def _year(tape: Tape, figure: Amount) -> bool:
    """Four digits of a year that nothing is counted by."""
    return (
        isinstance(figure.value, int)
        and _YEARS[0] <= figure.value < _YEARS[1]
        and figure.last == figure.first + 1
        and tape.classes[figure.first] == _C["year"]
        and not _plural_follows(tape, figure.last)
    )


def _named(tape: Tape, figure: Amount) -> bool:
    """A number right behind a name that goes on, with nothing counted: "Apollo 11", "Boeing 747s", "the S&P 500"."""
    at = figure.first - 1
    if at < 0 or not _in_digits(tape, figure) or tape.classes[at] not in (_C["plain"], _C["dash"]):
        return False
    if tape.classes[at] == _C["dash"]:
        if at == 0 or not tape.glued(at) or not tape.glued(at + 1):
            return False
        name = tape.written(at - 1, at)
        return name[:1].isupper() and (tape.classes[at - 1] == _C["plain"] or len(name) == 1)
    if not tape.written(at, at + 1)[:1].isupper() or tape.is_in(at, "stop") or tape.is_in(at, "opens_sentences"):
        return False
    opens = at == 0 or tape.classes[at - 1] in (_C["dot"], _C["break"], _C["colon"], _C["quote"])
    if opens and not tape.written(at, at + 1).isupper():
        return False
    return not _plural_follows(tape, figure.last)


def _adverb(tape: Tape, figure: Amount) -> bool:
    """The "first" of an action, which ranks nothing: "it was first noted", "when he first came"."""
    before = figure.first - 1
    opens = before < 0 or tape.classes[before] in _OPENINGS
    if opens and tape.class_at(figure.last) == _C["comma"] and not _in_digits(tape, figure):
        return True  # "First, he came"
    return (
        figure.value == 1
        and not _in_digits(tape, figure)
        and _is_participle(tape, figure.last)
        and not (tape.is_in(before, "articles") or tape.class_at(before) in (_C["s"], _C["dash"]))
    )


def _is_participle(tape: Tape, at: int) -> bool:
    return _is_verb(tape, at) or (
        tape.class_at(at) == _C["plain"] and tape.words[at].endswith(tape.language.participle_endings)
    )


def _capital(tape: Tape, figure: Amount) -> bool:
    """A number in words with a capital behind a name, the end of it: "the Gang of Eight bill", "the Hateful Eight"."""
    at = figure.first
    if at == 0 or _in_digits(tape, figure) or not tape.written(at, at + 1)[:1].isupper():
        return False
    if not tape.words[at - 1][-1:].isalnum() and tape.words[at - 1]:
        return False  # a sign may open a sentence
    if _shouts(tape, at):
        follows = tape.written(at + 1, at + 2) if at + 1 < len(tape.words) else ""
        return (
            not _shouts(tape, at - 1) and follows[:1].isupper() and not _shouts(tape, at + 1)
        )  # "the FIRST Challenge"
    if _in_small_letters(tape, at):
        return True
    name = at - 2 if tape.classes[at - 1] == _C["of"] else at - 1
    capital = tape.class_at(name) == _C["plain"] and tape.written(name, name + 1)[:1].isupper()
    follows = tape.written(figure.last, figure.last + 1)[:1] if figure.last < len(tape.words) else ""
    return capital and not tape.is_in(name, "opens_sentences") and not follows.isupper()


def _shouts(tape: Tape, at: int) -> bool:
    spelt = tape.written(at, at + 1) if 0 <= at < len(tape.words) else ""
    return len(spelt) > 1 and spelt.isupper()


def _in_small_letters(tape: Tape, at: int) -> bool:
    """Whether a sentence goes on in small letters around word `at`, so that its capital is that of a name."""
    if tape.class_at(at - 1) in _OPENINGS or not tape.words[at - 1]:
        return False
    return any(_small_word_near(tape, at, step) for step in (-1, 1))


def _small_word_near(tape: Tape, at: int, step: int) -> bool:
    """Whether a word stands near in small letters that a title would write with a capital."""
    for k in range(at + step, at + step * (_NEAR + 2), step):
        if tape.class_at(k) in _SENTENCE_ENDS:
            return False
        spelt = tape.written(k, k + 1) if k < len(tape.words) else ""
        if len(spelt) > _SMALL_IN_TITLES and spelt.islower() and spelt.isalpha():
            return True
    return False


def _tally(tape: Tape, figure: Amount) -> bool:
    """One of several names with their numbers: "Trump 384, Cruz 300, Rubio 151"."""
    if not _named(tape, figure) or not isinstance(figure.value, int):
        return False
    return _next_name(tape, figure.first, -1) or _next_name(tape, figure.first, 1)


def _next_name(tape: Tape, at: int, step: int) -> bool:
    """Whether another name with a number stands before or behind one, with a comma or "and" between."""
    name = tape.words[at - 1]
    joined = False
    for k in range(at + step, at + step * (_NEAR + 2), step):
        char = tape.class_at(k)
        if char in NUMERALS:
            before = tape.written(k - 1, k)
            return joined and before[:1].isupper() and before.isalpha() and tape.words[k - 1] != name
        joined = joined or char in (_C["comma"], _C["and"])
        if char not in (_C["comma"], _C["and"], _C["plain"], _C["dot"]) or (
            char == _C["plain"] and tape.is_in(k, "stop")
        ):
            return False
    return False


def _before_name(tape: Tape, figure: Amount) -> bool:
    """A number in digits that opens a name in the singular, at the end of a phrase: "2 Timothy", "1600 Pennsylvania Avenue"."""
    at = figure.last
    inside = figure.first > 0 and tape.written(figure.first - 1, figure.first).islower()
    if not isinstance(figure.value, int) or not _in_digits(tape, figure) or not inside:
        return False
    while tape.class_at(at) == _C["plain"] and tape.written(at, at + 1).istitle() and len(tape.words[at]) > 1:
        plural = tape.language.is_plural(tape.words[at]) or tape.is_in(at, "plurals") or tape.is_in(at, "peoples")
        if plural or tape.is_in(at, "stop"):
            return False
        at += 1
    goes_on = tape.class_at(at) not in _NAME_ENDS and not tape.is_in(at, "stop")
    return figure.last < at and not goes_on and tape.class_at(at) not in _AND


def _code(tape: Tape, figure: Amount) -> bool:
    """More digits in a row than anybody counts without grouping them; the number of a clause: 1457542800, "401(k)"."""
    at = figure.last
    if tape.class_at(at) == _C["left"] and tape.glued(at) and tape.class_at(at + 2) == _C["right"]:
        return len(tape.words[at + 1]) == 1 and tape.words[at + 1].isalpha()
    colon = figure.first - 1
    if tape.class_at(colon) == _C["colon"] and tape.glued(colon) and tape.glued(figure.first):
        name = tape.written(colon - 2, colon - 1) if colon > 1 else ""
        return tape.words[colon - 1].isdecimal() and name[:1].isupper()  # "Timothy 3:1-5"
    written = tape.written(figure.first, figure.last)
    if not written.isdecimal() or len(written) < _LEAST_UNGROUPED:
        return False
    return len(written) >= _LEAST_CODE or (
        tape.is_in(colon, "before_codes") and is_alone(tape, figure)
    )  # "text it to 82623"


def _multiple(tape: Tape, figure: Amount) -> bool:
    """How many times as much: "twice as many", "threefold", "18-fold"."""
    if tape.class_at(figure.last) == _C["dash"] and tape.is_in(figure.last + 1, "folds"):
        return True
    if _is_times_as(tape, figure.last):
        return True
    return tape.is_in(figure.first, "multiples_before") or tape.words[figure.first].endswith(
        tuple(tape.language.group("folds"))
    )


def _is_times_as(tape: Tape, at: int) -> bool:
    """Whether "times" at a word compares: "three times as many", "1.5 times the rate", "ten times more"; not "three times as a man"."""
    if tape.class_at(at) != _C["times"]:
        return False
    than = tape.class_at(at + 1)
    if than == _C["as"]:
        return tape.class_at(at + 2) not in (_C["a"], _C["the"]) and not tape.is_in(at + 2, "possessives")
    return than in (_C["the"], _C["more"]) or tape.is_in(at + 1, "compared")


def _in_brackets(tape: Tape, figure: Amount) -> bool:
    """A whole number with a full stop, alone in brackets: "(2.)"."""
    if tape.class_at(figure.first - 1) != _C["left"] or tape.class_at(figure.last) != _C["dot"]:
        return False
    return tape.class_at(figure.last + 1) == _C["right"] and isinstance(figure.value, int)


def _compared(tape: Tape, figure: Amount) -> bool:
    """One of two numbers joined by "to", the larger first, alone in brackets: "(47 to 25)"."""
    first, last = figure.first, figure.last
    if tape.class_at(last) == _C["to"]:
        last += 2
    elif tape.class_at(first - 1) == _C["to"]:
        first -= 2
    else:
        return False
    alone = tape.class_at(first - 1) == _C["left"] and tape.class_at(last) == _C["right"]
    return alone and _outvoted(tape, figure)


def is_alone(tape: Tape, figure: Amount) -> bool:
    """A whole number that no plural follows, which it could count, or with a name right before it: "Rule 40 works"."""
    if not isinstance(figure.value, int) or figure.unit is not None:
        return False
    return _is_in_name(tape, figure.first - 1) or not _plural_follows(tape, figure.last)


def _is_in_name(tape: Tape, at: int) -> bool:
    """Whether word `at` has a capital inside a sentence."""
    inside = at > 0 and tape.classes[at - 1] not in _OPENINGS and tape.words[at - 1] != ""
    return inside and tape.classes[at] == _C["plain"] and tape.written(at, at + 1)[:1].isupper()


def _plural_follows(tape: Tape, at: int) -> bool:
    """Whether one of the next words is a plural, with nothing before it that ends the noun phrase."""
    seen = 0
    for k in range(at, min(at + 2 * _NOUN_WITHIN, len(tape.words))):
        if seen == _NOUN_WITHIN:
            return False
        if seen and tape.classes[k] == _C["dash"] and tape.glued(k) and tape.glued(k + 1):
            continue  # "152 single-family homes"
        if tape.classes[k] != _C["plain"] or tape.is_in(k, "stop"):
            return False
        if tape.is_in(k, "plurals") or tape.language.is_plural(tape.words[k]):
            return True
        seen += 1
    return False


def _noun_follows(tape: Tape, at: int) -> bool:
    return tape.class_at(at) == _C["plain"] and not tape.is_in(at, "stop") and tape.words[at][:1].isalpha()


def _in_digits(tape: Tape, figure: Amount) -> bool:
    return tape.text[tape.starts[figure.first]].isdecimal()


def _one(tape: Tape, figure: Amount) -> bool:
    """A "one" that stands for a person or a thing: "the one", "no one", "one another", "a good one"."""
    at = figure.first
    if not tape.is_in(at, "pronouns") or figure.last > at + 1:
        return False
    described = tape.class_at(at - 1) == _C["plain"] and tape.class_at(at - 2) in (_C["a"], _C["the"])
    if tape.class_at(at + 1) == _C["of"]:
        return described and not tape.is_in(at - 1, "stop")  # "the final one of the season"
    if tape.is_in(at + 1, "behind_pronoun") or tape.is_in(at - 1, "always_before_pronoun"):
        return True
    if tape.class_at(at - 1) == _C["only"] and tape.class_at(at - 2) == _C["the"]:
        return True  # "the only one unhappy with it"
    if _is_gerund(tape, at + 1) and tape.is_in(at + 2, "articles"):
        return True  # "one asking his views"
    if _noun_follows(tape, at + 1) and not _is_verb(tape, at + 1):
        word = tape.written(at + 1, at + 2)
        return word.islower() and tape.language.is_plural(word) and not tape.is_in(at + 1, "plurals")  # "one writes"
    if tape.class_at(at - 1) == _C["only"]:
        return False
    if tape.is_in(at - 1, "before_pronoun") or tape.class_at(at - 1) == _C["shift"]:
        return True
    thing = tape.things[at - 1] if at else None
    if isinstance(thing, Numeral) and thing.kind == "ordinal":
        return True
    return described or _is_bare(tape, at)


def _is_gerund(tape: Tape, at: int) -> bool:
    word = tape.words[at] if at < len(tape.words) else ""
    return word.endswith(tape.language.participle_endings) and not word.endswith(tape.language.past_endings)


def _is_bare(tape: Tape, at: int) -> bool:
    """A "one" with no noun behind it inside a sentence: "they ask for one", "a more generous one".

    It is a number where others are near that it is counted with, and behind verbs of what is counted: "killing one".
    """
    behind = tape.class_at(at + 1)
    sign = behind in _PHRASE_ENDS and not (at + 1 < len(tape.words) and tape.words[at + 1].isalpha())
    ends = sign or (tape.is_in(at + 1, "stop") and not tape.is_in(at + 1, "the_same_unit"))
    opens = at == 0 or tape.classes[at - 1] in _OPENINGS
    if opens or not (ends or _is_verb(tape, at + 1)) or tape.is_in(at - 1, "before_counts"):
        return False
    return not any(_numeral_near(tape, at, step) for step in (-1, 1))


def _numeral_near(tape: Tape, at: int, step: int) -> bool:
    """Whether a number stands within a few words before or behind another, in its sentence."""
    for k in range(at + step, at + step * (_NEAR + 1), step):
        if tape.class_at(k) in _SENTENCE_ENDS:
            return False
        if tape.class_at(k) in NUMERALS:
            return True
    return False


def _is_verb(tape: Tape, at: int) -> bool:
    """Whether what looks like a noun behind a number is a verb or participle."""
    hyphened = tape.class_at(at + 1) == _C["dash"] and tape.glued(at + 1)  # "one thought-provoking film"
    if tape.class_at(at) != _C["plain"] or hyphened or tape.is_in(at, "no_participles"):
        return False
    return (
        tape.words[at].endswith(tape.language.past_endings)
        or tape.is_in(at, "past_verbs")
        or tape.is_in(at, "participles")
    )


FORMS: dict[str, Callable[[Tape, Amount], Any]] = {
    "alone": is_alone, "marker": _marker, "pair": _pair, "slashed": _slashed, "even": _even, "year": _year, "named": _named, "one": _one,
    "tally": _tally, "multiple": _multiple, "adverb": _adverb, "capital": _capital, "code": _code, "outvoted": _outvoted, "before_name": _before_name,
    "in_brackets": _in_brackets, "compared": _compared,
}  # fmt: skip
"""The forms that rules name."""
