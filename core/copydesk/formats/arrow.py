"""Arrow: tables of columns in memory, which Parquet is written from and data frames are made of."""

from __future__ import annotations

from typing import Any

from copydesk.errors import UsageError
from copydesk.formats.tables import Column


def schema_of(columns: tuple[Column, ...]) -> Any:
    """The Arrow schema of these columns."""
    pa = pyarrow()
    kinds = {
        "text": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "texts": pa.list_(pa.string()),
        "spans": pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64()), ("note", pa.string())])),
    }
    return pa.schema([(column.name, kinds[column.type]) for column in columns])


def batch_of(columns: tuple[Column, ...], rows: list[dict[str, Any]]) -> Any:
    """Rows as an Arrow record batch.

    Raises:
        ValueError: a value does not fit: an integer of more than 64 bits.
    """
    try:
        return pyarrow().RecordBatch.from_pylist(rows, schema=schema_of(columns))
    except (ValueError, TypeError, OverflowError) as error:
        raise ValueError(f"a table cannot hold it: {error}") from error


def pyarrow() -> Any:
    """The library.

    Raises:
        UsageError: it is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError:
        raise UsageError("this needs the library pyarrow: pip install 'copydesk[parquet]'") from None
    return pa
