"""A copydesk pipeline as a component of a spaCy pipeline.

    nlp.add_pipe("copydesk", config={"pipeline": "quotes"})
    doc = nlp("“We left,” said Ann Lee.")
    doc._.copydesk[Quote]        # the document, with typed layers
    doc.spans["quote"]           # the same as spans, for displaCy and rules

spaCy finds it through an entry point; copydesk need not be imported. The steps read this spaCy pipeline's own parse, so
it must come after the components that make what they use; what is lacking is an error that names it. Layers survive
`Doc.to_bytes`, a DocBin and `nlp.pipe` in several processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup
from spacy.util import raise_error

from copydesk.model.document import SPACY_KEY, Document
from copydesk.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from copydesk.model.annotation import Annotation
    from copydesk.pipeline.runtime import Runtime

ErrorHandler = Callable[[str, Any, list[Doc], Exception], object]
"""spaCy's: name of the component, the component, the documents, what happened."""


@Language.factory("copydesk", default_config={"pipeline": "newsroom"})
def make(nlp: Language, name: str, pipeline: str) -> CopydeskPipe:
    """The component `copydesk` of a spaCy pipeline.

    Args:
        nlp: the spaCy pipeline that it is a part of.
        name: what it is called there.
        pipeline: a pipeline file, or the name of a shipped one.

    Raises:
        UsageError, InvalidPipelineError: as `Pipeline.load`.
    """
    return CopydeskPipe(nlp, name, Pipeline.load(pipeline))


class CopydeskPipe:
    """Runs a pipeline over spaCy `Doc`s, and puts its layers into them.

    Args:
        nlp: the spaCy pipeline that it is a part of; its parse is read, and its words are the steps'.
        name: what it is called there.
        pipeline: what runs. Its own model is not loaded.
    """

    def __init__(self, nlp: Language, name: str, pipeline: Pipeline) -> None:
        self.name = name
        self._pipeline = pipeline.with_model(nlp)
        self._desk: Runtime | None = None
        self._on_error: ErrorHandler = raise_error

    def __call__(self, doc: Doc) -> Doc:
        """Raises: StepError, as a pipeline does."""
        return _with_layers(doc, self._open()(Document.from_spacy(doc)))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Many, in batches. What goes wrong with a `Doc` is told to the error handler, and its neighbours go on."""
        pairs = ((Document.from_spacy(doc), doc) for doc in stream)
        for result in self._open().pipe(pairs, batch_size=batch_size, on_error="record"):
            doc = result.context
            if result.errors:
                self._on_error(self.name, self, [doc], result.errors[0])
            else:
                yield _with_layers(doc, result.document)

    def set_error_handler(self, handler: ErrorHandler) -> None:
        """What is told errors; spaCy calls this."""
        self._on_error = handler

    def get_error_handler(self) -> ErrorHandler:
        """What is told errors."""
        return self._on_error

    def to_bytes(self, **_: object) -> bytes:
        """Nothing: which pipeline it runs is in the spaCy pipeline's config."""
        return b""

    def from_bytes(self, _: bytes, **__: object) -> CopydeskPipe:
        """Nothing to read."""
        return self

    def to_disk(self, _: Path, **__: object) -> None:
        """Nothing: which pipeline it runs is in the spaCy pipeline's config."""

    def from_disk(self, _: Path, **__: object) -> CopydeskPipe:
        """Nothing to read."""
        return self

    def _open(self) -> Runtime:
        """Loaded at the first `Doc`: the spaCy pipeline is complete only then."""
        if self._desk is None:
            self._desk = self._pipeline.open(lanes=1)
        return self._desk

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_desk": None}  # loaded again where it is needed


def _with_layers(doc: Doc, document: Document) -> Doc:
    doc.user_data[SPACY_KEY] = document.to_json()
    for layer in document.layers:
        doc.spans[layer] = SpanGroup(doc, name=layer, spans=[*_spans(doc, document.layer(layer))])
    return doc


def _spans(doc: Doc, annotations: Iterable[Annotation]) -> Iterator[Any]:
    for annotation in annotations:
        label = next((said for name in ("label", "kind", "code") if (said := getattr(annotation, name, None))), "")
        # Where an annotation begins or ends within a token, the span is that of the whole token.
        span = doc.char_span(
            annotation.start, annotation.end, label=label, span_id=annotation.id, alignment_mode="expand"
        )
        if span is not None:
            yield span


if not Doc.has_extension("copydesk"):
    Doc.set_extension("copydesk", getter=Document.from_spacy)
