"""Cost and output grow with the text and not faster: a sample of the families that `benchmarks/growth.py` generates."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from copydesk import Annotation, Component, Pipeline

_FILE = Path(__file__).parents[1] / "benchmarks" / "growth.py"
_SPEC = importlib.util.spec_from_file_location("growth", _FILE)
growth = importlib.util.module_from_spec(_SPEC)
sys.modules["growth"] = growth
_SPEC.loader.exec_module(growth)

CPU = 1.4
"""More than the benchmark allows: other programs run beside the tests."""


@pytest.fixture(scope="module")
def newsroom():
    with Pipeline.load("newsroom").open(lanes=1) as desk:
        yield desk


def test_every_word_list_is_drawn_from():
    lists = growth.word_lists()
    assert len(lists) > 40
    assert {"said", "told"} <= {word for name, words in lists.items() if "speech" in name for word in words}
    assert len(list(growth.families(len(lists), seed=1))) == len(lists)


@pytest.mark.parametrize("family", list(growth.families(9, seed=20261127)), ids=lambda family: repr(family.unit)[:40])
def test_newsroom_and_all_writers_are_linear(newsroom, family):
    seen = [growth.measure(newsroom, family, 1_000)]
    while seen[-1].cpu > CPU and len(seen) < 3:  # something else may have had the processor
        seen.append(growth.measure(newsroom, family, 1_000))
    assert min(one.cpu for one in seen) <= CPU
    assert seen[-1].output <= 1.15


class Pair(Annotation):
    """Two words."""


class Pairs(Component):
    """Finds all pairs of words: quadratic output."""

    name = "pairs"
    provides = (Pair,)

    def process(self, document):
        starts = range(0, len(document.text), 40)
        return [Pair(start=one, end=two) for one in starts for two in starts if one < two]


def test_what_is_not_linear_is_seen():
    with Pipeline([Pairs()], model="blank:en").open(lanes=1) as desk:
        assert growth.measure(desk, growth.Family("a word "), 1_000).output > 1.5
