"""Sentences end where their punctuation says so."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from copydesk import Context, Document, Section, Sentence
from copydesk.testing import yaml_cases
from copydesk_structure.structure import Structure


def annotated(text, metadata=None):
    component = Structure()
    component.setup(Context())
    document = Document(text, metadata=metadata)
    return document.with_annotations(component.process(document), provides=component.provides)


test_cases = yaml_cases("sentences.yaml", Structure)


@given(st.text(alphabet='ab .!?…"”’)(A1\n\u00a0', max_size=60))
def test_sentences_lie_apart_each_in_its_section(text):
    document = annotated(text)
    found = list(document[Sentence])
    assert all(left.end <= right.start for left, right in pairwise(found))
    for sentence in found:
        assert document.text_of(sentence).strip() == document.text_of(sentence) != ""
        assert any(section.span.contains(sentence) for section in document[Section])
