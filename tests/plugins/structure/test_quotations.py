"""Quotation marks are paired from the text alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Context, Document, Quotation
from copydesk.testing import yaml_cases
from copydesk.testing.growth import measure_growth
from copydesk_structure.structure import Structure

SIGNS = "\"“”„‟«»‹›‘’‚‛'`「」\n\r\u2028\u00a0 ,.:()[]—-abS5é🙂\u0301\u200f\x00"


@pytest.fixture(scope="module")
def structure():
    component = Structure()
    component.setup(Context())
    return component


test_cases = yaml_cases("quotations.yaml", Structure)


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
