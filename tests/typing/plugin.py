"""What a plugin author writes, a kind of each: strict type checkers must pass it as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, assert_type

from spacy.language import Language
from spacy.matcher import Matcher

from copydesk import (
    Annotation,
    Check,
    Component,
    Config,
    Context,
    Document,
    Entity,
    Finding,
    Merged,
    Observer,
    Quote,
    Reader,
    Ref,
    Result,
    RunSummary,
    Source,
    Writer,
    hookimpl,
)
from copydesk.errors import DocumentError


class Shout(Annotation):
    """A word in capitals."""

    of: Ref[Entity] | None = None


class TonedQuote(Quote):
    """A quote with its tone."""

    tone: float


class ShoutConfig(Config):
    """Settings."""

    min_length: int = 4
    level: Literal["loud", "louder"] = "loud"


class ShoutFinder(Component[ShoutConfig]):
    """Finds words in capitals."""

    name = "shouts"
    api = 1
    reads = (Entity,)
    provides = (Shout,)
    uses = ("token.tag",)

    def setup(self, context: Context) -> None:
        self._least = self.config.min_length

    def process(self, document: Document) -> Iterable[Shout]:
        parse = document.parse
        for start, end, text in zip(parse.starts, parse.ends, parse.texts, strict=True):
            if text.isupper() and len(text) >= self._least:
                yield Shout(start=int(start), end=int(end))

    def process_batch(self, documents: Sequence[Document]) -> Iterable[Iterable[Shout]]:
        return [self.process(document) for document in documents]


class Linker(Component):
    """Joins entities of one name. It has no settings."""

    name = "linker"
    requires = (Entity,)
    revises = (Entity,)

    def process(self, document: Document) -> Iterable[Entity | Merged]:
        known: dict[str, Entity] = {}
        for entity in document[Entity]:
            if entity.name in known:
                yield Merged(entity.id, known[entity.name].id)
            else:
                known[entity.name] = entity
                yield entity.replace(link="Q1")


class Tone(Component):
    """Judges the tone of quotes."""

    name = "tone"
    requires = (Quote,)
    revises = (TonedQuote,)

    def process(self, document: Document) -> Iterable[TonedQuote]:
        return [TonedQuote.extend(quote, tone=0.5) for quote in document[Quote]]


class DeepConfig(Config):
    """Settings."""

    deep: bool = False


class Titles(Component[DeepConfig]):
    """Builds a matcher on the vocabulary of the parse; its settings decide what it uses."""

    name = "titles"
    provides = (Shout,)
    uses = ("token.tag",)

    def used(self) -> tuple[str, ...]:
        return (*self.uses, "token.dep") if self.config.deep else self.uses

    def setup(self, context: Context) -> None:
        self._matcher = Matcher(context.vocab)
        assert_type(context.nlp, Language)

    def process(self, document: Document) -> Iterable[Shout]:
        for _, start, _ in self._matcher(document.doc, as_spans=False):
            token = document.doc[start]
            yield Shout(start=token.idx, end=token.idx + len(token))


class NoShouts(Check[ShoutConfig]):
    """Reports words in capitals."""

    code = "SHO101"
    name = "no-shouts"
    severity = "info"
    requires = (Shout,)

    def check(self, document: Document) -> Iterable[Finding]:
        for shout in document[Shout]:
            if len(document.text_of(shout)) >= self.config.min_length:
                yield self.finding(shout, "Do not shout.")


class Lines(Reader):
    """Each line is a document."""

    name = "lines"
    suffixes = (".lines",)

    def read(self, source: Source) -> Iterator[Document | DocumentError]:
        for number, line in enumerate(source.stream, 1):
            try:
                yield Document(line.decode(), id=f"{source.id}:{number}")
            except UnicodeDecodeError as error:
                yield DocumentError(str(error), document_id=f"{source.id}:{number}")


class Counts(Writer[ShoutConfig]):
    """Writes how many there are."""

    name = "counts"
    suffixes = (".counts",)

    def write(self, result: Result) -> None:
        self.stream.write(f"{result.document.id} {len(result.document[Shout])} {self.config.level}\n")


class Metrics(Observer):
    """Tells how long it took."""

    name = "metrics"

    def run_finished(self, summary: RunSummary) -> None:
        print(summary.seconds)


@hookimpl
def copydesk_components() -> Sequence[type[Component]]:
    return [ShoutFinder, Linker, Tone]


finder = ShoutFinder(ShoutConfig(min_length=3))
length: int = finder.config.min_length
