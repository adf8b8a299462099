"""Numbers in digits, in words, and in both."""

import pytest


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They counted 7,512 votes.", 7512),
        ("They counted 7512 votes.", 7512),
        ("They counted 1 204 300 votes.", 1204300),
        ("They counted 12,34,000 votes.", 1234000),
        ("It grew to 3.75 times that.", 3.75),
        ("It fell to .25 of that.", 0.25),
        ("The index stood at -14 then.", -14),
        ("It was minus forty outside.", -40),
        ("They sold 1.4bn tins.", 1_400_000_000),
        ("They sold 45k tins.", 45_000),
        ("They sold 3M tins.", 3_000_000),
        ("They sold 6 million tins.", 6_000_000),
        ("They sold two and a half million tins.", 2_500_000),
        ("They sold half a million tins.", 500_000),
        ("They sold a quarter of a million tins.", 250_000),
        ("They sold a couple of hundred tins.", 200),
        ("They sold seventeen lakh tins.", 1_700_000),
        ("They sold three thousand two hundred and six tins.", 3206),
        ("They sold ninety-one thousand tins.", 91_000),
        ("They sold a dozen tins.", 12),
        ("They sold six dozen tins.", 72),
        ("They sold 4½ tins.", 4.5),
        ("They sold 4 1/2 tins.", 4.5),
        ("They sold seven and three quarters tins.", 7.75),
        ("A share of five point two five, he said.", 5.25),
        ("A mass of 6.2×10^5, he said.", 620_000),
        ("A mass of 3e8, he said.", 300_000_000),
    ],
)
def test_value(quantities, text, value):
    assert [item[2] for item in quantities(text)] == [value]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Two thirds of voters stayed away.", "Two thirds", 2 / 3),
        ("Half of them stayed away.", "Half", 0.5),
        ("A fifth of them stayed away.", "A fifth", 0.2),
        ("Three out of four stayed away.", "Three out of four", 0.75),
        ("Three in four voters stayed away.", "Three in four", 0.75),
        ("About ¾ stayed away.", "¾", 0.75),
        ("Some 3/8 stayed away.", "3/8", 0.375),
    ],
)
def test_fractions(quantities, text, words, value):
    assert quantities(text) == [(words, "fraction", pytest.approx(value), None)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the 41st floor", 41),
        ("the third floor", 3),
        ("the twenty-second floor", 22),
        ("the one hundred and first floor", 101),
        ("the two hundredth floor", 200),
        ("the thirtyfirst floor", 31),
    ],
)
def test_ordinals(quantities, text, value):
    assert [item[1:3] for item in quantities(text)] == [("ordinal", value)]


@pytest.mark.parametrize(
    "text",
    [
        "Call +44 20 7946 0958 now.",
        "Call (212) 555-0142 now.",
        "It runs version 3.11.4 of the program.",
        "The host is 10.0.0.12.",
        "They flew an F-16 and a MiG29.",
        "The code is 88213X77.",
        "It says ½½½ there.",
        "So says @reader92 in 672426240989597696.",
        "See https://example.org/2019/files/12 there.",
        "No one knew the one that the others meant.",
        "They help one another.",
        "World War II was a name, and so is Elizabeth II.",
    ],
)
def test_codes_and_names_are_no_numbers(quantities, text):
    assert quantities(text) == []


def test_words_do_not_join_across_a_blank_line(quantities):
    assert [item[2] for item in quantities("twenty\n\nthousand men")] == [20, 1000]


def test_a_single_line_break_is_a_space(quantities):
    assert [item[2] for item in quantities("twenty\nthousand men")] == [20_000]


@pytest.mark.parametrize(
    ("separators", "text", "values"),
    [
        ("auto", "It cost 1.234.567 or 2,5 units.", [1_234_567, 2.5]),
        ("auto", "It cost 4.800 units.", [4.8]),
        ("continental", "It cost 4.800 units.", [4800]),
        ("english", "It cost 4.800 units.", [4.8]),
        ("english", "It cost 2,5 units.", []),
    ],
)
def test_separators(quantities, separators, text, values):
    assert [item[2] for item in quantities(text, separators=separators)] == values


def test_a_list_without_spaces_is_its_numbers(quantities):
    assert [item[2] for item in quantities("They drew 21,23,25,28 there.")] == [21, 23, 25, 28]


def test_vague_words_only_on_request(quantities):
    text = "Several men and hundreds of women came."
    assert quantities(text) == []
    assert quantities(text, vague=True) == [
        ("Several", "cardinal", (3, 9), None),
        ("hundreds", "cardinal", (200, None), None),
    ]


def test_ranks(quantities):
    assert quantities("the last page and the penultimate word", ranks=True) == [
        ("last", "ordinal", None, None),
        ("penultimate", "ordinal", None, None),
    ]
    assert quantities("the last page and the penultimate word") == []
