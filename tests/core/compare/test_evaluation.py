"""Precision, recall and F1 of an output, by a gold."""

from __future__ import annotations

import pytest

from copydesk import Document, Entity, Score, evaluate


def measured(gold, output, **options):
    mistakes = []
    result = evaluate(gold, output, on_mistake=mistakes.append, **options)
    return result, [(each.kind, each.text) for each in mistakes]


@pytest.mark.parametrize(
    ("output", "exact", "overlap"),
    [
        ("[Ann Lee|PERSON] of [Acme|ORG].", (2, 0, 0), (2, 0, 0)),
        ("[Ann|PERSON] Lee of [Acme|ORG].", (1, 1, 1), (2, 0, 0)),
        ("[Ann|PERSON] [Lee|PERSON] of [Acme|ORG].", (1, 1, 2), (2, 0, 1)),
        ("[Ann Lee|ORG] of [Acme|ORG].", (1, 1, 1), (1, 1, 1)),
        ("[Ann|ORG] Lee of [Acme|ORG].", (1, 1, 1), (1, 1, 1)),
        ("Ann Lee [of|PERSON] Acme.", (0, 2, 1), (0, 2, 1)),
        ("Ann Lee of Acme.", (0, 2, 0), (0, 2, 0)),
    ],
)
def test_counts(story, output, exact, overlap):
    gold = story("[Ann Lee|PERSON] of [Acme|ORG].")
    for match, counts in (("exact", exact), ("overlap", overlap)):
        result = evaluate([gold], [story(output)], layers=["entity"], match=match)
        assert result.layers["entity"].total == Score(*counts)


def test_each_label_has_its_score(story):
    gold, output = story("[Ann|PERSON] of [Acme|ORG]."), story("[Ann|ORG] of [Acme|ORG].")
    labels = evaluate([gold], [output], layers=["entity"]).layers["entity"].labels
    assert labels == {"ORG": Score(1, 0, 1), "PERSON": Score(0, 1, 0)}
    assert (labels["ORG"].precision, labels["ORG"].recall, labels["ORG"].f1) == (0.5, 1.0, pytest.approx(2 / 3))
    assert labels["PERSON"].precision is None


def test_mistakes_are_told(story):
    gold = story("[Ann|PERSON] of [Acme|ORG] left.")
    _, told = measured([gold], [story("[Ann|ORG] of Acme [left|ORG].")], layers=["entity"])
    assert told == [("wrong", "Ann"), ("missed", "Acme"), ("spurious", "left")]


def test_of_two_at_one_place_that_of_the_label_is_right():
    def both(*labels):
        made = [Entity(start=0, end=3, id=label, label=label, name="Ann") for label in labels]
        return Document("Ann left.", id="d").with_annotations(made)

    result, told = measured([both("B", "A")], [both("A", "C", "D")])
    assert result.layers["entity"].total == Score(1, 1, 2)
    assert sorted(kind for kind, _ in told) == ["spurious", "wrong"]


def test_a_field_that_must_agree_is_compared_by_what_it_means(story):
    text = "[Ann|PERSON] and [Bob|PERSON] said it rains and it pours."
    gold = story(text, quotes=[("it rains", 0), ("it pours", 1)])
    output = story(text, prefix="o", quotes=[("it rains", 0), ("it pours", 0)])
    lenient, _ = measured([gold], [output], layers=["quote"])
    strict, told = measured([gold], [output], layers=["quote"], agree=["speaker"])
    assert lenient.layers["quote"].total == Score(2, 0, 0)
    assert lenient.layers["quote"].fields["speaker"] == (1, 1)
    assert strict.layers["quote"].total == Score(1, 1, 1)
    assert told == [("wrong", "it pours")]


def test_what_no_gold_says_is_not_judged(story):
    gold = Document("Ann left.", id="d").with_annotations([], provides=[Entity])
    output = story("[Ann|PERSON] left.", id="d", quotes=[("left", None)])
    result, told = measured([gold], [output])
    assert list(result.layers) == ["entity"]
    assert told == [("spurious", "Ann")]


def test_a_document_that_the_output_lacks_is_missed_whole(story):
    gold = [story("[Ann|PERSON] left.", id=id) for id in "ab"]
    result, told = measured(gold, [gold[1], Document("x", id="c")], layers=["entity"])
    assert (result.absent, result.unjudged, result.documents) == (("a",), ("c",), 2)
    assert told == [("missed", "Ann")]


def test_another_text_is_not_compared(story):
    result, _ = measured([story("[Ann|PERSON] left.")], [story("[Ann|PERSON]  left.")])
    assert "not that of the gold" in str(result.unreadable[0])
    assert result.layers == {}


def test_a_measure_of_itself_is_perfect(story):
    document = story("[Ann|PERSON] and [Bob|PERSON] said it rains.", quotes=[("it rains", 1)])
    result = evaluate([document], [document], agree=["speaker"])
    assert {layer.total.f1 for layer in result.layers.values()} == {1.0}
    assert not any(other for layer in result.layers.values() for _, other in layer.fields.values())
