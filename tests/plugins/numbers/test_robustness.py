"""Nothing breaks it, nothing it finds lies outside the text, and two runs say the same."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk import Context, Document
from copydesk_numbers.component import Numbers, NumbersConfig
from copydesk_numbers.engine import WINDOW, windows

NUMBERS = Numbers(NumbersConfig(vague=True, bare_units=True, parts=True))
NUMBERS.setup(Context())

PIECES = st.sampled_from(
    [
        "one",
        "two",
        "and",
        "a",
        "half",
        "quarter",
        "hundred",
        "thousand",
        "million",
        "dozen",
        "first",
        "second",
        "third",
        "twenty-five",
        "5",
        "12",
        "1,234",
        "3.5",
        "1/2",
        "½",
        "-",
        "–",
        "to",
        "from",
        "between",
        "at\n",
        "",
        "",
        "",
        "least",
        "more",
        "than",
        "or",
        "$",
        "€",
        "USD",
        "euros",
        "percent",
        "%",
        "km",
        "years",
        "year-old",
        "old",
        "of",
        "the",
        "last",
        "next",
        "week",
        "Monday",
        "Sept.",
        "May",
        "30",
        ",",
        ".",
        ":",
        ";",
        "(",
        ")",
        "/",
        "2015",
        "1990s",
        "'s\n",
        "",
        "",
        "",
        "ago",
        "in",
        "every",
        "day",
        "5pm",
        "p.m.",
        "noon",
        "morning",
        "half",
        "past",
        "o'clock",
        "Christmas",
        "Eve",
        "before",
        "after",
        "since",
        "until",
        "10:30",
        "2015-09-30",
        "\n",
        "\n\n",
        "\u2028",
        "\x00\n",
        "",
        "",
        "",
        "e",
        "x",
        "^",
        "²",
        "-1",
        "+1",
        "1e5",
        "minus",
        "point",
        "over",
        "out",
        "and/or",
        "degrees",
        "C",
        "°F",
        "tonight",
        "now",
        "a",
        "few",
        "couple",
        "pound",
        "pounds",
        "feet",
        "inches",
        "January",
    ]
)


def check(text: str) -> None:
    document = Document(text)
    found = list(NUMBERS.process(document))
    assert found == list(NUMBERS.process(document))
    for item in found:
        assert 0 <= item.start < item.end <= len(text)
        assert document.text_of(item).strip() == document.text_of(item)
    ids = {item.id for item in found}
    assert len(document.with_annotations(found, provides=NUMBERS.provides).to_json()["layers"]["quantity"]) <= len(ids)


@given(st.lists(PIECES, max_size=25).map(" ".join) | st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=400, deadline=None)
def test_any_words_of_the_grammar_in_any_order(text):
    check(text)


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text(text):
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "5\x00 men",
        "\u2028\u2029",
        "5\r\n6",
        "İ 5 men",
        "👨‍👩‍👧‍👦 12 👍",
        "e\u0301" * 1000 + " 7",
        "١٢٣ كتاب",
        "9" * 5000,
        "1e999 and 9^9999",
        "million " * 200,
        "²" * 50,
        "((((" * 500 + "1",
        "February 30, 2021 and 2/29/2021 and 31 June",
        "in 99999999 years and 99999999999 days ago",
        "next year" + " after next" * 50,
    ],
)
@pytest.mark.parametrize("date", [None, "2021-06-16", "0001-01-01", "9999-12-31T23:59:59"])
def test_hostile(text, date):
    document = Document(text, metadata={"date": date} if date else {})
    for item in NUMBERS.process(document):
        assert 0 <= item.start < item.end <= len(text)


def test_offsets_hold_where_lower_case_is_longer():
    document = Document("İİİ saw 40 men")
    assert [document.text_of(item) for item in NUMBERS.process(document)] == ["40"]


def test_windows_cover_the_text_and_cut_at_spaces():
    text = "some words here " * (WINDOW // 4)
    spans = list(windows(text))
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    assert all(text[end - 1].isspace() for _, end in spans[:-1])


def test_a_megabyte_on_one_line_costs_in_proportion():
    """Not timed: with windows, each piece is read once, so the number of pieces is the cost."""
    assert len(list(windows("7" * (10 * WINDOW)))) == 10


def test_it_imports_neither_spacy_nor_pint():
    code = (
        "import sys; from copydesk import Context, Document; from copydesk_numbers.component import Numbers, NumbersConfig; n = Numbers(); n.setup(Context());"
        "list(n.process(Document('5 men paid $4 on Monday'))); print([m for m in ('spacy', 'pint') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
