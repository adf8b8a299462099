"""Layers as tables of pandas, polars or Arrow: for one document or a stream of them.

    from copydesk import Pipeline, Quote, frames

    quotes = frames.to_polars(Pipeline.load("quotes").pipe(stories), Quote)

A row is an annotation. The columns are those of `document.records` and follow from the type alone, so that the tables
of any documents go together, those of empty layers too: `document` (its id), `id`, `start`, `end`, `text`, `step`,
then the fields. A reference gives its id and, in `FIELD_name`, the name of what it means; the last column, `more`, has the fields
of extensions as JSON. In place of a type, "documents" gives a row for each document.

All of it needs `pip install 'copydesk[frames]'`; Arrow alone `copydesk[parquet]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from copydesk.errors import UsageError
from copydesk.formats.arrow import batch_of, pyarrow, schema_of
from copydesk.formats.tables import DOCUMENTS, OF_DOCUMENTS, Column, columns_of, document_row, table_rows
from copydesk.model.annotation import Annotation, kind_of_layer
from copydesk.model.document import Document
from copydesk.model.result import Result
from copydesk.model.vocabulary import VOCABULARY
from copydesk.nearest import did_you_mean

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

ROWS = 10_000
"""So many rows a batch of a stream has at most, if no document has more."""

_SHARED: dict[str, type[Annotation]] = {kind.layer: kind for kind in VOCABULARY}

Documents = Document | Result | Iterable[Document | Result]
"""One document, or many, or what `pipe` gives."""

Rows = type[Annotation] | str
"""What a row is: an annotation of this type, or of the layer of this name; or "documents"."""


def to_arrow(documents: Documents, kind: Rows) -> pa.Table:
    """A layer of all documents as an Arrow table.

    Raises:
        UsageError: pyarrow is not installed, these are no documents, or none has a layer of this name.
        ValueError: a value does not fit: an integer of more than 64 bits. It names the document.
    """
    return pyarrow().Table.from_batches(list(arrow_batches(documents, kind)), schema_of(_columns(kind)))


def arrow_batches(documents: Documents, kind: Rows, *, rows: int = ROWS) -> Iterator[pa.RecordBatch]:
    """The same bit by bit: no more than one batch of rows, and one document, are held in memory.

    Args:
        documents: a stream is read as batches are asked for.
        kind: what a row is.
        rows: how many rows a batch has, about: a document's rows are never divided.

    Raises:
        UsageError: pyarrow is not installed, these are no documents, or none has a layer of this name.
        ValueError: a value does not fit. It names the document.
    """
    columns = _columns(kind)
    known = not isinstance(kind, str) or kind == DOCUMENTS or _type_of(kind) is not None
    others: set[str] | None = None  # the layers that documents have where none has this one
    waiting: list[pa.RecordBatch] = []
    held = 0
    for item in (documents,) if isinstance(documents, Document | Result) else documents:
        document = item.document if isinstance(item, Result) else item
        if not isinstance(document, Document):
            raise UsageError(
                f"a table is made of documents, or of what `pipe` gives, not of {type(item).__name__}: run a pipeline "
                "over the texts first"
            )
        if not known:
            others = {*(others or ()), *document.layers}
            known = kind in others
        try:
            batch = batch_of(columns, _rows(document, kind))
        except ValueError as error:
            raise ValueError(f"document {document.id!r}: {error}") from error
        if waiting and held + batch.num_rows > rows:
            yield pyarrow().concat_batches(waiting)
            waiting, held = [], 0
        waiting.append(batch)
        held += batch.num_rows
    if held:
        yield pyarrow().concat_batches(waiting)
    if others is not None and not known:
        raise UsageError(f"no document has a layer {str(kind)!r}{did_you_mean(str(kind), {*others, *_SHARED})}")


def to_pandas(documents: Documents, kind: Rows) -> pd.DataFrame:
    """A layer of all documents as a pandas data frame, with Arrow's types: a missing integer leaves the others integers.

    Raises:
        UsageError: pandas or pyarrow is not installed, these are no documents, or none has a layer of this name.
        ValueError: a value does not fit. It names the document.
    """
    try:
        import pandas as pd
    except ImportError:
        raise _missing("pandas") from None
    return to_arrow(documents, kind).to_pandas(types_mapper=pd.ArrowDtype)


def to_polars(documents: Documents, kind: Rows) -> pl.DataFrame:
    """A layer of all documents as a polars data frame.

    Raises:
        UsageError: polars or pyarrow is not installed, these are no documents, or none has a layer of this name.
        ValueError: a value does not fit. It names the document.
    """
    try:
        import polars as pl
    except ImportError:
        raise _missing("polars") from None
    made = pl.from_arrow(to_arrow(documents, kind))
    assert isinstance(made, pl.DataFrame)  # of a table
    return made


def _rows(document: Document, kind: Rows) -> list[dict[str, Any]]:
    return [document_row(document)] if kind == DOCUMENTS else table_rows(document, kind)[1]


def _columns(kind: Rows) -> tuple[Column, ...]:
    if kind == DOCUMENTS:
        return OF_DOCUMENTS
    if isinstance(kind, str):
        return columns_of(_type_of(kind))
    if not (isinstance(kind, type) and issubclass(kind, Annotation)):
        raise TypeError(f"a table is asked for by an annotation type, or by a layer's name, not by {kind!r}")
    if kind is Annotation:
        raise TypeError("a table is of one type: frames.to_polars(document, Quote)")
    return columns_of(kind)


def _type_of(layer: str) -> type[Annotation] | None:
    return _SHARED.get(layer) or kind_of_layer(layer)


def _missing(library: str) -> UsageError:
    return UsageError(f"this needs the library {library}: pip install 'copydesk[frames]'")
