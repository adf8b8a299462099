"""What differs between two versions of a document."""

from __future__ import annotations

import pytest

from copydesk import Document, Entity, Mention, diff
from copydesk.testing.growth import cpu_seconds

TEXT = "[Ann Lee|PERSON] of [Acme|ORG] said it rains. Lee left."


def changes(before, after, **options):
    (difference,) = diff([before], [after], **options)
    return [
        (each.change, each.layer, each.text, {field.name: (field.before, field.after) for field in each.fields})
        for each in difference.annotations
    ]


def test_ids_and_makers_do_not_matter(story):
    quotes = [("it rains", 0)]
    (difference,) = diff([story(TEXT, quotes=quotes)], [story(TEXT, prefix="other-", quotes=quotes)])
    assert difference.change == "same"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("[Ann|PERSON] left.", "Ann left.", ("removed", "entity", "Ann", {})),
        ("Ann left.", "[Ann|PERSON] left.", ("added", "entity", "Ann", {})),
        ("[Ann|PERSON] left.", "[Ann|ORG] left.", ("changed", "entity", "Ann", {"label": ("PERSON", "ORG")})),
    ],
)
def test_what_became_of_an_annotation(story, before, after, expected):
    assert changes(story(before), story(after), layers=["entity"]) == [expected]


def test_an_annotation_with_other_bounds_is_one_that_changed(story):
    (change,) = changes(story("[Ann Lee|PERSON] left."), story("[Ann|PERSON] Lee left."), layers=["entity"])
    assert change == ("changed", "entity", "Ann", {"end": ("7", "3"), "name": ("Ann Lee", "Ann")})


def test_another_speaker_is_told_by_name(story):
    before, after = (story(TEXT, quotes=[("it rains", speaker)]) for speaker in (0, 1))
    assert changes(before, after) == [("changed", "quote", "it rains", {"speaker": ("Ann Lee", "Acme")})]


def test_no_speaker_is_told_too(story):
    before, after = (story(TEXT, quotes=[("it rains", speaker)]) for speaker in (0, None))
    assert changes(before, after) == [("changed", "quote", "it rains", {"speaker": ("Ann Lee", "")})]


def test_a_speaker_is_the_same_where_the_entity_has_its_place_elsewhere(story):
    """What a reference means does not change when another mention of it is the first."""
    before = story("[Ann Lee|PERSON] said it rains. Lee left.", quotes=[("it rains", 0)])
    ann = before[Entity][0]
    late = ann.replace(start=27, end=30, id="late", name="Lee")
    mention = before[Mention][0].replace(entity=late.ref)
    quote = before.layer("quote")[0].replace(speaker=late.ref)
    after = Document(before.text, id="story").with_annotations([late, mention, quote])
    assert changes(before, after, layers=["quote", "mention"]) == []
    assert [change[0] for change in changes(before, after, layers=["entity"])] == ["changed"]


def test_two_of_one_place_are_told_apart_by_what_they_say(story):
    def both(*labels):
        made = [Entity(start=0, end=3, id=f"{label}", label=label, name="Ann") for label in labels]
        return Document("Ann left.", id="story").with_annotations(made)

    assert changes(both("A", "B"), both("B", "A")) == []
    assert changes(both("A", "B"), both("C", "A")) == [("changed", "entity", "Ann", {"label": ("B", "C")})]


def test_the_last_digits_of_a_float_are_no_change(story):
    before = story(TEXT, quotes=[("it rains", 0)])
    quote = before.layer("quote")[0]
    nearly = before.with_layer(type(quote), [quote.replace(confidence=1.0 - 1e-9)])
    less = before.with_layer(type(quote), [quote.replace(confidence=0.9)])
    assert changes(before, nearly) == []
    assert changes(before, less) == [("changed", "quote", "it rains", {"confidence": ("1", "0.9")})]


@pytest.mark.parametrize(
    ("before", "after", "change", "parts"),
    [
        ({"text": "a"}, {"text": "b"}, "changed", ("text",)),
        ({"text": "a"}, {"text": "a", "metadata": {"title": "t"}}, "changed", ("metadata",)),
        ({"text": "a"}, {"text": "a", "layers": {"quote": []}}, "changed", ("layer quote",)),
        ({"text": "a", "steps": [{"id": "s", "use": "s"}]}, {"text": "a"}, "same", ()),
        ({"text": "a"}, {"text": "b", "layers": {"quote": [{"id": "q"}]}}, "unreadable", ()),
    ],
)
def test_what_became_of_a_document(tmp_path, before, after, change, parts):
    import json

    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path, item in zip(paths, (before, after), strict=True):
        path.write_text(json.dumps({"id": "d", **item}) + "\n")
    difference = next(iter(diff(*paths)))
    assert (difference.change, difference.parts) == (change, parts)


def test_documents_of_one_version_alone_are_told():
    found = diff([Document("a", id="1"), Document("b", id="2")], [Document("b", id="2"), Document("c", id="3")])
    assert {each.id: each.change for each in found} == {"1": "removed", "2": "same", "3": "added"}


def test_layers_whose_types_are_not_installed_are_compared_as_they_stand():
    def with_tone(tone):
        item = {"id": "x", "start": 0, "end": 1, "tone": tone}
        return Document.from_json({"id": "d", "text": "a", "layers": {"acme.tone": [item]}})

    assert changes(with_tone(1), with_tone(1)) == []
    assert changes(with_tone(1), with_tone(2)) == [("changed", "acme.tone", "a", {"tone": ("1", "2")})]


def test_many_annotations_at_one_place_cost_no_square(story):
    """Nested and equal spans by the thousand: every pair of them overlaps."""

    def nested(count, shift):
        made = [Entity(start=n, end=4 * count - n - shift, label="A", name=f"{shift}.{n}") for n in range(count)]
        return Document("x" * 4 * count, id="d").with_annotations(made)

    def cost(count):
        before, after = nested(count, 0), nested(count, 1)
        return cpu_seconds(lambda pair: list(diff([pair[0]], [pair[1]])), (before, after))

    cost(50)
    small, large = (min(cost(count) for _ in range(2)) for count in (200, 2000))
    assert large < 25 * max(small, 0.01)
