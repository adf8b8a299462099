"""The algebra of figures is closed: every combination of its parts is written, and read back with its value."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk_numbers.engine import read
from copydesk_numbers.values import Figure


class Form(NamedTuple):
    """A way to write a unit or a currency: what stands before and behind the number, and its name."""

    before: str
    behind: str
    unit: str | None
    kind: str


FORMS = [
    Form("$", "", "USD", "money"),
    Form("US$", "", "USD", "money"),
    Form("$US", "", "USD", "money"),
    Form("A$", "", "AUD", "money"),
    Form("£", "", "GBP", "money"),
    Form("€", "", "EUR", "money"),
    Form("R", "", "ZAR", "money"),
    Form("Dh", "", "AED", "money"),
    Form("USD ", "", "USD", "money"),
    Form("", " dollars", "USD", "money"),
    Form("", " Swiss francs", "CHF", "money"),
    Form("", " percent", "percent", "percent"),
    Form("", "%", "percent", "percent"),
    Form("", " per cent", "percent", "percent"),
    Form("", " tonnes", "metric_ton", "quantity"),
    Form("", " km", "kilometer", "quantity"),
    Form("", " square miles", "square mile", "quantity"),
    Form("", " months", "month", "quantity"),
    Form("", "", None, "cardinal"),
]
SCALES = [("", 1), (" thousand", 10**3), (" million", 10**6), (" billion", 10**9), ("m", 10**6), ("bn", 10**9)]
SHARED = [scale for scale in SCALES if scale[0]]
RATES = [
    ("", None),
    (" a barrel", "barrel"),
    (" per share", "share"),
    (" a year", "year"),
    (" per 100,000 people", "100000 people"),
]
BOUNDS = [
    ("", "="), ("about ", "~"), ("nearly ", "~"), ("more than ", ">"), ("less than ", "<"), ("at least ", ">="),
    ("up to ", "<="), ("more than about ", ">"),
]  # fmt: skip
JOINTS = [("", "-"), ("", " to "), ("between ", " and "), ("from ", " to "), ("", "\N{EN DASH}")]
FRAMES = ["It is {}.", "They say that it was {} then.", "({})", "{}"]

numbers = st.integers(2, 900)
forms, frames = st.sampled_from(FORMS), st.sampled_from(FRAMES)


def figure(text: str) -> Figure:
    """The one figure of a text."""
    found = [item for item in read(text) if isinstance(item, Figure)]
    assert len(found) == 1, (text, found)
    return found[0]


def fits(form: Form, scale: str, rate: str | None) -> bool:
    """Whether people write it so: letters of scale stand with money alone, and some rates with money alone."""
    if len(scale) in (1, 2) and not form.before:
        return False
    return rate is None or form.kind == "money" or (rate == "year" and form.kind == "percent")


class Written(NamedTuple):
    """One combination of the parts, as it is written and as it must be read."""

    words: str
    low: int
    high: int
    form: Form
    per: str | None
    bound: str | None


def every_combination() -> Iterator[Written]:
    """Every form with every scale, rate and bound, and as a range with every joint where the bound goes before one."""
    for form, (scale, factor), (rate, per), (before, sign) in product(FORMS, SCALES, RATES, BOUNDS):
        if not fits(form, scale, per):
            continue
        yield Written(f"{before}{form.before}7{scale}{form.behind}{rate}", 7 * factor, 7 * factor, form, per, sign)
        for opening, joint in JOINTS if sign in ("=", "~") else ():
            words = f"{before}{opening}{form.before}7{joint}12{scale}{form.behind}{rate}"
            yield Written(words, 7 * factor, 12 * factor, form, per, None)


def test_every_combination():
    """The texts are paragraphs of one document: nothing reaches from one to the next."""
    every = list(every_combination())
    found = [
        item for item in read("\n\n".join(f"It is {one.words} then." for one in every)) if isinstance(item, Figure)
    ]
    assert len(every) > 8_000
    assert len(found) == len(every)
    wrong = [
        (one.words, item)
        for one, item in zip(every, found, strict=True)
        if (item.low, item.high, item.kind, item.unit, item.per)
        != (one.low, one.high, one.form.kind, one.form.unit, one.per)
        or (one.bound is not None and item.bound != one.bound)
    ]
    assert wrong == []


@given(numbers, forms, st.sampled_from(SCALES), st.sampled_from(RATES), st.sampled_from(BOUNDS), frames)
@settings(max_examples=600, deadline=None)
def test_one_number(number, form, scale, rate, bound, frame):
    if not fits(form, scale[0], rate[1]):
        return
    words = f"{bound[0]}{form.before}{number}{scale[0]}{form.behind}{rate[0]}"
    found = figure(frame.format(words))
    assert found.low == found.high == number * scale[1], words
    assert (found.kind, found.unit, found.per, found.bound) == (form.kind, form.unit, rate[1], bound[1]), words


@given(
    numbers, st.integers(1, 90), forms, st.sampled_from(SCALES), st.sampled_from(RATES), st.sampled_from(BOUNDS[:3]),
    st.sampled_from(JOINTS), frames, st.booleans(),
)  # fmt: skip
@settings(max_examples=1000, deadline=None)
def test_ranges(low, more, form, scale, rate, bound, joint, frame, twice):
    """The ends of a range share what only one of them says; `twice`: both say it."""
    if not fits(form, scale[0], rate[1]) or (form.unit is None and low + more > 300):
        return
    twice = twice and bool(form.before) and not form.before[-1].isspace()
    second = form.before if twice else ""
    words = f"{bound[0]}{joint[0]}{form.before}{low}{joint[1]}{second}{low + more}{scale[0]}{form.behind}{rate[0]}"
    found = figure(frame.format(words))
    assert (found.low, found.high) == (low * scale[1], (low + more) * scale[1]), words
    assert (found.kind, found.unit, found.per) == (form.kind, form.unit, rate[1]), words


SUFFIXED = [form for form in FORMS if form.behind and form.unit]


@given(numbers, st.integers(1, 90), st.sampled_from(SUFFIXED), st.sampled_from([" and ", " or "]), frames)
@settings(max_examples=300, deadline=None)
def test_a_unit_is_shared_by_numbers_that_are_joined(low, more, form, joint, frame):
    """As in "5 and 12 percent": two figures, or one where "or" makes a guess of them."""
    words = f"{low}{joint}{low + more}{form.behind}"
    found = [item for item in read(frame.format(words)) if isinstance(item, Figure)]
    ends = [end for item in found for end in ((item.low,) if item.low == item.high else (item.low, item.high))]
    assert ends == [low, low + more], words
    assert {item.unit for item in found} == {form.unit}, words


@given(numbers, st.sampled_from(["thousand", "million", "billion"]), st.sampled_from(["$", "", "€"]), frames)
@settings(max_examples=300, deadline=None)
def test_a_scale_behind_a_hyphen(number, scale, sign, frame):
    found = figure(frame.format(f"{sign}{number}-{scale}"))
    assert found.low == found.high == number * dict(SCALES)[f" {scale}"]


@given(numbers, forms, st.sampled_from(SCALES), st.sampled_from(["-", "minus ", "\N{MINUS SIGN}"]))
@settings(max_examples=300, deadline=None)
def test_signs(number, form, scale, sign):
    if (
        not fits(form, scale[0], None)
        or form.before[-1:].isalpha()
        or form.before[-1:] == " "
        or form.before[:1].isalpha()
        or form.before.startswith("$U")
    ):
        return
    words = f"It was {sign}{form.before}{number}{scale[0]}{form.behind} then"
    assert figure(words).low == -number * scale[1], words
