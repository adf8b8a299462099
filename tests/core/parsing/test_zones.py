"""New words are forgotten from time to time; what `setup` built is not."""

from __future__ import annotations

import pytest
from spacy.matcher import PhraseMatcher

from copydesk.parsing import SharedParse


def parser() -> SharedParse:
    return SharedParse("blank:en", {"token.text": ["step"]})


def read(parse: SharedParse, text: str) -> None:
    with parse.memory_zone(len(text)):
        parse.parse_all([text])


def test_new_words_are_forgotten_when_the_zone_is_full():
    parse = parser()
    parse.zone_chars = 1_000
    read(parse, "warm up " * 200)
    before = len(parse.nlp.vocab.strings)
    for number in range(1_000):
        read(parse, f"unheard{number} of{number}")
    assert len(parse.nlp.vocab.strings) - before < 300, "of two thousand new ones"


def test_a_zone_stays_open_from_batch_to_batch():
    parse = parser()
    read(parse, "unheard")
    assert "unheard" in parse.nlp.vocab.strings
    parse.close_zone()
    assert "unheard" not in parse.nlp.vocab.strings
    parse.close_zone()  # there is none: nothing happens


def test_what_is_built_outside_a_zone_outlives_every_zone():
    """The matcher of issue 10, point 1: its strings went with a zone after 2,000,000 characters."""
    parse = parser()
    parse.zone_chars = 50
    read(parse, "a document before it")
    parse.close_zone()
    matcher = PhraseMatcher(parse.nlp.vocab)
    matcher.add("NEVERSEEN", [parse.nlp.make_doc("qqzebra qqgiraffe")])
    text = "A qqzebra qqgiraffe ran, and everybody in the village looked at it."
    for _ in range(20):
        with parse.memory_zone(len(text)):
            (doc,) = parse.parse_all([text])
            assert [(doc.vocab.strings[key], start) for key, start, _ in matcher(doc)] == [("NEVERSEEN", 1)]


def fail_inside(parse: SharedParse, error: type[BaseException]) -> None:
    with parse.memory_zone():
        parse.parse_all(["some new words"])
        raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, GeneratorExit])
def test_the_memory_zone_survives_exceptions(error):
    parse = parser()
    for _ in range(2):
        with pytest.raises(error):
            fail_inside(parse, error)
    with parse.memory_zone(), parse.memory_zone():
        (doc,) = parse.parse_all(["it still works"])
        assert doc.text == "it still works"
