"""The JSON form of a document is pinned: programs and older versions read it."""

from __future__ import annotations

import json
from pathlib import Path

from copydesk import (
    Document,
    Entity,
    ErrorRecord,
    Evidence,
    Finding,
    Mention,
    Quantity,
    Quotation,
    Quote,
    Section,
    Sentence,
    Span,
    StepRecord,
    TimeExpression,
    Trait,
)
from copydesk.model.vocabulary import VOCABULARY

PINNED = Path(__file__).with_name("document.json")
TEXT = "“We lost 12 trucks on Monday,” General Ann Lee said."
LEE = Entity(start=39, end=46, label="PERSON", name="Ann Lee", aliases=("Lee",), link="Q1")


def document() -> Document:
    """One annotation of each shared type."""
    found = [
        Section(start=0, end=52, kind="paragraph"),
        Sentence(start=0, end=52),
        Quotation(start=0, end=30, inner=Span(1, 29)),
        LEE,
        Mention(start=39, end=46, kind="name", entity=LEE.ref),
        Trait(start=31, end=38, kind="role", role="rank", value="general", entity=LEE.ref),
        Quote(
            start=0,
            end=30,
            kind="direct",
            content=(Span(0, 30),),
            cue=(Span(47, 51),),
            source=(Span(31, 46),),
            speaker=LEE.ref,
            confidence=0.5,
        ),
        Quantity(
            start=9,
            end=11,
            kind="cardinal",
            low=12,
            high=12,
            role="count",
            number=Span(9, 11),
            counted=Span(12, 18),
            counted_head=Span(12, 18),
        ),
        TimeExpression(start=22, end=28, kind="date", timex="XXXX-WXX-1", anchored=False),
        Finding(
            start=39,
            end=46,
            code="ATT201",
            name="unintroduced-person",
            severity="warning",
            message="Who is that?",
            evidence=(Evidence(start=31, end=38, note="a rank"),),
            fingerprint="0123456789abcdef",
        ),
    ]
    step = StepRecord(
        id="desk", use="desk", distribution="copydesk", version="0.2.0", settings="sha256:0", model="m 1 sha256:1"
    )
    made = Document(TEXT, id="story.txt", metadata={"date": "2026-11-27"})
    made = made.with_annotations(found, step=step, provides=VOCABULARY)
    return made.with_error(ErrorRecord(error="StepError", message="it failed", step="later", path="p.yaml", line=3))


def test_the_form_is_pinned():
    """A key that changes breaks every reader. After a decision to change it, write `document.json` again."""
    assert document().to_json() == json.loads(PINNED.read_text(encoding="utf-8"))


def test_every_shared_type_is_in_it():
    layers = json.loads(PINNED.read_text(encoding="utf-8"))["layers"]
    assert layers.keys() == {kind.layer for kind in VOCABULARY}
    assert all(layers.values())


def test_what_was_written_is_read():
    assert Document.from_json(json.loads(PINNED.read_text(encoding="utf-8"))) == document()
