"""ReaderConformance and WriterConformance: the classes that authors of formats subclass."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from copydesk.errors import DocumentError, StepError
from copydesk.model.document import Document
from copydesk.model.records import ErrorRecord
from copydesk.model.result import Result
from copydesk.plugins.reader import Reader, Source
from copydesk.plugins.writer import Writer
from copydesk.testing import hostile
from copydesk.testing.contract import NonconformityError, shown
from copydesk.testing.kit import Kit
from copydesk.testing.toylayers import toy_layers

GARBAGE = (
    b"",
    b"\x00",
    b"\xff\xfe\x00",
    b"\xc3",
    b"\n" * 100,
    b"[" * 10_000,
    b"{" * 10_000,
    "“\u2028”".encode(),
    bytes(range(256)),
)
"""What may stand in a file of any name."""

LINEAR = 1.25


class ReaderConformance(Kit):
    r"""The checks that every reader must pass. Subclass it in a test file, and name the reader::

        class TestSubtitles(ReaderConformance):
            reader = SubtitleReader
            examples = {b"1\n00:00:01 --> 00:00:02\nYes.\n": ["Yes."]}

    Class attributes:
        reader: the class under test.
        examples: contents of files, and the texts of the documents that they hold.
        configs, expected_failures, seconds: as for components.
    """

    subject = "reader"
    reader: ClassVar[type[Reader[Any]]]
    examples: ClassVar[Mapping[bytes, Sequence[str]]] = {}

    def test_is_documented(self) -> None:
        """It has a name, a docstring, and suffixes that begin with a dot."""
        _check_format(self._class())

    def test_reads_its_examples(self) -> None:
        """It gives the documents of each example, in order."""
        if not self.examples:
            raise NonconformityError("set `examples` to contents of files, and the texts that they hold")
        for raw, texts in self.examples.items():
            found = [item.text for item in self._read(raw) if isinstance(item, Document)]
            if found != list(texts):
                raise NonconformityError(f"it reads {found!r} of {raw[:80]!r}, not {list(texts)!r}")

    def test_documents_know_where_they_were_read(self) -> None:
        """Each has an id of its own, and path and line, or the path of its file."""
        for raw in self.examples:
            documents = [item for item in self._read(raw) if isinstance(item, Document)]
            if len({document.id for document in documents}) != len(documents):
                raise NonconformityError(f"two documents of {raw[:80]!r} have one id")
            for document in documents:
                if document.origin is None or document.origin.path != "folder/example":
                    raise NonconformityError(
                        f"the document {document.id!r} does not know its file: document.read_from(source.path, line, id=…)"
                    )

    def test_garbage_is_an_error_of_its_place(self) -> None:
        """What is no such file is no exception: it is a DocumentError in its place, with path, or documents."""
        for raw in (*GARBAGE, *(example[: len(example) // 2] for example in self.examples)):
            for item in self._read(raw):
                if isinstance(item, DocumentError) and item.path is None:
                    raise NonconformityError(f"its error {str(item)!r} names no path, on {raw[:80]!r}")

    def test_reads_the_same_again(self) -> None:
        """The same bytes give the same documents."""
        for raw in self.examples:
            first, second = (
                [str(item) if isinstance(item, DocumentError) else item.to_json() for item in self._read(raw)]
                for _ in range(2)
            )
            if first != second:
                raise NonconformityError(f"it reads something else the second time, of {raw[:80]!r}")

    def _read(self, raw: bytes) -> list[Document | DocumentError]:
        reader: Reader[Any] = self._class()(self._config())
        try:
            found = list(reader.read(Source(io.BytesIO(raw), "example", "folder/example")))
        except Exception as error:
            raise NonconformityError(
                f"read raised {type(error).__name__}: {error}, on {raw[:80]!r}; give a DocumentError in the document's place"
            ) from error
        for item in found:
            if not isinstance(item, Document | DocumentError):
                raise NonconformityError(f"it gave {item!r}, which is neither a Document nor a DocumentError")
        return found


class WriterConformance(Kit):
    """The checks that every writer must pass. Subclass it in a test file, and name the writer::

        class TestTable(WriterConformance):
            writer = TableWriter

    Class attributes:
        writer: the class under test.
        documents: documents to write besides the kit's own.
        configs, expected_failures, seconds: as for components.
    """

    subject = "writer"
    writer: ClassVar[type[Writer[Any]]]
    documents: ClassVar[Sequence[Document]] = ()

    def test_is_documented(self) -> None:
        """It has a name, a docstring, and suffixes that begin with a dot."""
        _check_format(self._class())

    def test_writes_something(self) -> None:
        """A document with annotations of all shared types leaves something in the output."""
        if len(self._written([_annotated(hostile.STORY)])) <= len(self._written([])):
            raise NonconformityError("it writes nothing of a document with annotations of all shared types")

    def test_survives_any_document(self) -> None:
        """Hostile texts, no annotations, errors on record, and no document at all."""
        failed = Document("a", id="failed").with_error(ErrorRecord(error="StepError", message="it failed", step="x"))
        for documents in ([], [failed], *([_annotated(text)] for text in hostile.TEXTS.values()), list(self.documents)):
            self._written(documents)

    def test_writes_the_same_again(self) -> None:
        """The same documents give the same output."""
        documents = [_annotated(hostile.STORY), *self.documents]
        if self._written(documents) != self._written(documents):
            raise NonconformityError("it writes something else the second time: a date, a set's order, an address")

    def test_output_grows_linearly(self) -> None:
        """The output grows with the text, and not with a greater power of it."""
        from math import log2

        small, large = (len(self._written([_annotated(hostile.STORY * times)])) for times in (8, 32))
        exponent = log2(large / (small or 1)) / 2
        if exponent > LINEAR:
            raise NonconformityError(f"its output grows as length to the power of {exponent:.2f}")

    def _written(self, documents: Sequence[Document]) -> str | bytes:
        kind: type[Writer[Any]] = self._class()
        stream: Any = io.BytesIO() if kind.binary else io.StringIO()
        writer = kind(stream, self._config())
        try:
            writer.start()
            for document in documents:
                errors = (StepError("it failed", document_id=document.id, step="x"),) if document.errors else ()
                writer.write(Result(document, errors, {}))
            writer.finish()
        except Exception as error:
            what = shown(documents[0].text) if documents else "no document"
            raise NonconformityError(f"it raised {type(error).__name__}: {error}, on {what}") from error
        if stream.closed:
            raise NonconformityError("it closed the stream, which is the caller's")
        written: str | bytes = stream.getvalue()
        return written


def _annotated(text: str) -> Document:
    return Document(text, id="example").with_annotations(toy_layers(text))


def _check_format(kind: type[Reader[Any] | Writer[Any]]) -> None:
    if not getattr(kind, "name", ""):
        raise NonconformityError(f"{kind.__qualname__} has no name, which the command line needs")
    if not kind.description():
        raise NonconformityError(f"{kind.__qualname__} has no docstring; its first paragraph is what people see")
    for suffix in kind.suffixes:
        if not suffix.startswith(".") or suffix != suffix.lower():
            raise NonconformityError(f"{kind.__qualname__}.suffixes has {suffix!r}; a suffix is such as '.txt'")
