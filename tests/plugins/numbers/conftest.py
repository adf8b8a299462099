"""Helpers: read a text with `numbers`, and look at what was found by its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from copydesk import Annotation, Context, Document, Quantity, TimeExpression
from copydesk_numbers.component import Numbers, NumbersConfig

Find = Callable[..., list[tuple[Any, ...]]]


def value_of(quantity: Quantity) -> float | tuple[float | None, float | None] | None:
    """A number, or the two ends of a range."""
    return quantity.low if quantity.low == quantity.high else (quantity.low, quantity.high)


def read(text: str, *, date: str | None = None, **settings: Any) -> tuple[Document, list[Annotation]]:
    component = Numbers(NumbersConfig(**settings))
    component.setup(Context())
    document = Document(text, metadata={"date": date} if date else {})
    return document, list(component.process(document))


@pytest.fixture
def quantities() -> Find:
    """(words, kind, value, unit) of every quantity, in the order of the text."""

    def find(text: str, **settings: Any) -> list[tuple[Any, ...]]:
        document, found = read(text, **settings)
        items = sorted((q for q in found if isinstance(q, Quantity)), key=lambda q: q.start)
        return [(document.text_of(q), q.kind, value_of(q), q.unit) for q in items]

    return find


@pytest.fixture
def bounds() -> Find:
    """(words, bound, value) of every quantity."""

    def find(text: str, **settings: Any) -> list[tuple[Any, ...]]:
        document, found = read(text, **settings)
        items = sorted((q for q in found if isinstance(q, Quantity)), key=lambda q: q.start)
        return [(document.text_of(q), q.bound, value_of(q)) for q in items]

    return find


@pytest.fixture
def counted() -> Find:
    """(number, counted phrase, its head) of every quantity that counts something."""

    def find(text: str, **settings: Any) -> list[tuple[Any, ...]]:
        document, found = read(text, **settings)
        items = sorted((q for q in found if isinstance(q, Quantity)), key=lambda q: q.start)
        return [
            (document.text_of(q.number), document.text_of(q.counted), document.text_of(q.counted_head))
            for q in items
            if q.counted is not None and q.counted_head is not None
        ]

    return find


@pytest.fixture
def times() -> Find:
    """(words, kind, timex) of every time expression."""

    def find(text: str, **settings: Any) -> list[tuple[Any, ...]]:
        document, found = read(text, **settings)
        items = sorted((t for t in found if isinstance(t, TimeExpression)), key=lambda t: t.start)
        return [(document.text_of(t), t.kind, t.timex) for t in items]

    return find


@pytest.fixture
def annotations() -> Callable[..., list[Annotation]]:
    return lambda text, **settings: read(text, **settings)[1]
