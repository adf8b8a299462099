"""What people get wrong: both strict type checkers must refuse each line that is marked, and no other."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk import Component, Config, Document, Entity, Merged, Pipeline, Quantity, Quote


class ShoutConfig(Config):
    """Settings."""

    min_length: int = 4


class ShoutFinder(Component[ShoutConfig]):
    """Finds words in capitals."""

    name = "shouts"
    provides = (Quote,)

    def process(self, document: Document) -> Iterable[Quote]:
        print(self.config.min_lenght)  # wrong
        return []


class Plain(Component):
    """Returns what is no annotation."""

    name = "plain"
    provides = (Quote,)

    def process(self, document: Document) -> Iterable[str]:  # wrong
        return ["quote"]


ShoutFinder(ShoutConfig(min_lenght=3))  # wrong
ShoutFinder(ShoutConfig(min_length="three"))  # wrong
ShoutFinder(min_length=3)  # wrong
ShoutFinder(Config())  # wrong


def read(document: Document, pipeline: Pipeline) -> None:
    quote = document[Quote][0]
    print(quote.speaker.name)  # wrong
    print(document.resolve(quote.speaker).name)  # wrong
    print(document[Quantity][0].value)  # wrong
    print(document["quote"])  # wrong
    document.of(Quote, "entity:0-4")  # wrong
    for result in pipeline.pipe(["a"], on_error="ignore"):  # wrong
        print(result.documents)  # wrong
    Entity(start=0, end=1, label="PERSON")  # wrong
    Merged(document[Entity][0], "entity:0-4")  # wrong
