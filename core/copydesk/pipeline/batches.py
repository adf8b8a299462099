"""Batches: as many documents as a source gives at once, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from copydesk.errors import DocumentError, TextError
from copydesk.model.document import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc

BATCH_SIZE = 64
BATCH_CHARS = 50_000
"""What is parsed at once, and so held in memory at once: whichever limit is reached first."""

SLOW = 0.02
"""Seconds. A source that takes longer for a document is a live one: what is there is worked on at once."""


@dataclass(frozen=True, slots=True)
class Item:
    """One input: a document, or the error that a reader gave in its place.

    Attributes:
        document: what is to be processed.
        doc: the parse that the caller brought, if any.
        context: what comes back with the result.
    """

    document: Document | DocumentError
    doc: Doc | None = None
    context: Any = None

    @property
    def chars(self) -> int:
        """How much text it has, in code points."""
        return len(self.document.text) if isinstance(self.document, Document) else 0


def batches(items: Iterable[Any], size: int = BATCH_SIZE, chars: int = BATCH_CHARS) -> Iterator[list[Item]]:
    """The items in batches: one at first, then twice as many each time while the source answers at once.

    A slow answer ends the batch that it is in, and the next one starts at one document again. An error of the
    source is raised after the items that came before it.

    Args:
        items: texts, documents, spaCy Docs, errors of a reader; or pairs of one of these and a context.
        size: the most documents in a batch.
        chars: the most text in a batch; a longer text is a batch of its own.
    """
    target = 1
    batch: list[Item] = []
    held = 0
    source = iter(items)
    number = 0
    while True:
        start = perf_counter()
        try:
            given = next(source)
        except StopIteration:
            break
        except Exception:
            if batch:
                yield batch
            raise
        slow = perf_counter() - start > SLOW
        number += 1
        item = as_item(given, number)
        if batch and held + item.chars > chars:
            yield batch
            batch, held = [], 0
        batch.append(item)
        held += item.chars
        if slow:
            target = 1
        if slow or len(batch) >= target or held >= chars:
            yield batch
            batch, held = [], 0
            target = 1 if slow else min(target * 2, size)
    if batch:
        yield batch


def as_item(given: Any, number: int = 1) -> Item:
    """One input as an item; what is no text is one with an error, which `number` names."""
    context = None
    if isinstance(given, tuple) and len(given) == 2:
        given, context = given
    if isinstance(given, Document) and given.has_doc:
        return Item(given.with_doc(None), given.doc, context)
    if isinstance(given, Document | DocumentError):
        return Item(given, context=context)
    if is_doc(given):
        return Item(Document(given.text), given, context)
    try:
        return Item(Document(given), context=context)
    except TextError as error:
        error.document_id = f"input {number}"
        return Item(error, context=context)


def is_doc(value: object) -> bool:
    """Whether it is a spaCy Doc; spaCy is not imported to find out."""
    kind = type(value)
    return kind.__name__ == "Doc" and kind.__module__.startswith("spacy.tokens")
