"""Quotation marks are paired from the text alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Context, Document, Quotation
from copydesk.testing.growth import measure_growth
from copydesk_structure.structure import Structure

SIGNS = "\"“”„‟«»‹›‘’‚‛'`「」\n\r\u2028\u00a0 ,.:()[]—-abS5é🙂\u0301\u200f\x00"


@pytest.fixture(scope="module")
def structure():
    component = Structure()
    component.setup(Context())
    return component


@pytest.fixture(scope="module")
def quotations(structure):
    def find(text):
        document = Document(text)
        return document.with_annotations(structure.process(document), provides=structure.provides)[Quotation]

    return find


def inner(found, text, depth=None):
    """What stands between the marks of whole quotations."""
    return [
        text[quotation.inner.start : quotation.inner.end]
        for quotation in found
        if quotation.opened and depth in (None, quotation.depth)
    ]


def alone(found):
    """Where the marks without a partner stand."""
    return [quotation.start for quotation in found if not (quotation.opened and quotation.closed)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" and "no".', ["yes", "no"]),
        ("He said “yes” and “no”.", ["yes", "no"]),
        ("He said ＂yes＂.", ["yes"]),
        ("Er sagte „ja“ und „nein“.", ["ja", "nein"]),
        ("Er sagte „ja” und „nein”.", ["ja", "nein"]),
        ("Er sagte ‚ja‘ und ‚nein‘.", ["ja", "nein"]),
        ("Hon sade ”ja” och ”nej”.", ["ja", "nej"]),
        ("Il a dit « oui ».", [" oui "]),
        ("Il a dit «\u00a0oui\u00a0».", ["\u00a0oui\u00a0"]),
        ("Sie sagte »ja« und »nein«.", ["ja", "nein"]),
        ("Sie sagte ›ja‹ und ›nein‹.", ["ja", "nein"]),
        ("Il a dit ‹oui›.", ["oui"]),
        ("He said ''yes'' and ''no.''", ["yes", "no."]),
        ("The ''400'' list", ["400"]),
        ("He said ``yes'' and ``no.''", ["yes", "no."]),
        ('He said ``yes".', ["yes"]),
        ("He said `yes'.", ["yes"]),
        ("He said 「yes」 and 『no』.", ["yes", "no"]),
        ("She said ‘yes’ to the ministers’ plan.", ["yes"]),
        ("She said 'yes' to the ministers' plan.", ["yes"]),
        ("She said 'yes' to the ministers'\u00a0plan.", ["yes"]),
        ("‘The soldiers’ guns were old,’ he said.", ["The soldiers’ guns were old,"]),
        ("'It's the '90s, y'all,' he said.", ["It's the '90s, y'all,"]),
        ("“Let ’em come,” he said.", ["Let ’em come,"]),
        ("(“Yes”)—“no”", ["Yes", "no"]),
        ("He is 6'2\" tall.", []),
        ('A screen of 72" is wide.', []),
        ("the dogs' and cats' food", []),
        ("rock ’n’ roll in the ’60s", []),
        ("rock ‘n’ roll in the ‘60s, the dogs’ years", []),
        ("’Twas he who saw the dogs’ food", []),
        ('""""" He said “yes” ……', ["yes"]),
        ("```he said 'yes'```", ["yes"]),
    ],
)
def test_marks_of_many_kinds_are_paired(quotations, text, expected):
    found = quotations(text)
    assert inner(found, text) == expected
    assert alone(found) == []


@pytest.mark.parametrize(
    "text",
    [
        "“He told me ‘never’ twice,” she said.",
        "\"He told me 'never' twice,\" she said.",
        "‘He told me “never” twice,’ she said.",
        "'He told me \"never\" twice,' she said.",
        "“He told me “never” twice,” she said.",
        "``He told me `never' twice,'' she said.",
        "„He told me ‚never‘ twice,“ she said.",
        "«He told me “never” twice,» she said.",
    ],
)
def test_marks_nest(quotations, text):
    found = quotations(text)
    assert inner(found, text, depth=2) == ["never"]
    assert inner(found, text, depth=1)[0].endswith("twice,")
    assert alone(found) == []


def test_a_quotation_without_an_end_goes_to_the_end_of_its_paragraph(quotations):
    text = "He said: “We will go. \nThe next day nothing happened."
    (found,) = quotations(text)
    assert (found.opened, found.closed) == (True, False)
    assert text[found.start : found.end] == "“We will go."
    assert text[found.inner.start : found.inner.end] == "We will go."


def test_a_quotation_without_an_end_goes_to_the_end_of_what_holds_it(quotations):
    text = "“He said «go,” she said."
    outer, held = quotations(text)
    assert (held.depth, held.closed, text[held.start : held.end]) == (2, False, "«go,")
    assert (outer.depth, outer.closed) == (1, True)


def test_a_closing_mark_without_a_beginning_is_a_quotation_of_nothing(quotations):
    text = "We will go,” he said."
    (found,) = quotations(text)
    assert (found.opened, found.closed) == (False, True)
    assert text[found.start : found.end] == "”"
    assert found.inner.start == found.inner.end


def test_each_paragraph_of_a_long_quotation_opens_anew(quotations):
    text = "“We will go.\n“We will stay.\n“We will see,” he said.\n“Another.”"
    long, other = quotations(text)
    assert [text[part.start : part.end] for part in long.paragraphs] == [
        "“We will go.",
        "“We will stay.",
        "“We will see,”",
    ]
    assert text[long.inner.start : long.inner.end] == "We will go.\n“We will stay.\n“We will see,"
    assert (long.opened, long.closed, long.depth) == (True, True, 1)
    assert (text[other.start : other.end], other.paragraphs) == ("“Another.”", ())


def test_indented_paragraphs_of_a_long_quotation(quotations):
    (long,) = quotations("    “We will go.\n    “We will stay,” he said.\n")
    assert len(long.paragraphs) == 2


def test_a_quotation_may_go_on_without_opening_anew(quotations):
    text = "“We will go.\nWe will stay,” he said."
    (found,) = quotations(text)
    assert [text[part.start : part.end] for part in found.paragraphs] == ["“We will go.", "We will stay,”"]
    assert found.closed


def test_where_a_long_quotation_ends_without_a_mark(quotations):
    text = "“We will go.\n“We will stay.\nNothing happened."
    (found,) = quotations(text)
    assert (len(found.paragraphs), found.closed, found.end) == (2, False, text.index("\nNothing"))


def test_an_opening_mark_that_a_later_one_overtakes(quotations):
    text = "“We will go, he said. “We will stay,” he added."
    found = quotations(text)
    assert "We will stay," in inner(found, text)
    assert alone(found) == [0]


def test_two_openings_without_ends_are_two_quotations(quotations):
    text = "“We will go, he said. “We will stay, he added."
    assert [(text[q.start : q.end], q.depth) for q in quotations(text)] == [
        ("“We will go, he said. ", 1),
        ("“We will stay, he added.", 1),
    ]


def test_wrapped_lines_end_no_quotation(quotations):
    text = (
        "“We will go to the harbour and stay there until the last of the ships\n"
        "has gone,” he said in the evening, when the rain had stopped and the\n"
        "lights of the town went on.\n\nNothing more was heard of him that week.\n"
    )
    (found,) = quotations(text)
    assert (found.closed, found.paragraphs) == (True, ())


@given(st.text(alphabet=SIGNS, max_size=60))
def test_any_text_gives_sound_quotations(text):
    component = Structure()
    component.setup(Context())
    document = Document(text)
    found = document.with_annotations(component.process(document))[Quotation]
    for quotation in found:
        assert quotation.start <= quotation.inner.start <= quotation.inner.end <= quotation.end
        assert quotation.closed or quotation.inner.end == quotation.end
        assert not quotation.opened or quotation.inner.start > quotation.start
        parts = quotation.paragraphs
        assert not parts or (parts[0].start, parts[-1].end) == (quotation.start, quotation.end)
        assert all(left.end <= right.start for left, right in pairwise(parts))
    outer = [part for q in found if q.depth == 1 for part in q.paragraphs or (q.span,)]
    assert all(left.end <= right.start for left, right in pairwise(sorted(outer)))


@pytest.mark.parametrize(
    "unit", ["“", "”", '"', "'", "‘", "’", "«", "»", "''", "``", "(“", "‘“", "'\"", "“a\n", "'s ", "“«\n", "5'"]
)
def test_time_grows_linearly_on_marks_alone(structure, unit):
    growth = measure_growth(
        lambda size: Document(unit * (size // len(unit))),
        lambda document: list(structure.process(document)),
        largest=100_000,
        suspicious=1.25,
    )
    assert growth.exponent < 1.5, growth
