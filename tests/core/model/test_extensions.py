"""Extensions: several plugins add fields to one type, and whoever lacks a class loses nothing."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from copydesk import Annotation, Document, Quote, Span, StepRecord


class TonedQuote(Quote):
    """A quote with its tone."""

    tone: float


class CheckedQuote(Quote):
    """A quote that somebody checked."""

    checked: bool
    by: str = "desk"


class LoudQuote(TonedQuote):
    """A toned quote with its loudness."""

    loudness: int = 0


TONE, CHECK = "tests.toned_quote", "tests.checked_quote"
PLAIN = Quote(start=0, end=5, kind="direct", content=(Span(0, 5),))
TONED = TonedQuote(start=6, end=9, kind="direct", content=(Span(6, 9),), tone=0.5)


@pytest.fixture(params=["as made", "read from JSON"])
def story(request):
    made = Document("“Yes” no.", id="d").with_annotations([PLAIN, TONED], step=StepRecord(id="quotes", use="quotes"))
    return made if request.param == "as made" else Document.from_json(json.loads(made.to_json_line()))


class TestLayers:
    def test_it_stays_in_the_layer_that_it_extends(self, story):
        assert TonedQuote.layer == LoudQuote.layer == "quote"
        assert story.layers == ("quote",)
        assert [quote.start for quote in story[Quote]] == [0, 6]

    def test_its_own_name_gives_those_that_have_its_fields(self, story):
        assert [quote.tone for quote in story[TonedQuote]] == [0.5]
        assert len(story[CheckedQuote]) == 0

    def test_its_fields_have_a_block_of_their_own_in_json(self, story):
        plain, toned = story.to_json()["layers"]["quote"]
        assert "ext" not in plain
        assert toned["ext"] == {TONE: {"tone": 0.5}}
        assert "tone" not in toned


class TestWhoLacksTheClass:
    def test_keeps_the_block_through_reading_and_writing(self, story):
        item = json.loads(story.to_json_line().replace(TONE, "elsewhere.mood"))
        document = Document.from_json(item)
        assert document[Quote][1].ext == {"elsewhere.mood": {"tone": 0.5}}
        assert document.to_json() == item

    def test_and_through_revising(self, story):
        document = Document.from_json(json.loads(story.to_json_line().replace(TONE, "elsewhere.mood")))
        revised = [quote.replace(confidence=0.5) for quote in document[Quote]]
        after = document.with_annotations(revised, step=StepRecord(id="r", use="r"), revises=(Quote,))
        assert after.to_json()["layers"]["quote"][1]["ext"] == {"elsewhere.mood": {"tone": 0.5}}


class TestSeveralOfOneType:
    def test_a_second_plugin_adds_to_what_the_first_has_added(self, story):
        checked = [CheckedQuote.extend(quote, checked=True) for quote in story[Quote]]
        after = story.with_annotations(checked, step=StepRecord(id="check", use="check"), revises=(Quote,))
        for document in (after, Document.from_json(json.loads(after.to_json_line()))):
            assert [quote.checked for quote in document[CheckedQuote]] == [True, True]
            assert [quote.tone for quote in document[TonedQuote]] == [0.5]
            assert document[Quote][1].revised_by == ("check",)
            assert set(document.to_json()["layers"]["quote"][1]["ext"]) == {TONE, CHECK}

    def test_an_extension_of_an_extension_has_both_blocks(self):
        loud = LoudQuote(start=0, end=5, kind="direct", content=(Span(0, 5),), tone=1.0, loudness=3)
        item = loud.to_json()
        assert item["ext"] == {TONE: {"tone": 1.0}, "tests.loud_quote": {"loudness": 3}}
        assert LoudQuote.from_json(item) == loud
        assert TonedQuote.from_json(item).tone == 1.0


class TestRefusals:
    def test_an_extension_changes_no_field(self):
        with pytest.raises(TypeError, match="redefines 'kind' of Quote; an extension adds fields and changes none"):
            type("Odd", (Quote,), {"__module__": __name__, "__annotations__": {"kind": int}})

    def test_only_what_it_extends_can_be_extended(self):
        class Cue(Annotation):
            """A cue."""

        with pytest.raises(TypeError, match="TonedQuote does not extend Cue"):
            TonedQuote.extend(Cue(start=0, end=1), tone=1.0)

    def test_its_fields_are_checked(self):
        with pytest.raises(ValidationError):
            TonedQuote.extend(PLAIN, tone="low")
