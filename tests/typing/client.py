"""What a program that embeds copydesk writes: strict type checkers must pass it as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_type

from copydesk import Document, Entity, Layer, Limits, Mention, Pipeline, Quantity, Quote, Ref, Result, Runtime, Span
from copydesk.errors import CopydeskError, LimitError


def speakers(document: Document) -> list[str]:
    names: list[str] = []
    for quote in document[Quote]:
        assert_type(quote, Quote)
        assert_type(quote.speaker, Ref[Entity] | None)
        speaker = document.resolve(quote.speaker)
        assert_type(speaker, Entity | None)
        if speaker is not None:
            names.append(speaker.name)
            for mention in document.of(Mention, speaker):
                assert_type(mention, Mention)
                names.append(document.text_of(mention))
    return names


def figures(document: Document) -> list[tuple[float | None, float | None, str | None]]:
    layer = document[Quantity]
    assert_type(layer, Layer[Quantity])
    first = layer.get("quantity:0-2")
    assert_type(first, Quantity | None)
    return [(quantity.low, quantity.high, quantity.per) for quantity in layer.within(Span(0, 100))]


def run(texts: list[str]) -> Iterator[Result]:
    pipeline = Pipeline.load("newsroom")
    assert_type(pipeline("A text."), Document)
    with pipeline.open(lanes=2) as desk:
        assert_type(desk, Runtime)
        try:
            yield from desk.pipe(texts, on_error="record", existing="keep", workers=0)
        except LimitError as error:
            assert_type(error.document_id, str | None)
        except CopydeskError as error:
            print(error)


async def serve(text: str) -> str:
    document = await Pipeline.load("numbers").aprocess(text)
    return document.to_json_line()


def derived(pipeline: Pipeline) -> Pipeline:
    smaller = pipeline.without("numbers")
    return Pipeline(smaller.steps, name="smaller", limits=Limits(characters=1_000))
