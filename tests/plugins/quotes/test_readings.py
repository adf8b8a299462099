"""Of what a cue may report, the most probable reading is believed."""

from __future__ import annotations

import numpy as np
import pytest

from copydesk import Span
from copydesk_quotes.attribution import Attribution
from copydesk_quotes.reading.places import Places
from copydesk_quotes.reading.stretches import paragraphs_of, stretches_of
from copydesk_quotes.reading.tree import Tree
from copydesk_quotes.rules.lexicon import QUOTE_FRAME
from copydesk_quotes.tagger import senses, weights
from copydesk_quotes.tagger.hints import Hints
from copydesk_quotes.tagger.readings import (
    FORCED,
    LABELLED,
    RULED,
    Reading,
    add_features_of_readings,
    best_of,
    columns_of,
    with_ruled,
)
from copydesk_quotes.tagger.templates import BITS, Rows
from copydesk_quotes.tagger.units import units_of
from copydesk_quotes.tagger.words import hash_of, words_of

TEXT = "Anna Weber said the harbour would close in May, when it rains. She asked who would pay.\n"


def attribution(content, source=None, cue="said", chance=0.6, cue_word=2, source_word=-1):
    """An attribution of `TEXT`, by its words."""

    def span(words):
        start = TEXT.index(words)
        return Span(start, start + len(words))

    sources = (span(source),) if source else ()
    return Attribution((span(content),), (span(cue),), sources, chance, cue_word, source_word)


SHORT = attribution("the harbour would close in May", "Anna Weber", source_word=1)
LONG = attribution("the harbour would close in May, when it rains", "Anna Weber", source_word=1)
ASKED = attribution("who would pay", "She", cue="asked", cue_word=16, source_word=15)


def test_each_cue_has_the_content_of_the_rules_too_where_it_is_another():
    found = with_ruled([Reading(SHORT, LABELLED, -1.0), Reading(ASKED, FORCED, -2.0)], [LONG, ASKED])
    assert [(reading.item.content, reading.origin) for reading in found] == [
        (SHORT.content, LABELLED),
        (LONG.content, RULED),
        (ASKED.content, FORCED),
    ]


def test_a_source_that_only_the_rules_know_is_taken():
    bare = SHORT._replace(source=(), source_word=-1)
    assert [reading.item.source for reading in with_ruled([Reading(bare, LABELLED, -1.0)], [SHORT])] == [SHORT.source]


def test_nobody_is_the_source_of_what_holds_him():
    bare = LONG._replace(source=(), source_word=-1)
    within = LONG._replace(source=(attribution("the harbour").content[0],), source_word=4)
    assert [reading.item.source for reading in with_ruled([Reading(bare, LABELLED, -1.0)], [within])] == [()]


@pytest.fixture
def page(nlp, on_page):
    """What the model is told of `TEXT`."""
    document = on_page(TEXT, nlp(TEXT))
    tree = Tree(document.parse)
    places = Places(TEXT, tree, stretches_of(document), paragraphs_of(document))
    words = words_of(document.doc, tree, places.stretches, senses.bundled())
    units = units_of(TEXT, tree, words, places.stretches)
    return places, words, Hints([LONG, ASKED], tree), units, np.zeros(words.size + 1, np.int64)


def rows_of(readings, page):
    made = Rows(len(readings))
    add_features_of_readings(made, columns_of(readings, *page))
    return made.table()


def best(readings, page, known):
    """The readings that are believed with some weights."""
    (found,) = best_of([(readings, page[2], columns_of(readings, *page))], known)
    return found


def test_of_each_cue_the_most_probable_reading_is_kept(page):
    readings = with_ruled([Reading(SHORT, LABELLED, -1.0), Reading(ASKED, LABELLED, -0.5)], [LONG, ASKED])
    rows = rows_of(readings, page)
    learned = np.zeros(1 << BITS, np.int16)
    learned[np.setdiff1d(rows[:, 1], rows[:, 0])] = 1
    kept = best(readings, page, weights.bundled()._replace(reading=learned, reading_scale=np.float32(1)))
    assert [item.content for item in kept] == [LONG.content, ASKED.content]
    assert kept[0].confidence > 0.9
    learned[:] *= -1
    kept = best(readings, page, weights.bundled()._replace(reading=learned, reading_scale=np.float32(1)))
    assert [item.content for item in kept] == [SHORT.content, ASKED.content]


def test_where_an_attribution_stands_in_another_is_known(page):
    alone = [Reading(ASKED, LABELLED, -0.5)]
    around = Reading(attribution("She asked who would pay", "Anna Weber", source_word=1), LABELLED, -0.5)
    assert (rows_of(alone, page)[:, 0] != rows_of([*alone, around], page)[:, 0]).any()


def test_the_rules_have_the_content_in_quotation_marks_where_labels_were_forced(page):
    places, words, _, units, belief = page
    hints = Hints([LONG._replace(frame=QUOTE_FRAME)], places.tree)
    readings = [Reading(SHORT, FORCED, -1.0), Reading(LONG, RULED, -1.0)]
    kept = best(readings, (places, words, hints, units, belief), weights.bundled())
    assert [item.content for item in kept] == [LONG.content]


def test_what_is_passed_on_is_no_less_said(page):
    words = page[1]
    ruled = [Reading(ASKED, LABELLED, -0.5)]
    outer = attribution("She asked who would pay", cue="She", cue_word=15)
    held = rows_of([*ruled, Reading(outer, LABELLED, -0.5)], page)[:, 0]
    lower = words.lower.copy()
    lower[15] = hash_of("according")
    passed = rows_of([*ruled, Reading(outer, LABELLED, -0.5)], (page[0], words._replace(lower=lower), *page[2:]))[:, 0]
    assert (held != passed).any()


def test_what_follows_a_content_tells_whether_it_ends_there(page):
    words = page[1]
    lower = words.lower.copy()
    lower[9] = hash_of("but")
    short, long = [Reading(SHORT, LABELLED, -1.0)], [Reading(LONG, LABELLED, -1.0)]
    assert TEXT.split()[8].rstrip(",") == "May"
    other = (page[0], words._replace(lower=lower), *page[2:])
    assert (rows_of(short, page) != rows_of(short, other)).any()
    lower[9], lower[10] = words.lower[9], hash_of("but")
    other = (page[0], words._replace(lower=lower), *page[2:])
    assert (rows_of(short, page) != rows_of(short, other)).any()
    assert (rows_of(long, page) != rows_of(long, other)).any()


def test_no_cue_no_reading():
    assert list(best_of([], weights.bundled())) == []


def test_what_another_paragraph_says_changes_no_confidence(read):
    text = "The minister told Sky News: “We are done.” Talks had failed, she said.\n\n{} more."
    found = [[quote.confidence for quote in read(text.format(word)).quotes] for word in ("One", "Two")]
    assert found[0]
    assert found[0] == found[1]
