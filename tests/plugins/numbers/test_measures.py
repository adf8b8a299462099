"""Units, money, percentages, ages, temperatures; bounds and ranges."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a 9-inch gap", ("9-inch", "quantity", 9, "inch")),
        ("some 14 square miles", ("14 square miles", "quantity", 14, "square mile")),
        ("an area of 640 km2 there", ("640 km2", "quantity", 640, "square kilometer")),
        ("at 70 miles per hour", ("70 miles per hour", "quantity", 70, "mile")),
        ("at 70 miles an hour", ("70 miles an hour", "quantity", 70, "mile")),
        ("at 95 km/h", ("95 km/h", "quantity", 95, "kilometer")),
        ("6 feet 4 inches tall", ("6 feet 4 inches", "quantity", pytest.approx(6 + 4 / 12), "foot")),
        ("1.5 m deep", ("1.5 m", "quantity", 1.5, "meter")),
        ("250 MW of power", ("250 MW", "quantity", 250, "megawatt")),
        ("8 percent of it", ("8 percent", "percent", 8, "percent")),
        ("8 per cent of it", ("8 per cent", "percent", 8, "percent")),
        ("8% of it", ("8%", "percent", 8, "percent")),
        ("by 3 percentage points", ("3 percentage points", "percent", 3, "percentage_point")),
        ("$12.40 each", ("$12.40", "money", 12.4, "USD")),
        ("US$ 4m each", ("US$ 4m", "money", 4_000_000, "USD")),
        ("A$90 each", ("A$90", "money", 90, "AUD")),
        ("£3bn of debt", ("£3bn", "money", 3_000_000_000, "GBP")),
        ("70 euros each", ("70 euros", "money", 70, "EUR")),
        ("70 Swiss francs each", ("70 Swiss francs", "money", 70, "CHF")),
        ("CHF 70 each", ("CHF 70", "money", 70, "CHF")),
        ("70 million Danish kroner", ("70 million Danish kroner", "money", 70_000_000, "DKK")),
        ("6 dollars and 20 cents", ("6 dollars and 20 cents", "money", 6.2, "USD")),
        ("85 cents each", ("85 cents", "money", 85, "cent")),
        ("a 71-year-old man", ("71-year-old", "age", 71, "year")),
        ("she was nine months old", ("nine months old", "age", 9, "month")),
        ("Ann Lee, 34, said so", ("34", "age", 34, "year")),
        ("a man aged 34 years", ("34 years", "quantity", 34, "year")),
        ("a man aged 34 said so", ("34", "age", 34, "year")),
        ("it was 31°C", ("31°C", "temperature", 31, "degree_Celsius")),
        ("it was 88 degrees Fahrenheit", ("88 degrees Fahrenheit", "temperature", 88, "degree_Fahrenheit")),
        ("it was 12 degrees below zero", ("12 degrees below zero", "temperature", -12, "degree")),
        ("turn it by 45 degrees", ("45 degrees", "quantity", 45, "degree")),
    ],
)
def test_unit(quantities, text, expected):
    assert expected in quantities(text)


def test_pounds_of_money_and_of_weight(quantities):
    assert quantities("The firm paid 300 pounds for it.")[0][1:] == ("money", 300, "GBP")
    assert quantities("The calf weighs 300 pounds now.")[0][1:] == ("quantity", 300, "pound")


def test_dollars_of_another_country(quantities):
    assert quantities("It cost $5 and 6 dollars.", dollar="CAD") == [
        ("$5", "money", 5, "CAD"),
        ("6 dollars", "money", 6, "CAD"),
    ]


def test_letters_that_only_look_like_units(quantities):
    assert [q for q in quantities("Send the 13F form for flight 777F.") if q[1] != "cardinal"] == []


def test_units_alone_only_on_request(quantities):
    text = "Give it in Fahrenheit or as a percentage."
    assert quantities(text) == []
    assert [(q[0], q[2], q[3]) for q in quantities(text, bare_units=True)] == [
        ("Fahrenheit", None, "degree_Fahrenheit"),
        ("percentage", None, "percent"),
    ]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 60 people", ">="),
        ("no fewer than 60 people", ">="),
        ("60 or more people", ">="),
        ("at most 60 people", "<="),
        ("up to 60 people", "<="),
        ("no more than 60 people", "<="),
        ("more than 60 people", ">"),
        ("over 60 people", ">"),
        ("fewer than 60 people", "<"),
        ("under 60 people", "<"),
        ("about 60 people", "~"),
        ("an estimated 60 people", "~"),
        ("nearly 60 people", "~"),
        ("some 60 people", "~"),
        ("exactly 60 people", "="),
        ("x >= 60 people", ">="),
        ("x < 60 people", "<"),
    ],
)
def test_bound(bounds, text, bound):
    """The words of the bound are no part of the span."""
    assert bounds(text)[0][1:] == (bound, 60)
    assert bounds(text)[0][0].startswith("60")


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("between 30 and 45 men", "30 and 45", (30, 45)),
        ("from 30 to 45 men", "30 to 45", (30, 45)),
        ("30-45 men", "30-45", (30, 45)),
        ("between the ages of 30 and 45", "30 and 45", (30, 45)),
        ("30 – 45 men", "30 – 45", (30, 45)),
        ("$30-$45 each", "$30-$45", (30, 45)),
        ("5 to 7 million euros", "5 to 7 million euros", (5_000_000, 7_000_000)),
        ("an 8- to 16-metre mast", "8- to 16-metre", (8, 16)),
        ("more than 30 and less than 45 men", "30 and less than 45", (30, 45)),
    ],
)
def test_range(bounds, text, words, value):
    assert bounds(text) == [(words, "=", value)]


def test_a_change_is_no_range(bounds):
    assert [item[2] for item in bounds("It rose 5 percent to 40.")] == [5, 40]
    assert [item[2] for item in bounds("Prices rose from 40 to 50.")] == [40, 50]


def test_a_score_is_no_range(bounds):
    assert all(not isinstance(item[2], tuple) for item in bounds("They won 3-1 at home."))
