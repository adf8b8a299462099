"""The kinds of a token's dependents, and where words hang, seen from a cue."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from copydesk_quotes.reading import relations
from copydesk_quotes.reading.relations import relations_of
from copydesk_quotes.reading.tree import Tree
from copydesk_quotes.tagger import senses
from copydesk_quotes.tagger.ascent import LEVELS, positions_of
from copydesk_quotes.tagger.units import Windows
from copydesk_quotes.tagger.words import words_of


def test_dependents_as_bits():
    found = relations_of(
        ["nsubj:pass", "aux", "advmod", "aux:pass", "ROOT", "advmod", "punct"],
        ["it", "would", "not", "be", "said", "so", "."],
        ["PRP", "MD", "RB", "VB", "VBN", "RB", "."],
        [4, 4, 4, 4, 4, 4, 4],
    )
    assert found[:4] + found[5:] == [0] * 6
    assert found[4] == relations.SUBJECT | relations.PASSIVE | relations.MODAL | relations.NEGATION | relations.SO


def test_a_root_is_no_dependent_of_its_own():
    assert relations_of(["parataxis"], ["not"], ["MD"], [0]) == [0]


def path_of(heads, token):
    """A token, its head, that one's head, … up to the root."""
    path = [token]
    while heads[path[-1]] != path[-1]:
        path.append(heads[path[-1]])
    return path


@pytest.mark.parametrize("heads", [[1, 1, 1, 2, 5, 3, 5], [0, 0, 1, 2, 3, 4, 5], [1, 1, 3, 1, 4, 4, 5]])
def test_positions_are_those_of_a_climb(heads, on_page):
    doc = Doc(spacy.blank("en").vocab, words=list("abcdefg"), heads=heads, deps=["dep"] * 7, tags=["NN"] * 7)
    document = on_page(doc.text, doc)
    words = words_of(doc, Tree(document.parse), (), senses.bundled())
    everything = np.arange(7)
    for cue in range(7):
        windows = Windows(np.array([cue]), np.array([0]), np.array([7]), everything, np.zeros(7, np.int64))
        found = positions_of(words, everything, windows)
        above = path_of(heads, cue)
        for token in range(7):
            path = path_of(heads, token)
            ancestor = next((one for one in path if one in above), None)
            if ancestor is None or above.index(ancestor) > LEVELS:
                assert found.level[token] > LEVELS
                continue
            assert found.level[token] == above.index(ancestor)
            below = path[: path.index(ancestor)]
            assert found.branch[token] == (below[-1] if below else token)
            assert found.twig[token] == (below[-2] if len(below) > 1 else token)
            assert found.below[token] == min(max(len(below) - 1, 0), 3)
